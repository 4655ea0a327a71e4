import { randomUUID } from 'node:crypto'
import { toCanonicalJson } from '@zhidu/audit'
import type { FrozenManifest, QuarterProgress, QuarterReport } from '@zhidu/contract'
import {
  asReadonly,
  type Db,
  findHighWater,
  findRegulationInForce,
  findScope,
  findSetting,
  type FrozenQuarterRow,
  insertFrozenParts,
  insertFrozenQuarter,
  listFrozenQuarters,
  listHolidays,
} from '@zhidu/db'
import {
  cutToSecond,
  findFreezeProblem,
  type HolidayBlock,
  listMembers,
  METHOD_VERSION,
  officialOrder,
  PREVIOUS_RANK_FORM,
  type Quarter,
  quarterRange,
  type Regulation,
  toLocalIso,
  UNIT_FORM,
} from '@zhidu/domain'
import type { Actor } from '../actor.ts'
import { assertMayFreeze } from '../assessment/assert-may-freeze.ts'
import { withChange } from '../audit/record-audit.ts'
import type { ServiceContext } from '../context.ts'
import { SYNTHETIC_SETTING } from '../demonstration/demonstration.ts'
import { lockFacts } from '../facts-lock.ts'
import { loadRoster, type Roster } from '../league/load-roster.ts'
import { ServiceError } from '../service-error.ts'
import { writeDifference } from './difference.ts'
import { loadFrozenRules } from './frozen-view.ts'
import { type QuarterFrame, writeResults } from './judge-quarter.ts'
import { loadPreviousPlaces, type PreviousPlaces } from './load-frame.ts'
import {
  CALENDAR_FILE,
  PREVIOUS_RANKS_FILE,
  REGULATION_FILE,
  seedOf,
  sha256Hex,
  sortFiles,
  toManifestText,
  UNITS_FILE,
} from './package-files.ts'
import { PackageWriter } from './package-writer.ts'
import { toQuarterReport } from './quarter-report.ts'
import { writeFacts } from './write-facts.ts'

const STATEMENT_TIMEOUT_SECONDS = 3_600
const WAIT_MESSAGE_MS = 500

export interface FreezeArgs {
  readonly quarter: Quarter
  /** ISO with offset; missing = now. */
  readonly asOf?: string | undefined
  /** Set = another version beside those that are there, and why. */
  readonly supplement: { readonly reason: string } | null
  readonly programVersion: string
  readonly onProgress?: (progress: Pick<NonNullable<QuarterProgress>, 'phase' | 'done' | 'total'>) => void
  readonly signal?: AbortSignal | undefined
}

function nameOf(actor: Actor): string {
  switch (actor.kind) {
    case 'account':
      return actor.displayName
    case 'local':
    case 'token':
      return actor.name
    default:
      return actor.kind
  }
}

/** Blocks that a quarter's due days can be moved by; others, of years to come, would only make versions look different. */
function calendarOf(quarter: Quarter, holidays: readonly HolidayBlock[]): HolidayBlock[] {
  const year = Number(quarter.slice(0, 4))
  return holidays.filter((block) => Math.abs(block.year - year) <= 1)
}

/** Without units that have no row, which are in no file either; by the tree of then, which needs no succession. */
function rosterOf({ periodsOf }: Roster): Roster {
  const known = new Map([...periodsOf].filter(([, periods]) => periods.length > 0))
  return { periodsOf: known, position: officialOrder(known.keys()), successions: [] }
}

async function takeLock(trx: Db, args: FreezeArgs): Promise<void> {
  const timer = setTimeout(() => args.onProgress?.({ phase: 'waiting', done: 0, total: 0 }), WAIT_MESSAGE_MS)
  try {
    await lockFacts(trx)
  } finally {
    clearTimeout(timer)
  }
}

/** The version that a supplement follows, or null for the first. Throws ServiceError `conflict`. */
async function findBefore(
  trx: Db,
  { quarter, supplement }: FreezeArgs,
  asOf: number,
): Promise<FrozenQuarterRow | null> {
  const [last] = await listFrozenQuarters(asReadonly(trx), quarter)
  if (supplement === null) {
    if (last === undefined) return null
    throw new ServiceError('conflict', 'quarter_frozen', { quarter, version: String(last.version) })
  }
  if (last === undefined) throw new ServiceError('conflict', 'quarter_not_frozen', { quarter })
  if (asOf < last.asOf) throw new ServiceError('conflict', 'supplement_too_early', { asOf: toLocalIso(last.asOf) })
  return last
}

/** A closed quarter keeps the rules by which it was closed. */
function loadRegulation(trx: Db, quarter: Quarter, before: FrozenQuarterRow | null): Promise<Regulation | null> {
  const db = asReadonly(trx)
  if (before === null) return findRegulationInForce(db, quarterRange(quarter).lastOn)
  return loadFrozenRules(db, before.frozenId).then(({ regulation }) => regulation)
}

interface Frame extends QuarterFrame {
  readonly places: PreviousPlaces
}

async function loadFrame(
  trx: Db,
  args: FreezeArgs,
  asOf: number,
  now: number,
  before: FrozenQuarterRow | null,
): Promise<Frame> {
  const db = asReadonly(trx)
  const { quarter } = args
  const regulation = await loadRegulation(trx, quarter, before)
  const holidays = calendarOf(quarter, await listHolidays(db))
  const roster = rosterOf(await loadRoster(db))
  const memberCount = listMembers(roster.periodsOf, quarter).length
  const problem = findFreezeProblem({ quarter, asOf, now, regulation, holidays, memberCount })
  if (problem !== null) throw new ServiceError('conflict', problem.reason, { ...problem.params })
  if (regulation === null) throw new RangeError('no rules')
  const places = await loadPreviousPlaces(db, roster, quarter, asOf)
  return { quarter, asOf, rules: { regulation, holidays }, roster, previousRanks: places.ranks, places }
}

/** What a quarter is judged by, besides its facts. */
function writeFrame({ previousRanks, roster, rules }: QuarterFrame, writer: PackageWriter): void {
  // Safe: documents that were JSON before.
  const toText = (document: object): string => `${toCanonicalJson(document as Parameters<typeof toCanonicalJson>[0])}\n`
  writer.file(REGULATION_FILE).add(null, toText(rules.regulation))
  writer.file(CALENDAR_FILE).add(null, toText(rules.holidays))
  const units = writer.file(UNITS_FILE)
  for (const [unitCode, periods] of roster.periodsOf) {
    for (const period of periods) units.add(unitCode, `${UNIT_FORM.write(period)}\n`)
  }
  const ranks = writer.file(PREVIOUS_RANKS_FILE)
  for (const [unitCode, rank] of previousRanks) ranks.add(unitCode, `${PREVIOUS_RANK_FORM.write({ unitCode, rank })}\n`)
}

async function freeze(trx: Db, ctx: ServiceContext, args: FreezeArgs): Promise<FrozenQuarterRow> {
  const { onProgress, quarter, signal, supplement } = args
  if (findScope(trx)?.unitCodes !== null) throw new ServiceError('forbidden', 'freeze_needs_whole')
  await takeLock(trx, args)
  // Looked at after the wait: what came in meanwhile is in it.
  const now = ctx.clock()
  const asOf = cutToSecond(args.asOf === undefined ? now : Date.parse(args.asOf))
  const before = await findBefore(trx, args, asOf)
  if (before === null) await assertMayFreeze(asReadonly(trx), quarter)
  const frame = await loadFrame(trx, args, asOf, now, before)
  const frozenId = randomUUID()
  const keep: ConstructorParameters<typeof PackageWriter>[0] = (parts) => insertFrozenParts(trx, frozenId, parts)
  const writer = new PackageWriter(keep)
  writeFrame(frame, writer)
  const { factCount, judged } = await writeFacts(trx, frame, writer, {
    signal,
    onUnits: (done, total) => onProgress?.({ phase: 'judging', done, total }),
  })
  onProgress?.({ phase: 'writing', done: 0, total: judged.size })
  await writeResults(frame, judged, writer)
  let files = await writer.end()
  if (before !== null) {
    const last = new PackageWriter(keep)
    await writeDifference(trx, { frozenId, before, roster: frame.roster, files, signal, onProgress }, last)
    files = sortFiles([...files, ...(await last.end())])
  }
  const manifest: FrozenManifest = {
    format: 'zhidu-quarter-1',
    quarter,
    version: (before?.version ?? 0) + 1,
    asOf: toLocalIso(asOf),
    regulation: { id: frame.rules.regulation.id, version: frame.rules.regulation.version },
    methodVersion: METHOD_VERSION,
    previousQuarter: frame.places.from,
    previousVersion: before === null ? null : { version: before.version, manifestSha256: before.manifestSha256 },
    seed: seedOf(files),
    files: [...files],
  }
  const text = toManifestText(manifest)
  const row: FrozenQuarterRow = {
    frozenId,
    quarter,
    version: manifest.version,
    asOf,
    regulationId: manifest.regulation.id,
    regulationVersion: manifest.regulation.version,
    methodVersion: METHOD_VERSION,
    programVersion: args.programVersion,
    manifest: text,
    manifestSha256: sha256Hex(text),
    unitCount: judged.size,
    factCount,
    highWater: await findHighWater(trx),
    frozenAt: now,
    frozenBy: nameOf(ctx.actor),
    reason: supplement?.reason ?? null,
  }
  signal?.throwIfAborted()
  const isDemonstration = (await findSetting(asReadonly(trx), SYNTHETIC_SETTING)) !== undefined
  await insertFrozenQuarter(trx, { ...row, isDemonstration })
  return row
}

/**
 * Freezes a quarter, or adds a supplement to a frozen one, in one transaction in which no fact changes: facts, rules, calendar,
 * units and results, as text that anybody can compute again. The audit entry names the hash of the manifest.
 * Throws ServiceError `conflict` when it cannot be frozen as it is, `forbidden` for who does not reach the whole installation.
 */
export async function freezeQuarter(ctx: ServiceContext, args: FreezeArgs): Promise<QuarterReport> {
  const action = args.supplement === null ? 'quarter.freeze' : 'quarter.supplement'
  const row = await withChange(
    ctx,
    { action, object: `quarter/${args.quarter}` },
    async (trx, note) => {
      const frozen = await freeze(trx, ctx, args)
      note.detail = {
        version: frozen.version,
        manifestSha256: frozen.manifestSha256,
        asOf: toLocalIso(frozen.asOf),
        ...(args.supplement === null ? {} : { reason: args.supplement.reason }),
      }
      return frozen
    },
    { statementTimeoutSeconds: STATEMENT_TIMEOUT_SECONDS },
  )
  return toQuarterReport(row, [])
}
