import { DIMENSIONS } from '@zhidu/domain'
import type { Basis } from './standing-view.ts'

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
  'whisker',
  'elements',
  'checks',
  'deductions',
  'fair',
  'places',
  'range',
  'previous',
  'trend',
  'grade',
] as const
export type ColumnKey = (typeof COLUMN_KEYS)[number]

/** Width of one of the five columns of deductions. */
export const LOSS_WIDTH = 50

/** Wider than any usual window: the column shows only when it is asked for by name. */
const ON_REQUEST = 2300

const SPEC: Readonly<Record<ColumnKey, readonly [width: number, priority: number, from: number]>> = {
  rank: [72, 100, 0],
  unit: [184, 100, 0],
  score: [62, 100, 0],
  parts: [160, 70, 0],
  losses: [LOSS_WIDTH * DIMENSIONS.length, 20, 1760],
  onTime: [58, 95, 0],
  rate: [62, 25, 1760],
  whisker: [126, 45, 0],
  elements: [92, 15, ON_REQUEST],
  checks: [112, 65, 0],
  deductions: [96, 14, ON_REQUEST],
  fair: [250, 98, 0],
  places: [56, 99, 0],
  range: [140, 98, 0],
  previous: [82, 60, 0],
  trend: [88, 40, 0],
  grade: [60, 75, 0],
}

/** Of the fair comparison only; in the other view its figures stand in the pop-over. */
const FAIR_ONLY: ReadonlySet<ColumnKey> = new Set<ColumnKey>(['fair'])

/** Never left out: a rank without its range claims too much. */
const FIXED: ReadonlySet<ColumnKey> = new Set<ColumnKey>(['rank', 'unit', 'score', 'fair', 'places'])

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

export function isWanted(
  column: LeagueColumn,
  choice: ColumnChoice,
  windowWidth: number,
  basis: Basis = 'official',
): boolean {
  if (FAIR_ONLY.has(column.key)) return basis === 'fair'
  return column.isFixed || (choice[column.key] ?? windowWidth >= column.from)
}

/** As many of the wanted columns as fit, so that the page never scrolls sideways. `available`: px for the table. */
export function fitColumns(
  available: number,
  windowWidth: number,
  choice: ColumnChoice,
  basis: Basis = 'official',
): FittedColumns {
  const wanted = COLUMNS.filter((column) => isWanted(column, choice, windowWidth, basis))
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
