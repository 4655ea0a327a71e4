import type { DailyKind, FilingForm, HolidayName, ResponseLevel, SpecialKind } from '@zhidu/domain'
import type { DateColumn, InstantColumn, NullableDateColumn } from './schema-columns.ts'

interface Signed {
  at: InstantColumn
  by_name: string
  by_id: string // uuid of the account
}

interface OfForm {
  unit_code: string
  holiday_year: number // the holiday's own
  holiday_name: HolidayName
  form: FilingForm
}

/** The file a form was read from, as it came. */
export interface FilingSourceTable extends OfForm, Signed {
  sha256: string
  name: string // as the unit knows it
  content: Buffer
}

/** What is being filled in; written over. */
export interface FilingDraftTable extends OfForm, Signed {
  content: string // JSON of HolidayContent
  source_sha256: string | null // NULL = typed or pasted
}

/** A form as it was filed; a correction is the next version. The instant that counts is in `filing`. */
export interface FilingFormTable extends OfForm, Signed {
  version: number // from 1, without a gap
  receipt: string // short code, once in the installation
  content: string // JSON of HolidayContent
  content_hash: string // SHA-256 of it, hex
  warnings: string // JSON of FormIssue[] that were seen and filed all the same
  due_on: DateColumn // as known when it was filed
  is_late: boolean // after the due day, re-openings included
  reason: string | null // of a correction; NULL = the first version
  source_sha256: string | null // NULL = typed or pasted
}

export interface FilingReminderTable {
  reminder_id: string
  unit_code: string // who is reminded
  office_code: string
  office_name: string // a unit's reach does not hold its superior
  holiday_year: number
  holiday_name: HolidayName
  due_on: DateColumn
  forms: FilingForm[] // that were not there then
  days_before: number | null // of the office's setting; NULL = sent by a person
  at: InstantColumn
  by_name: string | null // NULL = by the program, as the office set it
  by_id: string | null
}

export interface FilingReminderSeenTable extends Signed {
  reminder_id: string
  unit_code: string
}

/** What an office asks of itself and the units one level below. */
export interface DutySettingTable extends Signed {
  unit_code: string // the office
  version: number // from 1, without a gap
  reminder_days: number[] // days before due; empty = none is sent by itself
  daily_until: string | null // HH:MM; NULL = no daily report is asked for
  from_on: DateColumn // first day daily_until holds for
}

export interface SpecialPeriodTable extends Signed {
  period_id: string
  version: number // from 1, without a gap
  unit_code: string // the office
  kind: SpecialKind
  level: ResponseLevel | null // NULL = no response
  title: string
  from_on: DateColumn
  to_on: NullableDateColumn // last day; NULL = until further notice
  asks_double_leaders: boolean
  asks_daily_report: boolean
  note: string
  basis: string // number or title of the document
  is_withdrawn: boolean
}

/** A unit's report of a day; the first version fixes its time. */
export interface DailyReportTable extends Signed {
  unit_code: string
  day: DateColumn
  version: number // from 1, without a gap
  kind: DailyKind
  note: string | null
  event_code: string | null
}

export interface FilingsSchema {
  filing_source: FilingSourceTable
  filing_draft: FilingDraftTable
  filing_form: FilingFormTable
  filing_reminder: FilingReminderTable
  filing_reminder_seen: FilingReminderSeenTable
  duty_setting: DutySettingTable
  special_period: SpecialPeriodTable
  daily_report: DailyReportTable
}
