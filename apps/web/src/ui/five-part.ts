import { type Dimension, DIMENSIONS } from '@zhidu/domain'

export type PartPoints = Readonly<Record<Dimension, number>>

export interface FivePart {
  readonly dimension: Dimension
  /** Maximum points: the width of the segment. */
  readonly base: number
  readonly kept: number
  readonly lost: number
  /** 0..1 of the segment that is kept. */
  readonly keptRatio: number
}

/** The five segments in the order of the rules. A dimension without a base (not in force) drops out. */
export function buildFiveParts(base: PartPoints, kept: PartPoints): FivePart[] {
  return DIMENSIONS.filter((dimension) => base[dimension] > 0).map((dimension) => {
    const points = Math.min(base[dimension], Math.max(0, kept[dimension]))
    return {
      dimension,
      base: base[dimension],
      kept: points,
      lost: Math.round((base[dimension] - points) * 100) / 100,
      keptRatio: points / base[dimension],
    }
  })
}
