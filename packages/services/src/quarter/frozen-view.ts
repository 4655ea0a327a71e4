import type { League, LeagueDeduction } from '@zhidu/contract'
import {
  type FrozenPart,
  type FrozenQuarterRow,
  listFrozenParts,
  listFrozenPartsOfUnits,
  listSharedFrozenParts,
  type ReadonlyDb,
} from '@zhidu/db'
import {
  type Deduction,
  FACT_FORMS,
  type HolidayBlock,
  type MisreportFact,
  type RankedUnit,
  type Regulation,
  type ReportFact,
  type StandingFacts,
  UNIT_FORM,
  type UnitPeriod,
  type UnitSummary,
} from '@zhidu/domain'
import type { RankedMember, RankedQuarter } from '../league/load-group.ts'
import type { Rules } from '../rules/load-rules.ts'
import type { SummaryLine } from './judge-quarter.ts'
import { ServiceError } from '../service-error.ts'
import {
  CALENDAR_FILE,
  factsFile,
  parseManifest,
  REGULATION_FILE,
  SUMMARIES_FILE,
  UNITS_FILE,
} from './package-files.ts'
import { contentOf, readWhole, storedSource } from './quarter-source.ts'

const SUMMARIES_PER_PAGE = 5_000

/** JSON that this program wrote and the database keeps as it was. */
function parseOwn<T>(text: string): T {
  // Safe: written by toSummaryLine and its like from a T, and never changed since.
  return JSON.parse(text) as T
}

/** What each unit came to, of the whole quarter or of the units in reach. */
async function loadSummaryLines(db: ReadonlyDb, frozenId: string): Promise<SummaryLine[]> {
  const lines: SummaryLine[] = []
  const file = { frozenId, fileName: SUMMARIES_FILE, limit: SUMMARIES_PER_PAGE }
  for await (const page of listFrozenParts(db, file)) {
    for (const part of page) lines.push(parseOwn<SummaryLine>(contentOf(part).toString()))
  }
  return lines
}

/** The rows of the units in the tables, in the official order. */
export async function listFrozenMembers(db: ReadonlyDb, frozenId: string): Promise<UnitPeriod[]> {
  const lines = await loadSummaryLines(db, frozenId)
  return lines.sort((a, b) => a.position - b.position).map(({ period }) => period)
}

/** Not measured units last; equal places in the official order. */
function compareLines(a: SummaryLine, b: SummaryLine): number {
  return (a.rank ?? Infinity) === (b.rank ?? Infinity)
    ? a.position - b.position
    : (a.rank ?? Infinity) - (b.rank ?? Infinity)
}

/** Every table of a frozen quarter, as it was frozen. */
export async function loadFrozenRanks(db: ReadonlyDb, frozen: FrozenQuarterRow): Promise<RankedQuarter> {
  const lines = (await loadSummaryLines(db, frozen.frozenId)).sort((a, b) => a.position - b.position)
  const byUnit = new Map<string, RankedMember>()
  const groups = new Map<string, RankedMember[]>()
  for (const [group, members] of Map.groupBy(lines, ({ period }) => period.peerGroup)) {
    const ranked = members.toSorted(compareLines).map(({ period, rank, summary, tied }) => {
      const place: RankedUnit<UnitSummary> = { summary, rank, isTied: tied }
      return { period, ranked: place, tally: null, present: null }
    })
    groups.set(group, ranked)
    for (const member of ranked) byUnit.set(member.period.unitCode, member)
  }
  return { quarter: frozen.quarter, asOf: frozen.asOf, frozen, groups, byUnit }
}

function joinParts(parts: readonly FrozenPart[], fileName: string): string {
  return Buffer.concat(parts.filter((part) => part.fileName === fileName).map(contentOf)).toString()
}

/** By which rules and which calendar a frozen quarter was judged. */
export async function loadFrozenRules(db: ReadonlyDb, frozenId: string): Promise<Rules> {
  const parts = await listSharedFrozenParts(db, frozenId)
  return {
    regulation: parseOwn<Regulation>(joinParts(parts, REGULATION_FILE)),
    holidays: parseOwn<HolidayBlock[]>(joinParts(parts, CALENDAR_FILE)),
  }
}

/** What a frozen quarter was judged from of one unit, and what that cost it. */
export interface FrozenUnit {
  /** With its history as it was frozen; no period = it was not there. */
  readonly facts: StandingFacts
  readonly reports: readonly ReportFact[]
  /** As the table lists them; empty for a unit in no table. */
  readonly deductions: readonly LeagueDeduction[]
}

/** Rows come by code; pages list them by time, and by code where that is the same. */
function by<K extends string>(key: K): (a: Record<K, number | string>, b: Record<K, number | string>) => number {
  return (a, b) => (a[key] === b[key] ? 0 : a[key] < b[key] ? -1 : 1)
}

function toFrozenUnit(unitCode: string, parts: readonly FrozenPart[]): FrozenUnit {
  const linesOf = (name: string): string[] => joinParts(parts, name).split('\n').slice(0, -1)
  const row = parts.filter(({ fileName }) => fileName.startsWith('results/league-'))
  const text = Buffer.concat(row.map(contentOf)).toString().replace(/^,/, '')
  return {
    facts: {
      unitCode,
      periods: linesOf(UNITS_FILE).map(UNIT_FORM.read),
      checks: linesOf(factsFile('checks')).map(FACT_FORMS.checks.read).sort(by('checkedAt')),
      misreports: linesOf(factsFile('misreports')).map(FACT_FORMS.misreports.read).sort(by('confirmedOn')),
      filings: linesOf(factsFile('filings')).map(FACT_FORMS.filings.read),
      bonuses: linesOf(factsFile('bonuses')).map(FACT_FORMS.bonuses.read).sort(by('awardedOn')),
      preReports: linesOf(factsFile('pre_reports')).map(FACT_FORMS.pre_reports.read),
      adoptions: linesOf(factsFile('adoptions')).map(FACT_FORMS.adoptions.read),
      reopenings: linesOf(factsFile('reopenings')).map(FACT_FORMS.reopenings.read),
      waivers: linesOf(factsFile('waivers')).map(FACT_FORMS.waivers.read),
      logItems: linesOf(factsFile('log_items')).map(FACT_FORMS.log_items.read),
    },
    reports: linesOf(factsFile('reports')).map(FACT_FORMS.reports.read),
    deductions: text === '' ? [] : parseOwn<{ deductions: LeagueDeduction[] }>(text).deductions,
  }
}

/** Of some units in reach, in the order asked for; nothing is known of others. */
export async function loadFrozenUnits(
  db: ReadonlyDb,
  args: { readonly frozenId: string; readonly unitCodes: readonly string[] },
): Promise<Map<string, FrozenUnit>> {
  const parts = Map.groupBy(await listFrozenPartsOfUnits(db, args), ({ unitCode }) => unitCode)
  return new Map(args.unitCodes.map((unitCode) => [unitCode, toFrozenUnit(unitCode, parts.get(unitCode) ?? [])]))
}

/** The misreports of the units in reach that a frozen quarter was judged from. */
export async function loadFrozenMisreports(db: ReadonlyDb, frozenId: string): Promise<MisreportFact[]> {
  const found: MisreportFact[] = []
  for await (const page of listFrozenParts(db, { frozenId, fileName: factsFile('misreports') })) {
    for (const part of page) {
      const lines = contentOf(part).toString().split('\n').slice(0, -1)
      found.push(...lines.map(FACT_FORMS.misreports.read))
    }
  }
  return found
}

/** The table of a group as it was frozen. Throws ServiceError `not_found` for a group that had none. */
export async function loadFrozenLeague(db: ReadonlyDb, frozen: FrozenQuarterRow, group: string): Promise<League> {
  const file = parseManifest(frozen.manifest)?.files.find((one) => one.group === group)
  if (file === undefined) throw new ServiceError('not_found', 'group_unknown', { group, quarter: frozen.quarter })
  return parseOwn<League>(await readWhole(storedSource(db, frozen), file.name))
}

/** A deduction as the table lists it, with what the list leaves out. */
export function withClauses(listed: readonly LeagueDeduction[], known: readonly Deduction[]): Deduction[] {
  const keyOf = (code: string, ref: string, at: number): string => `${code}/${ref}/${at}`
  const byKey = new Map(known.map((one) => [keyOf(one.code, one.ref, one.at), one]))
  return listed.map((one) => {
    const at = Date.parse(one.at)
    const same = byKey.get(keyOf(one.code, one.ref, at))
    return {
      dimension: one.dimension,
      code: one.code,
      points: Math.round(one.points * 100),
      ref: one.ref,
      at,
      clause: same?.clause ?? '',
      zeroesMonth: same?.zeroesMonth ?? false,
    }
  })
}
