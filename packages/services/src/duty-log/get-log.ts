import type {
  LogDayInput,
  LogDayPage,
  LogEntryKey,
  LogEntryPage,
  LogList,
  LogListInput,
  RevealedLog,
} from '@zhidu/contract'
import {
  asReadonly,
  countLogEntries,
  listLogDays,
  listLogEntries,
  type LogFilter,
  type LogPlace,
  type ReadonlyDb,
  WHOLE_LOG,
} from '@zhidu/db'
import {
  DAY_MS,
  LATE_ENTRY_MS,
  localDateOf,
  maskNumbers,
  nextLogSteps,
  type PlainDate,
  startOfLocalDay,
  toLocalIso,
  toPlainDate,
} from '@zhidu/domain'
import { withChange } from '../audit/record-audit.ts'
import type { ServiceContext } from '../context.ts'
import { fromCursor, toCursor } from '../cursor.ts'
import { loadNames } from '../draw/office.ts'
import { loadRoster } from '../league/load-roster.ts'
import { ServiceError } from '../service-error.ts'
import { withSnapshot } from '../snapshot.ts'
import { keptUnitOf, listOnDuty, loadEntry, makeReader, personIn, toLines, withSteps } from './load-log.ts'
import { contentOf, toLogLine } from './to-log-item.ts'

const ITEMS_PER_PAGE = 50
/** More than a unit writes on one day. */
const MOST_A_DAY = 1_000
/** Throws ServiceError `invalid` for a text that is no place of the list. */
function placeOf(cursor: string | undefined): LogPlace | null {
  if (cursor === undefined) return null
  const { at, keys } = fromCursor(cursor, 1)
  const [entryCode] = keys
  if (entryCode === undefined) throw new ServiceError('invalid', 'cursor_unknown')
  return { at, entryCode }
}

export function toLogFilter(input: Omit<LogListInput, 'cursor' | 'sort'>): LogFilter {
  const { firstOn, kind, lastOn, late, outcome, source, state, text, unitCode } = input
  return {
    ...WHOLE_LOG,
    unitCode: unitCode ?? null,
    state: state ?? null,
    source: source ?? null,
    kind: kind ?? null,
    outcome: outcome ?? null,
    firstOn: firstOn === undefined ? null : toPlainDate(firstOn),
    lastOn: lastOn === undefined ? null : toPlainDate(lastOn),
    text: text ?? null,
    lateByMs: late === undefined ? null : LATE_ENTRY_MS,
  }
}

/** Throws ServiceError `not_found` for a unit that is unknown or out of reach. */
export async function assertUnit(db: ReadonlyDb, unitCode: string): Promise<void> {
  const { periodsOf } = await loadRoster(db)
  if (!periodsOf.has(unitCode)) throw new ServiceError('not_found', 'unit_unknown', { unitCode })
}

/** Entries of the logs in reach, fifty a page; the counts are of the filter without its state. */
export function listLog(ctx: ServiceContext, input: LogListInput): Promise<LogList> {
  return withSnapshot(ctx, localDateOf(ctx.clock()), async (db) => {
    const filter = toLogFilter(input)
    const page = { sort: input.sort ?? 'newest', after: placeOf(input.cursor), limit: ITEMS_PER_PAGE + 1 } as const
    const rows = await listLogEntries(db, filter, page)
    const shown = await withSteps(db, rows.slice(0, ITEMS_PER_PAGE))
    const reader = await makeReader(db, ctx, shown)
    const counts = await countLogEntries(db, { ...filter, state: null })
    const countOf = (state: 'open' | 'closed'): number => counts.find((one) => one.state === state)?.count ?? 0
    const last = rows.length > ITEMS_PER_PAGE ? shown.at(-1)?.row : undefined
    return {
      asOf: toLocalIso(reader.now),
      counts: { open: countOf('open'), closed: countOf('closed') },
      closeWithinHours: reader.limitOf(reader.now),
      items: toLines(shown, reader),
      nextCursor: last === undefined ? null : toCursor([last.at, last.entryCode]),
    }
  })
}

const masked = (text: string | null): string | null => (text === null ? null : maskNumbers(text))

/** One entry with everything that was done with it. Throws ServiceError `not_found`. */
export function getLogEntry(ctx: ServiceContext, { entryId }: LogEntryKey): Promise<LogEntryPage> {
  return withSnapshot(ctx, localDateOf(ctx.clock()), async (db) => {
    const loaded = await loadEntry(db, entryId)
    const { row, steps } = loaded
    const reader = await makeReader(db, ctx, [loaded])
    const isKept = keptUnitOf(ctx) === row.unitCode
    return {
      item: toLogLine(row, steps, reader),
      asOf: toLocalIso(reader.now),
      firstContent: maskNumbers(row.content),
      steps: steps.map(({ at, byName, content, handoverId, kind, note, outcome, person }) => ({
        kind,
        at: toLocalIso(at),
        by: byName,
        note: masked(note),
        person: masked(person),
        outcome,
        content: masked(content),
        handoverId,
      })),
      next: isKept ? nextLogSteps(steps) : [],
      mayReveal: isKept,
    }
  })
}

/**
 * What the masks hide, to whoever keeps this log and has to call back; it goes into the audit trail. Throws ServiceError `not_found`,
 * `forbidden` for another unit's log.
 */
export function revealLog(ctx: ServiceContext, { entryId }: LogEntryKey): Promise<RevealedLog> {
  return withChange(ctx, { action: 'log.reveal', object: `log/${entryId}` }, async (trx, note) => {
    const { row, steps } = await loadEntry(asReadonly(trx), entryId)
    if (keptUnitOf(ctx) !== row.unitCode) throw new ServiceError('forbidden', 'log_of_other_unit')
    note.detail = { entryCode: row.entryCode }
    return { callerName: row.callerName, callerPhone: row.callerPhone, content: contentOf(row, steps) }
  })
}

/** Who is on duty some time of a day, and who heads its page. */
export async function loadDayHead(db: ReadonlyDb, ctx: ServiceContext, unitCode: string, day: PlainDate) {
  const from = startOfLocalDay(day)
  const shifts = await listOnDuty(db, ctx, unitCode, from, from + DAY_MS)
  const personOf = personIn(ctx, unitCode)
  const ofRole = (role: 'leader' | 'officer'): string[] => [
    ...new Set(shifts.filter((shift) => shift.role === role).map(({ person }) => personOf(person))),
  ]
  const head = (await listLogDays(db, unitCode, day)).at(-1)
  const leaders = ofRole('leader')
  return {
    leaders,
    officers: ofRole('officer'),
    leader: head?.leader?.split('、').map(personOf).join('、') ?? (leaders.length === 0 ? null : leaders.join('、')),
    weather: head?.weather ?? null,
  }
}

/** The page of a day in the order in which it was written. Throws ServiceError `not_found` for a unit out of reach. */
export function getLogDay(ctx: ServiceContext, input: LogDayInput): Promise<LogDayPage> {
  const { unitCode } = input
  const day = toPlainDate(input.day)
  return withSnapshot(ctx, localDateOf(ctx.clock()), async (db) => {
    await assertUnit(db, unitCode)
    const filter = { ...WHOLE_LOG, unitCode, firstOn: day, lastOn: day }
    const rows = await listLogEntries(db, filter, { sort: 'oldest', after: null, limit: MOST_A_DAY })
    const loaded = await withSteps(db, rows)
    const reader = await makeReader(db, ctx, loaded)
    return {
      asOf: toLocalIso(reader.now),
      unitCode,
      unitName: (await loadNames(db, ctx))(unitCode),
      day,
      ...(await loadDayHead(db, ctx, unitCode, day)),
      items: toLines(loaded, reader),
    }
  })
}
