import type { GradeWord, LeagueDeduction, LeagueRow, LeagueTableRow, PresentStanding } from '@zhidu/contract'
import {
  type Deduction,
  type Dimension,
  type Grade,
  type Hundredths,
  type PresentUnit,
  type RankedUnit,
  type Regulation,
  toLocalIso,
  type TreeBreak,
  type UnitAssessment,
  type UnitPeriod,
  type UnitSummary,
} from '@zhidu/domain'
import type { RankedMember } from './load-group.ts'

const GRADE_WORD_OF = {
  excellent: '优秀',
  good: '良好',
  fair: '一般',
  poor: '较差',
} as const satisfies Record<Grade, GradeWord>

/** Hundredths to points: 9750 → 97.5. */
export function toPoints(hundredths: Hundredths): number {
  return hundredths / 100
}

export function toDimensionPoints(values: Readonly<Record<Dimension, Hundredths>>): Record<Dimension, number> {
  return {
    timeliness: toPoints(values.timeliness),
    completeness: toPoints(values.completeness),
    truthfulness: toPoints(values.truthfulness),
    discipline: toPoints(values.discipline),
    filing: toPoints(values.filing),
  }
}

/** What each dimension starts from, as it counts: weighted where the rules weight. */
export function toBasePoints({ dimensions }: Regulation): Record<Dimension, number> {
  const points = (dimension: Dimension): number => {
    const { base, weight } = dimensions[dimension]
    return toPoints(weight === null ? base : Math.round((base * weight) / 10_000))
  }
  return {
    timeliness: points('timeliness'),
    completeness: points('completeness'),
    truthfulness: points('truthfulness'),
    discipline: points('discipline'),
    filing: points('filing'),
  }
}

export function toLeagueDeduction(deduction: Deduction): LeagueDeduction {
  return {
    dimension: deduction.dimension,
    code: deduction.code,
    points: toPoints(deduction.points),
    ref: deduction.ref,
    at: toLocalIso(deduction.at),
  }
}

/** A row without its list of deductions; keys in the contract's order. */
export function toRowBase(ranked: RankedUnit<UnitSummary>, period: UnitPeriod, previousRank: number | null) {
  const { summary } = ranked
  return {
    rank: ranked.rank,
    tied: ranked.isTied,
    unitCode: summary.unitCode,
    name: period.name,
    score: summary.score === null ? null : toPoints(summary.score),
    grade: summary.grade === null ? null : GRADE_WORD_OF[summary.grade],
    dimensions: toDimensionPoints(summary.dimensions),
    bonus: toPoints(summary.bonus),
    timeliness: { ...summary.timeliness },
    completeness: { ...summary.completeness },
    checks: { ...summary.checks },
    commendable: summary.isCommendable,
    flags: [...summary.flags],
    rankInterval: null,
    previousRank,
  }
}

/** One row of `zhidu league --json`; keys in the contract's order. */
export function toLeagueRow(
  ranked: RankedUnit<UnitAssessment>,
  period: UnitPeriod,
  previousRank: number | null,
): LeagueRow {
  return { ...toRowBase(ranked, period, previousRank), deductions: ranked.summary.deductions.map(toLeagueDeduction) }
}

export function toPresentStanding(present: PresentUnit | null): PresentStanding | null {
  if (present === null) return null
  const { isOpen, isSplit, sources, unitCode } = present
  return { isOpen, isSplit, mergedCodes: sources.filter((code) => code !== unitCode) }
}

/** A member's past: scores in hundredths, oldest first, and what keeps them apart. */
export interface MemberHistory {
  readonly previousRank: number | null
  readonly trend: readonly (Hundredths | null)[]
  readonly breaks: readonly (TreeBreak | null)[]
}

/** One row of the dashboard's table. */
export function toLeagueTableRow(
  { period, present, ranked }: RankedMember,
  regulation: Pick<Regulation, 'items' | 'workload'>,
  { breaks, previousRank, trend }: MemberHistory,
): LeagueTableRow {
  const { items, workload } = ranked.summary
  return {
    ...toRowBase(ranked, period, previousRank),
    present: toPresentStanding(present),
    breaks: [...breaks],
    shortName: period.shortName,
    lost: toDimensionPoints(ranked.summary.lost),
    deductionCount: ranked.summary.deductionCount,
    ...(regulation.workload === null ? {} : { workload: toPoints(workload) }),
    ...(items === null ? {} : { items: { count: items.count, points: toPoints(items.points) } }),
    trend: trend.map((score) => (score === null ? null : toPoints(score))),
  }
}
