import { flushPromises } from '@vue/test-utils'
import type { IndicatorGroup, IndicatorTrend } from '@zhidu/contract'
import { toQuarter } from '@zhidu/domain'
import { describe, expect, it } from 'vitest'
import { type Component, defineComponent, h, provide } from 'vue'
import { BASE, makeTable } from '../league/testing/make-league.ts'
import { makeStanding, makeStandingRow } from '../league/testing/make-standing.ts'
import { makeMeta } from '../../testing/make-meta.ts'
import { expectAccessible, mountApp, type MountOptions } from '../../testing/mount-app.ts'
import ComparePage from './ComparePage.vue'
import { answerOrder } from './computing/orders.ts'
import { COMPUTING } from './computing/use-computed.ts'
import FunnelPage from './FunnelPage.vue'
import HowToReadPage from './HowToReadPage.vue'
import SensitivityPage from './SensitivityPage.vue'
import TrendsPage from './TrendsPage.vue'

const QUARTER = toQuarter('2026Q3')
const { provenance } = makeMeta()
const NONE = { part: 0, whole: 0 }
/** Whole pages with their lists of choices. */
const PATIENCE = { timeout: 30_000 }

function makeGroup(
  parts: readonly (readonly [number, number])[],
  change: Partial<IndicatorGroup> = {},
): IndicatorGroup {
  return {
    quarter: QUARTER,
    group: '市直组',
    tree: 'then',
    treeDay: '2026-09-30',
    provenance,
    unitCount: parts.length,
    rows: parts.map(([part, whole], index) => ({
      unitCode: `D${index}`,
      name: `单位${index}`,
      shortName: null,
      counts: { timeliness: { part, whole }, completeness: { part: 10, whole: 10 }, checks: NONE, filings: NONE },
    })),
    groupShares: { timeliness: 0.9, completeness: 1, checks: null, filings: null },
    peers: null,
    ...change,
  }
}

const ALIKE = Array.from({ length: 11 }, () => [9, 10] as const)

/** Computes at once, without a worker. */
function here(page: Component): Component {
  return defineComponent({
    setup() {
      provide(COMPUTING, (onReply) => ({
        send: (order) => onReply(answerOrder(order)),
        end: () => undefined,
      }))
      return () => h(page)
    },
  })
}

async function show(page: Component, options: MountOptions) {
  const shown = await mountApp(here(page), {
    ...options,
    answers: {
      meta: { get: makeMeta() },
      unit: { list: { quarter: QUARTER, tree: 'then', provenance, units: [] } },
      ...options.answers,
      league: { groups: [{ group: '市直组', unitCount: 12 }], ...options.answers?.league },
    },
  })
  await flushPromises()
  await new Promise((resolve) => setTimeout(resolve, 0))
  await flushPromises()
  return shown
}

describe('the funnel', PATIENCE, () => {
  const answers = (group: IndicatorGroup) => ({ indicator: { group } })

  it('names who lies beyond a limit first, each point and line a way to the unit', async () => {
    const group = makeGroup([...ALIKE, [2, 20]])
    const { wrapper } = await show(FunnelPage, { at: '/funnel', answers: answers(group) })
    expect(wrapper.get('.headline').text()).toBe('12 家的按时率里，1 家低于 99.8% 界限；其余高低可能只是偶然。')
    const first = wrapper.get('.funnel-table tbody tr')
    expect(first.text()).toContain('单位11')
    expect(first.text()).toContain('2/20')
    expect(first.findAll('a').map((link) => link.attributes('href'))).toEqual([
      '/units/D11?quarter=2026Q3',
      '/units/D11?quarter=2026Q3#events',
    ])
    expect(wrapper.findAll('.funnel-plot a')).toHaveLength(12)
    expect(wrapper.get('a[data-unit="D11"] title').text()).toBe('单位11 2/20 10.0%，低于 99.8% 界限')
    expect(wrapper.text()).toContain('至多 0.6 家')
    await expectAccessible(wrapper.element.parentElement ?? document.body)
  })

  it.each([
    ['nothing owed', [[0, 0]], '', '本组本季没有单位有按时率可看。'],
    [
      'one unit',
      [
        [0, 0],
        [3, 4],
      ],
      '',
      '只有 1 家有按时率，没有可比的单位。',
    ],
    ['all perfect', ALIKE, '?indicator=completeness', '11 家的要素完整率都在 95% 界限之内：高低之差可能只是偶然。'],
  ] as const)('says what there is to say of %s', async (_, parts, query, expected) => {
    const { wrapper } = await show(FunnelPage, { at: `/funnel${query}`, answers: answers(makeGroup(parts)) })
    expect(wrapper.html()).not.toMatch(/NaN|undefined|Infinity/)
    expect(wrapper.get('.headline').text()).toBe(expected)
  })

  it('shows of peers out of reach how they lie, and no limit where too few are measured', async () => {
    const shares = { timeliness: [100, 90, 40], completeness: [], checks: [], filings: [] }
    const group = makeGroup([[1, 20]], { unitCount: 4, peers: { count: 3, shares } })
    const { wrapper } = await show(FunnelPage, { at: '/funnel', answers: answers(group) })
    expect(wrapper.get('.headline').text()).toContain('低于 99.8% 界限')
    expect(wrapper.get('.notes').text()).toContain('其他 3 家不在本辖区')
    const hidden = makeGroup([[1, 20]], {
      unitCount: 2,
      groupShares: { timeliness: null, completeness: null, checks: null, filings: null },
      peers: { count: 1, shares: { timeliness: [], completeness: [], checks: [], filings: [] } },
    })
    const other = await show(FunnelPage, { at: '/funnel', answers: answers(hidden) })
    expect(other.wrapper.get('.headline').text()).toContain('不足 3 家')
    expect(other.wrapper.get('.funnel-table tbody tr').text()).not.toContain('界限')
  })
})

describe('the course of a unit', PATIENCE, () => {
  function makeTrend(parts: readonly (readonly [number, number])[]): IndicatorTrend {
    const names = ['2025Q4', '2026Q1', '2026Q2', '2026Q3'].map(toQuarter)
    return {
      quarter: QUARTER,
      tree: 'then',
      provenance,
      unit: { unitCode: 'D1', name: '市水利局', peerGroup: '市直组' },
      quarters: parts.map(([part, whole], index) => ({
        quarter: names[index] ?? QUARTER,
        group: '市直组',
        counts: { timeliness: { part, whole }, completeness: NONE, checks: NONE, filings: NONE },
        groupShares: { timeliness: 0.9, completeness: null, checks: null, filings: null },
        break: index === 2 ? 'moved' : null,
        isRuleChange: index === 3,
        months: [1, 2, 3].map((month) => ({
          month: `2026-0${month}`,
          counts: { timeliness: NONE, completeness: NONE, checks: NONE, filings: NONE },
        })),
      })),
    }
  }

  const answers = (trend: IndicatorTrend) => ({ indicator: { trend, group: makeGroup(ALIKE) } })

  it('says its signals in words, breaks where the unit moved, and leads to each quarter', async () => {
    const trend = makeTrend([
      [19, 20],
      [19, 20],
      [40, 40],
      [8, 40],
    ])
    const { wrapper } = await show(TrendsPage, { at: '/trends?unit=D1', answers: answers(trend) })
    expect(wrapper.get('.headline').text()).toBe(
      '4 个时段的按时率有 2 处信号，最近一处在2026年第三季度，偏低，应查原因。',
    )
    expect(wrapper.get('.signals').text()).toContain('2026年第三季度 8/40 20.0%，低于 99.8% 界限：比自己平时差得多')
    expect(wrapper.get('.notes').text()).toContain('隶属或分组变动另起一段')
    expect(wrapper.findAll('.trend-plot a').map((link) => link.attributes('href'))).toContain(
      '/units/D1?quarter=2026Q2#events',
    )
    // Two lines: none is drawn across the break.
    expect(wrapper.get('path.own').attributes('d')?.match(/M/g)).toHaveLength(2)
    expect(wrapper.html()).not.toMatch(/NaN|undefined|Infinity/)
    await expectAccessible(wrapper.element.parentElement ?? document.body)
  })

  it.each([
    ['&by=month', [[3, 4]], '都没有应报'],
    ['', [[3, 4]], '只有 1 个时段'],
    [
      '',
      [
        [3, 4],
        [4, 4],
      ],
      '没有信号',
    ],
  ] as const)('says that nothing was owed, or that little shows no course: %s %j', async (query, parts, expected) => {
    const { wrapper } = await show(TrendsPage, { at: `/trends?unit=D1${query}`, answers: answers(makeTrend(parts)) })
    expect(wrapper.html()).not.toMatch(/NaN|undefined|Infinity/)
    expect(wrapper.get('.headline').text()).toContain(expected)
  })
})

describe('two units', PATIENCE, () => {
  it('are compared in a sentence, the better one first, and not where nothing was owed', async () => {
    const group = makeGroup([[5, 10], [19, 20], ...ALIKE])
    const { wrapper } = await show(ComparePage, { at: '/compare', answers: { indicator: { group } } })
    const [timeliness, , checks] = wrapper.findAll('.compare-table tbody tr').map((row) => row.text())
    expect(timeliness).toMatch(/单位1按时率多半好于单位0（概率 >?\d\d%）；差的区间不含 0。/)
    expect(checks).toContain('单位0、单位1没有抽查合格率可看，不能比。')
    expect(wrapper.get('.headline').text()).toContain('单位0与单位1：1 项多半、1 项分不清、2 项不能比。')
    await expectAccessible(wrapper.element.parentElement ?? document.body)
  })

  it.each([
    [0.81, 'likely', '单位1（第 3 名，可能 1–8 名）真正好于单位0（第 9 名，可能 4–12 名）的概率 81%，多半。'],
    [null, 'cannot_tell', '单位1（第 3 名，可能 1–8 名）与单位0（第 9 名，可能 4–12 名）的先后：分不清。'],
  ] as const)(
    'are compared by the official score, the better place first: %s',
    async (probability, certainty, text) => {
      const rows = [
        makeStandingRow({ unitCode: 'D1', rank: 3, rankInterval: { low: 1, high: 8, level: 0.9 } }),
        makeStandingRow({ unitCode: 'D0', rank: 9, rankInterval: { low: 4, high: 12, level: 0.9 } }),
      ]
      const pair = { above: 'D1', below: 'D0', probability, certainty }
      const { calls, wrapper } = await show(ComparePage, {
        at: '/compare',
        answers: { indicator: { group: makeGroup(ALIKE) }, league: { standing: makeStanding({ rows }), pair } },
      })
      expect(wrapper.get('.official').text()).toBe(`正式得分： ${text}`)
      expect(calls.find(({ path }) => path === 'league.pair')?.input).toMatchObject({ above: 'D1', below: 'D0' })
    },
  )

  it('of which one has no place are not compared by the official score', async () => {
    const standing = makeStanding({ rows: [makeStandingRow({ unitCode: 'D1' })] })
    const answers = { indicator: { group: makeGroup(ALIKE) }, league: { standing } }
    const { wrapper } = await show(ComparePage, { at: '/compare', answers })
    expect(wrapper.get('.official').text()).toContain('两家里有未测量的')
  })

  it('have to be two', async () => {
    const { wrapper } = await show(ComparePage, {
      at: '/compare',
      answers: { indicator: { group: makeGroup([[1, 2]]) } },
    })
    expect(wrapper.text()).toContain('不足 2 家')
  })
})

describe('the effect of weights', PATIENCE, () => {
  it('is told with every rank it can make, and not where part of the group is out of reach', async () => {
    const league = makeTable()
    const method = { titles: {}, base: BASE, workloadMax: null, isByItems: false }
    const table = { ...league, provenance: { ...league.provenance, method } }
    const { wrapper } = await show(SensitivityPage, {
      at: '/sensitivity',
      answers: { league: { table } },
    })
    expect(wrapper.get('.headline').text()).toBe(
      '各分项权重浮动 20%，3 家里 3 家名次变动不超过 3 位，0 家的名次与权重关系大。',
    )
    expect(wrapper.findAll('tbody tr')[1]?.text()).toContain('2')
    await expectAccessible(wrapper.element.parentElement ?? document.body)
  })

  it('is not told where part of the group is out of reach', async () => {
    const part = { ...makeTable(), peers: { count: 3, scores: [], top: [] } }
    const other = await show(SensitivityPage, { at: '/sensitivity', answers: { league: { table: part } } })
    expect(other.wrapper.text()).toContain('本组不全在本辖区')
  })
})

describe('how to read a table', () => {
  it('explains each figure in two sentences and computes what is typed', async () => {
    const { wrapper } = await show(HowToReadPage, { at: '/how-to-read' })
    for (const text of wrapper.findAll('dd').map((one) => one.text())) {
      expect(text.match(/[。]/g)?.length, text).toBe(2)
    }
    expect(wrapper.get('.results').text()).toContain('甲按时率多半好于乙')
    await wrapper.get('input').setValue('0/0')
    expect(wrapper.get('.results').text()).toContain('甲没有按时率可看，不能比。')
    await wrapper.get('input').setValue('3/2')
    expect(wrapper.get('[role="alert"]').text()).toContain('做到的不能多于应做的')
    await expectAccessible(wrapper.element.parentElement ?? document.body)
  })
})
