import { toCanonicalJson } from '../bytes/canonical-json.ts'
import type { DrawPool } from '../pool/pool.ts'
import { drawNumber } from './stream.ts'

export type Pair = readonly [string, string]

interface Desk {
  readonly id: string
  readonly recused: ReadonlySet<string>
  /** Units this inspector goes to. */
  readonly units: Set<string>
}

interface Matching {
  readonly desks: readonly Desk[]
  readonly teams: Map<string, Desk[]>
  readonly most: number
}

function listFree({ desks, teams }: Matching, unit: string): Desk[] {
  const team = teams.get(unit) ?? []
  return desks.filter((desk) => !desk.recused.has(unit) && !team.includes(desk))
}

function join({ teams }: Matching, unit: string, desk: Desk): void {
  teams.set(unit, [...(teams.get(unit) ?? []), desk])
  desk.units.add(unit)
}

function leave({ teams }: Matching, unit: string, desk: Desk): void {
  teams.set(
    unit,
    (teams.get(unit) ?? []).filter((one) => one !== desk),
  )
  desk.units.delete(unit)
}

/** An inspector who can take the unit once others have moved along; null = there is none, whoever moves. */
function makeRoom(matching: Matching, unit: string, seen: Set<Desk>): Desk | null {
  for (const desk of listFree(matching, unit)) {
    if (seen.has(desk)) continue
    seen.add(desk)
    if (desk.units.size < matching.most) return desk
    for (const other of desk.units) {
      const next = makeRoom(matching, other, seen)
      if (next === null) continue
      leave(matching, other, desk)
      join(matching, other, next)
      return desk
    }
  }
  return null
}

function choose(matching: Matching, key: Uint8Array, unit: string, place: number): Desk | null {
  const free = listFree(matching, unit).filter((desk) => desk.units.size < matching.most)
  const least = Math.min(...free.map((desk) => desk.units.size))
  const candidates = free.filter((desk) => desk.units.size === least)
  if (candidates.length === 0) return makeRoom(matching, unit, new Set())
  const label = toCanonicalJson(['inspector', unit, place])
  return candidates[drawNumber(key, label, candidates.length)] ?? null
}

function makeDesks(pool: DrawPool): Desk[] {
  return pool.inspectors.map(({ id, recusals }) => ({
    id,
    recused: new Set(recusals.map((one) => one.unit)),
    units: new Set(),
  }))
}

/**
 * Two inspectors for each unit, in this order: both drawn from the unrelated ones with the fewest units so far. When the limit
 * of units stands in the way, earlier teams are moved along (augmenting paths), so that as many units as can be get a pair.
 * Null = no pair is possible. Without inspectors in the pool every pair is null.
 */
export function drawPairs(pool: DrawPool, key: Uint8Array, units: readonly string[]): ReadonlyMap<string, Pair | null> {
  const most = pool.rules.mostPerInspector ?? Infinity
  const matching: Matching = { desks: makeDesks(pool), teams: new Map(), most }
  for (const unit of units) {
    for (const place of [1, 2]) {
      const desk = choose(matching, key, unit, place)
      if (desk !== null) join(matching, unit, desk)
    }
    const team = matching.teams.get(unit) ?? []
    if (team.length === 1) for (const desk of team) leave(matching, unit, desk)
  }
  return new Map(
    units.map((unit) => {
      const [first, second] = matching.teams.get(unit) ?? []
      return [unit, first === undefined || second === undefined ? null : [first.id, second.id]]
    }),
  )
}

/** Who goes to a substitute: the pair of the unit it stands in for, unless one of them is related; then a pair is drawn anew. */
export function drawSubstitutePair(pool: DrawPool, key: Uint8Array, unit: string, before: Pair | null): Pair | null {
  const free = makeDesks(pool).filter((desk) => !desk.recused.has(unit))
  if (before !== null && before.every((id) => free.some((desk) => desk.id === id))) return before
  if (free.length < 2) return null
  const first = drawNumber(key, toCanonicalJson(['substitute', unit, 1]), free.length)
  const second = drawNumber(key, toCanonicalJson(['substitute', unit, 2]), free.length - 1)
  const [one] = free.splice(first, 1)
  const two = free[second]
  return one === undefined || two === undefined ? null : [one.id, two.id]
}
