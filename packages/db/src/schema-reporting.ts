import type { Category, Level, ReportActKind, Stage } from '@zhidu/domain'
import type { InstantColumn, NullableInstantColumn } from './schema-columns.ts'

/** What a unit wrote in a report, version by version; times, class and level as the report on record has them come first. */
export interface ReportContentTable {
  content_id: string
  unit_code: string
  event_code: string
  stage: Stage
  sequence: number // 0 for first and final
  version: number // from 1, without a gap; later ones are corrections
  received_at: InstantColumn // by this server; of version 1 the written_at of the report
  receipt_code: string // as `toReceiptCode` gives it
  client_key: string // uuid, once per unit: the same again is the same report
  sha256: string // of `document`
  document: string // canonical JSON of all that was sent
  category: Category
  level: Level
  occurred_at: InstantColumn
  learned_at: InstantColumn
  claimed_phoned_at: NullableInstantColumn // what the unit says itself; NULL = no call claimed
  area_code: string | null // unit in whose area it happened; NULL = not named
  place: string // '' = not known yet
  deaths: number | null // NULL = not known yet
  injuries: number | null
  missing: number | null
  text: string // all elements in words, for who searches
  signer: string // 签发人
  year: number // of received_at, local
  number: number // 第几期: of unit and year; a correction bears that of what it corrects
  reason: string | null // of a correction
  by_name: string
  by_id: string // uuid of the account
  frozen_quarters: string[] // frozen by then, in which it counts nowhere
}

/** What an office did about a report: 签收, and what it says to a call that the unit claims. */
export interface ReportActTable {
  content_id: string
  kind: ReportActKind
  unit_code: string
  office_code: string
  office_name: string
  at: InstantColumn
  by_name: string
  by_id: string // uuid of the account
  note: string | null
}

/** 值班电话记录簿: a call as the office that took it wrote it down. */
export interface PhoneRecordTable {
  record_id: string // uuid made by the page: the same again is the same record
  unit_code: string
  office_code: string
  office_name: string
  event_code: string
  began_at: InstantColumn // on the office's clock
  recorded_at: InstantColumn
  earlier_reason: string | null // why it was written down long after
  caller_name: string
  caller_post: string | null
  caller_phone: string | null
  category: Category // as told, like the rest
  level: Level
  occurred_at: InstantColumn
  learned_at: InstantColumn
  place: string
  course: string // 起因、过程、措施、结果、影响、趋势
  told_to: string | null // whom the unit has told already
  handling: string | null // 领导批示和处理意见
  by_name: string
  by_id: string // uuid of the account
}

/** What a unit is writing; one line per event, shared by its officers. */
export interface ReportDraftTable {
  unit_code: string
  draft_key: string // event_code, or `new/` and a uuid
  revision: number // from 1; who saves names the one seen last
  document: string | null // JSON of the page; NULL = sent or thrown away
  saved_at: InstantColumn
  by_name: string
  by_id: string // uuid of the account
}

export interface ReportingSchema {
  report_content: ReportContentTable
  report_act: ReportActTable
  phone_record: PhoneRecordTable
  report_draft: ReportDraftTable
}
