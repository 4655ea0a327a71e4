import {
  choice,
  flag,
  instant,
  list,
  nullable,
  oneOf,
  quarter,
  type Read,
  record,
  sha256Hex,
  text,
  whole,
} from './shape.ts'

/** Formula of hashing, seed, stream, selection and pairs; another number when any of them changes. */
export const METHOD = 'zhidu-draw-1'
export const MOST_UNITS = 200_000
const MOST_INSPECTORS = 5_000
export const ID = text(64)
export const NAME = text(200)
export const LONG = text(1_000)

/** A number that somebody else will publish: named before the pool froze, published after. */
const publicDeclaration = record({
  kind: choice('public'),
  /** Which number, and which of its digits in which order. */
  what: LONG,
  /** How many digits it has: one number, one spelling. Ten at least, or a pool could be made to suit every value. */
  digits: whole(10, 200),
  /** Where anybody finds it. */
  where: LONG,
  publishedAt: instant,
  declaredAt: instant,
})

const commitment = record({ officer: NAME, commitment: sha256Hex })

/** Two officers' secrets, each known by its hash until both are laid open. */
const officersDeclaration = record({
  kind: choice('officers'),
  declaredAt: instant,
  commitments: list(commitment, 2, 2),
})

export const readDeclaration = oneOf('officers', officersDeclaration, publicDeclaration)

export const readRules = record({
  /** N: at least once in so many quarters, this one counted; null = no such rule. */
  everyUnitWithinQuarters: nullable(whole(1, 40)),
  /** Whether units that are due must be drawn now: no other draw follows in this quarter. */
  isLastOfQuarter: flag,
  mostPerMonth: nullable(whole(1, 31)),
  isNight: flag,
  mostNightPerQuarter: nullable(whole(1, 92)),
  /** Units one inspector may be given in this draw; null = no limit, loads are evened out all the same. */
  mostPerInspector: nullable(whole(1, MOST_UNITS)),
})

export const readPlan = record({ id: ID, version: ID, title: NAME })
const stratum = record({ id: ID, name: NAME, size: whole(0, MOST_UNITS), substitutes: whole(0, MOST_UNITS) })

const unit = record({
  id: ID,
  name: NAME,
  stratum: ID,
  /** Slips in the urn: a unit of 3 is three times as likely in each single draw as one of 1. */
  weight: whole(1, 1_000_000),
  supervisedSince: quarter,
  lastCheckedIn: nullable(quarter),
  checksThisMonth: whole(0, 1_000),
  nightChecksThisQuarter: whole(0, 1_000),
  /** Why the unit is left out, in the office's words; null = it is not. */
  exclusion: nullable(LONG),
})

const recusal = record({ unit: ID, reason: LONG })
const inspector = record({ id: ID, name: NAME, recusals: list(recusal, 0, MOST_UNITS) })

export const readPool = record({
  format: choice('zhidu-draw-pool'),
  version: whole(1, 1),
  method: choice(METHOD),
  id: ID,
  plan: readPlan,
  quarter,
  frozenAt: instant,
  rules: readRules,
  seed: readDeclaration,
  strata: list(stratum, 1, 1_000),
  units: list(unit, 1, MOST_UNITS),
  /** Empty = no inspectors are drawn. */
  inspectors: list(inspector, 0, MOST_INSPECTORS),
})

type Of<R> = R extends Read<infer T> ? T : never
/** All that the draw depends on but the seed's value. */
export type DrawPool = Of<typeof readPool>
export type DrawRules = DrawPool['rules']
export type PoolUnit = DrawPool['units'][number]
export type PoolStratum = DrawPool['strata'][number]
export type PoolInspector = DrawPool['inspectors'][number]
export type OfficersDeclaration = Of<typeof officersDeclaration>
