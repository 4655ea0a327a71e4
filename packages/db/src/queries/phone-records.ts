import type { Category, Level } from '@zhidu/domain'
import { sql, type SqlBool } from 'kysely'
import type { Db, ReadonlyDb } from '../db.ts'
import { instant } from '../instant.ts'
import { inScope } from '../transaction/scope.ts'
import type { DrawAuthor } from './draw-plans.ts'

/** A call as the office wrote it down. Times: epoch ms. */
export interface PhoneRecordRow {
  readonly recordId: string
  readonly unitCode: string
  readonly officeCode: string
  readonly officeName: string
  readonly eventCode: string
  readonly beganAt: number
  readonly recordedAt: number
  readonly earlierReason: string | null
  readonly callerName: string
  readonly callerPost: string | null
  readonly callerPhone: string | null
  readonly category: Category
  readonly level: Level
  readonly occurredAt: number
  readonly learnedAt: number
  readonly place: string
  readonly course: string
  readonly toldTo: string | null
  readonly handling: string | null
  readonly byName: string
  readonly byId: string
}

interface PhoneRecordFilter {
  readonly unitCode?: string
  readonly eventCodes?: readonly string[]
  readonly recordId?: string
}

/** By unit, event and beginning of the call. */
export function listPhoneRecords(db: ReadonlyDb, filter: PhoneRecordFilter): Promise<PhoneRecordRow[]> {
  const { eventCodes, recordId, unitCode } = filter
  return db
    .selectFrom('phone_record as r')
    .select([
      'r.record_id as recordId',
      'r.unit_code as unitCode',
      'r.office_code as officeCode',
      'r.office_name as officeName',
      'r.event_code as eventCode',
      'r.began_at as beganAt',
      'r.recorded_at as recordedAt',
      'r.earlier_reason as earlierReason',
      'r.caller_name as callerName',
      'r.caller_post as callerPost',
      'r.caller_phone as callerPhone',
      'r.category',
      'r.level',
      'r.occurred_at as occurredAt',
      'r.learned_at as learnedAt',
      'r.place',
      'r.course',
      'r.told_to as toldTo',
      'r.handling',
      'r.by_name as byName',
      'r.by_id as byId',
    ])
    .$if(unitCode !== undefined, (query) => query.where('r.unit_code', '=', unitCode ?? ''))
    .$if(eventCodes !== undefined, (query) =>
      query.where(sql<SqlBool>`r.event_code = any (${[...(eventCodes ?? [])]}::text[])`),
    )
    .$if(recordId !== undefined, (query) => query.where('r.record_id', '=', recordId ?? ''))
    .$call(inScope(db, 'phone-records', 'r.unit_code'))
    .orderBy('r.unit_code')
    .orderBy('r.event_code')
    .orderBy('r.began_at')
    .orderBy('r.record_id')
    .execute()
}

export async function insertPhoneRecord(
  db: Db,
  row: Omit<PhoneRecordRow, 'recordedAt' | 'byName' | 'byId'>,
  author: DrawAuthor,
): Promise<void> {
  await db
    .insertInto('phone_record')
    .values({
      record_id: row.recordId,
      unit_code: row.unitCode,
      office_code: row.officeCode,
      office_name: row.officeName,
      event_code: row.eventCode,
      began_at: instant(row.beganAt),
      recorded_at: instant(author.at),
      earlier_reason: row.earlierReason,
      caller_name: row.callerName,
      caller_post: row.callerPost,
      caller_phone: row.callerPhone,
      category: row.category,
      level: row.level,
      occurred_at: instant(row.occurredAt),
      learned_at: instant(row.learnedAt),
      place: row.place,
      course: row.course,
      told_to: row.toldTo,
      handling: row.handling,
      by_name: author.name,
      by_id: author.id,
    })
    .execute()
}
