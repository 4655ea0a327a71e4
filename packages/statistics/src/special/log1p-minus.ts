/** ln(1 + u) − u for u > −1, to full relative precision near 0. */
export function log1pMinus(u: number): number {
  if (Math.abs(u) > 0.35) return Math.log1p(u) - u
  // ln(1 + u) = 2 artanh(v) with v = u / (2 + u); what remains after u is −v u + 2 v³ (1/3 + v²/5 + …).
  const v = u / (2 + u)
  const square = v * v
  let sum = 0
  let power = 1
  for (let odd = 3; odd < 41; odd += 2) {
    const term = power / odd
    sum += term
    if (term < 1e-17 * sum) break
    power *= square
  }
  return v * (2 * square * sum - u)
}
