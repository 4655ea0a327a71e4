import type { SteadySummary } from '@zhidu/domain'

/** Groups of one quarter under other rules than its own that are kept. */
const MAX_KEPT = 40
const caches = new WeakMap<object, Map<string, ReadonlyMap<string, SteadySummary>>>()

/**
 * What units come to under some rules, kept by database and key; the key holds the state of the facts. Kept values are used
 * while each of them holds at the instant asked about, else made anew.
 */
export async function keepSummaries(
  owner: object,
  key: string,
  asOf: number,
  make: () => Promise<readonly SteadySummary[]>,
): Promise<ReadonlyMap<string, SteadySummary>> {
  const cache = caches.get(owner) ?? new Map<string, ReadonlyMap<string, SteadySummary>>()
  caches.set(owner, cache)
  const kept = cache.get(key)
  if (kept !== undefined && [...kept.values()].every((one) => one.steadyFrom <= asOf && asOf < one.steadyUntil)) {
    return kept
  }
  const made = new Map((await make()).map((summary) => [summary.unitCode, summary]))
  cache.delete(key)
  cache.set(key, made)
  const [oldest] = cache.keys()
  if (cache.size > MAX_KEPT && oldest !== undefined) cache.delete(oldest)
  return made
}
