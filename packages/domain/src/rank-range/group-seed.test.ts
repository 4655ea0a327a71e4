import { expect, it } from 'vitest'
import { NO_CHANCES, type UnitTally } from '../league/tally.ts'
import { listFaultClasses } from './fault-classes.ts'
import { groupSeed } from './group-seed.ts'

const FAULT = { code: 'written_late', dimension: 'timeliness', count: 2, points: 400 } as const
const TALLY: UnitTally = {
  periods: [{ isZeroed: false, chances: { ...NO_CHANCES, written: 9 }, faults: [FAULT] }],
  workload: 120,
  bonus: 100,
  itemCount: 3,
  itemPoints: 500,
}
const RULES = { id: 'office', version: '2027' }
const CLEAN: UnitTally = { ...TALLY, bonus: 0, periods: [] }

function withPeriod(change: Partial<UnitTally['periods'][number]>): UnitTally {
  return { ...TALLY, periods: TALLY.periods.map((period) => ({ ...period, ...change })) }
}

it('a group is drawn from the same place wherever it is drawn: the seed is this one, in any order of the units', () => {
  const seed = groupSeed([TALLY, CLEAN], RULES)
  expect(seed).toMatch(/^rank-range\/1\/office\/2027\/[0-9a-f]{32}$/)
  expect(groupSeed([CLEAN, TALLY], RULES)).toBe(seed)
  expect(seed).toMatchInlineSnapshot(`"rank-range/1/office/2027/7210c14d0c48cd4212c24829cb00810c"`)
})

it('whatever a score hangs on moves it', () => {
  const others = [
    { ...TALLY, workload: 121 },
    { ...TALLY, bonus: 101 },
    { ...TALLY, itemCount: 4 },
    { ...TALLY, itemPoints: 501 },
    withPeriod({ isZeroed: true }),
    withPeriod({ chances: { ...NO_CHANCES, final: 9 } }),
    withPeriod({ chances: { ...NO_CHANCES, written: 9, log: 1 } }),
    withPeriod({ faults: [] }),
    withPeriod({ faults: [{ ...FAULT, code: 'written_missing' }] }),
    withPeriod({ faults: [{ ...FAULT, dimension: 'completeness' }] }),
    withPeriod({ faults: [{ ...FAULT, count: 3 }] }),
    withPeriod({ faults: [{ ...FAULT, points: 401 }] }),
  ]
  const seeds = [TALLY, ...others].map((one) => groupSeed([one, CLEAN], RULES))
  seeds.push(groupSeed([TALLY], RULES), groupSeed([TALLY, CLEAN], { ...RULES, version: '2028' }))
  seeds.push(groupSeed([TALLY, CLEAN], { ...RULES, id: 'other' }))
  expect(new Set(seeds).size).toBe(seeds.length)
})

it('items of a duty log are chances where there are any, and none for a unit that kept none', () => {
  const fault = { code: 'log_open', dimension: 'discipline', count: 1, points: 50 } as const
  const kept = withPeriod({ chances: { ...NO_CHANCES, log: 3 }, faults: [fault] })
  const [found] = listFaultClasses([kept, withPeriod({ faults: [] })])
  expect(found?.counts).toMatchObject([
    { part: 1, whole: 3 },
    { part: 0, whole: 0 },
  ])
})
