import { DIMENSIONS } from '@zhidu/domain'

export interface LeagueColumn {
  readonly key: ColumnKey
  /** px; the least it needs. */
  readonly width: number
  /** Who leaves first when the window is narrow: the lowest. */
  readonly priority: number
  /** Narrowest window (px) in which it shows unasked. */
  readonly from: number
  readonly isFixed: boolean
}

export const COLUMN_KEYS = [
  'rank',
  'unit',
  'score',
  'parts',
  'losses',
  'onTime',
  'rate',
  'elements',
  'checks',
  'deductions',
  'previous',
  'trend',
  'grade',
] as const
export type ColumnKey = (typeof COLUMN_KEYS)[number]

/** Width of one of the five columns of deductions. */
export const LOSS_WIDTH = 54

const SPEC: Readonly<Record<ColumnKey, readonly [width: number, priority: number, from: number]>> = {
  rank: [72, 100, 0],
  unit: [188, 100, 0],
  score: [62, 100, 0],
  parts: [150, 70, 0],
  losses: [LOSS_WIDTH * DIMENSIONS.length, 20, 1760],
  onTime: [72, 95, 0],
  rate: [64, 25, 1760],
  elements: [92, 60, 0],
  checks: [136, 65, 0],
  deductions: [96, 55, 0],
  previous: [84, 50, 0],
  trend: [104, 40, 1280],
  grade: [66, 80, 0],
}

const FIXED: ReadonlySet<ColumnKey> = new Set<ColumnKey>(['rank', 'unit', 'score'])

/** In the order of the table. */
export const COLUMNS: readonly LeagueColumn[] = COLUMN_KEYS.map((key) => {
  const [width, priority, from] = SPEC[key]
  return { key, width, priority, from, isFixed: FIXED.has(key) }
})

/** What the reader switched on or off; a column not named follows the window. */
export type ColumnChoice = Readonly<Partial<Record<ColumnKey, boolean>>>

export interface FittedColumns {
  readonly visible: readonly LeagueColumn[]
  /** Wanted, but the window is too narrow. */
  readonly dropped: readonly ColumnKey[]
}

/** A column asked for by name outlasts every one that showed unasked. */
const CHOSEN_BONUS = 100

export function isWanted(column: LeagueColumn, choice: ColumnChoice, windowWidth: number): boolean {
  return column.isFixed || (choice[column.key] ?? windowWidth >= column.from)
}

/** As many of the wanted columns as fit, so that the page never scrolls sideways. `available`: px for the table. */
export function fitColumns(available: number, windowWidth: number, choice: ColumnChoice): FittedColumns {
  const wanted = COLUMNS.filter((column) => isWanted(column, choice, windowWidth))
  const rankOf = (column: LeagueColumn): number => column.priority + (choice[column.key] === true ? CHOSEN_BONUS : 0)
  const leaving = wanted.filter((column) => !column.isFixed).sort((a, b) => rankOf(a) - rankOf(b))
  const dropped = new Set<ColumnKey>()
  let total = wanted.reduce((sum, column) => sum + column.width, 0)
  for (const column of leaving) {
    if (total <= available) break
    dropped.add(column.key)
    total -= column.width
  }
  return {
    visible: wanted.filter((column) => !dropped.has(column.key)),
    dropped: COLUMN_KEYS.filter((key) => dropped.has(key)),
  }
}

/** Choices kept by this browser; unknown columns and values are dropped. */
export function parseChoice(stored: unknown): ColumnChoice {
  if (typeof stored !== 'object' || stored === null) return {}
  const entries = Object.entries(stored).filter(
    ([key, value]) => typeof value === 'boolean' && COLUMN_KEYS.some((known) => known === key),
  )
  return Object.fromEntries(entries)
}
