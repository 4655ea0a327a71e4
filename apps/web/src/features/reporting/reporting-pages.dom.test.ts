// Seam: the tRPC client's last link answers, and reports are kept in memory; everything above is the application's own.
import type { ReportContent, ReportDesk, ReportReceipt, RunningReports } from '@zhidu/contract'
import { createMemoryStore } from '@zhidu/outbox/testing'
import { eventRulesOf, type Role, SAMPLE_REGULATION, toQuarter } from '@zhidu/domain'
import { flushPromises, type VueWrapper } from '@vue/test-utils'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { type Answers, Refusal } from '../../testing/answer-link.ts'
import { makeMeta } from '../../testing/make-meta.ts'
import { makeAccount, makeSession } from '../../testing/make-session.ts'
import { expectAccessible, mountApp } from '../../testing/mount-app.ts'
import DeskPage from './DeskPage.vue'
import FilePage from './FilePage.vue'
import ReceiptPage from './ReceiptPage.vue'
import TakeCallPage from './TakeCallPage.vue'
import { REPORT_STORE } from './use-report-outbox.ts'

afterEach(() => {
  document.body.innerHTML = ''
  vi.useRealTimers()
})

const LOCALES = ['zh-CN', 'en'] as const
type Locale = (typeof LOCALES)[number]
const NOW = '2026-11-20T10:00:00+08:00'
const META = { get: makeMeta({ currentQuarter: toQuarter('2026Q4') }) }
const CONTENT_ID = '7f3a0000-0000-4000-8000-0000000000cd'

const RECEIPT: ReportReceipt = {
  receiptCode: '7KM4X-9PWA3',
  eventCode: 'D13-20261120-01',
  unitCode: 'D13',
  unitName: '市住房城乡建设局',
  stage: 'first',
  sequence: 0,
  version: 1,
  receivedAt: NOW,
  writtenAt: NOW,
  sha256: 'a'.repeat(64),
  contentId: CONTENT_ID,
  signer: '某人',
  year: 2026,
  number: 3,
  by: '值班员',
  frozenQuarters: [],
}
const CONTENT: ReportContent = {
  receipt: RECEIPT,
  document: {
    stage: 'first',
    category: 'accident',
    level: 'III',
    occurredAt: '2026-11-20T09:30:00+08:00',
    learnedAt: '2026-11-20T09:40:00+08:00',
    clockSource: '',
    phonedAt: null,
    areaCode: 'D13',
    place: '东街',
    deaths: 0,
    injuries: null,
    missing: null,
    texts: { process: '塌陷' },
    recipients: '市政府应急办',
    signer: '某人',
    contact: '',
  },
  areaName: '市住房城乡建设局',
  reason: null,
  elements: ['learned_time', 'occurred_time', 'place', 'nature', 'process', 'casualties'],
  acts: [],
}

function rulesOf(category: 'accident' | 'natural_disaster' | 'public_health' | 'social_security') {
  const of = (level: 'I' | 'II' | 'III' | 'IV') => eventRulesOf(SAMPLE_REGULATION, level, category, 'county')
  return { I: of('I'), II: of('II'), III: of('III'), IV: of('IV') }
}

function makeDesk(change: Partial<ReportDesk> = {}): ReportDesk {
  return {
    unitCode: 'D13',
    unitName: '市住房城乡建设局',
    now: NOW,
    regulation: { id: 'sample', version: '1', title: '示例规则', notice: '示例' },
    preReportSeconds: null,
    rules: {
      accident: rulesOf('accident'),
      natural_disaster: rulesOf('natural_disaster'),
      public_health: rulesOf('public_health'),
      social_security: rulesOf('social_security'),
    },
    areas: [{ unitCode: 'D13', name: '市住房城乡建设局' }],
    frozenQuarters: [],
    eventCode: null,
    reports: [],
    contents: [],
    calls: [],
    preReport: null,
    next: [{ stage: 'first', sequence: 0 }],
    draft: null,
    drafts: [],
    ...change,
  }
}

const RUNNING: RunningReports = {
  now: NOW,
  items: [
    {
      eventCode: 'D13-20261120-01',
      category: 'accident',
      level: 'III',
      learnedAt: '2026-11-20T09:40:00+08:00',
      next: [
        { stage: 'follow_up', sequence: 1 },
        { stage: 'final', sequence: 0 },
      ],
      clocks: [
        { kind: 'written', dueAt: '2026-11-20T10:40:00+08:00', outcome: 'on_time', at: NOW, missed: 0 },
        { kind: 'follow_up', dueAt: '2026-11-20T17:00:00+08:00', outcome: 'not_yet_due', at: null, missed: 1 },
      ],
      given: 6,
      missing: ['cause'],
    },
  ],
  drafts: [{ draftKey: 'new/1', revision: 1, document: '{}', savedAt: NOW, by: '甲', isMine: false }],
}

function answersOf(role: Role, report: Answers['report']): Answers {
  return { session: { get: makeSession({ account: makeAccount([role]) }) }, meta: META, report }
}

async function mountFile(report: Answers['report'], locale: Locale = 'zh-CN', props: { eventCode?: string } = {}) {
  return await mountApp(FilePage, {
    answers: answersOf('unit_officer', { saveDraft: { kind: 'saved', revision: 1, savedAt: NOW }, ...report }),
    at: props.eventCode === undefined ? '/report/new?draft=new/1' : `/report/${props.eventCode}`,
    locale,
    props,
    provide: { [REPORT_STORE as symbol]: () => Promise.resolve(createMemoryStore()) },
  })
}

async function fill(wrapper: VueWrapper): Promise<void> {
  const [category, level] = wrapper.findAll('.clock-fields select')
  await category?.setValue('accident')
  await level?.setValue('III')
  const [occurred, learned] = wrapper.findAll('input[type="datetime-local"]')
  await occurred?.setValue('2026-11-20T09:30')
  await learned?.setValue('2026-11-20T09:40')
  await wrapper.find('.people input').setValue('某人')
}

describe('the page of a report', () => {
  it('says before sending what the judge will say, and by when what is missing counts', async () => {
    const { wrapper } = await mountFile({ desk: makeDesk() })
    await flushPromises()
    expect(wrapper.text()).toContain('选好类别、级别和时间')
    await fill(wrapper)
    const side = wrapper.find('.filing-side').text()
    expect(side).toContain('现在报出：首报按时')
    expect(side).toContain('已报要素 3 / 12')
    expect(side).toContain('缺：信息来源')
    // Level III: an hour from 09:40, by the server's time.
    expect(wrapper.find('[role="timer"]').text()).toBe('40:00')
  })

  it('names what is missing, and sends nothing', async () => {
    const { wrapper, calls } = await mountFile({ desk: makeDesk() })
    await flushPromises()
    await wrapper.find('form').trigger('submit')
    expect(wrapper.text()).toContain('请选事件类别')
    expect(calls.some(({ path }) => path === 'report.send')).toBe(false)
  })

  it('goes on to the receipt; a refusal keeps what was typed, and the next attempt has a key of its own', async () => {
    let isRefused = true
    const send = () => {
      if (isRefused) throw new Refusal({ code: 'conflict', reason: 'report_first_taken' })
      return RECEIPT
    }
    const { wrapper, calls, router } = await mountFile({ desk: makeDesk(), send })
    await flushPromises()
    await fill(wrapper)
    await wrapper.find('form').trigger('submit')
    await flushPromises()
    expect(wrapper.find('[role="alert"]').text()).toContain('已有书面首报')
    expect((wrapper.find('.people input').element as HTMLInputElement).value).toBe('某人')
    isRefused = false
    await wrapper.find('form').trigger('submit')
    await flushPromises()
    expect(router.currentRoute.value.path).toBe('/report/receipts/7KM4X-9PWA3')
    const keys = calls
      .filter(({ path }) => path === 'report.send')
      .map(({ input }) => (input as { clientKey: string }).clientKey)
    expect(new Set(keys).size).toBe(2)
  })

  it('waits without a network and is sent once it is back, under one key', async () => {
    let isDown = true
    const send = () => {
      if (isDown) throw new Refusal('network')
      return RECEIPT
    }
    const { wrapper, calls, router } = await mountFile({ desk: makeDesk(), send })
    await flushPromises()
    await fill(wrapper)
    await wrapper.find('form').trigger('submit')
    await flushPromises()
    expect(wrapper.text()).toContain('还没有送到')
    isDown = false
    globalThis.dispatchEvent(new Event('online'))
    await flushPromises()
    await flushPromises()
    expect(router.currentRoute.value.path).toBe('/report/receipts/7KM4X-9PWA3')
    const keys = calls
      .filter(({ path }) => path === 'report.send')
      .map(({ input }) => (input as { clientKey: string }).clientKey)
    expect([keys.length, new Set(keys).size]).toEqual([2, 1])
  })

  it('tells of another officer who saved meanwhile, and lets choose', async () => {
    const theirs = {
      draftKey: 'new/1',
      revision: 4,
      document: '{"place":"西街"}',
      savedAt: NOW,
      by: '乙',
      isMine: false,
    }
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const { wrapper } = await mountFile({ desk: makeDesk(), saveDraft: { kind: 'taken', theirs } })
    await flushPromises()
    await fill(wrapper)
    await vi.advanceTimersByTimeAsync(2_500)
    await flushPromises()
    expect(wrapper.find('.draft-state').text()).toContain('乙 在 10:00 暂存了另一版')
    await wrapper.find('.draft-state .buttons button').trigger('click')
    expect((wrapper.find('.element-fields input').element as HTMLInputElement).value).toBe('西街')
  })

  it('says that a quarter is frozen, and that the published level is heavier', async () => {
    const { wrapper } = await mountFile({ desk: makeDesk({ frozenQuarters: [toQuarter('2026Q4')] }) })
    await flushPromises()
    await fill(wrapper)
    await wrapper.findAll('.grid.is-narrow input')[0]?.setValue('10')
    expect(wrapper.text()).toContain('作为补充留档')
    expect(wrapper.text()).toContain('按公布的标准')
  })
})

const deskAnswers = { running: RUNNING, inbox: { now: NOW, items: [], nextCursor: null } }

async function mountDesk(locale: Locale = 'zh-CN') {
  return await mountApp(DeskPage, {
    answers: answersOf('clerk', deskAnswers),
    at: '/report',
    locale,
    provide: { [REPORT_STORE as symbol]: () => Promise.resolve(createMemoryStore()) },
  })
}

async function mountReceipt(locale: Locale = 'zh-CN') {
  const props = { receiptCode: RECEIPT.receiptCode }
  const answers = answersOf('unit_officer', { receipt: CONTENT })
  return await mountApp(ReceiptPage, { answers, at: '/report/receipts/7KM4X-9PWA3', locale, props })
}

async function mountCall(locale: Locale = 'zh-CN') {
  return await mountApp(TakeCallPage, { answers: answersOf('clerk', deskAnswers), at: '/report/calls/new', locale })
}

describe('the desk', () => {
  it('shows the running clocks with what is next, and drafts of others', async () => {
    const { wrapper } = await mountDesk()
    await flushPromises()
    expect(wrapper.text()).toContain('7:00:00')
    expect(wrapper.text()).toContain('已错过 1 次')
    expect(wrapper.text()).toContain('报续报一')
    expect(wrapper.text()).toContain('甲 2026-11-20 10:00 暂存')
  })

  it('refuses a code with a slip before it asks', async () => {
    const { wrapper, router } = await mountDesk()
    await flushPromises()
    await wrapper.find('.look input').setValue('22222-22223')
    await wrapper.find('form.look').trigger('submit')
    expect(wrapper.text()).toContain('回执码有误')
    await wrapper.find('.look input').setValue('22222 22222')
    await wrapper.find('form.look').trigger('submit')
    await flushPromises()
    expect(router.currentRoute.value.path).toBe('/report/receipts/22222-22222')
  })

  it('prints a receipt with its code, hash and the report it binds', async () => {
    const { wrapper } = await mountReceipt()
    await flushPromises()
    for (const text of ['7KM4X-9PWA3', 'a'.repeat(64), '塌陷', '死亡 0 人', '待核实，续报', '〔2026〕第 3 期']) {
      expect(wrapper.text()).toContain(text)
    }
  })

  it('enters no call without a unit', async () => {
    const { wrapper, calls } = await mountCall()
    await flushPromises()
    await wrapper.find('form.take-call').trigger('submit')
    expect(wrapper.text()).toContain('请选来电单位')
    expect(calls.some(({ path }) => path === 'report.take')).toBe(false)
  })

  it.each(LOCALES)('and its pages have no barrier in %s', async (locale) => {
    const file = () =>
      mountFile({ desk: makeDesk({ contents: [CONTENT], eventCode: 'E1' }) }, locale, { eventCode: 'E1' })
    for (const mount of [mountDesk, mountReceipt, mountCall, file]) {
      const { wrapper } = await mount(locale)
      await flushPromises()
      await expectAccessible(wrapper.element)
      document.body.innerHTML = ''
    }
  })
})
