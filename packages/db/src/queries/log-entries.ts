import type { LogKind, LogOutcome, LogSource, LogState, LogStepKind, PlainDate } from '@zhidu/domain'
import { type Expression, sql, type SqlBool } from 'kysely'
import type { Db, ReadonlyDb } from '../db.ts'
import { instant } from '../instant.ts'
import { inScope } from '../transaction/scope.ts'
import type { DrawAuthor } from './draw-plans.ts'

/** Who wrote a row, and when; epoch ms. */
interface Signed {
  readonly at: number
  readonly byName: string
  readonly byId: string
}

/** An entry of a duty log as it was written. Names and numbers are whole: callers mask or audit them. */
export interface LogEntryRow extends Signed {
  readonly entryId: string
  readonly unitCode: string
  readonly entryCode: string
  readonly day: PlainDate
  readonly number: number
  readonly source: LogSource
  readonly kind: LogKind
  readonly callerUnit: string | null
  readonly callerName: string | null
  readonly callerPhone: string | null
  /** Epoch ms. */
  readonly receivedAt: number
  readonly clockAheadMinutes: number | null
  readonly content: string
  readonly officer: string | null
  readonly eventCode: string | null
  readonly leadCode: string | null
}

export interface LogStepRow extends Signed {
  readonly entryId: string
  readonly position: number
  readonly kind: LogStepKind
  readonly note: string | null
  readonly person: string | null
  readonly outcome: LogOutcome | null
  readonly content: string | null
  readonly handoverId: string | null
}

export const LOG_SORTS = ['newest', 'oldest'] as const
export type LogSort = (typeof LOG_SORTS)[number]

export interface LogFilter {
  readonly unitCode: string | null
  readonly entryIds: readonly string[] | null
  readonly state: LogState | null
  readonly source: LogSource | null
  readonly kind: LogKind | null
  readonly outcome: LogOutcome | null
  /** Written on one of these days. */
  readonly firstOn: PlainDate | null
  readonly lastOn: PlainDate | null
  /** In the code, the content or its correction, or who called. */
  readonly text: string | null
  /** Only those written more than so many ms after what they tell. */
  readonly lateByMs: number | null
  readonly eventCode: string | null
  readonly leadCode: string | null
}

export const WHOLE_LOG: LogFilter = {
  unitCode: null,
  entryIds: null,
  state: null,
  source: null,
  kind: null,
  outcome: null,
  firstOn: null,
  lastOn: null,
  text: null,
  lateByMs: null,
  eventCode: null,
  leadCode: null,
}

/** Of an entry `e`: the step that last closed or opened it. */
const MOVED = sql<LogStepKind | null>`(select s.kind from log_step s where s.entry_id = e.entry_id
  and s.kind in ('closed', 'reopened') order by s.position desc limit 1)`
const OUTCOME = sql<LogOutcome | null>`(select s.outcome from log_step s where s.entry_id = e.entry_id
  and s.kind in ('closed', 'reopened') order by s.position desc limit 1)`
const IS_OPEN = sql<SqlBool>`(coalesce(${MOVED}, 'reopened') = 'reopened')`

const COLUMNS = [
  'e.entry_id as entryId',
  'e.unit_code as unitCode',
  'e.entry_code as entryCode',
  'e.day',
  'e.number',
  'e.source',
  'e.kind',
  'e.caller_unit as callerUnit',
  'e.caller_name as callerName',
  'e.caller_phone as callerPhone',
  'e.received_at as receivedAt',
  'e.clock_ahead_minutes as clockAheadMinutes',
  'e.content',
  'e.officer',
  'e.event_code as eventCode',
  'e.lead_code as leadCode',
  'e.at',
  'e.by_name as byName',
  'e.by_id as byId',
] as const

function holds(column: Expression<string | null>, text: string) {
  return sql<SqlBool>`strpos(lower(${column}), ${text.toLowerCase()}) > 0`
}

function baseQuery(db: ReadonlyDb, filter: LogFilter) {
  const { entryIds, eventCode, firstOn, kind, lastOn, lateByMs, leadCode, outcome, source, state, text, unitCode } =
    filter
  return db
    .selectFrom('log_entry as e')
    .$if(unitCode !== null, (query) => query.where('e.unit_code', '=', unitCode ?? ''))
    .$if(entryIds !== null, (query) =>
      query.where('e.entry_id', '=', sql<string>`any (${[...(entryIds ?? [])]}::uuid[])`),
    )
    .$if(source !== null, (query) => query.where('e.source', '=', source ?? 'other'))
    .$if(kind !== null, (query) => query.where('e.kind', '=', kind ?? 'memo'))
    .$if(firstOn !== null, (query) => query.where('e.day', '>=', sql<PlainDate>`${firstOn}::date`))
    .$if(lastOn !== null, (query) => query.where('e.day', '<=', sql<PlainDate>`${lastOn}::date`))
    .$if(eventCode !== null, (query) => query.where('e.event_code', '=', eventCode))
    .$if(leadCode !== null, (query) => query.where('e.lead_code', '=', leadCode))
    .$if(lateByMs !== null, (query) =>
      query.where(sql<SqlBool>`e.at - e.received_at > ${lateByMs ?? 0}::bigint * interval '1 millisecond'`),
    )
    .$if(state !== null, (query) => query.where(sql<SqlBool>`${IS_OPEN} = ${state === 'open'}`))
    .$if(outcome !== null, (query) => query.where(sql<SqlBool>`${OUTCOME} = ${outcome}`))
    .$if(text !== null, (query) =>
      query.where((eb) =>
        eb.or([
          ...(['e.entry_code', 'e.content', 'e.caller_unit', 'e.caller_name'] as const).map((column) =>
            holds(eb.ref(column), text ?? ''),
          ),
          eb.exists(
            eb
              .selectFrom('log_step as c')
              .select('c.position')
              .whereRef('c.entry_id', '=', 'e.entry_id')
              .where((inner) =>
                inner.or([holds(inner.ref('c.content'), text ?? ''), holds(inner.ref('c.note'), text ?? '')]),
              ),
          ),
        ]),
      ),
    )
}

export interface LogPlace {
  /** Epoch ms. */
  readonly at: number
  readonly entryCode: string
}

/** Entries in reach, by when they were written. */
export function listLogEntries(
  db: ReadonlyDb,
  filter: LogFilter,
  page: { readonly sort: LogSort; readonly after: LogPlace | null; readonly limit: number },
): Promise<LogEntryRow[]> {
  const { after, limit, sort } = page
  const direction = sort === 'newest' ? 'desc' : 'asc'
  const place = sql`(${instant(after?.at ?? 0)}, ${after?.entryCode ?? null}::text)`
  const isBeyond =
    sort === 'newest' ? sql<SqlBool>`(e.at, e.entry_code) < ${place}` : sql<SqlBool>`(e.at, e.entry_code) > ${place}`
  return baseQuery(db, filter)
    .select(COLUMNS)
    .$if(after !== null, (query) => query.where(isBeyond))
    .$call(inScope(db, 'log-entries', 'e.unit_code'))
    .orderBy('e.at', direction)
    .orderBy('e.entry_code', direction)
    .limit(limit)
    .execute()
}

export interface LogCount {
  readonly state: LogState
  readonly count: number
}

export function countLogEntries(db: ReadonlyDb, filter: LogFilter): Promise<LogCount[]> {
  const own = baseQuery(db, filter)
    .select(sql<LogState>`case when ${IS_OPEN} then 'open' else 'closed' end`.as('state'))
    .$call(inScope(db, 'log-entry-counts', 'e.unit_code'))
  return db
    .selectFrom(own.as('o'))
    .select(['o.state', sql<number>`count(*)`.as('count')])
    .groupBy('o.state')
    .orderBy('o.state')
    .execute()
}

/** By entry, in their order. */
export function listLogSteps(db: ReadonlyDb, entryIds: readonly string[]): Promise<LogStepRow[]> {
  return db
    .selectFrom('log_step as s')
    .select([
      's.entry_id as entryId',
      's.position',
      's.kind',
      's.note',
      's.person',
      's.outcome',
      's.content',
      's.handover_id as handoverId',
      's.at',
      's.by_name as byName',
      's.by_id as byId',
    ])
    .where('s.entry_id', '=', sql<string>`any (${[...entryIds]}::uuid[])`)
    .$call(inScope(db, 'log-steps', 's.unit_code'))
    .orderBy('s.entry_id')
    .orderBy('s.position')
    .execute()
}

/** How many entries a unit wrote on a day, and when the last of all was; the caller holds the lock. */
export async function findLogNumber(db: ReadonlyDb, unitCode: string, day: PlainDate): Promise<number> {
  const { count } = await db
    .selectFrom('log_entry as e')
    .select(sql<number>`count(*)`.as('count'))
    .where('e.unit_code', '=', unitCode)
    .where('e.day', '=', sql<PlainDate>`${day}::date`)
    .$call(inScope(db, 'log-number', 'e.unit_code'))
    .executeTakeFirstOrThrow()
  return count + 1
}

/** Adds the next entry; the database refuses one that is not, and one from the future. */
export async function insertLogEntry(db: Db, row: Omit<LogEntryRow, keyof Signed>, author: DrawAuthor): Promise<void> {
  await db
    .insertInto('log_entry')
    .values({
      entry_id: row.entryId,
      unit_code: row.unitCode,
      entry_code: row.entryCode,
      day: row.day,
      number: row.number,
      source: row.source,
      kind: row.kind,
      caller_unit: row.callerUnit,
      caller_name: row.callerName,
      caller_phone: row.callerPhone,
      received_at: instant(row.receivedAt),
      clock_ahead_minutes: row.clockAheadMinutes,
      content: row.content,
      officer: row.officer,
      event_code: row.eventCode,
      lead_code: row.leadCode,
      at: instant(author.at),
      by_name: author.name,
      by_id: author.id,
    })
    .execute()
}

/** Adds the next step of each of some entries of one unit; the database refuses one that does not follow. */
export async function insertLogSteps(
  db: Db,
  unitCode: string,
  steps: readonly Omit<LogStepRow, keyof Signed>[],
  author: DrawAuthor,
): Promise<void> {
  if (steps.length === 0) return
  await db
    .insertInto('log_step')
    .values(
      steps.map((step) => ({
        entry_id: step.entryId,
        position: step.position,
        unit_code: unitCode,
        kind: step.kind,
        note: step.note,
        person: step.person,
        outcome: step.outcome,
        content: step.content,
        handover_id: step.handoverId,
        at: instant(author.at),
        by_name: author.name,
        by_id: author.id,
      })),
    )
    .execute()
}
