import type { Category, Level, ReportActKind, Stage } from '@zhidu/domain'
import { sql, type SqlBool } from 'kysely'
import type { Db, ReadonlyDb } from '../db.ts'
import { instant } from '../instant.ts'
import { inScope } from '../transaction/scope.ts'
import type { DrawAuthor } from './draw-plans.ts'

/** A version of what a unit wrote in a report. Times: epoch ms. */
export interface ReportContentRow {
  readonly contentId: string
  readonly unitCode: string
  readonly eventCode: string
  readonly stage: Stage
  readonly sequence: number
  readonly version: number
  readonly receivedAt: number
  readonly receiptCode: string
  readonly clientKey: string
  readonly sha256: string
  /** Canonical JSON. */
  readonly document: string
  readonly category: Category
  readonly level: Level
  readonly occurredAt: number
  readonly learnedAt: number
  readonly claimedPhonedAt: number | null
  readonly areaCode: string | null
  readonly place: string
  readonly deaths: number | null
  readonly injuries: number | null
  readonly missing: number | null
  readonly text: string
  readonly signer: string
  readonly year: number
  readonly number: number
  readonly reason: string | null
  readonly byName: string
  readonly byId: string
  readonly frozenQuarters: readonly string[]
}

export interface ReportActRow {
  readonly contentId: string
  readonly kind: ReportActKind
  readonly unitCode: string
  readonly officeCode: string
  readonly officeName: string
  readonly at: number
  readonly byName: string
  readonly byId: string
  readonly note: string | null
}

export interface ReportContentFilter {
  readonly unitCodes?: readonly string[]
  readonly eventCode?: string
  readonly receiptCode?: string
  readonly clientKey?: string
  readonly contentId?: string
  /** Only what nobody signed for. */
  readonly isUnsigned?: boolean
  readonly before?: { readonly receivedAt: number; readonly contentId: string } | null
  readonly limit?: number
}

const MOST = 1_000
const IS_SIGNED = sql<SqlBool>`exists (select from report_act a where a.content_id = c.content_id and a.kind = 'signed_for')`

/** Newest first. */
export function listReportContents(db: ReadonlyDb, filter: ReportContentFilter): Promise<ReportContentRow[]> {
  const { before = null, clientKey, contentId, eventCode, isUnsigned = false, receiptCode, unitCodes } = filter
  return db
    .selectFrom('report_content as c')
    .select([
      'c.content_id as contentId',
      'c.unit_code as unitCode',
      'c.event_code as eventCode',
      'c.stage',
      'c.sequence',
      'c.version',
      'c.received_at as receivedAt',
      'c.receipt_code as receiptCode',
      'c.client_key as clientKey',
      'c.sha256',
      'c.document',
      'c.category',
      'c.level',
      'c.occurred_at as occurredAt',
      'c.learned_at as learnedAt',
      'c.claimed_phoned_at as claimedPhonedAt',
      'c.area_code as areaCode',
      'c.place',
      'c.deaths',
      'c.injuries',
      'c.missing',
      'c.text',
      'c.signer',
      'c.year',
      'c.number',
      'c.reason',
      'c.by_name as byName',
      'c.by_id as byId',
      'c.frozen_quarters as frozenQuarters',
    ])
    .$if(unitCodes !== undefined, (query) =>
      query.where(sql<SqlBool>`c.unit_code = any (${[...(unitCodes ?? [])]}::text[])`),
    )
    .$if(eventCode !== undefined, (query) => query.where('c.event_code', '=', eventCode ?? ''))
    .$if(receiptCode !== undefined, (query) => query.where('c.receipt_code', '=', receiptCode ?? ''))
    .$if(clientKey !== undefined, (query) => query.where('c.client_key', '=', clientKey ?? ''))
    .$if(contentId !== undefined, (query) => query.where('c.content_id', '=', contentId ?? ''))
    .$if(isUnsigned, (query) => query.where(sql<SqlBool>`not ${IS_SIGNED}`))
    .$if(before !== null, (query) =>
      query.where(
        sql<SqlBool>`(c.received_at, c.content_id) < (${instant(before?.receivedAt ?? 0)}, ${before?.contentId ?? null}::uuid)`,
      ),
    )
    .$call(inScope(db, 'report-contents', 'c.unit_code'))
    .orderBy('c.received_at', 'desc')
    .orderBy('c.version', 'desc')
    .orderBy('c.content_id', 'desc')
    .limit(filter.limit ?? MOST)
    .execute()
}

/** What offices did about some reports, oldest first. */
export function listReportActs(db: ReadonlyDb, contentIds: readonly string[]): Promise<ReportActRow[]> {
  return db
    .selectFrom('report_act as a')
    .select([
      'a.content_id as contentId',
      'a.kind',
      'a.unit_code as unitCode',
      'a.office_code as officeCode',
      'a.office_name as officeName',
      'a.at',
      'a.by_name as byName',
      'a.by_id as byId',
      'a.note',
    ])
    .where(sql<SqlBool>`a.content_id = any (${[...contentIds]}::uuid[])`)
    .$call(inScope(db, 'report-acts', 'a.unit_code'))
    .orderBy('a.at')
    .orderBy('a.content_id')
    .orderBy('a.kind')
    .execute()
}

/** The last number that a unit gave in a year; 0 = none yet. */
export async function findLastReportNumber(db: ReadonlyDb, unitCode: string, year: number): Promise<number> {
  const row = await db
    .selectFrom('report_content as c')
    .select(sql<number>`coalesce(max(c.number), 0)`.as('last'))
    .where('c.unit_code', '=', unitCode)
    .where('c.year', '=', year)
    .$call(inScope(db, 'report-numbers', 'c.unit_code'))
    .executeTakeFirst()
  return Number(row?.last ?? 0)
}

/** The event codes of a unit that begin so, on record or only in a telephone record. */
export async function listEventCodesLike(db: ReadonlyDb, unitCode: string, start: string): Promise<string[]> {
  const rows = await db
    .selectFrom('event_case as e')
    .select('e.event_code as eventCode')
    .where('e.unit_code', '=', unitCode)
    .where(sql<SqlBool>`starts_with(e.event_code, ${start})`)
    .$call(inScope(db, 'event-codes-like', 'e.unit_code'))
    .orderBy('e.event_code')
    .execute()
  return rows.map(({ eventCode }) => eventCode)
}

/** Adds a version; the database refuses one that does not follow. */
export async function insertReportContent(db: Db, row: ReportContentRow): Promise<void> {
  await db
    .insertInto('report_content')
    .values({
      content_id: row.contentId,
      unit_code: row.unitCode,
      event_code: row.eventCode,
      stage: row.stage,
      sequence: row.sequence,
      version: row.version,
      received_at: instant(row.receivedAt),
      receipt_code: row.receiptCode,
      client_key: row.clientKey,
      sha256: row.sha256,
      document: row.document,
      category: row.category,
      level: row.level,
      occurred_at: instant(row.occurredAt),
      learned_at: instant(row.learnedAt),
      claimed_phoned_at: instant(row.claimedPhonedAt),
      area_code: row.areaCode,
      place: row.place,
      deaths: row.deaths,
      injuries: row.injuries,
      missing: row.missing,
      text: row.text,
      signer: row.signer,
      year: row.year,
      number: row.number,
      reason: row.reason,
      by_name: row.byName,
      by_id: row.byId,
      frozen_quarters: [...row.frozenQuarters],
    })
    .execute()
}

export async function insertReportAct(
  db: Db,
  act: Omit<ReportActRow, 'at' | 'byName' | 'byId'>,
  author: DrawAuthor,
): Promise<void> {
  await db
    .insertInto('report_act')
    .values({
      content_id: act.contentId,
      kind: act.kind,
      unit_code: act.unitCode,
      office_code: act.officeCode,
      office_name: act.officeName,
      at: instant(author.at),
      by_name: author.name,
      by_id: author.id,
      note: act.note,
    })
    .execute()
}
