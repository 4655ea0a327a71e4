// Seam: the tRPC client's last link answers; everything above it is the application's own.
import type { MoveExplanation } from '@zhidu/contract'
import { toQuarter } from '@zhidu/domain'
import { describe, expect, it } from 'vitest'
import { expectAccessible, mountApp } from '../../testing/mount-app.ts'
import MovePage from './MovePage.vue'
import { mainFactor, toMoveSteps } from './move-view.ts'
import { PROVENANCE } from './testing/make-unit-page.ts'

const lost = { dimension: 'discipline', code: 'absent', points: 5, ref: 'K1', at: '2026-08-01T09:00:00+08:00' } as const

/** From rank 21 to rank 27: three by itself, four by others, one won by a peer that left. */
function makeTold(overrides: Partial<MoveExplanation> = {}): MoveExplanation {
  return {
    quarter: toQuarter('2026Q3'),
    previousQuarter: toQuarter('2026Q2'),
    group: '市直组',
    unitCode: 'D13',
    name: '市住房城乡建设局',
    provenance: PROVENANCE,
    previousRegulation: { id: 'sample', version: '2026-1' },
    rankedBefore: 32,
    rankedNow: 31,
    previousRank: 21,
    rank: 27,
    move: {
      gain: -6,
      shares: { own: -68, others: -100, rules: 0, members: 24 },
      places: { own: -3, others: -4, rules: 0, members: 1 },
    },
    obstacle: null,
    joined: 0,
    left: 1,
    isRuleChanged: false,
    deductionsBefore: [{ ...lost, ref: 'K0' }],
    deductionsNow: [lost, { ...lost, ref: 'K2' }],
    ...overrides,
  }
}

function open(told = makeTold(), locale: 'zh-CN' | 'en' = 'zh-CN') {
  const at = '/units/D13/move?quarter=2026Q3'
  return mountApp(MovePage, { props: { unitCode: 'D13' }, answers: { league: { explainMove: told } }, at, locale })
}

describe('why a unit moved', () => {
  it('says it in a sentence, then a line a part, which lead from one place to the other', async () => {
    const { wrapper } = await open()
    expect(wrapper.get('.headline').text()).toBe('从第 21 名降到第 27 名，降 6 名；主要因为别家的成绩变了。')
    const rows = wrapper.findAll('.move-steps tr').map((row) => row.findAll('th, td').map((cell) => cell.text()))
    expect(rows.map((row) => row.slice(0, 3))).toEqual([
      ['部分', '名次', '精确值'],
      ['2026年第二季度', '第 21 名', ''],
      ['自身成绩', '降 3', '−2.83'],
      ['别家成绩', '降 4', '−4.17'],
      ['考核办法', '0', '0'],
      ['同组单位', '升 1', '+1.0'],
      ['2026年第三季度', '第 27 名', ''],
    ])
    expect(wrapper.text()).toContain('新进表 0 家，退出 1 家')
    expect(wrapper.text()).toContain('2 条 −10.0')
    await expectAccessible(wrapper.element.parentElement!)
  })

  it('says in English why there is nothing to take apart', async () => {
    const { wrapper } = await open(makeTold({ move: null, obstacle: 'new', previousRank: null }), 'en')
    expect(wrapper.get('.headline').text()).toContain('not in this group’s table last quarter')
    expect(wrapper.text()).not.toMatch(/units\.move|words\./)
    await expectAccessible(wrapper.element.parentElement!)
  })
})

describe('the steps', () => {
  it('end at the place of this quarter', () => {
    const { move, previousRank, rank } = makeTold()
    if (move === null || previousRank === null) throw new RangeError('no move')
    expect(toMoveSteps(previousRank, move).at(-1)?.place).toBe(rank)
  })

  it('name what did most in the direction of the move, and nothing where nothing did', () => {
    const zero = { own: 0, others: 0, rules: 0, members: 0 }
    expect(mainFactor({ gain: 2, shares: { ...zero, own: -24, rules: 72 }, places: zero })).toBe('rules')
    expect(mainFactor({ gain: 0, shares: { ...zero, own: 24, others: -24 }, places: zero })).toBe('own')
    expect(mainFactor({ gain: 0, shares: zero, places: zero })).toBe(null)
  })
})
