import { type Interval, newcombeDifference } from '@zhidu/statistics'
import { INTERVAL_LEVEL } from '../indicator/tabulate-funnel.ts'
import type { Ratio } from '../ratio/ratio.ts'

/** What became of an indicator after a meeting: a share before and after. */
export interface IndicatorChange {
  readonly before: Ratio
  readonly after: Ratio
  /** Of after − before with Newcombe's 95 % interval, −1 to 1; null = nothing to compare with in one of the quarters. */
  readonly difference: (Interval & { readonly value: number }) | null
  /** `better`, `worse`: the interval excludes 0. */
  readonly verdict: 'better' | 'worse' | 'cannot_tell' | 'not_measured'
}

/**
 * The change of a unit's share since a meeting that spoke of it. Who is spoken of was mostly unusually bad: the next quarter lies nearer to
 * the mean whether or not anything was done (regression to the mean), which the words beside it say.
 */
export function computeIndicatorChange(before: Ratio, after: Ratio): IndicatorChange {
  if (before.whole === 0 || after.whole === 0) return { before, after, difference: null, verdict: 'not_measured' }
  const { high, low } = newcombeDifference(after, before, INTERVAL_LEVEL)
  const value = after.part / after.whole - before.part / before.whole
  const verdict = low > 0 ? 'better' : high < 0 ? 'worse' : 'cannot_tell'
  return { before, after, difference: { value, low, high }, verdict }
}
