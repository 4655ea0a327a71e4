import type { LeagueStanding, MovementView, StandingRow } from '@zhidu/contract'
import { type LeagueSort, onTimeInterval, onTimeRatio, placesGained, type Ratio, ratioValue } from '@zhidu/domain'
import type { Row } from './league-row.ts'

/** `official`: by the score, the legal order. `fair`: by what a unit lost of what peers lose of the same chances. */
export const BASES = ['official', 'fair'] as const
export type Basis = (typeof BASES)[number]

/** The rows' own standing, by unit. */
export type Standings = ReadonlyMap<string, StandingRow>

/** A row with what its order needs of the standing. */
export type SureRow = Row & { readonly expectedRank: number | null; readonly fairRank: number | null }

export function withStanding(rows: readonly Row[], standings: Standings): SureRow[] {
  return rows.map((row) => {
    const standing = standings.get(row.unitCode)
    return { ...row, expectedRank: standing?.expectedRank ?? null, fairRank: standing?.fair?.rank ?? null }
  })
}

/** The order of the table itself, in which bands are cut. */
export function isTableOrder(sort: LeagueSort, basis: Basis): boolean {
  return basis === 'official' && sort.key === 'rank' && !sort.isDescending
}

/** A press on the first header orders the fair comparison by its own places. */
export function effectiveSort(sort: LeagueSort, basis: Basis): LeagueSort {
  return basis === 'fair' && sort.key === 'rank' ? { ...sort, key: 'fair' } : sort
}

type Band = LeagueStanding['bands'][number]

export type TableLine =
  | { readonly kind: 'band'; readonly band: Band; readonly key: string }
  | { readonly kind: 'row'; readonly row: SureRow; readonly key: string }

/** The lines of the table: rows, and before the first of each band its own line. Bands without a row shown have none. */
export function listLines(rows: readonly SureRow[], standings: Standings, bands: readonly Band[]): TableLine[] {
  let last: number | null = null
  return rows.flatMap((row) => {
    const line: TableLine = { kind: 'row', row, key: row.unitCode }
    const band = standings.get(row.unitCode)?.band ?? null
    const entry = band === null || band === last ? undefined : bands.find((each) => each.band === band)
    last = band
    return entry === undefined ? [line] : [{ kind: 'band', band: entry, key: `band/${entry.band}` }, line]
  })
}

/** Which of the three blues repeats a band: the first, the last, or one between. */
export function bandTone(band: number | null, bandCount: number | null): 1 | 2 | 3 | null {
  if (band === null || bandCount === null) return null
  return band === 1 ? 1 : band === bandCount ? 3 : 2
}

export interface AxisTick {
  readonly text: string
  /** Of the width, 0 to 100. */
  readonly percent: number
}

/** Where a place stands on an axis from 1 to `count`, 0 to 100. */
export function placePercent(place: number, count: number): number {
  return count <= 1 ? 0 : Math.round(((place - 1) / (count - 1)) * 10_000) / 100
}

const STEPS = [1, 2, 5]
/** Ticks nearer to an end than this share of the axis would run into it. */
const NEAR = 12
const MOST_STEPS = 4

/** 1, round places, and the last one. */
export function rankTicks(count: number): AxisTick[] {
  const at = (place: number): AxisTick => ({ text: String(place), percent: placePercent(place, count) })
  if (count <= 1) return [at(1)]
  let step = 1
  for (let power = 1; count / step > MOST_STEPS; power *= 10) {
    step = STEPS.map((one) => one * power).find((one) => count / one <= MOST_STEPS) ?? 10 * power
  }
  const round = Array.from({ length: Math.floor(count / step) }, (_, index) => at((index + 1) * step))
  const inner = round.filter(({ percent }) => percent >= NEAR && percent <= 100 - NEAR)
  return [at(1), ...inner, at(count)]
}

/** An axis of shares that begins at a fifth, at 0 when the group is worse than half. */
export interface ShareAxis {
  readonly from: number
  readonly ticks: readonly AxisTick[]
}

export function shareAxis(mean: Ratio): ShareAxis {
  const from = (ratioValue(mean) ?? 1) < 0.5 ? 0 : 0.2
  const shares = from === 0 ? [0.25, 0.5, 0.75, 1] : [0.4, 0.6, 0.8, 1]
  return { from, ticks: shares.map((share) => ({ text: String(share * 100), percent: sharePercent(share, from) })) }
}

export function sharePercent(share: number, from: number): number {
  return Math.round(Math.max(0, Math.min(1, (share - from) / (1 - from))) * 10_000) / 100
}

export interface Whisker {
  /** 0 to 100 of the axis. */
  readonly left: number
  readonly right: number
  readonly dot: number
  /** The interval goes on below the axis. */
  readonly isCut: boolean
  readonly low: number
  readonly high: number
}

/** Wilson's interval of the share on time; null when nothing is decided. */
export function whiskerOf(row: Row, { from }: ShareAxis): Whisker | null {
  const interval = onTimeInterval(row.timeliness)
  if (interval === null) return null
  const { part, whole } = onTimeRatio(row.timeliness)
  const { high, low } = interval
  return {
    left: sharePercent(low, from),
    right: sharePercent(high, from),
    dot: sharePercent(part / whole, from),
    isCut: low < from,
    low,
    high,
  }
}

export type MoveMark =
  | { readonly kind: 'solid' | 'hollow' | 'grey'; readonly direction: 'up' | 'down'; readonly places: number }
  /** `same`: no place won or lost. `back`: measured again. `new`: no place before. `break`: another unit then. */
  | { readonly kind: 'same' }
  | { readonly kind: 'back' | 'new' | 'break' }

/**
 * The mark of a movement of places: solid or hollow only where the share on time moved the same way by more than chance; a place
 * lost while the share rose stays grey. `movement` null = not compared, or not known yet.
 */
export function moveMarkOf(row: Row, movement: MovementView | null): MoveMark {
  if ((row.breaks.at(-1) ?? null) !== null) return { kind: 'break' }
  const gained = placesGained(row)
  if (gained === null) {
    const earlier = row.trend.slice(0, -2)
    return { kind: row.trend.at(-2) == null && earlier.some((score) => score !== null) ? 'back' : 'new' }
  }
  if (gained === 0) return { kind: 'same' }
  const direction = gained > 0 ? 'up' : 'down'
  const kind = movement !== null && movement.direction === direction ? movement.kind : 'grey'
  return { kind, direction, places: Math.abs(gained) }
}

/** The longest reason why the fair place differs; null = the places are the same, or nothing explains it. */
export function mainReason(standing: StandingRow): { readonly kind: string; readonly points: number } | null {
  const { fair, rank } = standing
  if (fair === null || fair.rank === rank) return null
  // What cost the unit lets it stand better in the fair comparison, and the other way round.
  const isBetter = fair.rank < rank
  return fair.reasons.find(({ points }) => points > 0 === isBetter) ?? null
}

/** What the lists for a bulletin look at: nothing where part of the group is out of reach. */
export function listedOf(standing: LeagueStanding | null, isWhole: boolean): boolean {
  return standing !== null && isWhole && standing.praise.length + standing.criticism.length > 0
}

/** A place that far from the expected one, as a share of the table, is asked about. */
const ODD_SHARE = 0.25

export interface OddPlace {
  readonly row: StandingRow
  /** More chances than the table has on average, or fewer. */
  readonly chances: 'many' | 'few'
}

/**
 * Of the first and of the last of a table the unit whose official place lies furthest from the expected one, where that is a quarter of the
 * table and more: what a leader asks about before anything else. `standing` null, or of part of a group: nothing.
 */
export function listOddEnds(standing: LeagueStanding | null, isWhole: boolean): OddPlace[] {
  if (standing === null || !isWhole || standing.bandCount === null) return []
  const { measuredCount, rows } = standing
  const losses = rows.flatMap(({ fair }) => (fair === null ? [] : [fair.expectedLoss]))
  const mean = losses.reduce((sum, loss) => sum + loss, 0) / Math.max(1, losses.length)
  const distance = ({ expectedRank, rank }: StandingRow): number => Math.abs(expectedRank - rank)
  const lastRank = Math.max(...rows.map(({ rank }) => rank))
  return [1, lastRank].flatMap((end) => {
    const [furthest] = rows.filter(({ rank }) => rank === end).toSorted((a, b) => distance(b) - distance(a))
    if (lastRank === 1 || furthest === undefined || distance(furthest) < ODD_SHARE * measuredCount) return []
    const isMany = furthest.fair !== null && furthest.fair.expectedLoss > mean
    return [{ row: furthest, chances: isMany ? ('many' as const) : ('few' as const) }]
  })
}
