import type { Category, LeadSource, LeadState, Level, PlainDate } from '@zhidu/domain'
import { sql, type SqlBool } from 'kysely'
import type { Db, ReadonlyDb } from '../db.ts'
import { instant } from '../instant.ts'
import { inScope } from '../transaction/scope.ts'

/** A lead as it stands, and where it stands. Times: epoch ms. */
export interface LeadRow {
  readonly leadCode: string
  readonly source: LeadSource
  readonly seenAt: number
  readonly occurredAt: number | null
  readonly place: string | null
  readonly unitCode: string | null
  readonly category: Category | null
  readonly summary: string
  readonly deaths: number | null
  readonly injuries: number | null
  readonly state: LeadState
  /** Of the inquiry that runs; null = none, or it cannot be said. */
  readonly lastDay: PlainDate | null
}

export interface LeadFilter {
  /** The office whose leads they are. */
  readonly officeCode: string
  readonly states: readonly LeadState[] | null
  readonly unitCode: string | null
  readonly source: LeadSource | null
  /** Part of code, place or summary. */
  readonly text: string | null
  /** Only what was seen before; epoch ms. */
  readonly seenBefore: number | null
  /** Only what waits for the office on this day. */
  readonly waitingOn: PlainDate | null
}

/** The office that brought the facts as they stand; what the machine's owner brought is the top's. */
const OFFICE = sql<string>`coalesce(
  (select i.unit_code from import_file i where i.import_id = l.import_id),
  (select p.unit_code from unit_period p where p.replaced_at is null and p.parent_code is null order by p.valid_from nulls first limit 1))`
const LAST = sql<
  string | null
>`(select s.kind from lead_step s where s.lead_code = l.lead_code order by s.position desc limit 1)`
const INQUIRY = sql<string | null>`(select s.inquiry_id from lead_step s where s.lead_code = l.lead_code
  order by s.position desc limit 1)`
const STATE = sql<LeadState>`(case
  when coalesce(${LAST}, 'reopened') = 'reopened' then
    case when l.place is null and l.unit_code is null and l.occurred_at is null then 'incomplete' else 'open' end
  when ${LAST} = 'inquired' then case when exists (
    select from lead_inquiry_step e where e.inquiry_id = ${INQUIRY} and e.kind = 'explained')
    then 'awaiting_decision' else 'awaiting_explanation' end
  when ${LAST} = 'matched' then (select s.timing from lead_step s where s.lead_code = l.lead_code
    order by s.position desc limit 1)
  else ${LAST} end)`
const LAST_DAY = sql<PlainDate | null>`(select q.last_day from lead_inquiry q where q.inquiry_id = ${INQUIRY})`

function baseQuery(db: ReadonlyDb, filter: LeadFilter) {
  const { officeCode, seenBefore, source, states, text, unitCode, waitingOn } = filter
  return db
    .selectFrom('lead as l')
    .where('l.replaced_at', 'is', null)
    .where(sql<SqlBool>`${OFFICE} = ${officeCode}`)
    .$if(states !== null, (query) => query.where(sql<SqlBool>`${STATE} = any (${[...(states ?? [])]}::text[])`))
    .$if(unitCode !== null, (query) => query.where('l.unit_code', '=', unitCode))
    .$if(source !== null, (query) => query.where('l.source', '=', source as LeadSource))
    .$if(seenBefore !== null, (query) => query.where('l.seen_at', '<', instant(seenBefore ?? 0)))
    .$if(text !== null, (query) =>
      query.where(
        sql<SqlBool>`(strpos(l.lead_code, ${text}) > 0 or strpos(l.summary, ${text}) > 0 or strpos(coalesce(l.place, ''), ${text}) > 0)`,
      ),
    )
    .$if(waitingOn !== null, (query) =>
      query.where(
        sql<SqlBool>`(${STATE} in ('incomplete', 'open', 'awaiting_decision')
          or (${STATE} = 'awaiting_explanation' and ${LAST_DAY} < ${waitingOn}::date))`,
      ),
    )
}

const COLUMNS = [
  'l.lead_code as leadCode',
  'l.source',
  'l.seen_at as seenAt',
  'l.occurred_at as occurredAt',
  'l.place',
  'l.unit_code as unitCode',
  'l.category',
  'l.summary',
  'l.deaths',
  'l.injuries',
  STATE.as('state'),
  LAST_DAY.as('lastDay'),
] as const

/** Newest seen first. */
export function listLeads(
  db: ReadonlyDb,
  filter: LeadFilter,
  page: { readonly after: { readonly seenAt: number; readonly leadCode: string } | null; readonly limit: number },
): Promise<LeadRow[]> {
  const { after, limit } = page
  return baseQuery(db, filter)
    .select(COLUMNS)
    .$if(after !== null, (query) =>
      query.where(sql<SqlBool>`(l.seen_at, l.lead_code) < (${instant(after?.seenAt ?? 0)}, ${after?.leadCode ?? ''})`),
    )
    .$call(inScope(db, 'leads', 'l.unit_code'))
    .orderBy('l.seen_at', 'desc')
    .orderBy('l.lead_code', 'desc')
    .limit(limit)
    .execute()
}

/** How many stand how. */
export function countLeads(
  db: ReadonlyDb,
  filter: LeadFilter,
): Promise<{ readonly state: LeadState; readonly count: number }[]> {
  const standing = baseQuery(db, filter)
    .select(STATE.as('state'))
    .$call(inScope(db, 'lead-counts', 'l.unit_code'))
  return db
    .selectFrom(standing.as('s'))
    .select(['s.state', sql<number>`count(*)`.as('count')])
    .groupBy('s.state')
    .orderBy('s.state')
    .execute()
}

/** One of an office's leads. */
export function findLead(db: ReadonlyDb, officeCode: string, leadCode: string): Promise<LeadRow | undefined> {
  const whole = { states: null, unitCode: null, source: null, text: null, seenBefore: null, waitingOn: null }
  return baseQuery(db, { ...whole, officeCode })
    .select(COLUMNS)
    .where('l.lead_code', '=', leadCode)
    .$call(inScope(db, 'lead', 'l.unit_code'))
    .executeTakeFirst()
}

/** A reported event of a time; one row for each unit that reported it. */
export interface ReportedRow {
  readonly eventCode: string
  readonly unitCode: string
  readonly category: Category
  readonly level: Level
  readonly occurredAt: number
}

/** Events that occurred in [from, to), both epoch ms, by event and unit. */
export function listReportedEvents(
  db: ReadonlyDb,
  range: { readonly from: number; readonly to: number },
): Promise<ReportedRow[]> {
  return db
    .selectFrom('event_case as c')
    .select([
      'c.event_code as eventCode',
      'c.unit_code as unitCode',
      'c.category',
      'c.level',
      'c.occurred_at as occurredAt',
    ])
    .where('c.occurred_at', '>=', instant(range.from))
    .where('c.occurred_at', '<', instant(range.to))
    .$call(inScope(db, 'reported-events', 'c.unit_code'))
    .orderBy('c.event_code')
    .orderBy('c.unit_code')
    .execute()
}

/** How many events each unit learned of in [from, to), both epoch ms; units without one have no row. */
export function countEventsOfUnits(
  db: ReadonlyDb,
  range: { readonly from: number; readonly to: number },
): Promise<{ readonly unitCode: string; readonly count: number }[]> {
  return db
    .selectFrom('event_case as c')
    .select(['c.unit_code as unitCode', sql<number>`count(*)`.as('count')])
    .where('c.learned_at', '>=', instant(range.from))
    .where('c.learned_at', '<', instant(range.to))
    .$call(inScope(db, 'event-counts', 'c.unit_code'))
    .groupBy('c.unit_code')
    .orderBy('c.unit_code')
    .execute()
}

/** The next free number of a day's leads; `head`: what stands before it in the code. */
export async function nextLeadNumber(db: Db, head: string): Promise<number> {
  const { rows } = await sql<{ number: number }>`select next_lead_number(${head}) as number`.execute(db)
  return rows[0]?.number ?? 1
}
