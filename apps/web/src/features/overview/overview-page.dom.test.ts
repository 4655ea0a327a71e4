// Seam: the tRPC client's last link answers; everything above it is the application's own.
import { describe, expect, it } from 'vitest'
import { Refusal } from '../../testing/answer-link.ts'
import { expectAccessible, mountApp } from '../../testing/mount-app.ts'
import OverviewPage from './OverviewPage.vue'
import { makeGroup, makeOverview } from './testing/make-overview.ts'

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

  it('shows both ends of a group and links what lies between to the table', async () => {
    const { wrapper } = await mountOverview()
    const gap = wrapper.get('.gap a')
    expect(gap.text()).toBe('中间 21 家')
    expect(gap.attributes('href')).toContain('/league?quarter=2026Q3&group=')
    expect(wrapper.text()).toContain('另有 4 家未测量，不参与排名。')
  })

  it('says that a single unit is not ranked', async () => {
    const { wrapper } = await mountOverview(makeOverview({ groups: [makeGroup({ unitCount: 1, rankedCount: 1 })] }))
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
})
