import type { Ratio } from '../ratio/ratio.ts'
import { dutyNightOf, isNight, type Place, type Visit } from './visit.ts'

/** Metres; the mean radius of the earth. */
const EARTH = 6_371_009

/** As the crow flies, in metres. Source: R. W. Sinnott, Sky and Telescope 68 (1984), haversine. */
export function metresBetween(one: Place, other: Place): number {
  const rad = (degrees: number) => (degrees * Math.PI) / 180
  const dLatitude = rad(other.latitude - one.latitude)
  const dLongitude = rad(other.longitude - one.longitude)
  const h =
    Math.sin(dLatitude / 2) ** 2 +
    Math.cos(rad(one.latitude)) * Math.cos(rad(other.latitude)) * Math.sin(dLongitude / 2) ** 2
  return 2 * EARTH * Math.asin(Math.min(1, Math.sqrt(h)))
}

export interface LoadRow {
  readonly inspector: string
  readonly checks: number
  readonly nights: number
  readonly minutes: number
  /** Visits whose length is known. */
  readonly measured: number
  /** Between one place and the next of the same night; null = no two places were told. */
  readonly metres: number | null
  readonly legs: number
  /** The unit that the inspector checked most, the first by code of several; null = none. */
  readonly most: { readonly unitCode: string; readonly visits: number } | null
}

/** `part` of `whole` would have to be made by others for all to have the same. */
export interface Balance extends Ratio {
  /** Of the one with most, over the mean; null = there is nothing. */
  readonly mostOverMean: number | null
}

export interface InspectorLoad {
  /** By name of those asked about; who made nothing has a row too. */
  readonly rows: readonly LoadRow[]
  readonly checks: Balance
  readonly nights: Balance
}

/** Start and end of one visit with what was told, in order of time. */
function placesOf({ endPlace, startPlace }: Visit): { from: Place; to: Place } | null {
  const from = startPlace ?? endPlace
  return from === null ? null : { from, to: endPlace ?? from }
}

function travelOf(visits: readonly Visit[]): { readonly metres: number | null; readonly legs: number } {
  let [metres, legs] = [0, 0]
  for (const night of Map.groupBy(visits, ({ at }) => dutyNightOf(at)).values()) {
    const places = night.flatMap((visit) => placesOf(visit) ?? [])
    for (const [index, { from }] of places.entries()) {
      const before = places[index - 1]
      if (before === undefined) continue
      metres += metresBetween(before.to, from)
      legs += 1
    }
  }
  return { metres: legs === 0 ? null : metres, legs }
}

function toRow(inspector: string, visits: readonly Visit[]): LoadRow {
  const ordered = visits.toSorted((a, b) => a.at - b.at)
  const lengths = ordered.flatMap(({ elapsedMs }) => elapsedMs ?? [])
  const units = [...Map.groupBy(ordered, ({ unitCode }) => unitCode)].map(([unitCode, all]) => ({
    unitCode,
    visits: all.length,
  }))
  const [most = null] = units.toSorted((a, b) => b.visits - a.visits || (a.unitCode < b.unitCode ? -1 : 1))
  return {
    inspector,
    checks: ordered.length,
    nights: ordered.filter(({ at }) => isNight(at)).length,
    minutes: Math.round(lengths.reduce((sum, one) => sum + one, 0) / 60_000),
    measured: lengths.length,
    ...travelOf(ordered),
    most,
  }
}

function balanceOf(counts: readonly number[]): Balance {
  const whole = counts.reduce((sum, one) => sum + one, 0)
  const mean = whole / Math.max(1, counts.length)
  // What lies above the mean, in whole checks: so many have to change hands.
  const part = Math.round(counts.reduce((sum, one) => sum + Math.max(0, one - mean), 0))
  return { part, whole, mostOverMean: whole === 0 ? null : Math.max(...counts) / mean }
}

/**
 * Who checked how much: of two who went together each counts. `roster`: those who could have, each once.
 * Card: docs/indicators/inspection-coverage.md
 */
export function tabulateLoad(roster: readonly string[], visits: readonly Visit[]): InspectorLoad {
  const rows = roster.map((inspector) =>
    toRow(
      inspector,
      visits.filter(({ inspectors }) => inspectors.includes(inspector)),
    ),
  )
  return {
    rows,
    checks: balanceOf(rows.map(({ checks }) => checks)),
    nights: balanceOf(rows.map(({ nights }) => nights)),
  }
}
