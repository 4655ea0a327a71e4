import { type Dimension, DIMENSIONS, onTimeRatio, type PartPoints, roundPoints, sumPoints } from '@zhidu/domain'
import { countedLost, type Row, type Total } from './league-row.ts'

export const TOPICS = [
  'score',
  'part',
  'onTime',
  'elements',
  'checks',
  'deductions',
  'previous',
  'trend',
  'range',
  'rate',
  'fair',
] as const
export type Topic = (typeof TOPICS)[number]

export interface ExplainTarget {
  readonly unitCode: string
  readonly topic: Topic
  readonly dimension: Dimension | null
}

/** One line of a sum; the words belong to the language, the figures are here. */
export interface SumLine {
  readonly kind: 'start' | Dimension | 'bonus' | 'score'
  readonly own: number
  /** The group's mean; null = none. */
  readonly mean: number | null
}

/** How the score comes about: from the full points down, dimension by dimension, and the group's means beside it. */
export function buildScoreSum(row: Row, total: Total, base: PartPoints): SumLine[] {
  if (row.score === null) return []
  return [
    { kind: 'start', own: sumPoints(base), mean: null },
    ...DIMENSIONS.map((dimension): SumLine => {
      const mean = total.meanLost?.[dimension]
      return {
        kind: dimension,
        own: roundPoints(-countedLost(row, base, dimension)),
        mean: mean === undefined ? null : roundPoints(-mean),
      }
    }),
    { kind: 'bonus', own: row.bonus, mean: null },
    { kind: 'score', own: row.score, mean: total.meanScore },
  ]
}

/** `onTime + late + missing + notYetDue = owed`, the unit's and the group's. */
export function buildOutcomeSum(row: Row, total: Total) {
  const { timeliness } = row
  return {
    own: onTimeRatio(timeliness),
    group: onTimeRatio(total.timeliness),
    late: timeliness.late,
    missing: timeliness.missing,
    notYetDue: timeliness.notYetDue,
    owed: timeliness.owed,
  }
}
