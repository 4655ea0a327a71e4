// Seam: the tRPC client's last link answers; everything above it is the application's own.
import type { LeadInquiryItem, LeadItem, LeadList, LeadPage } from '@zhidu/contract'
import { LEAD_STATES, type Role, toQuarter } from '@zhidu/domain'
import { flushPromises } from '@vue/test-utils'
import { afterEach, describe, expect, it } from 'vitest'
import type { Answers } from '../../testing/answer-link.ts'
import { makeMeta } from '../../testing/make-meta.ts'
import { makeAccount, makeSession } from '../../testing/make-session.ts'
import { expectAccessible, mountApp } from '../../testing/mount-app.ts'
import InquiriesPage from './InquiriesPage.vue'
import LeadPageView from './LeadPage.vue'
import LeadsPage from './LeadsPage.vue'
import NewLeadPage from './NewLeadPage.vue'
import PlacesPage from './PlacesPage.vue'
import QuietPage from './QuietPage.vue'

afterEach(() => {
  document.body.innerHTML = ''
})

const LOCALES = ['zh-CN', 'en'] as const
type Locale = (typeof LOCALES)[number]
const AT = '2026-11-24T09:00:00+08:00'
const META = { get: makeMeta({ currentQuarter: toQuarter('2026Q4') }) }
const signedIn = (role: Role): Answers['session'] => ({ get: makeSession({ account: makeAccount([role]) }) })

const ITEM: LeadItem = {
  leadCode: 'XS-2026-1124-01',
  source: 'media',
  seenAt: AT,
  occurredAt: null,
  place: '青石镇',
  unitCode: 'C01',
  unitName: '安东区',
  category: 'accident',
  summary: '青石镇厂房起火',
  deaths: null,
  injuries: 2,
  state: 'open',
  turn: 'office',
  lastDay: null,
  daysLeft: null,
  lamp: 'off',
  isMine: true,
  proposed: { eventCode: 'SJ-1', probability: 0.93 },
}
const LIST: LeadList = {
  asOf: AT,
  counts: {
    states: { ...Object.fromEntries(LEAD_STATES.map((state) => [state, 0])), open: 1 } as LeadList['counts']['states'],
    waiting: 1,
    messages: 2,
  },
  mayHandle: true,
  quality: {
    labelled: { leads: 5_000, proposed: 3_456, right: 3_273, told: 3_466 },
    own: { proposed: 0, right: 0, told: null },
  },
  items: [ITEM],
  nextCursor: null,
}
const PAGE: LeadPage = {
  asOf: AT,
  item: ITEM,
  inquiryId: null,
  origin: null,
  candidates: [
    {
      eventCode: 'SJ-1',
      units: [{ unitCode: 'C01', unitName: '安东区' }],
      category: 'accident',
      level: 'IV',
      occurredAt: AT,
      timing: 'late',
      probability: 0.93,
      bits: 14,
      reasons: [
        { feature: 'area', grade: 'same', bits: 3, distance: null },
        { feature: 'time', grade: 'close', bits: 4.1, distance: 1.2 },
        { feature: 'text', grade: 'none', bits: 0, distance: null },
      ],
    },
  ],
  similar: [],
  steps: [],
  next: [
    { kind: 'matched', barredBy: null },
    { kind: 'inquired', barredBy: null },
    { kind: 'omitted', barredBy: 'waits_for_explanation' },
  ],
  explanationWorkingDays: 3,
  askable: [{ unitCode: 'C01', unitName: '安东区' }],
}
const INQUIRY: LeadInquiryItem = {
  inquiryId: '7f3a0000-0000-4000-8000-0000000000cd',
  inquiryCode: 'HC-2026-0001',
  unitCode: 'C01',
  unitName: '安东区',
  officeName: '市府办',
  question: '青石镇是否发生火灾，是否上报？',
  place: '青石镇',
  toldAt: null,
  askedAt: AT,
  lastDay: '2026-11-27',
  notAnnounced: null,
  workingDays: 3,
  daysLeft: 3,
  lamp: 'amber',
  isReceived: false,
  isExplained: false,
  outcome: null,
  steps: [],
  drafts: [],
  mayAnswer: true,
}
const PLACES = {
  mayChange: true,
  units: [{ unitCode: 'C01', names: ['安东区'], parentCode: 'S00', hasArea: true }],
  places: [{ placeId: INQUIRY.inquiryId, version: 1, unitCode: 'C01', name: '青石镇', aliases: [] }],
}
const QUIET = {
  asOf: AT,
  quarter: '2026Q4',
  days: 54,
  falseRate: 0.1,
  leastExpected: 3,
  mayMark: true,
  units: [
    {
      unitCode: 'C01',
      unitName: '安东区',
      group: '县区组',
      events: 4,
      pastEvents: 160,
      pastDays: 365,
      unmatchedLeads: 1,
      expected: 24.2,
      tail: 0.0001,
      isQuiet: true,
      mark: null,
    },
    {
      unitCode: 'D09',
      unitName: '市财政局',
      group: '市直组',
      events: 0,
      pastEvents: 0,
      pastDays: 365,
      unmatchedLeads: 0,
      expected: null,
      tail: null,
      isQuiet: false,
      mark: null,
    },
  ],
}
const ANSWERS: Answers = {
  session: signedIn('clerk'),
  meta: META,
  lead: { list: LIST, get: PAGE, places: PLACES, quiet: QUIET, inquiries: { asOf: AT, waiting: 1, items: [INQUIRY] } },
}
const mount = (page: Parameters<typeof mountApp>[0], at: string, locale: Locale = 'zh-CN', props = {}) =>
  mountApp(page, { answers: ANSWERS, at, locale, props })

describe('leads', () => {
  it('stand in tabs by state, with the candidates of the chosen one beside them and why', async () => {
    const { wrapper } = await mount(LeadsPage, '/leads')
    expect(wrapper.text()).toContain('疑似已报 93.0%')
    expect(wrapper.text()).toContain('94.7%')
    expect(wrapper.text()).toContain('还没有认定，未测量')
    await wrapper.find('tbody button').trigger('click')
    await flushPromises()
    expect(wrapper.find('.candidates').text()).toContain('差 1.2 小时')
    expect(wrapper.find('.candidates').text()).toContain('迟报')
  })

  it('say on their own page what may be done, and why not what may not', async () => {
    const { wrapper } = await mount(LeadPageView, '/leads/XS-2026-1124-01', 'zh-CN', { leadCode: ITEM.leadCode })
    expect(wrapper.text()).toContain('认定就是 SJ-1')
    expect(wrapper.text()).toContain('转漏报认定：单位还在说明期限内。')
  })

  it('are shown as they were read before they are kept', async () => {
    const { wrapper } = await mount(NewLeadPage, '/leads/new')
    await wrapper.findAll('.segment-control button')[1]?.trigger('click')
    await wrapper.find('textarea').setValue('青石镇起火，2人受伤\n有人打架')
    await wrapper.find('form').trigger('submit')
    await flushPromises()
    const rows = wrapper.findAll('tbody tr').map((row) => row.text())
    expect(rows).toHaveLength(2)
    expect(rows[0]).toContain('青石镇')
    expect(rows[0]).toContain('受伤 2')
    expect(rows[1]).toContain('待补充')
  })

  it('are asked about without a word of who saw it, until a day', async () => {
    const { wrapper } = await mount(InquiriesPage, '/inquiries')
    expect(wrapper.text()).toContain('1 件核查通知待说明。')
    expect(wrapper.text()).toContain('还有 3 天')
    await wrapper.find('form').trigger('submit')
    await flushPromises()
    expect(wrapper.text()).toContain('请填写。')
  })

  it('show a unit of which nothing can be said as not measured, not as quiet', async () => {
    const { wrapper } = await mount(QuietPage, '/leads/quiet')
    expect(wrapper.text()).toContain('1 个单位报送明显偏少：安东区。')
    expect(wrapper.findAll('tbody tr')[1]?.text()).toContain('未测量')
  })

  it.each(LOCALES)('are without barriers in %s', async (locale) => {
    for (const [page, at, props] of [
      [LeadsPage, '/leads', {}],
      [LeadPageView, '/leads/XS', { leadCode: ITEM.leadCode }],
      [NewLeadPage, '/leads/new', {}],
      [InquiriesPage, '/inquiries', {}],
      [QuietPage, '/leads/quiet', {}],
      [PlacesPage, '/leads/places', {}],
    ] as const) {
      const { wrapper } = await mount(page, at, locale, props)
      await expectAccessible(wrapper.element)
      wrapper.unmount()
    }
  })
})
