import { addDays, type PlainDate } from '../calendar/plain-date.ts'
import { type Quarter, quarterRange } from '../calendar/quarter.ts'
import type { UnitPeriod } from '../facts/facts.ts'
import { listMembers, unitPeriodOn } from './membership.ts'

/** By which tree a table is read: that of the quarter's last day, or today's. */
export const TREES = ['then', 'now'] as const
export type TreeChoice = (typeof TREES)[number]

export const SUCCESSION_KINDS = ['merge', 'split'] as const
export type SuccessionKind = (typeof SUCCESSION_KINDS)[number]

/** That a unit was merged into another, or that another was split off it, from a day on. One act may hold several. */
export interface SuccessionFact {
  readonly fromCode: string
  readonly toCode: string
  /** First day of the new order. */
  readonly onDate: PlainDate
  readonly kind: SuccessionKind
}

/** Which units there are, when, and what became of them. */
export interface UnitTree {
  /** Every row of every unit, in official order. */
  readonly periodsOf: ReadonlyMap<string, readonly UnitPeriod[]>
  readonly successions: readonly SuccessionFact[]
}

/**
 * Who bears today what a unit did on `day`: the first merger after that day hands it on, and from the successor the next
 * one, up to and including `today`. A unit that was closed, renamed, moved or split without being merged bears its own past;
 * so does one that was re-opened, for what it did since. Mergers before or on `day` do not touch it.
 */
export function bearerOf(unitCode: string, day: PlainDate, today: PlainDate, tree: UnitTree): string {
  const mergers = tree.successions
    .filter(({ kind, onDate }) => kind === 'merge' && day < onDate && onDate <= today)
    .sort((a, b) => (a.onDate < b.onDate ? -1 : Number(a.onDate > b.onDate)))
  let bearer = unitCode
  // In order of time each is passed once, so that units that took each other in by turns come to an end.
  for (const merger of mergers) if (merger.fromCode === bearer) bearer = merger.toCode
  return bearer
}

/**
 * The last day of a quarter or before it on which the unit was open: the day by which its facts of the quarter are handed on
 * as a whole. The quarter's last day for a unit that opened later.
 */
export function standingDay(periods: readonly UnitPeriod[], quarter: Quarter): PlainDate {
  const { lastOn } = quarterRange(quarter)
  const days = periods
    .filter(({ validFrom }) => validFrom === null || validFrom <= lastOn)
    .map(({ validTo }) => (validTo === null || validTo > lastOn ? lastOn : addDays(validTo, -1)))
  return days.reduce<PlainDate | null>((last, day) => (last === null || day > last ? day : last), null) ?? lastOn
}

/** A unit of today's tree, and the units whose facts of a quarter it bears. */
export interface PresentUnit {
  readonly unitCode: string
  /** The row valid today, else its last. */
  readonly period: UnitPeriod
  readonly isOpen: boolean
  /** Others were split off it after the quarter; nobody can say which part of its facts would be theirs. */
  readonly isSplit: boolean
  /** In official order; empty = it did not exist, or what it did then was handed on. */
  readonly sources: readonly string[]
}

/**
 * Every unit with whose facts of a quarter it bears today: each unit stands among the sources of exactly one. Units in
 * official order.
 */
export function listPresentUnits(tree: UnitTree, quarter: Quarter, today: PlainDate): PresentUnit[] {
  const { lastOn } = quarterRange(quarter)
  const sourcesOf = new Map<string, string[]>()
  for (const [unitCode, periods] of tree.periodsOf) {
    const bearer = bearerOf(unitCode, standingDay(periods, quarter), today, tree)
    // A successor nobody knows a row of cannot be shown; the past stays where it is.
    const known = (tree.periodsOf.get(bearer) ?? []).length > 0 ? bearer : unitCode
    sourcesOf.set(known, [...(sourcesOf.get(known) ?? []), unitCode])
  }
  return [...tree.periodsOf].flatMap(([unitCode, periods]) => {
    const open = unitPeriodOn(periods, today)
    const period = open ?? periods.at(-1)
    if (period === undefined) return []
    const isSplit = tree.successions.some(
      ({ fromCode, kind, onDate }) => kind === 'split' && fromCode === unitCode && lastOn < onDate && onDate <= today,
    )
    return [{ unitCode, period, isOpen: open !== null, isSplit, sources: sourcesOf.get(unitCode) ?? [] }]
  })
}

/**
 * The units in the tables of a quarter read by today's tree: those open today, and those closed since without a successor
 * that bear the facts of a unit in the tables of then.
 */
export function listPresentMembers(tree: UnitTree, quarter: Quarter, today: PlainDate): PresentUnit[] {
  const members = new Set(listMembers(tree.periodsOf, quarter).map(({ unitCode }) => unitCode))
  return listPresentUnits(tree, quarter, today).filter(
    ({ isOpen, sources }) => isOpen || sources.some((source) => members.has(source)),
  )
}

/** Why a line of a trend is no line of one unit: something happened to it or its place between two quarters. */
export const BREAKS = ['merged', 'split', 'moved'] as const
export type TreeBreak = (typeof BREAKS)[number]

/** What makes two quarters of a unit incomparable, or null: a merger or split after the last day of `before` up to that of `quarter`, another superior or group. */
export function breakBetween(unitCode: string, before: Quarter, quarter: Quarter, tree: UnitTree): TreeBreak | null {
  const [from, to] = [quarterRange(before).lastOn, quarterRange(quarter).lastOn]
  const acts = tree.successions.filter(({ onDate }) => from < onDate && onDate <= to)
  if (acts.some(({ kind, toCode }) => kind === 'merge' && toCode === unitCode)) return 'merged'
  if (acts.some((act) => act.kind === 'split' && (act.fromCode === unitCode || act.toCode === unitCode))) return 'split'
  const periods = tree.periodsOf.get(unitCode) ?? []
  const [old, now] = [unitPeriodOn(periods, from), unitPeriodOn(periods, to)]
  if (old === null || now === null) return null
  return old.parentCode === now.parentCode && old.peerGroup === now.peerGroup ? null : 'moved'
}
