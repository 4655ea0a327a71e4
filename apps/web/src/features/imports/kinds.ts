import type { Kind } from '@zhidu/contract'

/** In the order in which a new office imports its files. */
export const KINDS = [
  'units',
  'reports',
  'checks',
  'misreports',
  'filings',
  'bonuses',
  'leads',
] as const satisfies readonly Kind[]

export function toKind(text: string | null): Kind | null {
  return KINDS.find((kind) => kind === text) ?? null
}
