import type { ReportFact, UnitFacts } from '../facts/facts.ts'
import type { DeductionCode } from '../regulation/deduction-codes.ts'
import { type Dimension, DIMENSIONS, type Grade, type Hundredths, type Regulation } from '../regulation/regulation.ts'
import {
  addEvent,
  type AssessmentContext,
  finishSummary,
  groupByEvent,
  listDeductions,
  startAssessment,
} from './assess-unit.ts'
import type { Deduction, RankedUnit, UnitSummary } from './assessment.ts'
import { rankUnits } from './rank-units.ts'
import type { StandingFacts } from './standing-facts.ts'

/** A unit's facts with its reports put together by event, once for many computations. */
export interface PreparedUnit {
  readonly standing: StandingFacts
  readonly events: readonly (readonly ReportFact[])[]
}

export function prepareWhatIf(units: readonly UnitFacts[]): PreparedUnit[] {
  return units.map(({ reports, ...standing }) => ({ standing, events: [...groupByEvent(reports).values()] }))
}

/** A unit's quarter with what it was deducted, in no order: what a comparison needs. */
export interface WhatIfSummary extends UnitSummary {
  readonly deductions: readonly Deduction[]
}

/** The table of one group under the rules of `context`; the same that `assessUnit` and `rankUnits` give. */
export function computeWhatIfTable(
  units: readonly PreparedUnit[],
  context: AssessmentContext,
  position: ReadonlyMap<string, number>,
): RankedUnit<WhatIfSummary>[] {
  const assessments = units.map(({ events, standing }) => {
    let progress = startAssessment(standing, context)
    for (const event of events) progress = addEvent(progress, event)
    return { ...finishSummary(progress), deductions: listDeductions(progress) }
  })
  return rankUnits(assessments, position)
}

interface Standing {
  readonly rank: number | null
  readonly isTied: boolean
  readonly score: Hundredths | null
  readonly grade: Grade | null
}

/** Deductions of one kind before and after: how many, and their points. */
export interface DeductionShift {
  readonly code: DeductionCode
  readonly before: { readonly count: number; readonly points: Hundredths }
  readonly after: { readonly count: number; readonly points: Hundredths }
}

export interface WhatIfRow {
  readonly unitCode: string
  readonly before: Standing
  readonly after: Standing
  /** Places gained (> 0) or lost; null when one of the two has no rank. */
  readonly placesGained: number | null
  readonly hasNewGrade: boolean
  /** Kinds whose number or points differ, in the order of the larger difference. */
  readonly shifts: readonly DeductionShift[]
}

function standingOf({ isTied, rank, summary }: RankedUnit<UnitSummary>): Standing {
  return { rank, isTied, score: summary.score, grade: summary.grade }
}

function sumByCode(deductions: readonly Deduction[]): Map<DeductionCode, { count: number; points: Hundredths }> {
  const sums = new Map<DeductionCode, { count: number; points: Hundredths }>()
  for (const { code, points } of deductions) {
    const sum = sums.get(code)
    if (sum === undefined) sums.set(code, { count: 1, points })
    else {
      sum.count += 1
      sum.points += points
    }
  }
  return sums
}

const NONE = { count: 0, points: 0 }

function shiftsBetween(before: readonly Deduction[], after: readonly Deduction[]): DeductionShift[] {
  const old = sumByCode(before)
  const now = sumByCode(after)
  const size = (shift: DeductionShift): number => Math.abs(shift.after.points - shift.before.points)
  return [...new Set([...old.keys(), ...now.keys()])]
    .map((code) => ({ code, before: old.get(code) ?? NONE, after: now.get(code) ?? NONE }))
    .filter((shift) => shift.before.count !== shift.after.count || size(shift) > 0)
    .sort((a, b) => size(b) - size(a))
}

/** Two tables of the same units side by side, in the order of the second. Throws RangeError for a unit of one alone. */
export function compareWhatIf(
  before: readonly RankedUnit<WhatIfSummary>[],
  after: readonly RankedUnit<WhatIfSummary>[],
): WhatIfRow[] {
  const old = new Map(before.map((one) => [one.summary.unitCode, one]))
  if (old.size !== after.length) throw new RangeError('two tables of different units')
  return after.map((now) => {
    const { unitCode } = now.summary
    const was = old.get(unitCode)
    if (was === undefined) throw new RangeError(`${unitCode} is in one table alone`)
    return {
      unitCode,
      before: standingOf(was),
      after: standingOf(now),
      placesGained: was.rank === null || now.rank === null ? null : was.rank - now.rank,
      hasNewGrade: was.summary.grade !== now.summary.grade,
      shifts: shiftsBetween(was.summary.deductions, now.summary.deductions),
    }
  })
}

/** By how much each weight is varied, up and down. */
export const WEIGHT_VARIATION = 0.2
/** A rank that moves by more than this share of the units, and by more than two places, hangs on the weights. */
const SENSITIVE_SHARE = 0.1
const SENSITIVE_PLACES = 2

export interface RankRange {
  readonly unitCode: string
  readonly rank: number
  /** The best and the worst place under any of the variations. */
  readonly best: number
  readonly worst: number
  readonly isSensitive: boolean
}

interface Weighed {
  readonly dimension: Dimension
  readonly weight: number
}

/** What each dimension weighs: its weight, or its base where the method has no weights. */
function weightsOf({ dimensions }: Regulation): Weighed[] {
  return DIMENSIONS.map((dimension) => {
    const { base, weight } = dimensions[dimension]
    return { dimension, weight: base > 0 ? (weight ?? base) : 0 }
  }).filter(({ weight }) => weight > 0)
}

/** Each weight alone up and down, and every corner of all of them; factors that leave the sum of the weights as it is. */
export function listWeightVariations(regulation: Regulation): ReadonlyMap<Dimension, number>[] {
  const weights = weightsOf(regulation)
  if (weights.length < 2) return []
  const [less, more] = [1 - WEIGHT_VARIATION, 1 + WEIGHT_VARIATION]
  const vary = (step: (one: Weighed, index: number) => number) =>
    weights.map((one, index) => ({ ...one, step: step(one, index) }))
  const alone = weights.flatMap((varied) => [less, more].map((step) => vary((one) => (one === varied ? step : 1))))
  const corners = Array.from({ length: 2 ** weights.length }, (_, corner) =>
    vary((_one, bit) => (((corner >> bit) & 1) === 0 ? less : more)),
  )
  const sum = weights.reduce((total, { weight }) => total + weight, 0)
  return [...alone, ...corners].map((steps) => {
    const varied = steps.reduce((total, { step, weight }) => total + weight * step, 0)
    return new Map(steps.map(({ dimension, step }) => [dimension, (step * sum) / varied]))
  })
}

/**
 * Between which places each ranked unit stands when every weight (every base, where the method has no weights) may be a fifth
 * more or less. Workload and bonus stay as they are. null = the method has no two dimensions to weigh against each other.
 */
export function computeRankRanges(
  table: readonly RankedUnit<UnitSummary>[],
  regulation: Regulation,
): RankRange[] | null {
  const variations = listWeightVariations(regulation)
  if (variations.length === 0 || regulation.items !== null) return null
  const { cap, floor } = regulation.total
  const ranges = table.flatMap(({ rank, summary }) =>
    rank === null ? [] : [{ summary, rank, best: rank, worst: rank }],
  )
  for (const factors of variations) {
    const scored = ranges.map((range) => {
      let sum = range.summary.workload + range.summary.bonus
      for (const [dimension, factor] of factors) sum += range.summary.dimensions[dimension] * factor
      return { range, score: Math.min(Math.max(Math.round(sum), floor ?? -Infinity), cap ?? Infinity) }
    })
    let [rank, above] = [0, Infinity]
    for (const [index, { range, score }] of scored.sort((a, b) => b.score - a.score).entries()) {
      if (score < above) rank = index + 1
      above = score
      range.best = Math.min(range.best, rank)
      range.worst = Math.max(range.worst, rank)
    }
  }
  const limit = Math.max(SENSITIVE_PLACES, Math.round(ranges.length * SENSITIVE_SHARE))
  return ranges.map(({ best, rank, summary, worst }) => ({
    unitCode: summary.unitCode,
    rank,
    best,
    worst,
    isSensitive: worst - best > limit,
  }))
}
