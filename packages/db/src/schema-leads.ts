import type { LeadStepKind, MatchTiming, Quarter } from '@zhidu/domain'
import type { InstantColumn, NullableDateColumn, NullableInstantColumn } from './schema-columns.ts'

interface By {
  at: InstantColumn
  by_name: string
  by_id: string // uuid of the account
}

/** What an office did with a lead. */
export interface LeadStepTable extends By {
  lead_code: string
  position: number // from 0, without a gap
  unit_code: string // the office
  kind: Exclude<LeadStepKind, 'explained'>
  note: string | null
  about_code: string | null // the unit asked, or whose report it is
  event_code: string | null // the event that it tells of
  timing: MatchTiming | null
  candidates: string | null // JSON: what was listed when a person chose
  inquiry_id: string | null
  of_lead: string | null // which lead told it first
  misreport_id: string | null // the case it became
}

/** 核查通知: what a unit is asked. It says nothing of who saw it. */
export interface LeadInquiryTable extends By {
  inquiry_id: string
  inquiry_code: string
  unit_code: string
  office_code: string
  office_name: string
  lead_code: string // for the office alone
  question: string
  place: string | null
  told_at: NullableInstantColumn // when it is said to have happened
  last_day: NullableDateColumn // NULL = the year it leads into had no notice of holidays
  working_days: number
}

export interface LeadInquiryStepTable extends By {
  inquiry_id: string
  position: number
  unit_code: string
  office_code: string
  kind: 'received' | 'explained' | 'closed'
  note: string | null
  event_code: string | null // the event it was reported under, as the unit says
  files: string[] // sha256
  outcome: Exclude<LeadStepKind, 'explained' | 'inquired' | 'reopened'> | null
}

/** How a lead came that no file brought. */
export interface LeadOriginTable extends By {
  lead_code: string
  unit_code: string // the office
  channel: 'typed' | 'pasted' | 'feed' | 'informant'
  guid: string | null // of the feed's item
  link: string | null
  title: string | null // of the feed
  message_id: string | null
}

/** A name of a place and the unit in whose area it lies; the newest version counts. */
export interface LeadPlaceTable extends By {
  place_id: string
  version: number
  unit_code: string
  name: string
  aliases: string[]
  is_withdrawn: boolean
}

/** 信息员: what was put on record of one, and the secret links given to them. */
export interface InformantStepTable extends By {
  informant_id: string
  position: number
  unit_code: string // the office
  kind: 'registered' | 'changed' | 'linked' | 'revoked' | 'withdrawn'
  name: string | null
  village: string | null
  area_code: string | null // the unit in whose area the village lies
  phone: string | null
  token_hash: Buffer | null // SHA-256 of the link's secret
  expires_at: NullableInstantColumn
}

/** What an informant sent; no fact until somebody of the office took it as a lead. */
export interface InformantMessageTable {
  message_id: string
  receipt_code: string
  informant_id: string
  unit_code: string // the office
  at: InstantColumn
  what: string
  place: string | null
  occurred_at: NullableInstantColumn
  deaths: number | null
  injuries: number | null
  photo: Buffer | null
  photo_sha256: string | null
}

/** A unit that a person put into the pool because it reports unusually little; the last position counts. */
export interface RiskMarkTable extends By {
  unit_code: string // the office
  marked_code: string
  quarter: Quarter
  position: number
  is_withdrawn: boolean
  note: string | null
  expected: number | null
  events: number | null
  tail: number | null
}

export interface LeadsSchema {
  lead_step: LeadStepTable
  lead_inquiry: LeadInquiryTable
  lead_inquiry_step: LeadInquiryStepTable
  lead_origin: LeadOriginTable
  lead_place: LeadPlaceTable
  informant_step: InformantStepTable
  informant_message: InformantMessageTable
  risk_mark: RiskMarkTable
}
