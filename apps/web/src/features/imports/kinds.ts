import type { Kind } from '@zhidu/contract'
import type { Permission } from '@zhidu/domain'

/** In the order in which a new office imports its files. */
export const KINDS = [
  'units',
  'reports',
  'checks',
  'misreports',
  'filings',
  'bonuses',
  'leads',
  'pre_reports',
  'adoptions',
  'duty_lines',
  'rosters',
] as const satisfies readonly Kind[]

/** The kinds that somebody with these permissions may import, in the same order. */
export function kindsFor(may: (permission: Permission) => boolean): readonly Kind[] {
  return KINDS.filter((kind) => may(kind === 'units' ? 'units.write' : 'facts.import'))
}

export function toKind(text: string | null): Kind | null {
  return KINDS.find((kind) => kind === text) ?? null
}
