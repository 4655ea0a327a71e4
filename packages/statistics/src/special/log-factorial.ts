import { logGamma } from './log-gamma.ts'

const TABLE_LIMIT = 1_000_000

/** ln n! for n up to `largest`, from a table where one is worth having. */
export function makeLogFactorial(largest: number): (n: number) => number {
  if (largest > TABLE_LIMIT) return (n) => logGamma(n + 1)
  const table = new Float64Array(largest + 1)
  for (let n = 2; n <= largest; n += 1) table[n] = logGamma(n + 1)
  return (n) => table[n] ?? 0
}
