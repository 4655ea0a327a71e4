import type { Random } from '../random/random.ts'

/**
 * A whole number in [min, max], both included, each equally likely. RangeError unless both are whole, min ≤ max and
 * the span is below 2³².
 */
export function sampleInteger(random: Random, min: number, max: number): number {
  const span = max - min + 1
  if (!Number.isSafeInteger(min) || !Number.isSafeInteger(max) || span < 1 || span > 2 ** 32) {
    throw new RangeError(`no whole numbers between ${min} and ${max}`)
  }
  // The top of the range that does not divide evenly is drawn again.
  const limit = 2 ** 32 - (2 ** 32 % span)
  let value = random.uint32()
  while (value >= limit) value = random.uint32()
  return min + (value % span)
}

/** True with the given probability. */
export function sampleChance(random: Random, probability: number): boolean {
  return random.unit() < probability
}

/** One of the items, each equally likely; RangeError when there is none. */
export function sampleItem<T>(random: Random, items: readonly [T, ...T[]] | readonly T[]): T {
  const index = sampleInteger(random, 0, items.length - 1)
  const item = items[index]
  if (item === undefined && !(index in items)) throw new RangeError('no item')
  return item as T
}

/** `count` different items in random order (all of them, shuffled, when `count` is their number or more). Fisher–Yates. */
export function sampleItems<T>(random: Random, items: readonly T[], count: number): T[] {
  const pool = [...items]
  const taken = Math.min(count, pool.length)
  for (let i = 0; i < taken; i += 1) {
    const j = sampleInteger(random, i, pool.length - 1)
    const [one, other] = [pool[i] as T, pool[j] as T]
    pool[i] = other
    pool[j] = one
  }
  return pool.slice(0, taken)
}
