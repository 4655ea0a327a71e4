import { toCanonicalJson } from '@zhidu/audit'
import type { LeagueRow, ManifestFile, QuarterProgress, UnitDifference } from '@zhidu/contract'
import { asReadonly, type Db, type FrozenPart, type FrozenQuarterRow, listFrozenPartsOfUnits } from '@zhidu/db'
import { compareCodePoints, FACT_KINDS, type FactKind } from '@zhidu/domain'
import type { Roster } from '../league/load-roster.ts'
import { ServiceError } from '../service-error.ts'
import {
  CALENDAR_FILE,
  DIFFERENCE_FILE,
  factsFile,
  GROUPS_FILE,
  parseManifest,
  PREVIOUS_RANKS_FILE,
  REGULATION_FILE,
  UNITS_FILE,
} from './package-files.ts'
import type { PackageWriter } from './package-writer.ts'
import { contentOf } from './quarter-source.ts'

const UNITS_PER_BATCH = 100

/** Properties that tell the rows of a kind apart, and name what a row is about. */
const IDENTITY: Readonly<Record<FactKind, readonly string[]>> = {
  adoptions: ['event_code'],
  bonuses: ['bonus_code'],
  checks: ['check_code'],
  filings: ['holiday_year', 'holiday_name', 'form'],
  log_items: ['entry_code', 'opening'],
  misreports: ['misreport_code'],
  pre_reports: ['event_code'],
  reopenings: ['ref', 'obligation', 'reopened_at'],
  reports: ['event_code', 'stage', 'sequence'],
  waivers: ['ref', 'code', 'at'],
}

type Row = Readonly<Record<string, unknown>>
type FactChange = UnitDifference['facts'][number]
type Listed = UnitDifference['deductions']['added'][number]

function textOf(parts: readonly FrozenPart[], isWanted: (fileName: string) => boolean): string {
  return Buffer.concat(parts.filter(({ fileName }) => isWanted(fileName)).map(contentOf)).toString()
}

function compareFacts(kind: FactKind, before: string, after: string): FactChange[] {
  if (before === after) return []
  const toRows = (text: string): Map<string, string> =>
    new Map(
      text
        .split('\n')
        .slice(0, -1)
        .map((line) => {
          // Safe: a line of a canonical file.
          const row = JSON.parse(line) as Row
          return [IDENTITY[kind].map((key) => String(row[key])).join('/'), line]
        }),
    )
  const [old, now] = [toRows(before), toRows(after)]
  const refs = [...new Set([...old.keys(), ...now.keys()])].sort(compareCodePoints)
  return refs.flatMap((ref): FactChange[] => {
    if (old.get(ref) === now.get(ref)) return []
    if (!old.has(ref)) return [{ kind, ref, change: 'added' }]
    return [{ kind, ref, change: now.has(ref) ? 'changed' : 'removed' }]
  })
}

/** The unit's row of its group's table; null = in none. */
function rowOf(parts: readonly FrozenPart[]): LeagueRow | null {
  const text = textOf(parts, (name) => name.startsWith('results/league-')).replace(/^,/, '')
  // Safe: a row as writeResults wrote it.
  return text === '' ? null : (JSON.parse(text) as LeagueRow)
}

function toResult(row: LeagueRow | null): UnitDifference['after'] {
  return row === null ? null : { score: row.score, rank: row.rank, grade: row.grade }
}

/** Those of `some` that are not among `others`. */
function without(some: readonly Listed[], others: readonly Listed[]): Listed[] {
  const rest = new Set(others.map((one) => JSON.stringify(one)))
  return some.filter((one) => !rest.has(JSON.stringify(one)))
}

function compareUnit(
  unitCode: string,
  group: string,
  before: readonly FrozenPart[],
  after: readonly FrozenPart[],
): UnitDifference | null {
  const facts = FACT_KINDS.flatMap((kind) => {
    const isOfKind = (name: string): boolean => name === factsFile(kind)
    return compareFacts(kind, textOf(before, isOfKind), textOf(after, isOfKind))
  })
  const [old, now] = [rowOf(before), rowOf(after)]
  const isSame = JSON.stringify({ ...old, previousRank: 0 }) === JSON.stringify({ ...now, previousRank: 0 })
  if (isSame && facts.length === 0) return null
  return {
    unitCode,
    name: now?.name ?? old?.name ?? unitCode,
    group,
    before: toResult(old),
    after: toResult(now),
    deductions: {
      added: without(now?.deductions ?? [], old?.deductions ?? []),
      removed: without(old?.deductions ?? [], now?.deductions ?? []),
    },
    facts,
  }
}

/**
 * Writes what a version has changed of the one before, a line per unit whose result or facts are not the same.
 * Throws ServiceError `conflict` when nothing is.
 */
export async function writeDifference(
  trx: Db,
  args: {
    /** Of the new version, whose parts are there. */
    readonly frozenId: string
    readonly before: FrozenQuarterRow
    readonly roster: Roster
    readonly files: readonly ManifestFile[]
    readonly signal?: AbortSignal | undefined
    readonly onProgress?:
      | ((progress: Pick<NonNullable<QuarterProgress>, 'phase' | 'done' | 'total'>) => void)
      | undefined
  },
  writer: PackageWriter,
): Promise<void> {
  const { before, files, frozenId, onProgress, roster, signal } = args
  const db = asReadonly(trx)
  const file = writer.file(DIFFERENCE_FILE)
  const hashOf = (some: readonly ManifestFile[], name: string): string | undefined =>
    some.find((one) => one.name === name)?.sha256
  const old = parseManifest(before.manifest)?.files ?? []
  let isSame = [REGULATION_FILE, CALENDAR_FILE, UNITS_FILE, PREVIOUS_RANKS_FILE, GROUPS_FILE].every(
    (name) => hashOf(files, name) === hashOf(old, name),
  )
  const all = [...roster.periodsOf.keys()].sort(compareCodePoints)
  for (let start = 0; start < all.length; start += UNITS_PER_BATCH) {
    signal?.throwIfAborted()
    const unitCodes = all.slice(start, start + UNITS_PER_BATCH)
    const partsOf = async (id: string): Promise<Map<string | null, FrozenPart[]>> =>
      Map.groupBy(await listFrozenPartsOfUnits(db, { frozenId: id, unitCodes }), ({ unitCode }) => unitCode)
    const [previous, present] = [await partsOf(before.frozenId), await partsOf(frozenId)]
    for (const unitCode of unitCodes) {
      const group = roster.periodsOf.get(unitCode)?.at(-1)?.peerGroup ?? ''
      const found = compareUnit(unitCode, group, previous.get(unitCode) ?? [], present.get(unitCode) ?? [])
      if (found === null) continue
      isSame = false
      file.add(unitCode, `${toCanonicalJson(found)}\n`)
    }
    await writer.drain()
    onProgress?.({ phase: 'comparing', done: Math.min(start + UNITS_PER_BATCH, all.length), total: all.length })
  }
  if (isSame) {
    throw new ServiceError('conflict', 'supplement_without_change', {
      quarter: before.quarter,
      version: String(before.version),
    })
  }
}
