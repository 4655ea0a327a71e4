import { toQuarter } from '@zhidu/domain'
import { describe, expect, it } from 'vitest'
import { pointHeadLength, writeChineseNumber, writeFigure, writeQuarter } from './bulletin-words.ts'

describe('figures in words', () => {
  it('are written one way: counts, tenths of a percent with halves upwards, points', () => {
    expect(writeFigure({ kind: 'count', value: 1_234 })).toBe('1234')
    expect(writeFigure({ kind: 'share', ratio: { part: 648, whole: 722 } })).toBe('89.8%')
    expect(writeFigure({ kind: 'share', ratio: { part: 1, whole: 2_000 } })).toBe('0.1%')
    expect(writeFigure({ kind: 'share', ratio: { part: 3, whole: 3 } })).toBe('100.0%')
    expect(writeFigure({ kind: 'points', value: 9_700 })).toBe('97.0')
    expect(writeFigure({ kind: 'points', value: 8_825 })).toBe('88.25')
  })

  it('say of a change how large it is and whether it may be chance', () => {
    const now = { part: 9, whole: 10 }
    const change = { kind: 'change', now, isSure: false } as const
    expect(writeFigure({ ...change, before: { part: 8, whole: 9 } })).toBe('较上季度上升1.1个百分点，差别不显著')
    expect(writeFigure({ ...change, before: { part: 10, whole: 10 }, isSure: true })).toBe(
      '较上季度下降10.0个百分点，差别显著',
    )
    expect(writeFigure({ ...change, before: { part: 18, whole: 20 } })).toBe('与上季度持平')
  })

  it('name nobody of whom it is not certain, and have no space between Chinese and figures', () => {
    const headline = {
      kind: 'bands',
      bandCount: 2,
      word: 'with_care',
      ahead: { certainCount: 0, likelyCount: 2, isUnbroken: true, listedCount: 3 },
      behind: { certainCount: 1, likelyCount: 1, isUnbroken: true, listedCount: 3 },
      restCount: 6,
      firstCode: null,
      lastCode: 'D9',
    } as const
    const text = writeFigure({
      kind: 'standing',
      standing: { headline, measuredCount: 10, first: null, last: '九局' },
    })
    expect(text).toBe(
      '本季只能分出两档：前2家多半领先，末尾2家落后（1家确定、1家多半），九局列末位，其余6家在档内分不清先后。',
    )
  })
})

it('counts as headings do', () => {
  expect([1, 10, 11, 20, 35].map(writeChineseNumber)).toEqual(['一', '十', '十一', '二十', '三十五'])
  expect(writeQuarter(toQuarter('2026Q3'))).toBe('2026年第三季度')
  expect(pointHeadLength([{ kind: 'text', text: '（一）县。按时率' }])).toBe(5)
  expect(pointHeadLength([{ kind: 'text', text: '没有' }])).toBe(0)
})
