import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Finding } from '../facts/facts.ts'
import { BUILT_IN_CHECKLISTS } from '../inspection/built-in-checklists.ts'
import type { ChecklistItem, ItemAnswer } from '../inspection/checklist.ts'
import { judgeAgreement } from './judge-agreement.ts'
import { type PairedCheck, tabulateAgreement, tabulateUpper } from './tabulate-agreement.ts'

const items: readonly ChecklistItem[] = BUILT_IN_CHECKLISTS[0]?.items ?? []
const MINUTE = 60_000

function check(answers: Readonly<Record<string, ItemAnswer>>, change: Partial<PairedCheck> = {}): PairedCheck {
  return {
    at: 0,
    method: 'phone',
    checklistId: 'phone',
    items,
    answers: Object.entries(answers).map(([item, answer]) => ({ item, answer })),
    findings: items.flatMap(({ finding, key }) => (finding !== null && answers[key] === 'no' ? [finding] : [])),
    isConclusive: true,
    ...change,
  }
}

describe('the word of an agreement', () => {
  const bothYes = (pairs: number) => ({ bothYes: pairs, firstOnly: 0, secondOnly: 0, bothNo: 0 })

  it('is held back where few agree always: five of five may still be a chance in two', () => {
    expect(judgeAgreement(bothYes(4))).toMatchObject({ word: 'few', ac1: 1 })
    const five = judgeAgreement(bothYes(5))
    // Wilson of 5 of 5: 5 / (5 + 1.96²) = 0.5655.
    expect(five.word).toBe('unclear')
    expect(five.ac1Range?.low).toBeCloseTo(0.5655, 4)
    expect(five.ac1Range?.high).toBe(1)
    expect(judgeAgreement(bothYes(6)).word).toBe('agrees')
  })

  it('is bound to the range, not to the figure', () => {
    expect(judgeAgreement({ bothYes: 118, firstOnly: 5, secondOnly: 2, bothNo: 0 }).word).toBe('agrees')
    const poor = judgeAgreement({ bothYes: 10, firstOnly: 5, secondOnly: 5, bothNo: 10 })
    // A third of 30 disagree: AC1 is (20/30 − 0.5) / 0.5 = 1/3, Wilson's 80.8 % of agreement gives 0.615.
    expect(poor.ac1).toBeCloseTo(1 / 3, 12)
    expect(poor.word).toBe('unclear')
    expect(judgeAgreement({ bothYes: 20, firstOnly: 10, secondOnly: 10, bothNo: 20 }).word).toBe('disagrees')
    expect(judgeAgreement(bothYes(0))).toMatchObject({ word: 'few', ac1: null })
  })
})

describe('first and second checks', () => {
  it('compare items that both answered by yes or no, within a day', () => {
    const pair = (first: Record<string, ItemAnswer>, second: Record<string, ItemAnswer>, minutes: number) => ({
      first: check(first),
      second: check(second, { at: minutes * MINUTE }),
    })
    const found = tabulateAgreement([
      pair({ log: 'yes', limits: 'no' }, { log: 'no', limits: 'no' }, 30),
      pair({ log: 'yes', limits: 'not_applicable' }, { log: 'yes', limits: 'yes' }, 31),
      pair({ log: 'no' }, { log: 'no' }, 24 * 60),
      pair({ log: 'no' }, { log: 'yes' }, 24 * 60 + 1),
    ])
    expect(found).toMatchObject({ pairs: 3, apart: 1, withinWindow: { part: 1, whole: 3 } })
    expect(found.items.map(({ counts, item }) => [item.key, counts])).toEqual([
      ['limits', { bothYes: 0, firstOnly: 0, secondOnly: 0, bothNo: 1 }],
      ['log', { bothYes: 1, firstOnly: 1, secondOnly: 0, bothNo: 1 }],
    ])
    expect(found.findings.map(({ counts, finding }) => [finding, counts])).toEqual([
      ['absent', { bothYes: 0, firstOnly: 0, secondOnly: 0, bothNo: 3 }],
      ['no_answer', { bothYes: 0, firstOnly: 0, secondOnly: 0, bothNo: 3 }],
      ['invalid_number', { bothYes: 0, firstOnly: 0, secondOnly: 0, bothNo: 3 }],
      ['unfamiliar', { bothYes: 1, firstOnly: 0, secondOnly: 0, bothNo: 0 }],
      ['log_missing', { bothYes: 1, firstOnly: 0, secondOnly: 1, bothNo: 1 }],
    ])
    expect(found.result.counts).toEqual({ bothYes: 2, firstOnly: 0, secondOnly: 0, bothNo: 1 })
  })

  it('look at an item anew once it is worded anew, and not at all across lists', () => {
    const reworded = items.map((one) => (one.key === 'log' ? { ...one, text: '当班日志每两小时有记录' } : one))
    const asked = { log: 'yes' } as const
    const found = tabulateAgreement([
      { first: check(asked), second: check(asked) },
      { first: check(asked), second: check(asked, { items: reworded }) },
      { first: check(asked, { items: reworded }), second: check(asked, { items: reworded }) },
      { first: check(asked), second: check(asked, { checklistId: 'other' }) },
    ])
    expect(found.items.map(({ item, pairs }) => [item.text, pairs])).toEqual([
      ['当班日志已记', 1],
      ['当班日志每两小时有记录', 1],
    ])
  })

  it('do not compare what proved nothing, nor a finding that one could not make', () => {
    const { findings, result } = tabulateAgreement([
      { first: check({ log: 'no' }), second: check({}, { isConclusive: false }) },
      { first: check({ log: 'no' }), second: check({}, { method: 'onsite' }) },
      { first: check({}, { method: 'onsite', findings: ['absent'] }), second: check({}) },
    ])
    expect(findings.map(({ counts, finding }) => [finding, counts.firstOnly, counts.secondOnly])).toEqual([
      ['absent', 1, 0],
    ])
    expect(result.counts).toEqual({ bothYes: 0, firstOnly: 2, secondOnly: 0, bothNo: 0 })
  })

  it('turn their sides when first and second change places', () => {
    const answer = fc.constantFrom<ItemAnswer>('yes', 'no', 'not_applicable')
    const answers = fc.dictionary(fc.constantFrom('log', 'limits', 'leader', 'rostered'), answer)
    const side = fc.tuple(answers, fc.boolean()).map(([given, isConclusive]) => check({ ...given }, { isConclusive }))
    fc.assert(
      fc.property(fc.array(fc.record({ first: side, second: side }), { maxLength: 8 }), (pairs) => {
        const one = tabulateAgreement(pairs)
        const turned = tabulateAgreement(pairs.map(({ first, second }) => ({ first: second, second: first })))
        expect(turned.result.ac1).toEqual(one.result.ac1)
        const sides = ({ findings }: typeof one) =>
          findings.map(({ counts, finding }) => [finding, counts.firstOnly, counts.secondOnly] as const)
        expect(sides(turned)).toEqual(sides(one).map(([finding, first, second]) => [finding, second, first]))
        expect(one.items.reduce((sum, item) => sum + item.pairs, 0)).toBeLessThanOrEqual(4 * pairs.length)
      }),
    )
  })
})

describe('the office above', () => {
  const DAY = 86_400_000
  it('counts what it found where the office below found nothing, however long after', () => {
    const pair = (first: Finding[], second: Finding[], days: number) => ({
      first: check({ log: first.length > 0 ? 'no' : 'yes' }, { findings: first }),
      second: check({ log: second.length > 0 ? 'no' : 'yes' }, { findings: second, at: days * DAY }),
    })
    const found = tabulateUpper([
      pair([], [], 3),
      pair([], ['log_missing'], 20),
      pair(['log_missing'], ['log_missing'], 9),
      pair(['log_missing'], [], 40),
    ])
    expect(found).toMatchObject({
      pairs: 4,
      medianDays: 9,
      missed: { part: 1, whole: 2 },
      answers: { part: 2, whole: 4 },
      result: { agreed: 2, word: 'few' },
    })
    expect(tabulateUpper([])).toMatchObject({ pairs: 0, medianDays: null, missed: { part: 0, whole: 0 } })
  })
})
