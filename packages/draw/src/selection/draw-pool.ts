import { toCanonicalJson } from '../bytes/canonical-json.ts'
import { hashText, toPoolText } from '../pool/parse-pool.ts'
import type { DrawPool, PoolStratum } from '../pool/pool.ts'
import { type Contradiction, listContradictions, type Standing, tabulateStandings } from '../rules/standing.ts'
import { computeKey, listSeedProblems, type SeedProblem, type SeedValue } from '../seed/seed.ts'
import { drawPairs, type Pair } from './pairs.ts'
import { drawNumber } from './stream.ts'
import { makeUrn, takeFrom } from './urn.ts'

/** Its own slips and all slips that were in the urn when it was drawn: the odds of that step. */
export type Slips = readonly [own: number, all: number]

export interface ChosenUnit {
  readonly unit: string
  /** Null = it had to be drawn because it was due; nothing was left to chance. */
  readonly slips: Slips | null
  readonly pair: Pair | null
}

export interface SubstituteUnit {
  readonly unit: string
  readonly slips: Slips
}

export interface StratumResult {
  readonly stratum: string
  /** Units that had to be, could be, and could not be drawn. */
  readonly must: number
  readonly may: number
  readonly never: number
  /** Slips in the urn before the first step. */
  readonly slips: number
  /** Due units by id, then the others as they were drawn. */
  readonly chosen: readonly ChosenUnit[]
  /** In the order in which they stand in; fewer than planned when the stratum has no more. */
  readonly substitutes: readonly SubstituteUnit[]
}

export type DrawOutcome =
  | { readonly kind: 'drawn'; readonly strata: readonly StratumResult[] }
  | {
      readonly kind: 'refused'
      readonly contradictions: readonly Contradiction[]
      readonly seedProblems: readonly SeedProblem[]
    }

function drawStratum(
  key: Uint8Array,
  { id, size, substitutes }: PoolStratum,
  rows: readonly Standing[],
): StratumResult {
  const must = rows.filter((row) => row.kind === 'must')
  const may = rows.filter((row) => row.kind === 'may')
  const urn = makeUrn(may.map(({ unit }) => unit.weight))
  const slips = urn.total
  const wanted = Math.min(size - must.length + substitutes, may.length)
  const drawn = Array.from({ length: wanted }, (_, step): SubstituteUnit => {
    const all = urn.total
    const at = takeFrom(urn, drawNumber(key, toCanonicalJson(['unit', id, step + 1]), all))
    const unit = may[at]?.unit
    if (unit === undefined) throw new RangeError('a slip of nobody')
    return { unit: unit.id, slips: [unit.weight, all] }
  })
  const split = size - must.length
  return {
    stratum: id,
    must: must.length,
    may: may.length,
    never: rows.length - must.length - may.length,
    slips,
    chosen: [
      ...must.map(({ unit }) => ({ unit: unit.id, slips: null, pair: null })),
      ...drawn.slice(0, split).map((one) => ({ ...one, pair: null })),
    ],
    substitutes: drawn.slice(split),
  }
}

function withPairs(pool: DrawPool, key: Uint8Array, strata: readonly StratumResult[]): readonly StratumResult[] {
  const pairs = drawPairs(
    pool,
    key,
    strata.flatMap(({ chosen }) => chosen.map((one) => one.unit)),
  )
  return strata.map((stratum) => ({
    ...stratum,
    chosen: stratum.chosen.map((one) => ({ ...one, pair: pairs.get(one.unit) ?? null })),
  }))
}

/**
 * Draws: within each stratum one unit after another, each slip in the urn equally likely, without putting back.
 * The same pool and value give the same outcome everywhere. Source of the idea: RFC 3797; `docs/draw.md` has the steps.
 */
export function drawFromPool(pool: DrawPool, value: SeedValue, poolHash = hashText(toPoolText(pool))): DrawOutcome {
  const standings = tabulateStandings(pool)
  const contradictions = listContradictions(pool, standings)
  const seedProblems = listSeedProblems(pool, value)
  if (contradictions.length > 0 || seedProblems.length > 0) return { kind: 'refused', contradictions, seedProblems }
  const key = computeKey(pool, poolHash, value)
  const byStratum = new Map<string, Standing[]>(pool.strata.map(({ id }) => [id, []]))
  for (const row of standings) byStratum.get(row.unit.stratum)?.push(row)
  const strata = pool.strata.map((stratum) => drawStratum(key, stratum, byStratum.get(stratum.id) ?? []))
  return { kind: 'drawn', strata: withPairs(pool, key, strata) }
}
