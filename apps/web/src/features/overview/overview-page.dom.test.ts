// Seam: the tRPC client's last link answers; everything above it is the application's own.
import { toQuarter } from '@zhidu/domain'
import { describe, expect, it } from 'vitest'
import { Refusal } from '../../testing/answer-link.ts'
import { makeMeta } from '../../testing/make-meta.ts'
import { makeAccount, makeSession } from '../../testing/make-session.ts'
import { expectAccessible, mountApp } from '../../testing/mount-app.ts'
import OverviewPage from './OverviewPage.vue'
import { makeGroup, makeOverview, makeOverviewUnit } from './testing/make-overview.ts'

function mountOverview(overview = makeOverview(), locale: 'zh-CN' | 'en' = 'zh-CN') {
  return mountApp(OverviewPage, { answers: { overview: { get: overview } }, at: '/?quarter=2026Q3', locale })
}

describe('OverviewPage', () => {
  it('opens with the on-time share beside that of the quarter before, and claims no significance', async () => {
    const { wrapper } = await mountOverview()
    expect(wrapper.get('.headline').text()).toBe(
      '首报按时率 89.8%（648/722），上季 88.0%（602/684）；首报和节假日材料 2 项逾期，1 项未到期。',
    )
    expect(wrapper.text()).not.toContain('显著')
  })

  it('has every text in English too', async () => {
    const { wrapper } = await mountOverview(makeOverview(), 'en')
    expect(wrapper.get('.headline').text()).toContain('First reports on time: 89.8% (648/722)')
    expect(wrapper.text()).not.toMatch(/overview\.|words\.|format\./)
  })

  it('is free of barriers', async () => {
    const { wrapper } = await mountOverview()
    await expectAccessible(wrapper.element.parentElement!)
  })

  it('leads to checks on the spot whose findings wait, and says nothing where none does', async () => {
    const counts = { awaiting_files: 0, passed: 4, decided: 0, inconclusive: 0, compared: 0 }
    const mountWaiting = async (awaiting: number) => {
      const list = {
        quarter: toQuarter('2026Q4'),
        asOf: '2026-11-20T22:30:00+08:00',
        regulation: { id: 'sample', version: '2026-1', title: '示例规则', notice: null },
        counts: { ...counts, awaiting_decision: awaiting },
        items: [],
        nextCursor: null,
      }
      const answers = {
        session: { get: makeSession({ account: makeAccount(['leader']) }) },
        meta: { get: makeMeta({ currentQuarter: toQuarter('2026Q4') }) },
        overview: { get: makeOverview() },
        inspection: { list },
      }
      return await mountApp(OverviewPage, { answers, at: '/?quarter=2026Q3' })
    }
    const { wrapper } = await mountWaiting(3)
    const link = wrapper.get('.waiting-checks a')
    expect(link.text()).toBe('3 次现场抽查有问题待认定，认定前不扣分。')
    expect(link.attributes('href')).toBe('/inspections?quarter=2026Q4&state=awaiting_decision')
    expect((await mountWaiting(0)).wrapper.find('.waiting-checks').exists()).toBe(false)
  })

  it('shows both ends of a group and links what lies between to the table', async () => {
    const { wrapper } = await mountOverview()
    const gap = wrapper.get('.gap a')
    expect(gap.text()).toBe('中间 21 家')
    expect(gap.attributes('href')).toContain('/league?quarter=2026Q3&group=')
    expect(wrapper.text()).toContain('另有 4 家未测量，不参与排名。')
  })

  it('says that a single unit is not ranked', async () => {
    const { wrapper } = await mountOverview(
      makeOverview({ groups: [makeGroup({ unitCount: 1, rankedCount: 1, reachCount: 1 })] }),
    )
    expect(wrapper.text()).toContain('本组只有 1 家，不排名。')
  })

  it('lights what is overdue with its word and leads to it', async () => {
    const { wrapper } = await mountOverview()
    const items = wrapper.findAll('li').map((item) => item.text().replace(/\s+/g, ' '))
    expect(items[0]).toContain('逾期 9 天')
    expect(items[1]).toContain('2026年国庆节，时限 9月26日 24:00')
    expect(items[2]).toContain('剩 27 分')
    expect(wrapper.find('a[href="/events/SJ-2026-0929-01"]').exists()).toBe(true)
    expect(wrapper.find('a[href="/units/D31?quarter=2026Q3#filings"]').exists()).toBe(true)
  })

  it('says so when nothing is overdue and when a year is not announced', async () => {
    const { wrapper } = await mountOverview(
      makeOverview({ overdue: [], overdueCount: 0, dueSoonCount: 0, upcoming: [] }),
    )
    expect(wrapper.text()).toContain('没有逾期，也没有将到期的事项。')
    expect(wrapper.text()).toContain('2027 年放假安排尚未公布，截止日暂不计算。')
  })

  it('draws a quarter without anything owed as nothing, not as 0', async () => {
    const none = { part: 0, whole: 0 }
    const overview = makeOverview({ timeliness: { now: none, previous: none, trend: [none, none, none, none] } })
    const { wrapper } = await mountOverview(overview)
    expect(wrapper.get('.figure-item').text()).toContain('无应报')
    expect(wrapper.get('.figure-item').text()).not.toContain('0.0%')
  })

  it('leads to the import while there is no unit', async () => {
    const { wrapper } = await mountOverview(makeOverview({ groups: [], changes: [], overdue: [] }))
    expect(wrapper.find('a[href="/imports?kind=units"]').exists()).toBe(true)
  })

  it('shows the number of an unexpected error', async () => {
    const answers = {
      overview: {
        get: () => {
          throw new Refusal({ code: 'internal', errorNumber: 'ZD-5031' })
        },
      },
    }
    const { wrapper } = await mountApp(OverviewPage, { answers, at: '/?quarter=2026Q3' })
    expect(wrapper.text()).toContain('ZD-5031')
  })

  describe('for a unit among peers out of its reach', () => {
    const OWN = makeOverviewUnit(12, { unitCode: 'D13', name: '市住房城乡建设局', score: 87.5 })
    const alone = makeGroup({ reachCount: 1, top: [OWN], bottom: [] })
    const townships = makeGroup({
      group: '锦溪县乡镇组',
      unitCount: 3,
      rankedCount: 3,
      reachCount: 3,
      notMeasured: 0,
      top: [1, 2, 3].map((rank) => makeOverviewUnit(rank, { unitCode: `T0${rank}` })),
      bottom: [],
    })

    function mountOwn(groups = [alone], locale: 'zh-CN' | 'en' = 'zh-CN') {
      return mountApp(OverviewPage, {
        answers: {
          meta: { get: makeMeta({ installation: { unitCode: 'D13', name: '市住房城乡建设局' } }) },
          overview: { get: makeOverview({ groups }) },
        },
        at: '/?quarter=2026Q3',
        locale,
      })
    }

    it('opens in the first person with its place, and lists nobody else', async () => {
      const { wrapper } = await mountOwn()
      expect(wrapper.get('.headline').text()).toContain('本单位在市直组 35 家中第 12 名，87.5 分；首报按时率')
      expect(wrapper.text()).toContain('全组 35 家，本辖区 1 家')
      expect(wrapper.find('.gap').exists()).toBe(false)
      expect(wrapper.text()).not.toContain('中间')
      await expectAccessible(wrapper.element.parentElement!)
    })

    it('leads every figure to the evidence on its own page', async () => {
      const { wrapper } = await mountOwn()
      const links = wrapper.findAll('.figure-strip a, dl a').map((link) => link.attributes('href'))
      expect(links).toEqual(
        expect.arrayContaining(['/units/D13?quarter=2026Q3#filings', '/units/D13?quarter=2026Q3#deductions']),
      )
    })

    it('adds those below it, whose group it sees whole', async () => {
      const { wrapper } = await mountOwn([alone, townships])
      expect(wrapper.get('.headline').text()).toContain('第 12 名，87.5 分；连同所辖共 4 家，首报按时率')
      expect(wrapper.text()).toContain('共 3 家')
    })

    it('says that it was not measured', async () => {
      const { wrapper } = await mountOwn([makeGroup({ reachCount: 1, top: [], bottom: [] })])
      expect(wrapper.get('.headline').text()).toContain('本单位本季未测量，不参与市直组 35 家的排名；')
      expect(wrapper.text()).toContain('本季未测量，不参与排名。')
    })

    it('says the same in English', async () => {
      const { wrapper } = await mountOwn([alone], 'en')
      expect(wrapper.get('.headline').text()).toMatch(/^This unit is number 12 of the 35 .* First reports on time/)
      expect(wrapper.text()).not.toMatch(/overview\.|words\.|format\./)
    })
  })
})
