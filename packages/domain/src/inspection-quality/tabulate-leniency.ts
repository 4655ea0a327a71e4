import { benjaminiHochberg, foundAmongAll, type FoundStratum } from '@zhidu/statistics'
import type { CheckMethod } from '../facts/facts.ts'
import { isNight } from './visit.ts'

/** Of the range drawn beside a count, and of what is flagged among all inspectors. */
const LEVEL = 0.95
const FALSE_RATE = 0.05
/** Fewer checks say nothing of an inspector. */
export const FEW_CHECKS = 5

/** A first check with a result. */
export interface LookedAt {
  /** Peer group of the unit that day. */
  readonly group: string
  readonly method: CheckMethod
  /** Epoch ms. */
  readonly at: number
  readonly inspectors: readonly string[]
  /** As found, whatever was decided. */
  readonly hasFinding: boolean
}

/** `few`: fewer than five checks, not tested; `alone`: nobody else checked the like. */
export const LENIENCY_WORDS = ['strict', 'lenient', 'unclear', 'alone', 'few'] as const
export type LeniencyWord = (typeof LENIENCY_WORDS)[number]

export interface LeniencyRow {
  readonly inspector: string
  readonly checks: number
  readonly found: number
  /** Would be found on average, were what all found dealt among like checks. */
  readonly expected: number
  /** 95 % of the same. */
  readonly low: number
  readonly high: number
  /** Exact, two-sided, mid-p; 1 for one who is not tested. */
  readonly p: number
  readonly word: LeniencyWord
}

export interface Leniency {
  /** One for each inspector, in order. */
  readonly rows: readonly LeniencyRow[]
  readonly checks: number
  readonly found: number
  readonly tested: number
}

function toStrata(inspector: string, strata: readonly (readonly LookedAt[])[]): FoundStratum[] {
  const foundIn = (checks: readonly LookedAt[]) => checks.filter(({ hasFinding }) => hasFinding).length
  return strata.map((checks) => {
    const own = checks.filter(({ inspectors }) => inspectors.includes(inspector))
    return { looked: own.length, found: foundIn(own), allLooked: checks.length, allFound: foundIn(checks) }
  })
}

/**
 * Who finds more, or less, than others do in the like: checks by the same method, by day or night, of the same peer group. Of two
 * who went together each counts. A word is said only of what stands among all inspectors at a false discovery rate of 5 %.
 * Card: docs/indicators/inspection-leniency.md
 */
export function tabulateLeniency(roster: readonly string[], checks: readonly LookedAt[]): Leniency {
  const strata = [
    ...Map.groupBy(checks, ({ at, group, method }) => JSON.stringify([method, isNight(at), group])).values(),
  ]
  const found = roster.map((inspector) => {
    const own = toStrata(inspector, strata)
    const looked = own.reduce((sum, one) => sum + one.looked, 0)
    const { pHigh, pLow, ...rest } = foundAmongAll(own, LEVEL)
    const isAlone = own.every((one) => one.looked === 0 || one.looked === one.allLooked)
    return { inspector, checks: looked, ...rest, isAlone, isHigh: pHigh < pLow, isTested: looked >= FEW_CHECKS }
  })
  const tested = found.filter(({ isTested }) => isTested)
  const stands = benjaminiHochberg(
    tested.map(({ p }) => p),
    FALSE_RATE,
  )
  const standing = new Set(tested.filter((_, at) => stands[at]).map(({ inspector }) => inspector))
  const wordOf = ({ inspector, isAlone, isHigh, isTested }: (typeof found)[number]): LeniencyWord => {
    if (!isTested) return 'few'
    if (isAlone) return 'alone'
    if (!standing.has(inspector)) return 'unclear'
    return isHigh ? 'strict' : 'lenient'
  }
  return {
    rows: found.map((one) => ({
      inspector: one.inspector,
      checks: one.checks,
      found: one.found,
      expected: one.expected,
      low: one.range.low,
      high: one.range.high,
      p: one.isTested ? one.p : 1,
      word: wordOf(one),
    })),
    checks: checks.length,
    found: checks.filter(({ hasFinding }) => hasFinding).length,
    tested: tested.length,
  }
}
