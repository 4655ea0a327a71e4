import type { PlainDate } from '../calendar/plain-date.ts'
import type {
  AdoptionUse,
  BonusKind,
  Category,
  DutyMode,
  Element,
  FilingForm,
  HolidayName,
  Level,
  MisreportKind,
  Stage,
  Tier,
} from '../facts/facts.ts'
import type { RuledDeductionCode } from './deduction-codes.ts'

/** Points in integer hundredths: 50 = 0.5 points. */
export type Hundredths = number

export const DIMENSIONS = ['timeliness', 'completeness', 'truthfulness', 'discipline', 'filing'] as const
export type Dimension = (typeof DIMENSIONS)[number]

/** 优秀 良好 一般 较差, best first. */
export const GRADES = ['excellent', 'good', 'fair', 'poor'] as const
export type Grade = (typeof GRADES)[number]

/** A numbered provision; every rule of a regulation names the one it comes from. */
export interface RegulationClause {
  /** Stable short id, fit for an anchor: `5-A-2`. */
  readonly id: string
  /** As printed: `§5-A`, `第三条`. */
  readonly label: string
  /** Where its figures come from. */
  readonly citation: string
}

/** Which events a rule is for; null = every one. */
export interface AppliesTo {
  readonly levels: readonly Level[] | null
  readonly categories: readonly Category[] | null
  /** Of the unit on the day the clock starts. */
  readonly tiers: readonly Tier[] | null
}

export interface ClockRule {
  readonly clause: string
  readonly startsAt: 'occurred_at' | 'learned_at'
}

/** By when something is owed: the call and the first report from the start of the clock, the final one from the first. */
export interface DeadlineRule extends AppliesTo {
  readonly clause: string
  readonly stage: 'first' | 'final'
  readonly channel: 'phone' | 'written'
  readonly limitSeconds: number
}

/** A pre-report with reasons, sent within the limit, moves the limit of the written first report. */
export interface PreReportRule {
  readonly clause: string
  readonly extendsSeconds: number
}

export type FollowUpSchedule =
  /** Local times of day, minutes after 00:00 (1440 = the end of the day), ascending; the first from `graceSeconds` after the first report on. */
  | { readonly kind: 'times_of_day'; readonly minutes: readonly number[]; readonly graceSeconds: number }
  /** Every so many hours after the first report. */
  | { readonly kind: 'every_hours'; readonly hours: number }

export interface FollowUpRule extends AppliesTo {
  readonly clause: string
  readonly schedule: FollowUpSchedule
}

/** Elements that the reports of a stage must have given, the reports of the supplement window after it included. */
export interface CompletenessRule extends AppliesTo {
  readonly clause: string
  readonly stage: Stage
  readonly required: readonly Element[]
  /** Judged so long after the report; until then it may be supplemented. */
  readonly supplementSeconds: number
}

/** What the weights of the dimensions sum to: 100 % in hundredths of a percent. */
export const WHOLE_WEIGHT = 10_000

export interface DimensionRule {
  /** null = the usual name. */
  readonly title: string | null
  readonly base: Hundredths
  readonly floor: Hundredths
  readonly cap: Hundredths
  /** Hundredths of a percent by which its points count; all null = they count as they are; else they sum to 10,000. */
  readonly weight: number | null
}

export type DeductionShape =
  | { readonly kind: 'fixed'; readonly points: Hundredths }
  /** Per missing element or slot; `whenMissing`: for the elements of an event that was never reported. */
  | {
      readonly kind: 'per_item'
      readonly points: Hundredths
      readonly max: Hundredths | null
      readonly whenMissing: Hundredths
    }
  | { readonly kind: 'per_started_hour'; readonly points: Hundredths; readonly max: Hundredths | null }
  /** Of what the item of the event scored; needs `items`. */
  | { readonly kind: 'percent_of_item'; readonly percent: number }
  /** The month in which it falls scores nothing; needs months. */
  | { readonly kind: 'zero_month' }

/** What a fault costs. Of one code and one event, check or form at most one rule applies. */
export interface DeductionRule extends AppliesTo {
  readonly clause: string
  readonly code: RuledDeductionCode
  readonly dimension: Dimension
  readonly shape: DeductionShape
  /** Findings only: of units with one of these duty modes on the day of the check; null = all. */
  readonly dutyModes: readonly DutyMode[] | null
}

/** When a first figure below the true one was an honest estimate and no 轻报. */
export interface UnderstatementRule {
  readonly clause: string
  /** Persons by which each figure may fall short. */
  readonly persons: number
  /** The same as a share of the true figure; the larger of the two holds. */
  readonly shortPercent: number
  /** Corrected within so many hours of the first report, it is none either; 0 = not for that. */
  readonly correctedWithinHours: number
}

/** What counts of a misreport that the unit put right itself, in time, before its superior knew. */
export interface HonestCorrectionRule {
  readonly clause: string
  readonly withinHours: number
  /** Of the points, 0 to 99; 0 = it costs nothing. */
  readonly sharePercent: number
}

/** What the lists for praise and criticism ask for beside the place. */
export interface ListsRule {
  readonly clause: string
  /** First reports owed and checks that a unit needs to be named by rule. */
  readonly minimumActivity: number
}

/** What a duty log costs: items without an outcome in time, and entries written late. */
export interface DutyLogRule {
  readonly clause: string
  /** Open for longer, an item costs its points; to the second. */
  readonly closeWithinHours: number
  /** Per item. */
  readonly points: Hundredths
  /** The most that all of the log costs in one scored period; null = no end. */
  readonly max: Hundredths | null
  /** Entries written more than so many hours after what they tell; null = they cost nothing. */
  readonly lateEntry: { readonly afterHours: number; readonly points: Hundredths } | null
}

/** The score is the average over the items of information, each worth its use, instead of what is left of the bases. */
export interface ItemRule {
  readonly clause: string
  readonly points: Readonly<Record<AdoptionUse, Hundredths>>
}

/** Points for how much was done: `max` at `fullAt` things, in proportion below. */
export interface WorkloadRule {
  readonly clause: string
  readonly counts: 'written_first_reports' | 'adoptions'
  readonly max: Hundredths
  readonly fullAt: number
}

export interface VetoRule {
  readonly clause: string
  readonly misreports: readonly MisreportKind[]
  readonly atLeast: number
  /** No better grade than this. */
  readonly gradeCap: Grade
  readonly barsCommendation: boolean
}

/**
 * An assessment method as versioned data. Shapes only; the numbers of one office live in its document. All points are
 * hundredths, all limits seconds. What holds between its parts: `checkRegulation`.
 */
export interface Regulation {
  readonly format: 2
  readonly id: string
  readonly version: string
  readonly title: string
  /** Shown wherever the rules are named; a sample says that it is no office's rule. */
  readonly notice: string | null
  /** Whose method it is and in which document. */
  readonly source: { readonly issuer: string; readonly document: string; readonly note: string | null }
  /** First day of the quarters it is for; null = from the beginning. */
  readonly effectiveFrom: PlainDate | null
  readonly clauses: readonly RegulationClause[]
  /** `month`: each month is scored by itself, and the quarter is the mean of its months. */
  readonly period: 'quarter' | 'month'
  readonly clocks: Readonly<Record<Level, ClockRule>>
  readonly deadlines: readonly DeadlineRule[]
  /** null = a pre-report is on record and moves nothing. */
  readonly preReport: PreReportRule | null
  readonly followUps: readonly FollowUpRule[]
  readonly completeness: readonly CompletenessRule[]
  readonly dimensions: Readonly<Record<Dimension, DimensionRule>>
  readonly deductions: readonly DeductionRule[]
  /** Misreports that replace what their event would cost otherwise. */
  readonly absorbingMisreports: readonly MisreportKind[]
  /** Left out = no tolerance is said, and every case is judged by a person alone. */
  readonly understatement?: UnderstatementRule | undefined
  /** Left out = a correction takes nothing off. */
  readonly honestCorrection?: HonestCorrectionRule | undefined
  /** Left out = any measured unit may be named. */
  readonly lists?: ListsRule | undefined
  /** Left out = a duty log costs nothing. */
  readonly dutyLog?: DutyLogRule | undefined
  readonly filing: {
    readonly clause: string
    /** Calendar days before the first day off. */
    readonly leadDays: number
    readonly moveTo: 'none' | 'previous_workday'
    readonly forms: readonly FilingForm[]
  }
  readonly items: ItemRule | null
  readonly workload: WorkloadRule | null
  readonly bonus: {
    readonly clause: string
    readonly points: Readonly<Record<BonusKind, Hundredths>>
    /** Of several bonuses of one event all, or the highest alone. */
    readonly perEvent: 'all' | 'highest'
    readonly maxPerPeriod: Hundredths | null
  }
  readonly total: { readonly floor: Hundredths | null; readonly cap: Hundredths | null }
  readonly grades: {
    readonly clause: string
    readonly by: 'without_bonus' | 'with_bonus'
    readonly excellent: Hundredths
    readonly good: Hundredths
    readonly fair: Hundredths
  }
  readonly vetoes: readonly VetoRule[]
  readonly commendation: { readonly clause: string; readonly minEventsOwed: number; readonly grades: readonly Grade[] }
  /** Peer groups that are ranked, in the order of the tables; empty = every group the units name. */
  readonly groups: readonly string[]
  readonly phoneCheck: {
    readonly clause: string
    readonly maxRings: number
    readonly maxSeconds: number
    readonly attempts: number
    readonly spacingSeconds: number
    readonly callBackSeconds: number
    /** Rings after which hanging up is fair; left out = as `phoneSettingsOf` says. */
    readonly giveUpRings?: number | undefined
    /** Whether the alternate line is tried before a verdict; left out = as `phoneSettingsOf` says. */
    readonly alternateLine?: boolean | undefined
  }
  readonly dueProcess: {
    readonly clause: string
    readonly explanationWorkingDays: number
    readonly appealWorkingDays: number
  }
}

/** A holiday block as the notice announces it; a merged block bears the name the notice puts first. */
export interface HolidayBlock {
  /** The holiday's own year. */
  readonly year: number
  readonly name: HolidayName
  readonly firstDayOff: PlainDate
  readonly lastDayOff: PlainDate
  /** Saturdays and Sundays that the notice makes workdays for it, ascending. */
  readonly makeupWorkdays: readonly PlainDate[]
}
