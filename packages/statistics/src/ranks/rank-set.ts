/** The ranks a unit may have, both included; 1 = best. */
export interface RankSet {
  readonly low: number
  readonly high: number
}
