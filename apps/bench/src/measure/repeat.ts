export interface Timing {
  readonly medianMs: number
  readonly minMs: number
  readonly maxMs: number
  readonly runCount: number
}

/** Milliseconds `work` takes. */
export async function timeOnce(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now()
  await work()
  return performance.now() - startedAt
}

/** The median of an even number of values is the lower of the two in the middle: a time that was really measured. */
export function toTiming(times: readonly number[]): Timing {
  const sorted = [...times].sort((a, b) => a - b)
  const [minMs = NaN] = sorted
  const medianMs = sorted[Math.floor((sorted.length - 1) / 2)] ?? NaN
  return { medianMs, minMs, maxMs: sorted.at(-1) ?? NaN, runCount: sorted.length }
}

/** Runs once unmeasured, so that caches are as warm as on a working day, and then `runCount` times. */
export async function repeat(runCount: number, work: () => Promise<unknown>): Promise<Timing> {
  await work()
  const times: number[] = []
  for (let run = 0; run < runCount; run += 1) times.push(await timeOnce(work))
  return toTiming(times)
}
