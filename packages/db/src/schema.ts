import type {
  AdoptionUse,
  BonusKind,
  Category,
  CheckMethod,
  DutyMode,
  FilingForm,
  Finding,
  Flag,
  Grade,
  HolidayBlock,
  HolidayName,
  LeadSource,
  Level,
  MisreportKind,
  PlainDate,
  Quarter,
  Regulation,
  ReopenedObligation,
  Stage,
  SuccessionKind,
  Tier,
  UnitTally,
} from '@zhidu/domain'
import type { ColumnType, Generated } from 'kysely'
import type { ObligationBasisTable, ObligationTable } from './obligations/obligation-tables.ts'
import type { AccountsSchema } from './schema-accounts.ts'
import type { BulletinsSchema } from './schema-bulletins.ts'
import type {
  DateColumn,
  FactVersion,
  InstantColumn,
  NullableDateColumn,
  NullableInstantColumn,
} from './schema-columns.ts'
import type { CasesSchema } from './schema-cases.ts'
import type { CommendationsSchema } from './schema-commendations.ts'
import type { AssessmentSchema } from './schema-assessment.ts'
import type { DrawsSchema } from './schema-draws.ts'
import type { DutyRoomsSchema } from './schema-duty-rooms.ts'
import type { InspectionsSchema } from './schema-inspections.ts'
import type { FilingsSchema } from './schema-filings.ts'
import type { FrozenSchema } from './schema-frozen.ts'
import type { LeadsSchema } from './schema-leads.ts'
import type { MeetingsSchema } from './schema-meetings.ts'
import type { DutyLogSchema } from './schema-duty-log.ts'
import type { ReportingSchema } from './schema-reporting.ts'
import type { RostersSchema } from './schema-rosters.ts'

export type * from './schema-accounts.ts'
export type * from './schema-columns.ts'

export interface UnitPeriodTable extends FactVersion {
  unit_code: string
  valid_from: NullableDateColumn // NULL = always
  valid_to: NullableDateColumn // exclusive; NULL = still
  name: string
  short_name: string | null
  parent_code: string | null // NULL = top of this installation
  tier: Tier
  peer_group: string
  duty_mode: DutyMode
}

export interface UnitTable {
  unit_code: string
  position: number // official order: first appearance in the units files
}

export interface ReportTable extends FactVersion {
  event_code: string
  unit_code: string
  stage: Stage
  sequence: number // 0 for first and final
  category: Category
  level: Level
  occurred_at: InstantColumn
  learned_at: InstantColumn
  phoned_at: NullableInstantColumn // NULL = no call given
  written_at: NullableInstantColumn // NULL = no written report given
  elements: number // bit i = ELEMENTS[i] of @zhidu/domain
}

/** One row per event and unit, kept in the transaction that changes its reports: which row is judged (contract §5). */
export interface EventCaseTable {
  unit_code: string
  event_code: string
  category: Category
  level: Level
  occurred_at: InstantColumn // of the judged row
  learned_at: InstantColumn // of the judged row
}

export interface CheckTable extends FactVersion {
  check_code: string
  unit_code: string
  method: CheckMethod
  checked_at: InstantColumn
  inspectors: string[]
  findings: Finding[] // empty = passed
  note: string | null
}

export interface MisreportTable extends FactVersion {
  misreport_code: string
  unit_code: string
  event_code: string | null
  kind: MisreportKind
  confirmed_on: DateColumn
  basis: string
  share_percent: number | null // what of the points counts after an honest correction; NULL = all of them
}

export interface FilingTable extends FactVersion {
  unit_code: string
  holiday_year: number // the holiday's own year
  holiday_name: HolidayName
  form: FilingForm
  received_at: NullableInstantColumn // NULL = never received
}

export interface LeadTable extends FactVersion {
  lead_code: string
  source: LeadSource
  seen_at: InstantColumn
  occurred_at: NullableInstantColumn
  place: string | null
  unit_code: string | null
  category: Category | null
  summary: string
  deaths: number | null
  injuries: number | null
}

export interface BonusTable extends FactVersion {
  bonus_code: string
  unit_code: string
  kind: BonusKind
  awarded_on: DateColumn
  event_code: string | null
}

export interface PreReportTable extends FactVersion {
  event_code: string
  unit_code: string
  pre_reported_at: InstantColumn // when word was sent that the report takes longer
  reason: string
}

export interface AdoptionTable extends FactVersion {
  event_code: string
  unit_code: string
  use: AdoptionUse
  used_on: DateColumn
}

/** A later end that a named person set; never changed. */
export interface ReopeningTable {
  reopening_id: string
  unit_code: string
  obligation: ReopenedObligation
  ref: string // event_code, or HOLIDAY/FORM
  until: InstantColumn // last instant on time
  reason: string
  reopened_at: InstantColumn
  reopened_by: string // name of who did it
}

/** One accepted file. Refused files leave no row. */
export interface ImportTable {
  import_id: string
  kind: string
  file_name: string
  sha256: string // of the file's bytes, hex
  row_count: number
  created_count: number
  updated_count: number
  unchanged_count: number
  rejected_count: number
  imported_at: InstantColumn
  imported_by: string | null // name of who sent it; NULL = a command at the machine, or before accounts
  unit_code: string | null // whose account it was; NULL = nobody's
}

export interface RegulationTable {
  regulation_id: string
  version: string
  effective_from: NullableDateColumn // NULL = from the beginning, or a draft without a date
  document: Regulation // jsonb
  state: Generated<'draft' | 'published'> // a published one is never changed
  revision: Generated<number> // of the draft, counted up by every save
  changed_at: NullableInstantColumn // NULL = came with the program
  changed_by: string | null
  changed_by_id: string | null // uuid of the account; NULL = a command at the machine
  published_at: NullableInstantColumn
  published_by: string | null
  published_by_id: string | null
}

export interface HolidayTable {
  year: number // the holiday's own year
  name: HolidayName // the name the notice puts first
  first_day_off: DateColumn
  last_day_off: DateColumn
  makeup_workdays: ColumnType<PlainDate[], string[], string[]> // date[], ascending
}

/** Every version of a year's notice; the blocks in force are in `holiday`. */
export interface HolidayNoticeTable {
  notice_id: string
  year: number
  blocks: ColumnType<HolidayBlock[], string, never> // jsonb; empty = taken back: the year is not announced
  source: string // number or title of the notice
  recorded_at: InstantColumn
  recorded_by: string | null // NULL = came with the program
  replaced_at: NullableInstantColumn // NULL = in force
  replaced_by: string | null
}

/** That a unit was merged into another, or split into others; kept in versions, never deleted with its history. */
export interface UnitSuccessionTable {
  succession_id: string
  act_id: string // rows recorded together
  unit_code: string // the unit that was there before
  successor_code: string
  on_date: DateColumn // first day of the new order
  kind: SuccessionKind
  reason: string
  recorded_at: InstantColumn
  recorded_by: string
  replaced_at: NullableInstantColumn // NULL = it holds
  replaced_by: string | null // who took it back
  replaced_reason: string | null
}

/**
 * Rollup: what a unit's quarter comes to, kept in the transaction of its facts.
 * `latest` is the state when it was computed, good for `steady_from ≤ t < steady_until`;
 * `quarter_end` is the state as of the quarter's last second.
 */
export interface UnitQuarterTable {
  unit_code: string
  quarter: Quarter
  basis: 'latest' | 'quarter_end'
  regulation_id: string
  regulation_version: string
  method_version: string
  steady_from: NullableInstantColumn // NULL = since always
  steady_until: NullableInstantColumn // exclusive; NULL = for ever
  is_measured: boolean
  on_time_count: number
  late_count: number
  missing_count: number
  not_yet_due_count: number
  element_part: number
  element_whole: number
  check_passed: number
  check_total: number
  filing_on_time_count: number
  filing_late_count: number
  filing_missing_count: number
  filing_not_yet_due_count: number
  lost_timeliness: number // hundredths, before the stop at 0
  lost_completeness: number // hundredths
  lost_truthfulness: number // hundredths
  lost_discipline: number // hundredths
  lost_filing: number // hundredths
  deduction_count: number
  points_timeliness: number // hundredths, what counts
  points_completeness: number // hundredths
  points_truthfulness: number // hundredths
  points_discipline: number // hundredths
  points_filing: number // hundredths
  workload: number // hundredths
  item_count: number | null // NULL = the rules do not go by items
  item_points: number | null // hundredths
  bonus: number // hundredths, after the cap
  score: number | null // hundredths; NULL = not measured
  grade: Grade | null
  is_commendable: boolean
  flags: Flag[]
  tally: ColumnType<UnitTally, string, string> // jsonb; whole numbers
}

/** Small facts about the installation itself, e.g. `synthetic` = the demonstration city is loaded. */
export interface SettingTable {
  key: string
  value: unknown // jsonb
}

/** Appended to by `append_audit` only. */
export interface AuditEntryTable {
  seq: number
  at: InstantColumn
  actor_kind: string
  actor_id: string | null
  actor_name: string | null
  unit_code: string | null
  address: string | null
  action: string
  object: string | null
  outcome: 'done' | 'refused'
  reason: string | null
  text: string // the exact bytes that were hashed
  prev_hash: Buffer
  hash: Buffer
}

export interface AuditCheckpointTable {
  size: number
  root: Buffer
  note: string // signed note, C2SP tlog-checkpoint
  reason: 'timed' | 'manual' | 'backup' | 'start'
  created_at: InstantColumn
}

/** Who stands above whom, and when; made anew whenever units change. */
export interface UnitClosureTable {
  ancestor_code: string
  descendant_code: string
  depth: number // 0 = itself, or merged into it
  valid_from: string // date, may be -infinity
  valid_to: string // exclusive, may be infinity
}

export interface Database
  extends
    AccountsSchema,
    AssessmentSchema,
    BulletinsSchema,
    CasesSchema,
    CommendationsSchema,
    DrawsSchema,
    DutyRoomsSchema,
    FrozenSchema,
    InspectionsSchema,
    FilingsSchema,
    LeadsSchema,
    MeetingsSchema,
    DutyLogSchema,
    ReportingSchema,
    RostersSchema {
  audit_entry: AuditEntryTable
  audit_checkpoint: AuditCheckpointTable
  unit_closure: UnitClosureTable
  unit: UnitTable
  unit_period: UnitPeriodTable
  report: ReportTable
  event_case: EventCaseTable
  check_record: CheckTable
  misreport: MisreportTable
  filing: FilingTable
  lead: LeadTable
  bonus: BonusTable
  pre_report: PreReportTable
  adoption: AdoptionTable
  reopening: ReopeningTable
  obligation: ObligationTable
  obligation_basis: ObligationBasisTable
  import_file: ImportTable
  regulation: RegulationTable
  holiday: HolidayTable
  holiday_notice: HolidayNoticeTable
  unit_succession: UnitSuccessionTable
  unit_quarter: UnitQuarterTable
  setting: SettingTable
}
