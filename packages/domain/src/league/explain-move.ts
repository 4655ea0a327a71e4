import type { Hundredths } from '../regulation/regulation.ts'
import { compareCodePoints } from './code-point-order.ts'

/** What a place among peers depends on: the own result, the others' results, the rules, and who the peers are. */
export const MOVE_FACTORS = ['own', 'others', 'rules', 'members'] as const
export type MoveFactor = (typeof MOVE_FACTORS)[number]

/** One value of each factor: `false` as last quarter, `true` as this quarter. */
export type MoveState = Readonly<Record<MoveFactor, boolean>>

/** A unit's score of one quarter's facts under one quarter's rules; null = not measured. */
export interface MoveScores {
  readonly unitCode: string
  /** Last quarter's facts. */
  readonly before: { readonly oldRules: Hundredths | null; readonly newRules: Hundredths | null }
  /** This quarter's facts. */
  readonly now: { readonly oldRules: Hundredths | null; readonly newRules: Hundredths | null }
  /** In the table of last quarter, of this quarter. */
  readonly wasMember: boolean
  readonly isMember: boolean
}

/** Every share is in twenty-fourths of a place: with four factors there are 24 orders in which they could change. */
export const MOVE_PARTS = 24

export interface MoveExplanation {
  readonly before: number
  readonly now: number
  /** Places won, negative = lost: before − now. */
  readonly gain: number
  /** Twenty-fourths of a place; they sum to 24 × gain. */
  readonly shares: Readonly<Record<MoveFactor, number>>
  /** Whole places for reading; they sum to gain. */
  readonly places: Readonly<Record<MoveFactor, number>>
}

/** Why there is nothing to explain. */
export type MoveObstacle = 'new' | 'gone' | 'not_measured_before' | 'not_measured_now'

export type MoveOutcome =
  | { readonly kind: 'explained'; readonly explanation: MoveExplanation }
  | { readonly kind: 'not_comparable'; readonly obstacle: MoveObstacle }

function scoreIn(unit: MoveScores, hasNewFacts: boolean, hasNewRules: boolean): Hundredths | null {
  const facts = hasNewFacts ? unit.now : unit.before
  return hasNewRules ? facts.newRules : facts.oldRules
}

/**
 * The unit's place in one of the sixteen tables: one more than the peers above it. Equal scores share a place. Where it would
 * not be measured, it stands after all who are, as in the table.
 */
function placeIn(own: MoveScores, others: readonly MoveScores[], state: MoveState): number {
  const score = scoreIn(own, state.own, state.rules)
  return others.reduce((place, other) => {
    const isPeer = state.members ? other.isMember : other.wasMember
    const theirs = isPeer ? scoreIn(other, state.others, state.rules) : null
    return place + Number(theirs !== null && (score === null || theirs > score))
  }, 1)
}

/** One of the sixteen tables, by the number whose bits are the factors in order. */
type PlaceAt = (bits: number) => number

const NOTHING_CHANGED = 0
const ALL_CHANGED = 15
const TABLES = Array.from({ length: ALL_CHANGED + 1 }, (_, bits) => bits)

function stateOf(bits: number): MoveState {
  return { own: (bits & 1) > 0, others: (bits & 2) > 0, rules: (bits & 4) > 0, members: (bits & 8) > 0 }
}

/** In how many of the 24 orders a factor changes after exactly so many of the other three: 3!, 1!2!, 2!1!, 3!. */
function ordersAfter(count: number): number {
  return count === 0 || count === 3 ? 6 : 2
}

function bitCount(bits: number): number {
  return MOVE_FACTORS.reduce((count, _, index) => count + ((bits >> index) & 1), 0)
}

function shareOf(placeAt: PlaceAt, bit: number): number {
  return TABLES.filter((bits) => (bits & bit) === 0).reduce(
    (sum, bits) => sum + ordersAfter(bitCount(bits)) * (placeAt(bits) - placeAt(bits | bit)),
    0,
  )
}

/**
 * Whole places that sum to the whole change: each share is cut down to whole places, and what is left goes to the largest
 * remainders, equal ones in the order of the factors. A share of nothing stays nothing, and none is a place off or more.
 */
export function roundShares(shares: Readonly<Record<MoveFactor, number>>): Record<MoveFactor, number> {
  const cut = MOVE_FACTORS.map((factor, index) => {
    const whole = Math.floor(shares[factor] / MOVE_PARTS)
    return { factor, index, whole, rest: shares[factor] - whole * MOVE_PARTS }
  })
  let left = cut.reduce((sum, { rest }) => sum + rest, 0) / MOVE_PARTS
  const places = { own: 0, others: 0, rules: 0, members: 0 }
  for (const { factor, whole } of [...cut].sort((a, b) => b.rest - a.rest || a.index - b.index)) {
    places[factor] = whole + Number(left > 0)
    left -= 1
  }
  return places
}

/**
 * The change of a unit's place from last quarter's table to this quarter's, as the exact Shapley shares of four factors:
 * the mean over the 24 orders in which last quarter's table can be turned into this quarter's, one factor after another.
 * `units`: the unit and everybody in either table, each once, any order. A peer that had no result of the quarter asked about
 * is above nobody. Throws RangeError when the unit is not among them.
 * Source: docs/decisions; card: docs/indicators/rank.md
 */
export function explainMove(unitCode: string, units: readonly MoveScores[]): MoveOutcome {
  const own = units.find((unit) => unit.unitCode === unitCode)
  if (own === undefined) throw new RangeError(`not among the units: ${unitCode}`)
  const obstacle = obstacleOf(own)
  if (obstacle !== null) return { kind: 'not_comparable', obstacle }
  const others = units.filter((unit) => unit !== own).sort((a, b) => compareCodePoints(a.unitCode, b.unitCode))
  const placeAt: PlaceAt = (bits) => placeIn(own, others, stateOf(bits))
  const shares = {
    own: shareOf(placeAt, 1),
    others: shareOf(placeAt, 2),
    rules: shareOf(placeAt, 4),
    members: shareOf(placeAt, 8),
  }
  const [before, now] = [placeAt(NOTHING_CHANGED), placeAt(ALL_CHANGED)]
  return { kind: 'explained', explanation: { before, now, gain: before - now, shares, places: roundShares(shares) } }
}

function obstacleOf(own: MoveScores): MoveObstacle | null {
  if (!own.isMember) return 'gone'
  if (!own.wasMember) return 'new'
  if (own.before.oldRules === null) return 'not_measured_before'
  return own.now.newRules === null ? 'not_measured_now' : null
}
