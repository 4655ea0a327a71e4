import { type Category, type Level, MINUTE_MS } from '@zhidu/domain'
import { type Random, sampleCategory, sampleGamma, sampleInteger } from '@zhidu/statistics'

const LEVEL_WEIGHTS: Readonly<Record<Level, number>> = { IV: 885, III: 90, II: 20, I: 5 }

export function sampleLevel(random: Random): Level {
  return sampleCategory(random, LEVEL_WEIGHTS)
}

/** Floods and storms come from April to September. */
export function sampleCategoryIn(
  random: Random,
  weights: Readonly<Partial<Record<Category, number>>>,
  month: number,
): Category {
  const season = month >= 4 && month <= 9 ? 1.5 : 0.4
  const own = Object.fromEntries(
    Object.entries(weights).map(([key, weight]) => [key, key === 'natural_disaster' ? weight * season : weight]),
  )
  return sampleCategory<Category>(random, own)
}

/** How long an event went unknown to the unit, in ms: minutes for a grave one, at times hours for others. */
export function sampleTimeToLearn(random: Random, level: Level): number {
  if (level === 'I' || level === 'II') return sampleInteger(random, 1, 6) * MINUTE_MS
  return Math.round(1 + Math.min(sampleGamma(random, 1.3) * 18, 360)) * MINUTE_MS
}
