import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays } from '../calendar/plain-date.ts'
import { toQuarter } from '../calendar/quarter.ts'
import type { UnitPeriod } from '../facts/facts.ts'
import { assessUnit } from '../league/assess-unit.ts'
import { SAMPLE_REGULATION } from '../regulation/samples/sample-regulation.ts'
import { at, makeCheck, makeFacts, makePeriod, makeReport, on } from '../testing/make-facts.ts'
import { arbitraryHistory, HISTORY_CODES as CODES, HISTORY_START as FIRST } from '../testing/arbitrary-history.ts'
import { unitPeriodOn } from './membership.ts'
import {
  bearerOf,
  breakBetween,
  listPresentMembers,
  listPresentUnits,
  standingDay,
  type SuccessionFact,
  type UnitTree,
} from './succession.ts'
import { listUnitChanges } from './unit-history.ts'

const Q2 = toQuarter('2026Q2')
const Q3 = toQuarter('2026Q3')
const TODAY = on('2026-11-20')

function tree(units: Record<string, Partial<UnitPeriod>[]>, ...successions: SuccessionFact[]): UnitTree {
  return {
    periodsOf: new Map(
      Object.entries(units).map(([unitCode, rows]) => [
        unitCode,
        rows.map((row) => makePeriod({ unitCode, name: unitCode, ...row })),
      ]),
    ),
    successions,
  }
}

function merge(fromCode: string, toCode: string, onDate = '2026-07-01'): SuccessionFact {
  return { kind: 'merge', fromCode, toCode, onDate: on(onDate) }
}

function split(fromCode: string, toCode: string, onDate = '2026-07-01'): SuccessionFact {
  return { kind: 'split', fromCode, toCode, onDate: on(onDate) }
}

const ended = [{ validTo: on('2026-07-01') }]

describe('who bears today what a unit did', () => {
  const merged = tree({ A: ended, B: ended, C: [{}] }, merge('A', 'C'), merge('B', 'C'))

  it.each([
    ['2026-06-30', TODAY, 'C'],
    ['2026-07-01', TODAY, 'A'],
    ['2026-06-30', on('2026-07-01'), 'C'],
    ['2026-06-30', on('2026-06-30'), 'A'],
  ])('hands on what was done before the merger alone: on %s, seen on %s, to %s', (day, today, bearer) => {
    expect(bearerOf('A', on(day), today, merged)).toBe(bearer)
  })

  it('goes from successor to successor in order of time', () => {
    const chain = tree({ A: [], B: [], C: [] }, merge('B', 'C', '2026-08-01'), merge('A', 'B', '2026-07-01'))
    expect(bearerOf('A', on('2026-06-30'), TODAY, chain)).toBe('C')
    const before = tree({}, merge('A', 'B', '2026-08-01'), merge('B', 'C', '2026-07-01'))
    expect(bearerOf('A', on('2026-06-30'), TODAY, before)).toBe('B')
    const turns = tree({}, merge('A', 'B', '2026-07-01'), merge('B', 'A', '2026-08-01'))
    expect(['A', 'B'].map((code) => bearerOf(code, on('2026-06-30'), TODAY, turns))).toEqual(['A', 'A'])
    const sameDay = tree({}, merge('A', 'B'), merge('B', 'C'))
    expect(bearerOf('A', on('2026-06-30'), TODAY, sameDay)).toBe('C')
  })

  it('lets a unit that was re-opened bear what it did since', () => {
    const rows = [{ validTo: on('2026-07-01') }, { validFrom: on('2026-10-01') }]
    const again = tree({ A: rows, C: [{}] }, merge('A', 'C'))
    const sources = (quarter: string): object =>
      Object.fromEntries(
        listPresentUnits(again, toQuarter(quarter), TODAY).map((unit) => [unit.unitCode, unit.sources]),
      )
    expect(sources('2026Q2')).toEqual({ A: [], C: ['A', 'C'] })
    expect(sources('2026Q4')).toEqual({ A: ['A'], C: ['C'] })
  })

  it('goes by the last day on which the unit was open', () => {
    expect(standingDay([makePeriod({ validTo: on('2026-08-15') })], Q3)).toBe('2026-08-14')
    expect(standingDay([makePeriod()], Q3)).toBe('2026-09-30')
    expect(standingDay([makePeriod({ validTo: on('2026-10-01') })], Q3)).toBe('2026-09-30')
    expect(standingDay([makePeriod({ validFrom: on('2026-10-01') })], Q3)).toBe('2026-09-30')
    const rows = [makePeriod({ validTo: on('2020-01-01') }), makePeriod(...ended)]
    expect([standingDay(rows, Q3), standingDay(rows.toReversed(), Q3)]).toEqual(['2026-06-30', '2026-06-30'])
  })

  it('never divides what a split unit did', () => {
    const parted = tree({ A: ended, B: [{ validFrom: on('2026-07-01') }] }, split('A', 'B'))
    expect(listPresentUnits(parted, Q2, TODAY)).toMatchObject([
      { unitCode: 'A', isOpen: false, isSplit: true, sources: ['A'] },
      { unitCode: 'B', isOpen: true, isSplit: false, sources: ['B'] },
    ])
    expect(listPresentUnits(parted, Q3, TODAY)[0]?.isSplit).toBe(false)
    expect(listPresentUnits(parted, Q2, on('2026-06-30'))[0]?.isSplit).toBe(false)
  })
})

describe('the tables read by today’s tree', () => {
  it('hold today’s units under today’s names and groups, and those closed since without a successor', () => {
    const units = tree(
      {
        A: ended,
        B: [{ validTo: on('2026-09-01') }],
        C: [{ validTo: on('2026-07-01') }, { validFrom: on('2026-07-01'), name: '新名', peerGroup: '市直组' }],
        D: [{ validFrom: on('2026-10-01') }],
        E: [{ validTo: on('2020-01-01') }],
        F: [],
      },
      merge('A', 'C'),
    )
    const members = listPresentMembers(units, Q2, TODAY)
    expect(members.map(({ isOpen, period, sources }) => [period.name, period.peerGroup, isOpen, sources])).toEqual([
      ['B', '县区组', false, ['B']],
      ['新名', '市直组', true, ['A', 'C']],
      ['D', '县区组', true, ['D']],
    ])
    expect(listPresentMembers(units, Q3, TODAY).map(({ unitCode }) => unitCode)).toEqual(['C', 'D'])
  })

  it('leave the past with its unit when nobody knows a row of the successor', () => {
    expect(listPresentUnits(tree({ A: ended }, merge('A', 'Z')), Q2, TODAY)[0]?.sources).toEqual(['A'])
  })
})

it('two quarters of a unit are not compared across a merger, a split, another superior or group', () => {
  const units = tree(
    {
      A: ended,
      C: [{}],
      P: [{}],
      M: [{ validTo: on('2026-07-01') }, { validFrom: on('2026-07-01'), parentCode: 'Q' }],
      G: [{ validTo: on('2026-07-01') }, { validFrom: on('2026-07-01'), peerGroup: '市直组' }],
      R: [{ validTo: on('2026-07-01') }, { validFrom: on('2026-07-01'), name: '新名' }],
    },
    merge('A', 'C'),
    split('P', 'S'),
  )
  const between = (code: string, before = Q2, quarter = Q3) => breakBetween(code, before, quarter, units)
  expect(['A', 'C', 'P', 'S', 'M', 'G', 'R'].map((code) => between(code))).toEqual([
    null,
    'merged',
    'split',
    'split',
    'moved',
    'moved',
    null,
  ])
  expect(between('C', Q3, toQuarter('2026Q4'))).toBe(null)
  expect(between('Z')).toBe(null)
})

it('a unit’s history tells every change in order', () => {
  const units = tree(
    {
      A: [
        { name: '甲', validTo: on('2025-01-01') },
        { name: '乙', validFrom: on('2025-01-01'), validTo: on('2025-03-01'), parentCode: 'Q' },
        { name: '乙', validFrom: on('2025-06-01'), validTo: on('2026-07-01'), parentCode: 'Q', peerGroup: '市直组' },
      ],
      C: [{ name: '丙', validFrom: on('2020-01-01') }],
    },
    split('A', 'S', '2025-01-01'),
    merge('A', 'C'),
  )
  expect(listUnitChanges('A', units).map((one) => [one.onDate, one.kind, one.before, one.after].join(' '))).toEqual([
    ' opened  甲',
    '2025-01-01 renamed 甲 乙',
    '2025-01-01 moved TOP Q',
    '2025-01-01 split_into  S',
    '2025-03-01 closed 乙 ',
    '2025-06-01 reopened  乙',
    '2025-06-01 regrouped 县区组 市直组',
    '2026-07-01 closed 乙 ',
    '2026-07-01 merged_into  C',
  ])
  expect(listUnitChanges('C', units).map(({ before, kind }) => [kind, before])).toEqual([
    ['opened', null],
    ['took_in', 'A'],
  ])
  expect(listUnitChanges('S', units).map(({ before, kind }) => [kind, before])).toEqual([['split_from', 'A']])
})

/** Events and checks of a quarter summed over units, each judged in its own unit. */
function countFacts(units: UnitTree, codes: readonly string[]): number[] {
  const learnedAt = at('2026-05-10 08:00')
  return codes
    .map((unitCode) => {
      const periods = units.periodsOf.get(unitCode) ?? []
      const reports = [makeReport({ unitCode, occurredAt: learnedAt, learnedAt })]
      const checks = [makeCheck({ unitCode, checkedAt: learnedAt })]
      const facts = makeFacts({ unitCode, periods, reports, checks })
      const asOf = at('2027-01-01 00:00')
      const { checks: checked, timeliness } = assessUnit(facts, {
        quarter: Q2,
        regulation: SAMPLE_REGULATION,
        holidays: [],
        asOf,
      })
      return [timeliness.owed, checked.total]
    })
    .reduce(([owed = 0, total = 0], [moreOwed = 0, moreTotal = 0]) => [owed + moreOwed, total + moreTotal], [0, 0])
}

describe('laws of the tree through time', { timeout: 60_000 }, () => {
  it('closing and re-opening, renaming and moving leave every fact with its unit, then and now', () => {
    fc.assert(
      fc.property(arbitraryHistory(['close', 'open', 'rename', 'move']), fc.nat(700), (units, days) => {
        for (const { sources, unitCode } of listPresentUnits(units, Q2, addDays(FIRST, days))) {
          expect(sources).toEqual([unitCode])
        }
      }),
      { numRuns: 500 },
    )
  })

  it('no history of openings, closings, renamings, moves, mergers and splits loses or doubles an event or a check', () => {
    fc.assert(
      fc.property(
        arbitraryHistory(['close', 'open', 'rename', 'move', 'merge', 'split']),
        fc.nat(700),
        (units, days) => {
          const present = listPresentUnits(units, Q2, addDays(FIRST, days))
          const bearing = present.flatMap(({ sources }) => sources)
          expect([...bearing].sort()).toEqual([...CODES])
          expect(countFacts(units, bearing)).toEqual(countFacts(units, CODES))
          // Whoever was in a table of then is borne by a row of the table of now.
          const rows = listPresentMembers(units, Q2, addDays(FIRST, days)).flatMap(({ sources }) => sources)
          const members = CODES.filter(
            (code) => unitPeriodOn(units.periodsOf.get(code) ?? [], on('2026-06-30')) !== null,
          )
          expect(members.filter((code) => !rows.includes(code))).toEqual([])
          expect(new Set(rows).size).toBe(rows.length)
        },
      ),
      { numRuns: 500 },
    )
  })
})
