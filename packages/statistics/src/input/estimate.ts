import { requireFinite, requirePositive } from './require.ts'

/** A score with the standard deviation of its error. */
export interface Estimate {
  readonly value: number
  readonly standardError: number
}

/** RangeError naming `name` unless the value is finite and the standard error > 0. */
export function requireEstimate({ standardError, value }: Estimate, name: string): void {
  requireFinite(value, `${name}.value`)
  requirePositive(standardError, `${name}.standardError`)
}
