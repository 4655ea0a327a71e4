import fc from 'fast-check'
import type { DrawPool, PoolInspector, PoolUnit } from '../pool/pool.ts'
import { examplePool, exampleUnit } from './example-draw.ts'

const quarter = fc.constantFrom('2025Q1', '2025Q4', '2026Q1', '2026Q3', '2026Q4')
const stratum = fc.constantFrom('county', 'township')
const orNone = (most: number): fc.Arbitrary<number | null> => fc.option(fc.integer({ min: 1, max: most }), { freq: 2 })

const unit = fc.record({
  stratum,
  weight: fc.integer({ min: 1, max: 5 }),
  supervisedSince: quarter,
  lastCheckedIn: fc.option(quarter),
  checksThisMonth: fc.integer({ min: 0, max: 3 }),
  nightChecksThisQuarter: fc.integer({ min: 0, max: 3 }),
  exclusion: fc.option(fc.constant('flood'), { freq: 1 }).map((reason) => (reason === 'flood' ? reason : null)),
})

const rules = fc.record({
  everyUnitWithinQuarters: orNone(5),
  isLastOfQuarter: fc.boolean(),
  mostPerMonth: orNone(4),
  isNight: fc.boolean(),
  mostNightPerQuarter: orNone(4),
  mostPerInspector: orNone(4),
})

function toInspectors(units: readonly PoolUnit[], recusals: readonly (readonly number[])[]): PoolInspector[] {
  return recusals.map((theirs, at) => {
    const ids = [...new Set(theirs.map((index) => units[index % units.length]?.id ?? ''))]
    return { id: `I${at}`, name: `Inspector ${at}`, recusals: ids.map((id) => ({ unit: id, reason: 'kin' })) }
  })
}

/** Of the example's public number. */
export const arbitraryValue: fc.Arbitrary<string> = fc.stringMatching(/^\d{14}$/)

/** Pools of every kind, also such that cannot be drawn from. */
export const arbitraryPool: fc.Arbitrary<DrawPool> = fc
  .record({
    units: fc.array(unit, { minLength: 1, maxLength: 12 }),
    rules,
    sizes: fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 4, maxLength: 4 }),
    recusals: fc.array(fc.array(fc.nat(11), { maxLength: 4 }), { minLength: 2, maxLength: 5 }),
    hasInspectors: fc.boolean(),
  })
  .map(({ hasInspectors, recusals, rules: ruled, sizes, units }) => {
    const named = units.map((one, at) => exampleUnit(`U${at}`, one))
    const strata = ['county', 'township'].map((id, at) => {
      return { id, name: id, size: sizes[2 * at] ?? 0, substitutes: sizes[2 * at + 1] ?? 0 }
    })
    const present = strata.filter(({ id }) => named.some((one) => one.stratum === id))
    return examplePool({
      units: named,
      rules: ruled,
      strata: present,
      inspectors: hasInspectors ? toInspectors(named, recusals) : [],
    })
  })
