/** A share as two counts, 0 ≤ part ≤ whole; `whole` 0 = not measured. */
export interface Counts {
  readonly part: number
  readonly whole: number
}

/** RangeError naming `name` unless both are whole numbers with 0 ≤ part ≤ whole. */
export function requireCounts({ part, whole }: Counts, name: string): void {
  requireCount(whole, `${name}.whole`)
  requireCount(part, `${name}.part`)
  if (part > whole) throw new RangeError(`${name}.part must not exceed ${name}.whole: ${part} of ${whole}`)
}

export function requireCount(value: number, name: string): void {
  if (!Number.isSafeInteger(value) || value < 0) throw new RangeError(`${name} must be a whole number ≥ 0: ${value}`)
}
