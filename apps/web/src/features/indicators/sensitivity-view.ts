import type { SensitivityRow } from '@zhidu/domain'

const LEAST_PLACES = 3
const SHARE_OF_GROUP = 0.1

/** Up to how many places a rank may move and still be called steady: three, in large groups a tenth of them. */
export function steadyPlaces(count: number): number {
  return Math.max(LEAST_PLACES, Math.round(count * SHARE_OF_GROUP))
}

export function isSteady({ range }: SensitivityRow, count: number): boolean {
  return range.high - range.low <= steadyPlaces(count)
}
