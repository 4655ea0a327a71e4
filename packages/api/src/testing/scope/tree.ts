import { type PlainDate, toPlainDate } from '@zhidu/domain'

/** The present of both worlds: the fourth quarter has just begun. */
export const NOW = Date.parse('2026-10-20T09:00:00+08:00')
export const TODAY = toPlainDate('2026-10-20')

/** Below A12 until the third quarter, below A13 from then on. */
export const MOVED = { unitCode: 'A133', from: 'A12', to: 'A13', on: toPlainDate('2026-07-01') } as const
export const CLOSED = { unitCode: 'A233', on: toPlainDate('2026-08-01') } as const

const DIGITS = ['1', '2', '3'] as const

/** 1 + 3 + 9 + 27 units, by level; a code is its superior's with one digit more, but for the one that moved. */
export const LEVELS_OF_TREE: readonly (readonly string[])[] = [1, 2, 3].reduce<string[][]>(
  (levels) => [...levels, (levels.at(-1) ?? []).flatMap((code) => DIGITS.map((digit) => `${code}${digit}`))],
  [['A']],
)
export const UNIT_CODES: readonly string[] = LEVELS_OF_TREE.flat()

/** The superior on a day; null for the top. */
export function parentOf(unitCode: string, day: PlainDate): string | null {
  if (unitCode === MOVED.unitCode && day < MOVED.on) return MOVED.from
  return unitCode.length === 1 ? null : unitCode.slice(0, -1)
}

export function isBelow(unitCode: string, top: string, day: PlainDate): boolean {
  for (let at: string | null = unitCode; at !== null; at = parentOf(at, day)) if (at === top) return true
  return false
}

/** Units of a subtree on a day, in official order. */
export function subtreeOf(top: string, day: PlainDate): string[] {
  return UNIT_CODES.filter((unitCode) => isBelow(unitCode, top, day))
}
