import { requireCount } from '../input/counts.ts'
import { requireLevel } from '../input/require.ts'
import type { Interval } from '../intervals/interval.ts'
import { wilsonInterval } from '../intervals/wilson-interval.ts'
import { normalQuantile } from '../special/normal-quantile.ts'

/** How two observers judged the same things by yes and no; each count ≥ 0. */
export interface AgreementCounts {
  readonly bothYes: number
  readonly firstOnly: number
  readonly secondOnly: number
  readonly bothNo: number
}

export interface Agreement {
  readonly pairs: number
  readonly agreed: number
  /** Wilson's interval of the share that agreed. */
  readonly range: Interval
  /** Gwet's AC1, at most 1; null = no pair. */
  readonly ac1: number | null
  /** Of AC1, cut at −1 and 1; null = fewer than two pairs. */
  readonly ac1Range: Interval | null
  /** Cohen's kappa; null = undefined, for one answer alone was given. */
  readonly kappa: number | null
}

/** Variance of AC1 for two observers and two answers, a sample of an endless population. */
function varianceOf({ bothNo, bothYes, firstOnly, secondOnly }: AgreementCounts, ac1: number, chance: number): number {
  const pairs = bothYes + firstOnly + secondOnly + bothNo
  const yes = (2 * bothYes + firstOnly + secondOnly) / (2 * pairs)
  const no = 1 - yes
  const observed = (bothYes + bothNo) / pairs
  const onDiagonal = (bothYes * (1 - yes) + bothNo * (1 - no)) / pairs
  // 1 − (π of both answers) / 2 is a half off the diagonal.
  const squares = (bothYes * (1 - yes) ** 2 + bothNo * (1 - no) ** 2 + (firstOnly + secondOnly) / 4) / pairs
  const sum =
    observed * (1 - observed) -
    4 * (1 - ac1) * (onDiagonal - observed * chance) +
    4 * (1 - ac1) ** 2 * (squares - chance ** 2)
  return Math.max(0, sum) / (pairs * (1 - chance) ** 2)
}

/**
 * How far two observers agree: the share with its interval, AC1, which unlike kappa does not collapse when nearly everything is in
 * order, and kappa for whoever expects it. RangeError unless counts are whole numbers ≥ 0 and 0 < level < 1.
 * Source: K. L. Gwet, British Journal of Mathematical and Statistical Psychology 61 (2008); J. Cohen (1960).
 */
export function agreementOf(counts: AgreementCounts, level: number): Agreement {
  const { bothNo, bothYes, firstOnly, secondOnly } = counts
  for (const [name, count] of Object.entries({ bothYes, firstOnly, secondOnly, bothNo })) requireCount(count, name)
  requireLevel(level)
  const pairs = bothYes + firstOnly + secondOnly + bothNo
  const agreed = bothYes + bothNo
  const range = wilsonInterval({ part: agreed, whole: pairs }, level)
  if (pairs === 0) return { pairs, agreed, range, ac1: null, ac1Range: null, kappa: null }

  const observed = agreed / pairs
  const yes = (2 * bothYes + firstOnly + secondOnly) / (2 * pairs)
  const chance = 2 * yes * (1 - yes)
  const ac1 = (observed - chance) / (1 - chance)
  const half = -normalQuantile((1 - level) / 2) * Math.sqrt(varianceOf(counts, ac1, chance))

  const [firstYes, secondYes] = [(bothYes + firstOnly) / pairs, (bothYes + secondOnly) / pairs]
  const byChance = firstYes * secondYes + (1 - firstYes) * (1 - secondYes)
  return {
    pairs,
    agreed,
    range,
    ac1,
    ac1Range: pairs < 2 ? null : { low: Math.max(-1, ac1 - half), high: Math.min(1, ac1 + half) },
    kappa: byChance === 1 ? null : (observed - byChance) / (1 - byChance),
  }
}
