// Seam: the tRPC client's last link answers; everything above it is the application's own.
import type { MisreportCaseItem, MisreportCasePage, MisreportList } from '@zhidu/contract'
import { type Role, toQuarter } from '@zhidu/domain'
import { flushPromises } from '@vue/test-utils'
import { afterEach, describe, expect, it } from 'vitest'
import type { Answers } from '../../testing/answer-link.ts'
import { makeMeta } from '../../testing/make-meta.ts'
import { makeAccount, makeSession } from '../../testing/make-session.ts'
import { expectAccessible, mountApp } from '../../testing/mount-app.ts'
import MisreportPage from './MisreportPage.vue'
import MisreportsPage from './MisreportsPage.vue'
import OpenMisreportPage from './OpenMisreportPage.vue'

afterEach(() => {
  document.body.innerHTML = ''
})

const LOCALES = ['zh-CN', 'en'] as const
type Locale = (typeof LOCALES)[number]
const CASE_ID = '7f3a0000-0000-4000-8000-0000000000cd'
const AS_OF = '2026-11-24T09:00:00+08:00'
const META = { get: makeMeta({ currentQuarter: toQuarter('2026Q4') }) }

function signedIn(role: Role): Answers['session'] {
  return { get: makeSession({ account: makeAccount([role]) }) }
}

function makeItem(overrides: Partial<MisreportCaseItem> = {}): MisreportCaseItem {
  return {
    caseId: CASE_ID,
    caseCode: 'RDA-2026-0001',
    unitCode: 'D13',
    unitName: '市住房城乡建设局',
    officeCode: 'J00',
    officeName: '市政府办',
    kind: 'false',
    eventCode: null,
    source: 'media',
    superiorAt: '2026-11-19T09:00:00+08:00',
    openedAt: '2026-11-20T09:00:00+08:00',
    state: 'awaiting_second',
    turn: 'office',
    lastDay: null,
    notAnnounced: null,
    daysLeft: null,
    lamp: 'off',
    isReceived: true,
    isMine: true,
    ...overrides,
  }
}

function makePage(overrides: Partial<MisreportCasePage> = {}): MisreportCasePage {
  const says = { verdict: null, clauseLabel: null, correctedAt: null, sharePercent: null }
  const step = {
    lastDay: null,
    notAnnounced: null,
    workingDays: null,
    files: [],
    sharePercent: null,
    isAgainstRule: false,
  }
  return {
    item: makeItem(),
    asOf: AS_OF,
    openedAs: 'false',
    regulation: { id: 'sample', version: '1', title: '示例规则', notice: null },
    costs: [{ kind: 'false', points: 10, clauseLabel: '第六条' }],
    figures: {
      statements: [{ at: AS_OF, stage: 'first', deaths: 1, missing: null, injuries: 2 }],
      found: { deaths: 3, missing: null, injuries: 2 },
    },
    reports: [],
    tolerance: says,
    correction: says,
    steps: [
      { ...step, kind: 'opened', party: 'office', at: AS_OF, by: '甲', note: '媒体来电核实', confirmedAs: null },
      { ...step, kind: 'confirmed', party: 'office', at: AS_OF, by: '乙', note: '经核查属实', confirmedAs: 'false' },
    ],
    next: [
      { kind: 'countersigned', barredBy: null },
      { kind: 'declined', barredBy: null },
    ],
    explanationWorkingDays: 3,
    drafts: [],
    ...overrides,
  }
}

function makeList(items: readonly MisreportCaseItem[]): MisreportList {
  const states = {
    opened: 0,
    awaiting_explanation: 0,
    awaiting_decision: 0,
    awaiting_second: 1,
    confirmed: 2,
    dismissed: 0,
  }
  return { asOf: AS_OF, counts: { states, waiting: 1 }, mayOpen: true, items: [...items], nextCursor: null }
}

async function mountPage(page: MisreportCasePage, locale: Locale = 'zh-CN', more: Answers['misreport'] = {}) {
  const answers = { session: signedIn('approver'), meta: META, misreport: { get: page, ...more } }
  return await mountApp(MisreportPage, { answers, at: `/misreports/${CASE_ID}`, locale, props: { caseId: CASE_ID } })
}

async function mountList(locale: Locale = 'zh-CN') {
  const answers = { session: signedIn('clerk'), meta: META, misreport: { list: makeList([makeItem()]) } }
  return await mountApp(MisreportsPage, { answers, at: '/misreports', locale })
}

async function mountNew(locale: Locale = 'zh-CN') {
  return await mountApp(OpenMisreportPage, {
    answers: { session: signedIn('clerk'), meta: META },
    at: '/misreports/new?unit=D13',
    locale,
  })
}

describe('suspected misreports', () => {
  it('says what is open and waits, and leads to each case', async () => {
    const { wrapper } = await mountList()
    expect(wrapper.text()).toContain('RDA-2026-0001')
    expect(wrapper.find(`a[href="/misreports/${CASE_ID}"]`).exists()).toBe(true)
  })

  it('tells whose signature is missing, and why not the reader’s', async () => {
    const barred = makePage({ next: [{ kind: 'countersigned', barredBy: 'same_person' }] })
    const { wrapper } = await mountPage(barred)
    expect(wrapper.text()).toContain('经核查属实')
    expect(wrapper.text()).toContain('复核确认：认定是您作的，要由另一人复核。')
    expect(wrapper.findAll('.buttons button')).toHaveLength(0)
  })

  it('opens nothing without a time and a reason', async () => {
    const { wrapper } = await mountNew()
    await wrapper.find('form.open-misreport').trigger('submit')
    await flushPromises()
    expect(wrapper.text()).toContain('请填写。')
  })

  it.each(LOCALES)('has no barrier in %s', async (locale) => {
    for (const mount of [mountList, () => mountPage(makePage(), locale), mountNew]) {
      const { wrapper } = await mount(locale)
      await expectAccessible(wrapper.element)
      document.body.innerHTML = ''
    }
  })
})
