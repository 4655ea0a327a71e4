import { HOUR_MS, MINUTE_MS, SECOND_MS, startOfLocalDay } from '../../../calendar/local-time.ts'
import { toPlainDate } from '../../../calendar/plain-date.ts'
import type { Quarter } from '../../../calendar/quarter.ts'
import {
  type AdoptionFact,
  type AdoptionUse,
  type BonusFact,
  type BonusKind,
  type CheckFact,
  type Element,
  ELEMENTS,
  type FilingFact,
  type FilingForm,
  type Finding,
  type HolidayName,
  type Level,
  type MisreportFact,
  type MisreportKind,
  type ReportFact,
  type UnitFacts,
} from '../../../facts/facts.ts'
import type { DeductionCode } from '../../deduction-codes.ts'
import type { Dimension, Grade, HolidayBlock, Hundredths } from '../../regulation.ts'

/** Said twice, for the two languages of the program. */
export interface InBothLanguages<T> {
  readonly zh: T
  readonly en: T
}

/** A unit's quarter worked by hand from the figures of a sample. */
export interface WorkedExample {
  readonly regulationId: string
  readonly title: InBothLanguages<string>
  readonly facts: UnitFacts
  readonly holidays: readonly HolidayBlock[]
  readonly quarter: Quarter
  /** Epoch ms. */
  readonly asOf: number
  readonly expected: {
    /** In the order of the list of deductions. */
    readonly lines: readonly { readonly code: DeductionCode; readonly ref: string; readonly points: Hundredths }[]
    readonly dimensions: Readonly<Record<Dimension, Hundredths>>
    readonly workload: Hundredths
    readonly bonus: Hundredths
    readonly items: { readonly count: number; readonly points: Hundredths } | null
    /** null = not measured. */
    readonly score: Hundredths | null
    readonly grade: Grade | null
  }
  /** One sentence after the other. */
  readonly working: InBothLanguages<readonly string[]>
}

const UNIT = 'U01'

/** `2026-07-03 14:05:30`, local time, to epoch ms. */
export function at(text: string): number {
  const [hours = 0, minutes = 0, seconds = 0] = text.slice(11).split(':').map(Number)
  return startOfLocalDay(toPlainDate(text.slice(0, 10))) + hours * HOUR_MS + minutes * MINUTE_MS + seconds * SECOND_MS
}

/** A county unit with a duty room, open always. */
export function unit(rows: Partial<UnitFacts>): UnitFacts {
  return {
    unitCode: UNIT,
    periods: [
      {
        unitCode: UNIT,
        name: '甲县',
        shortName: null,
        parentCode: 'TOP',
        tier: 'county',
        peerGroup: '县区组',
        dutyMode: 'room',
        validFrom: null,
        validTo: null,
      },
    ],
    reports: [],
    checks: [],
    misreports: [],
    filings: [],
    bonuses: [],
    preReports: [],
    adoptions: [],
    reopenings: [],
    ...rows,
  }
}

export interface ReportTimes {
  readonly learned: string
  /** Left out: as learned. */
  readonly occurred?: string
  readonly phoned?: string
  /** Left out: never. */
  readonly written?: string
  /** Left out: all twelve. */
  readonly elements?: readonly Element[]
}

/** A first report. */
export function first(eventCode: string, level: Level, times: ReportTimes): ReportFact {
  const { elements = ELEMENTS, learned, occurred = learned, phoned, written } = times
  return {
    eventCode,
    unitCode: UNIT,
    stage: 'first',
    sequence: 0,
    category: 'accident',
    level,
    occurredAt: at(occurred),
    learnedAt: at(learned),
    phonedAt: phoned === undefined ? null : at(phoned),
    writtenAt: written === undefined ? null : at(written),
    elements,
  }
}

/** A later report of the same event. */
export function later(report: ReportFact, stage: 'follow_up' | 'final', written: string): ReportFact {
  return { ...report, stage, sequence: stage === 'final' ? 0 : 1, phonedAt: null, writtenAt: at(written), elements: [] }
}

export function check(checkCode: string, checkedAt: string, findings: readonly Finding[]): CheckFact {
  const checked = { method: 'phone', checkedAt: at(checkedAt), inspectors: [], findings, note: null } as const
  return { checkCode, unitCode: UNIT, ...checked }
}

export function misreport(
  misreportCode: string,
  kind: MisreportKind,
  confirmedOn: string,
  eventCode: string | null = null,
): MisreportFact {
  return { misreportCode, unitCode: UNIT, eventCode, kind, confirmedOn: toPlainDate(confirmedOn), basis: '核查认定' }
}

/** Of 2026. */
export function filing(holidayName: HolidayName, form: FilingForm, received: string): FilingFact {
  return { unitCode: UNIT, holidayYear: 2026, holidayName, form, receivedAt: at(received) }
}

export function bonus(
  bonusCode: string,
  kind: BonusKind,
  awardedOn: string,
  eventCode: string | null = null,
): BonusFact {
  return { bonusCode, unitCode: UNIT, kind, awardedOn: toPlainDate(awardedOn), eventCode }
}

export function used(eventCode: string, use: AdoptionUse, usedOn: string): AdoptionFact {
  return { unitCode: UNIT, eventCode, use, usedOn: toPlainDate(usedOn) }
}
