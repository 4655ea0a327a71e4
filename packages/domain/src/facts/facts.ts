import type { PlainDate } from '../calendar/plain-date.ts'
import type { DutyLine } from '../inspection/call.ts'
import type { DeductionCode } from '../regulation/deduction-codes.ts'

/** Keys of the interchange contract §2–§4; the offices' words for them are in `@zhidu/contract`. */
export const TIERS = ['province', 'city', 'county', 'township'] as const
export const DUTY_MODES = ['room', 'phone'] as const
export const STAGES = ['first', 'follow_up', 'final'] as const
export const CATEGORIES = ['natural_disaster', 'accident', 'public_health', 'social_security'] as const
export const LEVELS = ['I', 'II', 'III', 'IV'] as const
export const ELEMENTS = [
  'source',
  'learned_time',
  'occurred_time',
  'place',
  'cause',
  'nature',
  'process',
  'casualties',
  'scope',
  'trend',
  'response',
  'next_steps',
] as const
export const CHECK_METHODS = ['phone', 'video', 'onsite'] as const
export const FINDINGS = [
  'absent',
  'call_forwarded',
  'no_answer',
  'invalid_number',
  'leader_unreachable',
  'not_as_rostered',
  'unfamiliar',
  'log_missing',
  'equipment_missing',
] as const
export const MISREPORT_KINDS = ['understated', 'false', 'omitted', 'concealed'] as const
export const HOLIDAYS = ['元旦', '春节', '清明节', '劳动节', '端午节', '中秋节', '国庆节'] as const
export const FILING_FORMS = ['whereabouts', 'roster'] as const
export const LEAD_SOURCES = ['media', 'website', 'informant', 'hotline', 'department', 'superior'] as const
export const ADOPTION_USES = ['special_report', 'circulated', 'commissioned', 'digest', 'on_file'] as const
export const ROSTER_ROLES = ['leader', 'officer'] as const
/** Longest shift of a roster: what began earlier is over. */
export const MAX_SHIFT_DAYS = 7
export const REOPENED_OBLIGATIONS = ['phone', 'written', 'final', 'filing'] as const
export const BONUS_KINDS = ['instruction_national', 'instruction_province', 'instruction_city', 'media'] as const

export type Tier = (typeof TIERS)[number]
export type DutyMode = (typeof DUTY_MODES)[number]
export type Stage = (typeof STAGES)[number]
export type Category = (typeof CATEGORIES)[number]
export type Level = (typeof LEVELS)[number]
export type Element = (typeof ELEMENTS)[number]
export type CheckMethod = (typeof CHECK_METHODS)[number]
export type Finding = (typeof FINDINGS)[number]
export type MisreportKind = (typeof MISREPORT_KINDS)[number]
export type HolidayName = (typeof HOLIDAYS)[number]
export type FilingForm = (typeof FILING_FORMS)[number]
export type LeadSource = (typeof LEAD_SOURCES)[number]
export type AdoptionUse = (typeof ADOPTION_USES)[number]
export type RosterRole = (typeof ROSTER_ROLES)[number]
export type ReopenedObligation = (typeof REOPENED_OBLIGATIONS)[number]
export type BonusKind = (typeof BONUS_KINDS)[number]

/** One row of a unit's history. The interval is half-open; null = always / still. */
export interface UnitPeriod {
  readonly unitCode: string
  readonly name: string
  readonly shortName: string | null
  readonly parentCode: string | null
  readonly tier: Tier
  readonly peerGroup: string
  readonly dutyMode: DutyMode
  readonly validFrom: PlainDate | null
  readonly validTo: PlainDate | null
}

/** One report of one unit about one event. All `…At` are epoch ms, UTC, whole seconds; null = not given. */
export interface ReportFact {
  readonly eventCode: string
  readonly unitCode: string
  readonly stage: Stage
  /** 0 for first and final, 1, 2, … for follow-ups. */
  readonly sequence: number
  readonly category: Category
  readonly level: Level
  readonly occurredAt: number
  readonly learnedAt: number
  readonly phonedAt: number | null
  readonly writtenAt: number | null
  readonly elements: readonly Element[]
}

export interface CheckFact {
  readonly checkCode: string
  readonly unitCode: string
  readonly method: CheckMethod
  readonly checkedAt: number
  readonly inspectors: readonly string[]
  readonly findings: readonly Finding[]
  readonly note: string | null
}

export interface MisreportFact {
  readonly misreportCode: string
  readonly unitCode: string
  readonly eventCode: string | null
  readonly kind: MisreportKind
  readonly confirmedOn: PlainDate
  readonly basis: string
  /** What of its points counts, 0 to 99, after an honest correction; left out or null = all of them. */
  readonly sharePercent?: number | null | undefined
}

export interface FilingFact {
  readonly unitCode: string
  /** The year of the holiday itself, also when its block starts in December. */
  readonly holidayYear: number
  readonly holidayName: HolidayName
  readonly form: FilingForm
  /** null = never received. */
  readonly receivedAt: number | null
}

export interface LeadFact {
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
}

export interface BonusFact {
  readonly bonusCode: string
  readonly unitCode: string
  readonly kind: BonusKind
  readonly awardedOn: PlainDate
  readonly eventCode: string | null
}

/** Word sent before the limit that the report of an event will take longer, and why; at most one per event and unit. */
export interface PreReportFact {
  readonly unitCode: string
  readonly eventCode: string
  /** Epoch ms. */
  readonly sentAt: number
  readonly reason: string
}

/** What the office made of a unit's information about an event; at most one per event and unit. */
export interface AdoptionFact {
  readonly unitCode: string
  readonly eventCode: string
  readonly use: AdoptionUse
  readonly usedOn: PlainDate
}

/** A telephone of a unit by which its duty is kept; at most one of each line. No fact of a quarter: it is not scored. */
export interface DutyLineFact {
  readonly unitCode: string
  readonly line: DutyLine
  /** As `toPhoneNumber` gives it. */
  readonly number: string
  /** Last day on which its calls may be forwarded, for a registered reason; null = they may not. Set with the reason. */
  readonly forwardingUntil: PlainDate | null
  readonly forwardingReason: string | null
}

/** Somebody on duty in a unit, `startsAt ≤ t < endsAt`, at most `MAX_SHIFT_DAYS`. Several may share a role. No fact of a quarter. */
export interface RosterShiftFact {
  readonly unitCode: string
  readonly role: RosterRole
  /** Epoch ms. */
  readonly startsAt: number
  readonly endsAt: number
  readonly person: string
  readonly post: string | null
  readonly phone: string | null
}

/** A later end that a named person set to something owed, and why. */
export interface ReopeningFact {
  readonly unitCode: string
  readonly obligation: ReopenedObligation
  /** event_code, or `HOLIDAY/FORM` of a filing. */
  readonly ref: string
  /** The last instant that is on time. Epoch ms. */
  readonly until: number
  /** Epoch ms; it counts from then on. */
  readonly reopenedAt: number
  readonly reopenedBy: string
  readonly reason: string
}

/** 撤销扣分: a deduction of the quarter that the unit appeals, or whose appeal was upheld. */
export interface WaiverFact {
  readonly unitCode: string
  /** Of the deduction; with its code and instant what names it in its quarter. */
  readonly ref: string
  readonly code: DeductionCode
  /** Epoch ms. */
  readonly at: number
  /** When the appeal was handed in. Epoch ms. */
  readonly claimedAt: number
  /** From when on the deduction is waived; null = the appeal is open. Epoch ms. */
  readonly waivedAt: number | null
}

/**
 * 值班日志 item: one time that it was open, from when it was written or opened again until it was closed. All instants but
 * `receivedAt` are the server's own; epoch ms, whole seconds.
 */
export interface LogItemFact {
  readonly unitCode: string
  readonly entryCode: string
  /** 0 = since it was written, 1, 2, … since it was opened again. */
  readonly opening: number
  readonly openedAt: number
  /** null = open still. */
  readonly closedAt: number | null
  /** When it happened, as the entry says; of an item the same in every row. */
  readonly receivedAt: number
}

/** Everything one unit's quarter is judged from. Facts outside the quarter are allowed and ignored. */
export interface UnitFacts {
  readonly unitCode: string
  /** All rows of this unit code, any order, disjoint. */
  readonly periods: readonly UnitPeriod[]
  /** All reports of an event of this unit, or none of it. */
  readonly reports: readonly ReportFact[]
  readonly checks: readonly CheckFact[]
  readonly misreports: readonly MisreportFact[]
  readonly filings: readonly FilingFact[]
  readonly bonuses: readonly BonusFact[]
  readonly preReports: readonly PreReportFact[]
  readonly adoptions: readonly AdoptionFact[]
  readonly reopenings: readonly ReopeningFact[]
  /** Absent = nothing of the quarter is appealed. */
  readonly waivers?: readonly WaiverFact[]
  /** Absent = no log is kept here. */
  readonly logItems?: readonly LogItemFact[]
}
