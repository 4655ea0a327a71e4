import type { BonusFact } from '../facts/facts.ts'
import type { Hundredths, Regulation } from '../regulation/regulation.ts'

/**
 * What the bonuses of one period come to: of each event all or the highest, at most the cap.
 * Source: contract §5, bonuses; card: docs/indicators/bonus.md
 */
export function sumBonus(
  bonuses: readonly Pick<BonusFact, 'kind' | 'eventCode'>[],
  regulation: Regulation,
): Hundredths {
  const { maxPerPeriod, perEvent, points } = regulation.bonus
  let sum = 0
  const highest = new Map<string, Hundredths>()
  for (const { eventCode, kind } of bonuses) {
    if (perEvent === 'all' || eventCode === null) sum += points[kind]
    else highest.set(eventCode, Math.max(highest.get(eventCode) ?? 0, points[kind]))
  }
  for (const value of highest.values()) sum += value
  return Math.min(sum, maxPerPeriod ?? Infinity)
}
