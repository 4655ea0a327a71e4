import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays } from '../calendar/plain-date.ts'
import type { UnitPeriod } from '../facts/facts.ts'
import { arbitraryHistory, HISTORY_CODES, HISTORY_START } from '../testing/arbitrary-history.ts'
import { makePeriod, on } from '../testing/make-facts.ts'
import { unitPeriodOn } from './membership.ts'
import { planUnitAct, type UnitAct } from './plan-unit-act.ts'
import type { SuccessionFact, UnitTree } from './succession.ts'

const DAY = on('2026-10-01')

function tree(units: Record<string, Partial<UnitPeriod>[]>, ...successions: SuccessionFact[]): UnitTree {
  const rows = Object.entries(units).map(
    ([unitCode, some]) =>
      [unitCode, some.map((row) => makePeriod({ unitCode, name: unitCode, parentCode: 'T', ...row }))] as const,
  )
  return { periodsOf: new Map(rows), successions }
}

/** T over everything; D has C under it; X ended in July, F opens next year. */
const CITY = tree(
  {
    T: [{ parentCode: null }],
    A: [{}],
    B: [{ validFrom: on('2020-01-01') }],
    C: [{ parentCode: 'D' }],
    D: [{}],
    X: [{ validTo: on('2026-07-01') }],
    F: [{ validFrom: on('2027-01-01') }],
  },
  { kind: 'merge', fromCode: 'X', toCode: 'A', onDate: on('2026-07-01') },
)

const unit = (unitCode: string, change: Partial<UnitPeriod> = {}) => {
  const { validFrom: _from, validTo: _to, ...values } = makePeriod({ unitCode, name: unitCode, parentCode: 'T' })
  return { ...values, ...change }
}
const merger = (change: object): UnitAct => ({
  kind: 'merge',
  fromCodes: ['A', 'B'],
  toCodes: ['N'],
  values: [unit('N', { name: '商务和招商局' })],
  onDate: DAY,
  ...change,
})
const parting = (change: object): UnitAct => ({
  kind: 'split',
  fromCodes: ['A'],
  toCodes: ['N', 'M'],
  values: [unit('N'), unit('M')],
  keepsOld: false,
  onDate: DAY,
  ...change,
})

const line = ({ name, parentCode, peerGroup, unitCode, validFrom, validTo }: UnitPeriod): string =>
  `${unitCode} ${name} ${parentCode} ${peerGroup} ${validFrom ?? ''}..${validTo ?? ''}`

function told(act: UnitAct, before = CITY) {
  const { added, gone, problems, successions } = planUnitAct(act, before)
  expect(problems).toEqual([])
  return {
    gone: gone.map(line),
    added: added.map(line),
    acts: successions.map((one) => `${one.kind} ${one.fromCode}>${one.toCode} ${one.onDate}`),
  }
}

describe('a merger', () => {
  it('closes the merged units on its day and opens the new one', () => {
    expect(told(merger({}))).toEqual({
      gone: ['A A T 县区组 ..', 'B B T 县区组 2020-01-01..'],
      added: [
        'A A T 县区组 ..2026-10-01',
        'B B T 县区组 2020-01-01..2026-10-01',
        'N 商务和招商局 T 县区组 2026-10-01..',
      ],
      acts: ['merge A>N 2026-10-01', 'merge B>N 2026-10-01'],
    })
  })

  it('into one that stays may give it another name, and leaves units alone that are closed already', () => {
    const into = merger({ fromCodes: ['X', 'B'], toCodes: ['A'], values: [unit('A', { name: '大局' })] })
    expect(told(into)).toMatchObject({
      gone: ['A A T 县区组 ..', 'B B T 县区组 2020-01-01..'],
      added: ['A A T 县区组 ..2026-10-01', 'A 大局 T 县区组 2026-10-01..', 'B B T 县区组 2020-01-01..2026-10-01'],
    })
  })

  it('takes along what stood under the merged units, in later rows too', () => {
    const rows = [
      { parentCode: 'A', validTo: on('2027-01-01') },
      { parentCode: 'D', validFrom: on('2027-01-01') },
    ]
    const city = tree({ T: [{ parentCode: null }], A: [{}], D: [{}], E: [{}], C: rows, N: [{ parentCode: 'A' }] })
    const { added } = told(merger({ fromCodes: ['D', 'A'], toCodes: ['E'], values: [] }), city)
    expect(added.filter((each) => /^[CN]/.test(each))).toEqual([
      'C C A 县区组 ..2026-10-01',
      'C C E 县区组 2026-10-01..2027-01-01',
      'C C E 县区组 2027-01-01..',
      'N N A 县区组 ..2026-10-01',
      'N N E 县区组 2026-10-01..',
    ])
    // A successor that stood under a merged unit stands where that one stood; a unit at the top has nobody above.
    const under = told(merger({ fromCodes: ['A'], toCodes: ['N'], values: [] }), city)
    expect(under.added).toContain('N N T 县区组 2026-10-01..')
    const top = tree({ T: [{ parentCode: null }], A: [{ parentCode: 'T' }] })
    expect(planUnitAct(merger({ fromCodes: ['T'], toCodes: ['A'], values: [] }), top)).toMatchObject({
      problems: [{ kind: 'top_stays', unitCode: 'T' }],
      added: [{ unitCode: 'T' }, { validTo: DAY }, { unitCode: 'A', parentCode: null }],
    })
  })
})

describe('a split', () => {
  it('closes the old unit and opens the new ones, or leaves it smaller', () => {
    const added = ['N N T 县区组 2026-10-01..', 'M M T 县区组 2026-10-01..']
    expect(told(parting({}))).toEqual({
      gone: ['A A T 县区组 ..'],
      added: ['A A T 县区组 ..2026-10-01', ...added],
      acts: ['split A>N 2026-10-01', 'split A>M 2026-10-01'],
    })
    expect(told(parting({ keepsOld: true }))).toMatchObject({ gone: [], added })
  })
})

describe('a change of one unit', () => {
  it('from a day on keeps what it was before, and what is planned for later', () => {
    const rows = [
      { validTo: on('2027-01-01') },
      { validFrom: on('2027-01-01'), peerGroup: '市直组', validTo: on('2027-07-01') },
      { validFrom: on('2027-07-01'), name: '再改', peerGroup: '市直组' },
    ]
    const city = tree({ T: [{ parentCode: null }], A: rows })
    const act = { kind: 'change', unit: unit('A', { name: '新名' }), onDate: DAY } as const
    expect(told(act, city).added).toEqual([
      'A A T 县区组 ..2026-10-01',
      'A 新名 T 县区组 2026-10-01..2027-01-01',
      'A 新名 T 市直组 2027-01-01..2027-07-01',
    ])
    // On the first day of a row the row itself changes.
    const again = { ...act, onDate: on('2027-01-01'), unit: unit('A', { name: '甲', peerGroup: '市直组' }) }
    expect(told(again, city).added).toEqual(['A 甲 T 市直组 2027-01-01..2027-07-01'])
  })

  it('closed, its planned rows fall away, a later re-opening stays; closed on its first day, it never was', () => {
    const rows = [
      { validTo: on('2026-12-01') },
      { validFrom: on('2026-12-01'), validTo: on('2027-01-01'), name: '新名' },
      { validFrom: on('2028-01-01') },
    ]
    const city = tree({ T: [{ parentCode: null }], A: rows })
    const close = { kind: 'close', unitCode: 'A', onDate: DAY } as const
    expect(told(close, city)).toMatchObject({
      gone: ['A A T 县区组 ..2026-12-01', 'A 新名 T 县区组 2026-12-01..2027-01-01'],
      added: ['A A T 县区组 ..2026-10-01'],
    })
    expect(told({ ...close, onDate: on('2028-01-01') }, city)).toMatchObject({
      gone: ['A A T 县区组 2028-01-01..'],
      added: [],
    })
  })

  it('re-opened or opened, it is open until its next row', () => {
    const reopen = { kind: 'reopen', unit: unit('F', { name: '早开' }), onDate: DAY } as const
    expect(told(reopen).added).toEqual(['F 早开 T 县区组 2026-10-01..2027-01-01'])
    expect(told({ ...reopen, unit: unit('X') }).added).toEqual(['X X T 县区组 2026-10-01..'])
    expect(told({ kind: 'open', unit: unit('N'), onDate: DAY }).added).toEqual(['N N T 县区组 2026-10-01..'])
  })
})

const of = (kind: 'change' | 'reopen' | 'open', code: string, change = {}): UnitAct => ({
  kind,
  unit: unit(code, change),
  onDate: DAY,
})

it.each([
  [merger({ toCodes: ['N', 'D'] }), ['wrong_count']],
  [parting({ fromCodes: ['A', 'B'] }), ['wrong_count']],
  [parting({ toCodes: [], values: [] }), ['wrong_count']],
  [merger({ fromCodes: [] }), ['wrong_count']],
  [merger({ fromCodes: ['A', 'D'], toCodes: ['A'], values: [] }), ['named_twice A']],
  [merger({ fromCodes: ['Z', 'N'] }), ['unit_unknown Z', 'named_twice N']],
  [merger({ toCodes: ['Z'] }), ['unit_unknown Z']],
  [merger({ toCodes: ['F'], values: [] }), ['not_open F']],
  [merger({ fromCodes: ['F'], values: [unit('N')] }), ['never_open F']],
  [merger({ fromCodes: ['X'], onDate: on('2026-07-01') }), ['recorded_already X']],
  [merger({ fromCodes: ['X'], onDate: on('2026-08-01') }), []],
  [parting({ fromCodes: ['D'] }), ['children_left D']],
  [{ kind: 'close', unitCode: 'D', onDate: DAY }, ['children_left D']],
  [{ kind: 'close', unitCode: 'X', onDate: DAY }, ['closed_already X']],
  [{ kind: 'close', unitCode: 'Z', onDate: DAY }, ['unit_unknown Z']],
  [{ kind: 'close', unitCode: 'T', onDate: DAY }, ['top_stays T', 'children_left T']],
  [of('reopen', 'A'), ['open_already A']],
  [of('change', 'X'), ['not_open X']],
  [of('change', 'Z'), ['unit_unknown Z']],
  [of('change', 'A'), ['nothing_new A']],
  [of('open', 'X'), ['code_taken X']],
  [of('open', 'N', { parentCode: null }), ['parent_needed N']],
  [of('open', 'N', { parentCode: 'X' }), ['parent_not_open N']],
  [of('change', 'D', { parentCode: 'C' }), ['parent_circle D']],
  [of('change', 'T', { parentCode: null, name: '新市' }), []],
] as const)('%j has the problems %j', (act, problems) => {
  expect(
    planUnitAct(act as UnitAct, CITY).problems.map(({ kind, unitCode }) => `${kind} ${unitCode ?? ''}`.trim()),
  ).toEqual(problems)
})

it('of a split is refused for the same part alone', () => {
  const act = parting({ keepsOld: true, toCodes: ['D'], values: [] })
  const parted = { ...CITY, successions: [{ kind: 'split', fromCode: 'A', toCode: 'D', onDate: DAY } as const] }
  expect(planUnitAct(act, parted).problems).toEqual([{ kind: 'recorded_already', unitCode: 'A' }])
  expect(planUnitAct(parting({ keepsOld: true, toCodes: ['B'], values: [] }), parted).problems).toEqual([])
})

describe('laws of acts', { timeout: 60_000 }, () => {
  const code = fc.constantFrom(...HISTORY_CODES, 'N')
  const values = (unitCode: string) =>
    fc
      .record({ name: fc.constantFrom('甲', '乙'), parentCode: fc.constantFrom('P', 'A', 'B') })
      .map((change) => unit(unitCode, change))
  const arbitraryAct: fc.Arbitrary<UnitAct> = fc
    .record({
      kind: fc.constantFrom('merge', 'split', 'change', 'close', 'reopen', 'open'),
      codes: fc.uniqueArray(code, { minLength: 2, maxLength: 4 }),
      days: fc.nat(700),
      keepsOld: fc.boolean(),
      putsValues: fc.boolean(),
    })
    .chain(({ codes, days, keepsOld, kind, putsValues }) => {
      const [one = 'A', ...many] = codes
      const onDate = addDays(HISTORY_START, days)
      return fc.tuple(values(one), ...many.map(values)).map(([own, ...others]): UnitAct => {
        switch (kind) {
          case 'merge':
            return { kind, fromCodes: many, toCodes: [one], values: putsValues ? [own] : [], onDate }
          case 'split':
            return { kind, fromCodes: [one], toCodes: many, values: putsValues ? others : [], keepsOld, onDate }
          case 'close':
            return { kind, unitCode: one, onDate }
          case 'change':
          case 'reopen':
          case 'open':
            return { kind, unit: own, onDate }
          default:
            throw new RangeError(kind)
        }
      })
    })

  it('nothing changes before the day, rows stay disjoint and in order, and who was merged is closed from the day on', () => {
    let accepted = 0
    fc.assert(
      fc.property(
        arbitraryHistory(['close', 'open', 'rename', 'move']),
        arbitraryAct,
        fc.nat(800),
        (drawn, act, days) => {
          const before = {
            ...drawn,
            periodsOf: new Map([['P', [makePeriod({ unitCode: 'P', parentCode: null })]], ...drawn.periodsOf]),
          }
          const { added, gone, problems, tree: after } = planUnitAct(act, before)
          if (problems.length > 0) return
          accepted += 1
          const day = addDays(HISTORY_START, days)
          for (const [unitCode, rows] of after.periodsOf) {
            const old = before.periodsOf.get(unitCode) ?? []
            const what = (periods: readonly UnitPeriod[]): object | null => {
              const row = unitPeriodOn(periods, day)
              return row === null ? null : { ...row, validFrom: null, validTo: null }
            }
            if (day < act.onDate) expect(what(rows)).toEqual(what(old))
            for (const [index, row] of rows.entries()) {
              if (row.validFrom !== null && row.validTo !== null) expect(row.validFrom < row.validTo).toBe(true)
              const next = rows[index + 1]
              if (next !== undefined) expect((row.validTo ?? '9') <= (next.validFrom ?? '')).toBe(true)
            }
            // The rows that go and come are all the difference there is.
            const kept = old.filter((row) => !gone.includes(row))
            const made = [...kept, ...added.filter((row) => row.unitCode === unitCode)]
            expect(new Set(made.map(line))).toEqual(new Set(rows.map(line)))
          }
          if (act.kind === 'merge') {
            for (const from of act.fromCodes)
              expect(unitPeriodOn(after.periodsOf.get(from) ?? [], act.onDate)).toBe(null)
            const parents = [...after.periodsOf.values()].map((rows) => unitPeriodOn(rows, act.onDate)?.parentCode)
            expect(act.fromCodes.filter((from) => parents.includes(from))).toEqual([])
          }
        },
      ),
      { numRuns: 2_000 },
    )
    expect(accepted).toBeGreaterThan(200)
  })
})
