// Seam: the tRPC client's last link answers; everything above it is the application's own.
import type { EventList } from '@zhidu/contract'
import { toQuarter } from '@zhidu/domain'
import { flushPromises } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import { Refusal } from '../../testing/answer-link.ts'
import { expectAccessible, mountApp } from '../../testing/mount-app.ts'
import { makeGraveJudgement, makeJudgement } from '../../ui/timeline/testing/make-judgement.ts'
import { makeEventRecord } from '../../ui/obligation/testing/make-obligation.ts'
import EventPage from './EventPage.vue'
import EventsPage from './EventsPage.vue'
import { makeEventItem } from './testing/make-event-item.ts'

const provenance = {
  asOf: '2026-10-08T23:59:59+08:00',
  regulation: { id: 'sample', version: '2026-1', title: '示例规则 2026-1', notice: null },
  methodVersion: '1.0',
  isSynthetic: false,
}

function makeList(overrides: Partial<EventList> = {}): EventList {
  return {
    quarter: toQuarter('2026Q3'),
    provenance,
    total: 2,
    isTotalExact: true,
    items: [makeEventItem()],
    nextCursor: 'next',
    ...overrides,
  }
}

describe('EventsPage', () => {
  it('asks with the filters of the address', async () => {
    const { calls } = await mountApp(EventsPage, {
      answers: { event: { list: makeList() } },
      at: '/events?quarter=2026Q3&unit=D13&outcome=late&level=IV&search=0817',
    })
    expect(calls.find((call) => call.path === 'event.list')?.input).toEqual({
      quarter: '2026Q3',
      unitCode: 'D13',
      outcome: 'late',
      level: 'IV',
      search: '0817',
    })
  })

  it('brings the next page after the last row', async () => {
    const list = (input: { cursor?: string | undefined }) =>
      input.cursor === 'next'
        ? makeList({ items: [makeEventItem({ eventCode: 'SJ-2' })], nextCursor: null })
        : makeList()
    const { wrapper } = await mountApp(EventsPage, { answers: { event: { list } }, at: '/events?quarter=2026Q3' })
    expect(wrapper.get('.more-rows').text()).toContain('已显示 1 件，共 2 件')
    await wrapper.get('.more-rows button').trigger('click')
    await flushPromises()
    expect(wrapper.findAll('tbody tr')).toHaveLength(2)
    expect(wrapper.find('.more-rows button').exists()).toBe(false)
  })

  it('tells an empty quarter from filters that match nothing', async () => {
    const empty = makeList({ items: [], total: 0, nextCursor: null })
    const none = await mountApp(EventsPage, { answers: { event: { list: empty } }, at: '/events?quarter=2026Q3' })
    expect(none.wrapper.text()).toContain('本季还没有应报事件')
    const filtered = await mountApp(EventsPage, {
      answers: { event: { list: empty } },
      at: '/events?quarter=2026Q3&level=I',
    })
    expect(filtered.wrapper.text()).toContain('没有符合条件的事件。试试清空“级别”。')
  })

  it('is free of barriers', async () => {
    const { wrapper } = await mountApp(EventsPage, {
      answers: { event: { list: makeList() } },
      at: '/events?quarter=2026Q3',
    })
    await expectAccessible(wrapper.element.parentElement!)
  })
})

describe('EventPage', () => {
  function mountEvent(judgements = [makeJudgement()], locale: 'zh-CN' | 'en' = 'zh-CN') {
    const records = judgements.map(makeEventRecord)
    const page = { eventCode: 'SJ-2026-0817-03', provenance, judgements, records, appeals: [] }
    const props = { eventCode: page.eventCode }
    return mountApp(EventPage, { props, answers: { event: { get: page } }, at: `/events/${page.eventCode}`, locale })
  }

  it('opens with what the unit did and what it cost', async () => {
    const { wrapper } = await mountEvent()
    expect(wrapper.get('.headline').text()).toBe('市住房城乡建设局首报迟 17 分，本件共扣 3.0 分。')
  })

  it('counts the outcomes where several units reported', async () => {
    const { wrapper } = await mountEvent([makeJudgement(), makeGraveJudgement({ unitCode: 'C05', unitName: '棠海市' })])
    expect(wrapper.get('.headline').text()).toBe('2 家单位报了这件事：按时 1，迟报 1，未报 0，未到期 0。')
    expect(wrapper.findAll('.judgement')).toHaveLength(2)
  })

  it('writes every clock out, with seconds where an instant has them', async () => {
    const { wrapper } = await mountEvent([makeGraveJudgement()])
    expect(wrapper.text()).toContain('电话：21:58:05 − 21:40:20 = 17 分 45 秒，超出 15 分时限 2 分 45 秒；扣 1.0 分。')
    expect(wrapper.text()).toContain('续报时点 4 个，漏 1 个：8月2日 08:00；扣 1.0 分。')
    expect(wrapper.text()).toContain('后来的报告改过级别；按首报的Ⅱ级判定，不重判。')
  })

  it('deducts nothing where a misreport stands in for the event', async () => {
    const { wrapper } = await mountEvent([makeJudgement({ absorbedBy: ['RD-1'], lost: 0 })])
    expect(wrapper.text()).toContain('已认定失实（RD-1），本件的及时、完整两项不再扣分。')
    expect(wrapper.get('.sentences').text()).not.toContain('扣 1.0 分')
  })

  it('says which element each report gave and which are missing', async () => {
    const { wrapper } = await mountEvent()
    expect(wrapper.findAll('.grid tr.missing').map((row) => row.get('th').text())).toEqual(['处置情况', '拟采取措施'])
  })

  it('names each clock with its source and grade, and takes the receipt for a hint', async () => {
    const { wrapper } = await mountEvent()
    expect(wrapper.text()).toContain('单位填报（值班甲、reports.csv）')
    expect(wrapper.findAll('.grade').map((grade) => grade.text())).toEqual(['D', 'D', 'C', 'A'])
    expect(wrapper.text()).toContain('服务器在书面时间之后 16 小时 38 分收到首报。这只是提示，不改判定。')
  })

  it('lists each version of a report and what a correction changed', async () => {
    const { wrapper } = await mountEvent()
    expect(wrapper.text()).toContain('更正 1 次')
    expect(wrapper.text()).toContain('级别：Ⅲ级 → Ⅳ级')
    expect(wrapper.text()).toContain('书面：空 → 2026-08-17 16:22')
    expect(wrapper.text()).toContain('要素：增加起因，去掉事发地点')
  })

  it('shows a pre-report the rules do not know, and a re-opening, with their reasons', async () => {
    const { wrapper } = await mountEvent()
    expect(wrapper.text()).toContain('办法不认可预报，不顺延。理由：道路中断')
    expect(wrapper.text()).toContain('考核甲重开到 2026-08-17 16:15。理由：通信线路中断')
  })

  it('has every text in English too', async () => {
    const { wrapper } = await mountEvent([makeGraveJudgement()], 'en')
    expect(wrapper.text()).not.toMatch(/events\.|words\.|timeline\.|obligation/)
  })

  it('is free of barriers', async () => {
    const { wrapper } = await mountEvent([makeGraveJudgement()])
    await expectAccessible(wrapper.element.parentElement!)
  })

  it('knows no event of that code', async () => {
    const answers = {
      event: {
        get: () => {
          throw new Refusal({ code: 'not_found', reason: 'event_unknown', params: {} })
        },
      },
    }
    const { wrapper } = await mountApp(EventPage, { props: { eventCode: 'X' }, answers, at: '/events/X' })
    expect(wrapper.text()).toContain('没有编号为 X 的事件。')
  })
})
