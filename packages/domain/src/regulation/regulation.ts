import type { PlainDate } from '../calendar/plain-date.ts'
import type { BonusKind, FilingForm, Finding, HolidayName, Level, MisreportKind } from '../facts/facts.ts'

/** Points in integer hundredths: 50 = 0.5 points. */
export type Hundredths = number

export const DIMENSIONS = ['timeliness', 'completeness', 'truthfulness', 'discipline', 'filing'] as const
export type Dimension = (typeof DIMENSIONS)[number]

/** 优秀 良好 一般 较差 */
export const GRADES = ['excellent', 'good', 'fair', 'poor'] as const
export type Grade = (typeof GRADES)[number]

export interface LevelDeadline {
  /** Seconds; null = no phone call is owed. */
  readonly phoneLimitSeconds: number | null
  readonly writtenLimitSeconds: number
  readonly clockStartsAt: 'occurred_at' | 'learned_at'
  readonly owesFollowUps: boolean
  /** Where the figures come from. */
  readonly citation: string
}

/**
 * An assessment method as versioned data. Shapes only; the numbers of one office live in its document.
 * All points are hundredths.
 */
export interface Regulation {
  readonly id: string
  readonly version: string
  readonly title: string
  /** Shown wherever the rules are named; the sample says it is no office's rule. */
  readonly notice: string | null
  readonly effectiveFrom: PlainDate | null
  readonly deadlines: Readonly<Record<Level, LevelDeadline>>
  readonly followUp: {
    /** Local times of day, minutes after 00:00, ascending. */
    readonly slotMinutes: readonly number[]
    readonly graceSeconds: number
    readonly maxMissedPerEvent: number
  }
  readonly completeness: { readonly judgedAfterSeconds: number }
  readonly base: Readonly<Record<Dimension, Hundredths>>
  readonly deduction: {
    readonly phone: Hundredths
    readonly writtenLatePerStartedHour: Hundredths
    readonly writtenLateMax: Hundredths
    readonly writtenMissing: Hundredths
    readonly followUpMissed: Hundredths
    readonly elementMissing: Hundredths
    readonly elementMissingMax: Hundredths
    readonly eventMissingElements: Hundredths
    readonly misreport: Readonly<Record<MisreportKind, Hundredths>>
    readonly finding: Readonly<Record<Finding, Hundredths>>
    readonly filingLate: Hundredths
    readonly filingMissing: Hundredths
  }
  /** Findings that bring a deduction only for units with a duty room on that day. */
  readonly roomOnlyFindings: readonly Finding[]
  /** Misreports that replace what their event would cost under timeliness and completeness. */
  readonly absorbingMisreports: readonly MisreportKind[]
  readonly filing: { readonly leadDays: number; readonly forms: readonly FilingForm[] }
  readonly bonus: { readonly points: Readonly<Record<BonusKind, Hundredths>>; readonly maxPerQuarter: Hundredths }
  readonly grades: { readonly excellent: Hundredths; readonly good: Hundredths; readonly fair: Hundredths }
  /** Misreports, one of which makes the grade `poor`. */
  readonly poorGradeMisreports: readonly MisreportKind[]
  readonly commendation: { readonly minEventsOwed: number; readonly grades: readonly Grade[] }
}

/** A holiday block as the notice announces it; a merged block bears the name the notice puts first. */
export interface HolidayBlock {
  /** The holiday's own year. */
  readonly year: number
  readonly name: HolidayName
  readonly firstDayOff: PlainDate
  readonly lastDayOff: PlainDate
}
