import { addDays, isPlainDate, type PlainDate, toPlainDate } from './plain-date.ts'

/** 汛期, 两会, 应急响应, 其他: times an office asks more of duty in. */
export const SPECIAL_KINDS = ['flood_season', 'congress', 'response', 'other'] as const
export type SpecialKind = (typeof SPECIAL_KINDS)[number]
/** Ⅰ to Ⅳ; of a response alone. */
export const RESPONSE_LEVELS = ['I', 'II', 'III', 'IV'] as const
export type ResponseLevel = (typeof RESPONSE_LEVELS)[number]

/** A special period of an office, for itself and the units below it. It moves no due day. */
export interface SpecialPeriod {
  readonly kind: SpecialKind
  /** null = no response. */
  readonly level: ResponseLevel | null
  readonly title: string
  readonly from: PlainDate
  /** Last day; null = until further notice. */
  readonly to: PlainDate | null
  /** 双带班 is asked for. */
  readonly asksDoubleLeaders: boolean
  /** 每日零报告 is asked for. */
  readonly asksDailyReport: boolean
  readonly note: string
  /** Number or title of the document it rests on. */
  readonly basis: string
}

export const PERIOD_PROBLEMS = [
  'to_before_from',
  'level_missing',
  'level_without_response',
  'too_long',
  'basis_missing',
] as const
export type PeriodProblem = (typeof PERIOD_PROBLEMS)[number]

/** A flood season is half a year; what lasts longer is no special period. Open ends are not measured. */
const MAX_PERIOD_DAYS = 366

/** What is wrong with a period; none = it can be put in force. */
export function checkSpecialPeriod(period: SpecialPeriod): PeriodProblem[] {
  const { basis, from, kind, level, to } = period
  const problems: PeriodProblem[] = []
  if (to !== null && to < from) problems.push('to_before_from')
  if (to !== null && addDays(from, MAX_PERIOD_DAYS) <= to) problems.push('too_long')
  if (kind === 'response' && level === null) problems.push('level_missing')
  if (kind !== 'response' && level !== null) problems.push('level_without_response')
  if (basis.trim() === '') problems.push('basis_missing')
  return problems
}

export function isPeriodOn({ from, to }: Pick<SpecialPeriod, 'from' | 'to'>, day: PlainDate): boolean {
  return from <= day && (to === null || day <= to)
}

/** What a period adds for the units it is for, within a horizon: days of 双带班 and of 零报告. It moves no due day. */
export interface PeriodEffect {
  readonly leaderDays: number
  readonly reportDays: number
  /** The days are counted up to the horizon: the period has no end. */
  readonly isOpen: boolean
}

/** `until`: up to which day an open end is counted. */
export function effectOf(period: SpecialPeriod, until: PlainDate): PeriodEffect {
  const last = period.to ?? until
  let days = 0
  for (let day = period.from; day <= last; day = addDays(day, 1)) days += 1
  return {
    leaderDays: period.asksDoubleLeaders ? days : 0,
    reportDays: period.asksDailyReport ? days : 0,
    isOpen: period.to === null,
  }
}

export const PACK_PROBLEMS = [
  'head_missing',
  'title_missing',
  'kind_unknown',
  'level_unknown',
  'day_unreadable',
  'name_unknown',
  'yes_no_unknown',
  'row_refused',
] as const
export type PackProblemKind = (typeof PACK_PROBLEMS)[number]

/** A cell of a file of periods or holidays that says nothing that is known. */
export interface PackProblem {
  readonly kind: PackProblemKind
  /** As a spreadsheet numbers it, from 1; null = the file as a whole. */
  readonly row: number | null
  readonly value: string | null
}

/** A day as files have it: 2026-04-15, 2026/4/15, 2026.4.15, 2026年4月15日; null = none of these. */
export function readPackDay(text: string): PlainDate | null {
  const [, year, month = '', day = ''] =
    /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T].*)?$/.exec(text.normalize('NFKC').trim()) ?? []
  if (year === undefined) return null
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  return isPlainDate(date) ? toPlainDate(date) : null
}
