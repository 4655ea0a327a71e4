import type { GroupRanges } from '@zhidu/domain'

/** `GroupRanges` as it comes from the thread that draws. */
export interface DrawnRanges extends Omit<GroupRanges, 'pair'> {
  /** P(the unit of the row is truly above that of the column), in the order of `ranges`; null for groups too large to count pairs. */
  readonly pairs: Float32Array | null
}
