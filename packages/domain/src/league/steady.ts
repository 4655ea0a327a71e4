/** An interval of `asOf` within which nothing changes; epoch ms, half-open, ±Infinity = without end. */
export interface Steady {
  readonly from: number
  readonly until: number
}

export const ALWAYS_STEADY: Steady = { from: -Infinity, until: Infinity }

/** Narrows an interval around `asOf` by an instant from which on something may differ; null or ±Infinity narrows nothing. */
export function changesAt(steady: Steady, asOf: number, at: number | null): Steady {
  if (at === null) return steady
  if (at <= asOf) return at > steady.from ? { from: at, until: steady.until } : steady
  return at < steady.until ? { from: steady.from, until: at } : steady
}

export function intersectSteady(a: Steady, b: Steady): Steady {
  return { from: Math.max(a.from, b.from), until: Math.min(a.until, b.until) }
}
