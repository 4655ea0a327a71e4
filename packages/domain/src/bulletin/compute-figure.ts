import type { Quarter } from '../calendar/quarter.ts'
import type { OutcomeCounts, UnitSummary } from '../league/assessment.ts'
import { onTimeRatio } from '../league-view/view-row.ts'
import type { StandingHeadline } from '../league-view/standing-headline.ts'
import { computeMovements } from '../rank-range/movement.ts'
import { addRatios, EMPTY_RATIO, type Ratio } from '../ratio/ratio.ts'
import type { DeductionCode } from '../regulation/deduction-codes.ts'
import type { Hundredths } from '../regulation/regulation.ts'
import {
  type ChangeMetric,
  COUNT_METRICS,
  type CountMetric,
  type FigureKey,
  type FigureScope,
  parseFigureKey,
  SHARE_METRICS,
  type ShareMetric,
} from './figure-key.ts'

/** A unit of a bulletin, as it was frozen. */
export interface BulletinUnit {
  readonly unitCode: string
  readonly name: string
  readonly group: string
  readonly summary: UnitSummary
  readonly rank: number | null
  readonly isTied: boolean
  readonly previousRank: number | null
  /** How many deductions of each code; a code that is missing has none. */
  readonly codes: Readonly<Partial<Record<DeductionCode, number>>>
}

/** What may be said of the order of a group that is whole in the bulletin. */
export interface GroupStanding {
  readonly headline: StandingHeadline
  readonly measuredCount: number
  /** Names that may be written: first, last of all; null = may not. */
  readonly first: string | null
  readonly last: string | null
}

export interface PastUnit {
  readonly unitCode: string
  readonly group: string
  readonly summary: Pick<UnitSummary, 'timeliness' | 'checks'>
}

/** Everything a bulletin takes its figures from: one version of one frozen quarter, and the frozen quarter before. */
export interface BulletinFacts {
  readonly quarter: Quarter
  readonly version: number
  /** In the official order. */
  readonly groups: readonly string[]
  /** In the order of the tables, group by group. */
  readonly units: readonly BulletinUnit[]
  /** null = the quarter before was not frozen when this version was: its figures cannot be quoted. */
  readonly previous: readonly PastUnit[] | null
  readonly standings: ReadonlyMap<string, GroupStanding>
}

/** A figure before it is written out. */
export type Figure =
  | { readonly kind: 'count'; readonly value: number }
  | { readonly kind: 'share'; readonly ratio: Ratio }
  | { readonly kind: 'points'; readonly value: Hundredths }
  /** `isSure`: more than chance would do, at 95 %. */
  | { readonly kind: 'change'; readonly now: Ratio; readonly before: Ratio; readonly isSure: boolean }
  | { readonly kind: 'standing'; readonly standing: GroupStanding }

type Counted = Pick<UnitSummary, 'timeliness' | 'checks'>

function sum<T>(units: readonly T[], pick: (unit: T) => number): number {
  return units.reduce((total, unit) => total + pick(unit), 0)
}

function isWithin(scope: FigureScope, unit: { readonly unitCode: string; readonly group: string }): boolean {
  switch (scope.kind) {
    case 'all':
      return true
    case 'group':
      return unit.group === scope.group
    case 'unit':
      return unit.unitCode === scope.unitCode
  }
}

const COUNTS: Readonly<Record<CountMetric, (unit: BulletinUnit) => number>> = {
  units: () => 1,
  ranked: ({ rank }) => (rank === null ? 0 : 1),
  unmeasured: ({ rank }) => (rank === null ? 1 : 0),
  owed: ({ summary }) => summary.timeliness.owed,
  decided: ({ summary }) => onTimeRatio(summary.timeliness).whole,
  onTime: ({ summary }) => summary.timeliness.onTime,
  late: ({ summary }) => summary.timeliness.late,
  missing: ({ summary }) => summary.timeliness.missing,
  elementsGiven: ({ summary }) => summary.completeness.part,
  elementsOwed: ({ summary }) => summary.completeness.whole,
  checks: ({ summary }) => summary.checks.total,
  checksPassed: ({ summary }) => summary.checks.passed,
  checksFailed: ({ summary }) => summary.checks.total - summary.checks.passed,
  filingsOwed: ({ summary }) => summary.filings.owed,
  filingsOnTime: ({ summary }) => summary.filings.onTime,
  filingsLate: ({ summary }) => summary.filings.late,
  filingsMissing: ({ summary }) => summary.filings.missing,
  underAppeal: ({ summary }) => (summary.flags.includes('under_appeal') ? 1 : 0),
}

const SHARES: Readonly<Record<ShareMetric, (summary: UnitSummary) => Ratio>> = {
  onTimeShare: ({ timeliness }) => onTimeRatio(timeliness),
  elementsShare: ({ completeness }) => completeness,
  checksShare: ({ checks }) => ({ part: checks.passed, whole: checks.total }),
  filingsShare: ({ filings }) => onTimeRatio(filings),
}

const DECIDED: Readonly<Record<ChangeMetric, (summary: Counted) => OutcomeCounts>> = {
  onTimeChange: ({ timeliness }) => timeliness,
  checksChange: ({ checks: { passed, total } }) => {
    const late = total - passed
    return { onTime: passed, late, missing: 0, notYetDue: 0, owed: total }
  },
}

function addOutcomes(counts: readonly OutcomeCounts[]): OutcomeCounts {
  return {
    onTime: sum(counts, ({ onTime }) => onTime),
    late: sum(counts, ({ late }) => late),
    missing: sum(counts, ({ missing }) => missing),
    notYetDue: sum(counts, ({ notYetDue }) => notYetDue),
    owed: sum(counts, ({ owed }) => owed),
  }
}

function computeChange(facts: BulletinFacts, scope: FigureScope, metric: ChangeMetric): Figure | null {
  const total = (units: readonly { readonly summary: Counted }[]): OutcomeCounts =>
    addOutcomes(units.map(({ summary }) => DECIDED[metric](summary)))
  const now = total(facts.units.filter((unit) => isWithin(scope, unit)))
  const before = total((facts.previous ?? []).filter((unit) => isWithin(scope, unit)))
  const movement = computeMovements([{ unitCode: metric, now, before }]).get(metric)
  if (movement === undefined) return null
  return { kind: 'change', now: movement.now, before: movement.before, isSure: movement.kind !== 'grey' }
}

function meanScore(units: readonly BulletinUnit[]): Figure | null {
  const scores = units.flatMap(({ summary }) => summary.score ?? [])
  return scores.length === 0
    ? null
    : { kind: 'points', value: Math.round(sum(scores, (score) => score) / scores.length) }
}

function computeOther(facts: BulletinFacts, { metric, scope }: FigureKey, units: readonly BulletinUnit[]) {
  if (metric === 'meanScore') return meanScore(units)
  if (metric === 'standing') {
    const standing = scope.kind === 'group' ? facts.standings.get(scope.group) : undefined
    return standing === undefined ? null : ({ kind: 'standing', standing } as const)
  }
  const [unit] = scope.kind === 'unit' ? units : []
  const value = metric === 'rank' ? unit?.rank : unit?.summary.score
  if (value === undefined || value === null) return null
  return { kind: metric === 'rank' ? ('count' as const) : ('points' as const), value }
}

function isOneOf<T extends string>(list: readonly T[], text: string): text is T {
  return list.some((one) => one === text)
}

/** The figure of a key; null = not measured, or not in this bulletin. Throws RangeError for a text that is no key. */
export function computeFigure(facts: BulletinFacts, text: string): Figure | null {
  const key = parseFigureKey(text)
  if (key === null) throw new RangeError(`no figure ${text}`)
  const { metric, scope } = key
  const units = facts.units.filter((unit) => isWithin(scope, unit))
  if (units.length === 0) return null
  if (isOneOf(COUNT_METRICS, metric)) return { kind: 'count', value: sum(units, COUNTS[metric]) }
  if (isOneOf(SHARE_METRICS, metric)) {
    const ratio = units.map(({ summary }) => SHARES[metric](summary)).reduce(addRatios, EMPTY_RATIO)
    return ratio.whole === 0 ? null : { kind: 'share', ratio }
  }
  if (metric === 'onTimeChange' || metric === 'checksChange') return computeChange(facts, scope, metric)
  if (metric.startsWith('count.')) {
    // Safe: parseFigureKey knows the codes.
    const code = metric.slice('count.'.length) as DeductionCode
    return { kind: 'count', value: sum(units, ({ codes }) => codes[code] ?? 0) }
  }
  return computeOther(facts, key, units)
}
