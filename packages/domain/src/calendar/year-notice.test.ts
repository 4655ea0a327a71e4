import { describe, expect, it } from 'vitest'
import { SAMPLE_HOLIDAYS } from '../regulation/samples/sample-holidays.ts'
import { SAMPLE_REGULATION } from '../regulation/samples/sample-regulation.ts'
import type { HolidayBlock, Regulation } from '../regulation/regulation.ts'
import { on } from '../testing/make-facts.ts'
import { toQuarter } from './quarter.ts'
import { checkYearNotice, compareDues, listBlockDues, listUnannouncedYears, quartersOfChanges } from './year-notice.ts'

const MOVING: Regulation = {
  ...SAMPLE_REGULATION,
  filing: { ...SAMPLE_REGULATION.filing, moveTo: 'previous_workday' },
}

function block(firstDayOff: string, lastDayOff: string, change: Partial<HolidayBlock> = {}): HolidayBlock {
  const days = { firstDayOff: on(firstDayOff), lastDayOff: on(lastDayOff) }
  return { year: 2027, name: '元旦', makeupWorkdays: [], ...days, ...change }
}

describe('the due days of 2026', () => {
  it('are the fifth calendar day before', () => {
    const dues = listBlockDues(SAMPLE_HOLIDAYS, SAMPLE_HOLIDAYS, () => SAMPLE_REGULATION)
    expect(dues.map(({ dueOn }) => dueOn)).toEqual([
      '2025-12-27',
      '2026-02-10',
      '2026-03-30',
      '2026-04-26',
      '2026-06-14',
      '2026-09-20',
      '2026-09-26',
    ])
    expect(dues.some(({ isProvisional }) => isProvisional)).toBe(false)
    expect(dues.map(({ quarter }) => quarter)[0]).toBe('2025Q4')
  })

  it('move to the workday before when the method says so; 2025 goes by the week, which is said', () => {
    const dues = listBlockDues(SAMPLE_HOLIDAYS, SAMPLE_HOLIDAYS, () => MOVING)
    expect(dues.map(({ dueOn, isProvisional }) => `${dueOn}${isProvisional ? ' provisional' : ''}`)).toEqual([
      '2025-12-26 provisional',
      '2026-02-10',
      '2026-03-30',
      '2026-04-24',
      '2026-06-12',
      '2026-09-20',
      '2026-09-24',
    ])
  })

  it('are those of the rules of the quarter they lie in, else of the first day off', () => {
    const long = { ...SAMPLE_REGULATION, filing: { ...SAMPLE_REGULATION.filing, leadDays: 40 } }
    const spring = SAMPLE_HOLIDAYS.filter(({ name }) => name === '春节')
    const under = (quarter: string, rules: Regulation, other: Regulation) =>
      listBlockDues(spring, SAMPLE_HOLIDAYS, (one) => (one === quarter ? rules : other))[0]?.dueOn
    expect(under('2026Q1', SAMPLE_REGULATION, long)).toBe('2026-02-10')
    // By the rules of 2026Q1 it would lie in 2025Q4, by those of 2025Q4 it lies there.
    const longer = { ...long, filing: { ...long.filing, leadDays: 50 } }
    expect(under('2026Q1', longer, { ...long, filing: { ...long.filing, leadDays: 48 } })).toBe('2025-12-29')
    expect(under('2026Q1', longer, SAMPLE_REGULATION)).toBe('2025-12-27')
  })

  it('change with the notice, and name the quarters they touch', () => {
    const spring = SAMPLE_HOLIDAYS.find(({ name }) => name === '春节')
    const later = SAMPLE_HOLIDAYS.map((one) => (one === spring ? { ...one, firstDayOff: on('2026-02-16') } : one))
    const dues = (all: readonly HolidayBlock[]) => listBlockDues(all, all, () => SAMPLE_REGULATION)
    const changes = compareDues(dues(SAMPLE_HOLIDAYS), dues([...later.slice(1), block('2027-01-01', '2027-01-03')]))
    expect(changes).toEqual([
      { holiday: '2026-元旦', before: '2025-12-27', after: null },
      { holiday: '2026-春节', before: '2026-02-10', after: '2026-02-11' },
      { holiday: '2027-元旦', before: null, after: '2026-12-27' },
    ])
    expect(quartersOfChanges(changes)).toEqual(['2025Q4', '2026Q1', '2026Q4'].map(toQuarter))
  })
})

describe('a notice', () => {
  const kinds = (blocks: readonly HolidayBlock[], others: readonly HolidayBlock[] = SAMPLE_HOLIDAYS): string[] =>
    checkYearNotice(2027, blocks, others).map(({ detail, kind }) => `${kind} ${detail ?? ''}`.trim())
  const FIRST = ['2027-01-01', '2027-01-03'] as const

  it('is that of 2026 as it stands', () => {
    expect(checkYearNotice(2026, SAMPLE_HOLIDAYS, SAMPLE_HOLIDAYS)).toEqual([])
  })

  it.each([
    ['crosses into its year', [block('2026-12-31', '2027-01-02')], []],
    ['crosses out of its year', [block('2027-12-31', '2028-01-02')], []],
    ['ends before it begins', [block('2027-01-03', '2027-01-01')], ['first_after_last 2027-01-03/2027-01-01']],
    ['lies in another year', [block('2026-11-01', '2026-11-02')], ['out_of_year 2026-11-01/2026-11-02']],
    ['is called another year’s', [block(...FIRST, { year: 2028 })], ['out_of_year 2027-01-01/2027-01-03']],
    ['is as long as no holiday', [block('2027-01-01', '2027-01-22')], ['too_long 2027-01-01/2027-01-22']],
    ['is named twice', [block(...FIRST), block('2027-02-01', '2027-02-01')], ['named_twice']],
    ['overlaps another', [block(...FIRST), block('2027-01-03', '2027-01-05', { name: '春节' })], ['overlap 2027-元旦']],
  ] as const)('that %s has the problems %j', (_, blocks, problems) => {
    expect(kinds(blocks)).toEqual(problems)
  })

  it('overlaps a block of a neighbouring year as well', () => {
    const newYear = { ...block('2025-12-31', '2026-01-02'), year: 2026 }
    expect(
      checkYearNotice(2025, [block('2025-12-31', '2026-01-01', { year: 2025, name: '国庆节' })], [newYear]),
    ).toEqual([{ kind: 'overlap', holiday: '国庆节', detail: '2026-元旦' }])
  })

  const makeup = (...days: string[]): string[] => kinds([block(...FIRST, { makeupWorkdays: days.map(on) })])

  it('makes workdays of weekend days about it, each once and none within a block', () => {
    expect(makeup('2027-01-09', '2027-01-10')).toEqual([])
    expect(makeup('2027-01-09', '2027-01-09')).toEqual(['makeup_twice 2027-01-09'])
    expect(makeup('2027-01-02')).toEqual(['makeup_in_block 2027-01-02'])
    expect(makeup('2027-01-08')).toEqual(['makeup_is_workday 2027-01-08'])
    expect(makeup('2027-03-06')).toEqual(['makeup_far_away 2027-03-06'])
    expect(makeup('2026-11-28')).toEqual(['makeup_far_away 2026-11-28'])
    const other = block('2027-01-23', '2027-01-24', { name: '春节', makeupWorkdays: [on('2027-01-09')] })
    expect(kinds([block(...FIRST, { makeupWorkdays: [on('2027-01-09')] }), other])).toEqual(['makeup_twice 2027-01-09'])
  })
})

it('years that are not announced are named once', () => {
  const days = ['2027-01-05', '2026-05-01', '2027-02-01', '2025-12-26'].map(on)
  expect(listUnannouncedYears(days, SAMPLE_HOLIDAYS)).toEqual([2025, 2027])
})
