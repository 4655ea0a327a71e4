import type { DecisionStepKind, Indicator, MeetingSeat, Quarter, ReplyKind } from '@zhidu/domain'
import type { DateColumn, InstantColumn, NullableDateColumn } from './schema-columns.ts'

interface Signed {
  at: InstantColumn
  by_name: string
  by_id: string // uuid of the account
}

/** An exchange meeting of an office with the units one level below. */
export interface MeetingTable extends Signed {
  meeting_id: string
  unit_code: string // the office
  office_name: string // as it was then
  title: string
  quarter: Quarter // whose results it is about
  frozen_version: number | null // NULL = the quarter was running
  as_of: InstantColumn // what its agenda was drafted from
  rules: string // title of the rules then
}

export type MeetingPart = 'agenda' | 'minutes'

/** What agenda or minutes said at a time; only ever added to. */
export interface MeetingRevisionTable extends Signed {
  meeting_id: string
  part: MeetingPart
  revision: number // from 1, without a gap
  unit_code: string
  base_revision: number // what its author had before him; 0 = the draft
  document: string // JSON
}

export type MeetingStepKind = 'submitted' | 'returned' | 'signed' | 'corrected'

/** What happened to the minutes. */
export interface MeetingStepTable extends Signed {
  meeting_id: string
  seq: number // from 1, without a gap
  unit_code: string
  kind: MeetingStepKind
  revision: number // of the minutes
  note: string | null // why returned, what is corrected; NULL = neither
}

export interface MeetingInvitationTable extends Signed {
  meeting_id: string
  unit_code: string // who is invited
  round: number // from 1; a further one postpones
  office_code: string
  office_name: string // a unit's reach does not hold its superior
  title: string
  quarter: Quarter
  held_at: InstantColumn
  place: string
  answer_by: DateColumn // last calendar day for an answer
}

export interface MeetingReplyTable extends Signed {
  meeting_id: string
  unit_code: string
  position: number // from 0, without a gap
  office_code: string
  round: number // of the invitation it is about
  kind: ReplyKind | 'reminded'
  seat: MeetingSeat | null // NULL = a reminder of the office
  person: string | null // as the unit typed it; NULL = a reminder
  substitute: string | null
  note: string | null
}

/** What a unit is bound to by a meeting. */
export interface MeetingDecisionTable extends Signed {
  decision_id: string
  meeting_id: string
  unit_code: string // who is responsible
  office_code: string
  office_name: string
  title: string // of the meeting
  quarter: Quarter // of the meeting
  what: string
  report: string // what is to be reported
  owner: string
  last_day: DateColumn
  indicator: Indicator | null // that it is to improve; NULL = none
}

export interface MeetingDecisionStepTable extends Signed {
  decision_id: string
  position: number // from 0, without a gap
  unit_code: string
  office_code: string
  kind: DecisionStepKind
  note: string | null
  last_day: NullableDateColumn // another one; NULL = the one before runs
  files: string[] // sha256, of a report
}

export interface MeetingsSchema {
  meeting: MeetingTable
  meeting_revision: MeetingRevisionTable
  meeting_step: MeetingStepTable
  meeting_invitation: MeetingInvitationTable
  meeting_reply: MeetingReplyTable
  meeting_decision: MeetingDecisionTable
  meeting_decision_step: MeetingDecisionStepTable
}
