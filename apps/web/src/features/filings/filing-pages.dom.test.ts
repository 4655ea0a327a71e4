// Seam: the tRPC client's last link answers; everything above it is the application's own.
import type { FilingList, FilingPage, FilingsOfUnit, SubmitFilingInput } from '@zhidu/contract'
import { flushPromises } from '@vue/test-utils'
import { afterEach, describe, expect, it } from 'vitest'
import type { Role } from '@zhidu/domain'
import { makeAccount, makeSession } from '../../testing/make-session.ts'
import { expectAccessible, mountApp } from '../../testing/mount-app.ts'
import FilingFormPage from './FilingFormPage.vue'
import FilingsPage from './FilingsPage.vue'
import { parsePaste } from './parse-paste.ts'

afterEach(() => {
  document.body.innerHTML = ''
})

const LOCALES = ['zh-CN', 'en'] as const
const UNTOLD = /filings\.[a-z]|shell\.|words\./
const AT = '2026-04-01T09:00:00+08:00'
const DAYS = ['2026-04-04', '2026-04-05', '2026-04-06']

function signedIn(role: Role) {
  return { get: makeSession({ account: makeAccount([role]) }) }
}

const OWN: FilingsOfUnit = {
  asOf: AT,
  today: '2026-04-01',
  unitCode: 'D13',
  unitName: '甲局',
  isOpen: true,
  hasSuperior: true,
  coming: [
    {
      holiday: '2026-清明节',
      firstDayOff: '2026-04-04',
      lastDayOff: '2026-04-06',
      dueOn: '2026-03-30',
      isProvisional: false,
      quarter: '2026Q1' as never,
      daysLeft: -2,
      lamp: 'red',
      forms: [
        {
          form: 'whereabouts',
          outcome: 'missing',
          receivedAt: null,
          versions: 0,
          receipt: null,
          draftAt: AT,
          isReopened: false,
        },
        {
          form: 'roster',
          outcome: 'on_time',
          receivedAt: AT,
          versions: 1,
          receipt: 'ABCD2-3456K',
          draftAt: null,
          isReopened: false,
        },
      ],
    },
  ],
  past: [],
  unannouncedYears: [2027],
  reminders: [
    {
      reminderId: '00000000-0000-4000-8000-000000000001',
      officeName: '市应急办',
      holiday: '2026-清明节',
      dueOn: '2026-03-30',
      forms: ['whereabouts'],
      at: AT,
      by: null,
      daysBefore: 3,
      seenAt: null,
      seenBy: null,
    },
  ],
  days: (['missing', 'zero', 'event_late', 'not_yet_due', 'not_asked'] as const).map((state, index) => ({
    day: `2026-04-0${index + 1}`,
    askedBy: '汛期',
    state,
    dueAt: AT,
    reportedAt: null,
    note: state === 'event_late' ? '内涝' : null,
    eventCode: null,
    versions: 0,
  })),
  mayFile: true,
  mayOversee: false,
}

const LIST: FilingList = {
  asOf: AT,
  holiday: '2026-清明节',
  firstDayOff: '2026-04-04',
  lastDayOff: '2026-04-06',
  dueOn: '2026-03-30',
  isProvisional: false,
  quarter: '2026Q1' as never,
  counts: { missing: 1, not_yet_due: 0, late: 1, on_time: 3, not_owed: 0 },
  items: [
    {
      unitCode: 'D13',
      unitName: '甲局',
      state: 'missing',
      forms: [
        { form: 'whereabouts', outcome: 'missing', receivedAt: null, versions: 0 },
        { form: 'roster', outcome: 'on_time', receivedAt: AT, versions: 1 },
      ],
      remindedAt: AT,
      reminderSeenAt: null,
    },
  ],
  nextCursor: null,
  mayRemind: true,
}

function formPage(more: Partial<FilingPage> = {}): FilingPage {
  return {
    asOf: AT,
    unitCode: 'D13',
    unitName: '甲局',
    holiday: '2026-清明节',
    form: 'roster',
    firstDayOff: '2026-04-04',
    lastDayOff: '2026-04-06',
    dueOn: '2026-03-30',
    dueAt: '2026-03-30T23:59:59+08:00',
    quarter: '2026Q1' as never,
    outcome: 'not_yet_due',
    receivedAt: null,
    isOwn: true,
    mayFile: true,
    isMasked: false,
    content: null,
    versions: [],
    draft: null,
    previous: null,
    other: null,
    sources: [],
    ...more,
  }
}

describe('the page of holiday filings', () => {
  it.each(LOCALES)(
    'tells a unit what is due, what it was reminded of and how its days stand, in %s',
    async (locale) => {
      const answers = { session: signedIn('unit_officer'), filing: { mine: OWN } }
      const { wrapper } = await mountApp(FilingsPage, { answers, at: '/filings', locale })
      expect(wrapper.text()).not.toMatch(UNTOLD)
      expect(wrapper.text()).toContain('ABCD2-3456K')
      expect(wrapper.text()).toContain('2027')
      await expectAccessible(wrapper.element.parentElement!)
    },
  )

  it.each(LOCALES)('tells an office who is silent, and reminds them at once, in %s', async (locale) => {
    const holidays = {
      today: '2026-04-01',
      holidays: [{ holiday: '2026-清明节', firstDayOff: '2026-04-04', lastDayOff: '2026-04-06', dueOn: '2026-03-30' }],
      current: '2026-清明节',
      unannouncedYears: [],
    }
    const asked: unknown[] = []
    const remind = (input: unknown) => {
      asked.push(input)
      return { reminded: 1 }
    }
    const answers = {
      session: signedIn('clerk'),
      filing: { mine: { ...OWN, mayOversee: true }, holidays, list: LIST, remind },
    }
    const { wrapper } = await mountApp(FilingsPage, { answers, at: '/filings?tab=below', locale })
    expect(wrapper.text()).not.toMatch(UNTOLD)
    await wrapper.find('button.is-primary').trigger('click')
    await flushPromises()
    expect(asked).toEqual([{ holiday: '2026-清明节' }])
    await expectAccessible(wrapper.element.parentElement!)
  })
})

describe('the page of a form', () => {
  const PASTED = [
    '日期\t带班领导\t电话\t值班员\t电话',
    ...DAYS.map((day) => `${day}\t甲\t15400001111\t乙\t15400002222`),
  ].join('\n')

  it.each(LOCALES)(
    'takes a pasted table, says what is missing, and files it when nothing is, in %s',
    async (locale) => {
      const filed: SubmitFilingInput[] = []
      const submit = (input: SubmitFilingInput) => {
        filed.push(input)
        return {
          receipt: 'WXYZ6-789AB',
          version: 1,
          receivedAt: AT,
          firstReceivedAt: AT,
          isLate: false,
          contentHash: '0',
          shifts: 6,
        }
      }
      const answers = { session: signedIn('unit_officer'), filing: { get: formPage(), submit } }
      const props = { holiday: '2026-清明节', form: 'roster' }
      const { wrapper } = await mountApp(FilingFormPage, { answers, at: '/filings/2026-清明节/roster', locale, props })
      expect(wrapper.text()).not.toMatch(UNTOLD)
      expect(wrapper.find<HTMLButtonElement>('form button[type=submit]').element.disabled).toBe(true)
      await wrapper.find('[aria-expanded]').trigger('click')
      await wrapper.find('textarea').setValue(PASTED)
      await wrapper.find('.paste button').trigger('click')
      const [dutyPhone] = wrapper.findAll('.is-head input')
      await dutyPhone?.setValue('0199-0123456')
      const [by, phone] = wrapper.findAll('.foot input')
      await by?.setValue('丙')
      await phone?.setValue('0199-0123400')
      await expectAccessible(wrapper.element.parentElement!)
      await wrapper.find('form').trigger('submit')
      await flushPromises()
      expect(filed[0]?.content.rows).toHaveLength(3)
      expect(wrapper.text()).toContain('WXYZ6-789AB')
    },
  )

  it.each(LOCALES)('shows an office what was filed, masked, with its versions, in %s', async (locale) => {
    const rows = [
      {
        name: '甲*',
        post: '局长',
        stay: 'away' as const,
        from: '2026-04-04T00:00',
        to: '2026-04-06T23:59',
        place: '外地',
      },
    ]
    const version = {
      version: 1,
      receipt: 'ABCD2-3456K',
      at: AT,
      by: '某人',
      isLate: true,
      reason: null,
      sourceSha256: null,
    }
    const page = formPage({
      form: 'whereabouts',
      isOwn: false,
      mayFile: false,
      isMasked: true,
      outcome: 'late',
      receivedAt: AT,
      content: { form: 'whereabouts', filledBy: '丙*', phone: '****00', rows },
      versions: [{ ...version, warnings: [{ kind: 'times_gap', row: null, detail: null }] }],
    })
    const answers = { session: signedIn('leader'), filing: { get: page } }
    const props = { holiday: '2026-清明节', form: 'whereabouts' }
    const { wrapper } = await mountApp(FilingFormPage, {
      answers,
      at: '/filings/2026-清明节/whereabouts?unit=D13',
      locale,
      props,
    })
    expect(wrapper.text()).not.toMatch(UNTOLD)
    expect(wrapper.text()).toContain('甲*')
    expect(wrapper.find('form').exists()).toBe(false)
    await expectAccessible(wrapper.element.parentElement!)
  })
})

it('takes cells with tabs, quotes and breaks as a spreadsheet copies them', () => {
  expect(parsePaste('a\t"b\nc ""d"""\r\n\r\n1\t2')).toEqual([
    { row: 1, cells: ['a', 'b\nc "d"'] },
    { row: 3, cells: ['1', '2'] },
  ])
})
