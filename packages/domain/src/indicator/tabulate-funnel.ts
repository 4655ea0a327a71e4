import { type Flag, funnelFlag, funnelLimits, overdispersion, wilsonInterval } from '@zhidu/statistics'
import { addRatios, EMPTY_RATIO, type Ratio, ratioValue } from '../ratio/ratio.ts'

/** Of intervals of one share. */
export const INTERVAL_LEVEL = 0.95
/** Levels of the two pairs of lines. */
const INNER = 0.95
const OUTER = 0.998
/** One of so many units outweighs its own target: below, each is held against the others. */
const LEAST_FOR_OWN_TARGET = 10
/** Lines are drawn through every number of opportunities up to here, and through so many of more. */
const MOST_LINE_POINTS = 240
/** Fewer expected failures than this, and a unit tells nothing of how much the group spreads. */
const LEAST_EXPECTED_FAILURES = 1
/** One-sided 5 % of the normal approximation to φ's distribution. */
const SPREAD_Z = 1.645

export interface FunnelRow extends Ratio {
  /** null = no opportunity. */
  readonly share: number | null
  /** Wilson 95 %; null with the share. */
  readonly interval: { readonly low: number; readonly high: number } | null
  /** By the exact tail: beyond 97.5 % (alert) or 99.9 % (alarm) of what luck gives to that side. */
  readonly flag: Flag
  /** Chance of a share as far to its side or further, were the unit like its group. */
  readonly tail: number
}

export interface FunnelLine {
  readonly whole: number
  /** 95 %. */
  readonly inner: { readonly low: number; readonly high: number }
  /** 99.8 %. */
  readonly outer: { readonly low: number; readonly high: number }
}

/** φ of the group's spread, with and without the outermost units pulled in; see `overdispersion`. */
export interface FunnelSpread {
  readonly phi: number
  readonly phiUntrimmed: number
  readonly unitCount: number
  /** The units differ more among themselves than luck alone makes them. */
  readonly isMoreThanLuck: boolean
}

export interface Funnel {
  /** Σ part / Σ whole; null = nobody had an opportunity. */
  readonly target: number | null
  readonly measuredCount: number
  /** Each unit was held against the share of the others, for there are few. */
  readonly isAgainstOthers: boolean
  readonly rows: readonly FunnelRow[]
  readonly lines: readonly FunnelLine[]
  /** At most so many units lie beyond the inner lines by luck alone, on average. */
  readonly byLuck: number
  /** null = too few units to tell. */
  readonly spread: FunnelSpread | null
}

function toRow({ part, whole }: Ratio, target: number | null): FunnelRow {
  if (whole === 0) return { part, whole, share: null, interval: null, flag: 'in', tail: 1 }
  const { flagExact, pLower, pUpper } =
    target === null ? { flagExact: 'in' as const, pLower: 1, pUpper: 1 } : funnelFlag({ part, whole }, target)
  return {
    part,
    whole,
    share: part / whole,
    interval: wilsonInterval({ part, whole }, INTERVAL_LEVEL),
    flag: flagExact,
    tail: Math.min(pLower, pUpper),
  }
}

/** Numbers of opportunities from 1 to `most`: every one, or evenly spread with both ends. */
function listWholes(most: number): number[] {
  const count = Math.min(most, MOST_LINE_POINTS)
  return Array.from({ length: count }, (_, index) =>
    count === most ? index + 1 : 1 + Math.round((index * (most - 1)) / (count - 1)),
  )
}

function toLines(target: number | null, most: number): FunnelLine[] {
  if (target === null) return []
  return listWholes(most).map((whole) => ({
    whole,
    inner: funnelLimits(target, whole, INNER),
    outer: funnelLimits(target, whole, OUTER),
  }))
}

function toSpread(units: readonly Ratio[], target: number | null): FunnelSpread | null {
  if (target === null) return null
  const telling = units.filter(({ whole }) => whole * (1 - target) >= LEAST_EXPECTED_FAILURES)
  const { phi, phiUntrimmed } = overdispersion(telling, target)
  if (phi === null || phiUntrimmed === null) return null
  const limit = 1 + SPREAD_Z * Math.sqrt(2 / telling.length)
  return { phi, phiUntrimmed, unitCount: telling.length, isMoreThanLuck: phi > limit }
}

/**
 * A group's shares against what luck gives around the share of the whole group: one row per unit, in order. Flags are exact whatever the
 * lines say. Units without an opportunity have a row and no share, and count for nothing. `groupShare`: that of the whole group where only
 * part of its units is given; null = it is not told, and nothing is flagged.
 * Source: D. J. Spiegelhalter, Statistics in Medicine 24 (2005). Card: docs/indicators/funnel.md
 */
export function tabulateFunnel(
  units: readonly Ratio[],
  { groupShare }: { readonly groupShare?: number | null | undefined } = {},
): Funnel {
  const total = units.reduce(addRatios, EMPTY_RATIO)
  const measured = units.filter(({ whole }) => whole > 0)
  const isAgainstOthers = groupShare === undefined && measured.length < LEAST_FOR_OWN_TARGET
  const target = groupShare === undefined ? ratioValue(total) : groupShare
  return {
    target,
    measuredCount: measured.length,
    isAgainstOthers,
    rows: units.map((unit) => {
      const others = { part: total.part - unit.part, whole: total.whole - unit.whole }
      return toRow(unit, isAgainstOthers ? ratioValue(others) : target)
    }),
    lines: toLines(
      target,
      measured.reduce((most, { whole }) => Math.max(most, whole), 0),
    ),
    byLuck: (1 - INNER) * measured.length,
    spread: toSpread(measured, target),
  }
}
