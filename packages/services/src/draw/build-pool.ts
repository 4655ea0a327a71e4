import type { DrawPlanDocument, DrawSeed } from '@zhidu/contract'
import { type DrawPool, hashText, listContradictions, METHOD, parsePool, tabulateStandings } from '@zhidu/draw'
import { ServiceError } from '../service-error.ts'
import type { LoadedDraw } from './load-draw.ts'
import type { UnitBelow } from './load-units-below.ts'
import { toDrawInstant } from './office.ts'

interface PoolArgs {
  readonly draw: Pick<LoadedDraw, 'row' | 'seed' | 'plan' | 'document'>
  readonly units: readonly UnitBelow[]
  readonly commitments: readonly { readonly officer: string; readonly commitment: string }[]
  /** Epoch ms. */
  readonly frozenAt: number
}

function toDeclaration(seed: DrawSeed, declaredAt: string, commitments: PoolArgs['commitments']) {
  if (seed.kind === 'officers') return { kind: seed.kind, declaredAt, commitments }
  return { ...seed, declaredAt, publishedAt: toDrawInstant(Date.parse(seed.publishedAt)) }
}

function toUnits(document: DrawPlanDocument, units: readonly UnitBelow[]) {
  const groups = new Set(document.strata.map(({ group }) => group))
  const weights = new Map(document.weights.map((one) => [one.unitCode, one.weight]))
  const exclusions = new Map(document.exclusions.map((one) => [one.unitCode, one.reason]))
  return units
    .filter(({ group }) => groups.has(group))
    .map(({ group, name, unitCode, ...history }) => ({
      id: unitCode,
      name,
      stratum: group,
      weight: weights.get(unitCode) ?? 1,
      ...history,
      exclusion: exclusions.get(unitCode) ?? null,
    }))
}

/** A version of a plan as the pool names it: its number, and 128 bits of the hash of its text, which so cannot change later. */
export function planVersionText({ document, version }: LoadedDraw['plan']): string {
  return `${version}-${hashText(document).slice('sha256:'.length, 'sha256:'.length + 32)}`
}

/**
 * The pool of a draw as of now. Throws ServiceError `invalid` when plan, rules and units cannot all hold, with the group and
 * both counts.
 */
export function buildPool({ commitments, draw, frozenAt, units }: PoolArgs): DrawPool {
  const { document, plan, row, seed } = draw
  const inPool = toUnits(document, units)
  const codes = new Set(inPool.map(({ id }) => id))
  const parsed = parsePool({
    format: 'zhidu-draw-pool',
    version: 1,
    method: METHOD,
    id: row.drawId,
    plan: { id: row.planId, version: planVersionText(plan), title: document.title },
    quarter: row.quarter,
    frozenAt: toDrawInstant(frozenAt),
    rules: {
      everyUnitWithinQuarters: document.everyUnitWithinQuarters,
      isLastOfQuarter: row.isLastOfQuarter,
      mostPerMonth: document.mostPerMonth,
      isNight: document.isNight,
      mostNightPerQuarter: document.mostNightPerQuarter,
      mostPerInspector: document.mostPerInspector,
    },
    seed: toDeclaration(seed, toDrawInstant(row.declaredAt), commitments),
    strata: document.strata.map(({ group, size, substitutes }) => ({ id: group, name: group, size, substitutes })),
    units: inPool,
    inspectors: document.inspectors.map(({ name, recusals }) => ({
      id: name,
      name,
      recusals: recusals.flatMap(({ reason, unitCode }) => (codes.has(unitCode) ? [{ unit: unitCode, reason }] : [])),
    })),
  })
  if (parsed.kind === 'bad') {
    const [first] = parsed.problems
    throw new ServiceError('invalid', 'draw_pool_bad', { path: first?.path ?? '', problem: first?.reason ?? '' })
  }
  const [found] = listContradictions(parsed.value, tabulateStandings(parsed.value))
  if (found === undefined) return parsed.value
  const { kind, stratum, there, wanted } = found
  const params = { group: stratum ?? '', wanted: String(wanted), there: String(there) }
  throw new ServiceError('invalid', `draw_${kind}`, params)
}
