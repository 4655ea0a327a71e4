import type { LeadStepKind, PlainDate } from '@zhidu/domain'
import { sql, type SqlBool } from 'kysely'
import type { Db, ReadonlyDb } from '../db.ts'
import { instant } from '../instant.ts'
import { inScope } from '../transaction/scope.ts'
import type { DrawAuthor } from './draw-plans.ts'

/** 核查通知. Times: epoch ms. */
export interface LeadInquiryRow {
  readonly inquiryId: string
  readonly inquiryCode: string
  readonly unitCode: string
  readonly officeCode: string
  readonly officeName: string
  /** For the office alone. */
  readonly leadCode: string
  readonly question: string
  readonly place: string | null
  readonly toldAt: number | null
  readonly lastDay: PlainDate | null
  readonly workingDays: number
  readonly at: number
  readonly byName: string
}

export interface LeadInquiryStepRow {
  readonly inquiryId: string
  readonly position: number
  readonly kind: 'received' | 'explained' | 'closed'
  readonly at: number
  readonly byName: string
  readonly note: string | null
  readonly eventCode: string | null
  readonly files: readonly string[]
  readonly outcome: Exclude<LeadStepKind, 'explained' | 'inquired' | 'reopened'> | null
}

const COLUMNS = [
  'i.inquiry_id as inquiryId',
  'i.inquiry_code as inquiryCode',
  'i.unit_code as unitCode',
  'i.office_code as officeCode',
  'i.office_name as officeName',
  'i.lead_code as leadCode',
  'i.question',
  'i.place',
  'i.told_at as toldAt',
  'i.last_day as lastDay',
  'i.working_days as workingDays',
  'i.at',
  'i.by_name as byName',
] as const

export interface LeadInquiryFilter {
  readonly inquiryId?: string
  readonly leadCode?: string
  /** Only what this unit is asked. */
  readonly askedCode?: string
  /** Only what waits for its explanation. */
  readonly isWaiting?: boolean
}

const IS_WAITING = sql<SqlBool>`not exists (select from lead_inquiry_step s where s.inquiry_id = i.inquiry_id
  and s.kind in ('explained', 'closed'))`

/** Newest first. */
export function listLeadInquiries(db: ReadonlyDb, filter: LeadInquiryFilter, limit = 200): Promise<LeadInquiryRow[]> {
  const { askedCode, inquiryId, isWaiting, leadCode } = filter
  return db
    .selectFrom('lead_inquiry as i')
    .select(COLUMNS)
    .$if(inquiryId !== undefined, (query) => query.where('i.inquiry_id', '=', inquiryId ?? ''))
    .$if(leadCode !== undefined, (query) => query.where('i.lead_code', '=', leadCode ?? ''))
    .$if(askedCode !== undefined, (query) => query.where('i.unit_code', '=', askedCode ?? ''))
    .$if(isWaiting === true, (query) => query.where(IS_WAITING))
    .$call(inScope(db, 'lead-inquiries', 'i.unit_code'))
    .orderBy('i.at', 'desc')
    .orderBy('i.inquiry_id', 'desc')
    .limit(limit)
    .execute()
}

/** By inquiry, in their order. */
export function listLeadInquirySteps(db: ReadonlyDb, inquiryIds: readonly string[]): Promise<LeadInquiryStepRow[]> {
  return db
    .selectFrom('lead_inquiry_step as s')
    .select([
      's.inquiry_id as inquiryId',
      's.position',
      's.kind',
      's.at',
      's.by_name as byName',
      's.note',
      's.event_code as eventCode',
      's.files',
      's.outcome',
    ])
    .where('s.inquiry_id', '=', sql<string>`any (${[...inquiryIds]}::uuid[])`)
    .$call(inScope(db, 'lead-inquiry-steps', 's.unit_code'))
    .orderBy('s.inquiry_id')
    .orderBy('s.position')
    .execute()
}

/** Asks under the next number of the year, and gives that. */
export async function insertLeadInquiry(
  db: Db,
  row: Omit<LeadInquiryRow, 'inquiryCode' | 'at' | 'byName'>,
  year: number,
  author: DrawAuthor,
): Promise<string> {
  const { rows } = await sql<{ code: string }>`select next_inquiry_code(${year}::integer) as code`.execute(db)
  const inquiryCode = rows[0]?.code ?? ''
  await db
    .insertInto('lead_inquiry')
    .values({
      inquiry_id: row.inquiryId,
      inquiry_code: inquiryCode,
      unit_code: row.unitCode,
      office_code: row.officeCode,
      office_name: row.officeName,
      lead_code: row.leadCode,
      question: row.question,
      place: row.place,
      told_at: row.toldAt === null ? null : instant(row.toldAt),
      last_day: row.lastDay,
      working_days: row.workingDays,
      at: instant(author.at),
      by_name: author.name,
      by_id: author.id,
    })
    .execute()
  return inquiryCode
}

export async function insertLeadInquiryStep(
  db: Db,
  about: Pick<LeadInquiryRow, 'inquiryId' | 'unitCode' | 'officeCode'>,
  step: Omit<LeadInquiryStepRow, 'inquiryId' | 'at' | 'byName'>,
  author: DrawAuthor,
): Promise<void> {
  await db
    .insertInto('lead_inquiry_step')
    .values({
      inquiry_id: about.inquiryId,
      position: step.position,
      unit_code: about.unitCode,
      office_code: about.officeCode,
      kind: step.kind,
      at: instant(author.at),
      by_name: author.name,
      by_id: author.id,
      note: step.note,
      event_code: step.eventCode,
      files: [...step.files],
      outcome: step.outcome,
    })
    .execute()
}
