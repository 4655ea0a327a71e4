// Seam: the tRPC client's last link answers; everything above it is the application's own.
import type { AskedRoster, RosterHours, RosterPage as Page, RosterUnits } from '@zhidu/contract'
import { type Role, toPlainDate, toQuarter } from '@zhidu/domain'
import { flushPromises } from '@vue/test-utils'
import { afterEach, describe, expect, it } from 'vitest'
import type { Answers } from '../../testing/answer-link.ts'
import { makeMeta } from '../../testing/make-meta.ts'
import { makeAccount, makeSession } from '../../testing/make-session.ts'
import { expectAccessible, mountApp } from '../../testing/mount-app.ts'
import RosterPage from './RosterPage.vue'
import { spanOf, timeOn, toPeople, toWeeks } from './roster-view.ts'
import RostersPage from './RostersPage.vue'

afterEach(() => {
  document.body.innerHTML = ''
})

const LOCALES = ['zh-CN', 'en'] as const
type Locale = (typeof LOCALES)[number]
const AS_OF = '2026-11-24T09:00:00+08:00'
const META = { get: makeMeta({ currentQuarter: toQuarter('2026Q4'), now: AS_OF }) }

function signedIn(role: Role): Answers['session'] {
  return { get: makeSession({ account: makeAccount([role]) }) }
}

const shift = (person: string, day: string, role: 'leader' | 'officer' = 'officer'): Page['shifts'][number] => ({
  role,
  person,
  post: null,
  phone: null,
  startsAt: `2026-11-${day}T08:00:00+08:00`,
  endsAt: `2026-11-${String(Number(day) + 1).padStart(2, '0')}T08:00:00+08:00`,
  recordedAt: '2026-11-20T09:00:00+08:00',
  isLate: false,
})

function makePage(overrides: Partial<Page> = {}): Page {
  return {
    unitCode: 'D13',
    unitName: '市住房城乡建设局',
    dutyMode: 'room',
    asOf: AS_OF,
    from: '2026-11-23T00:00:00+08:00',
    to: '2026-11-30T00:00:00+08:00',
    isMasked: false,
    mayKeep: true,
    mayReveal: false,
    days: ['23', '24', '25', '26', '27', '28', '29'].map((day) => ({
      date: `2026-11-${day}`,
      state: 'workday',
      holiday: null,
      isMakeup: day === '28',
      special: day === '25' ? [{ title: '低温雨雪冰冻应急响应', asksDoubleLeaders: true }] : [],
    })),
    shifts: [shift('赵一', '23'), shift('钱二', '25'), shift('李局', '25', 'leader')],
    gaps: [{ need: 'officer', from: '2026-11-26T08:00:00+08:00', to: '2026-11-30T00:00:00+08:00' }],
    conflicts: [
      {
        person: '赵一',
        kind: 'roles',
        from: '2026-11-23T08:00:00+08:00',
        to: '2026-11-23T10:00:00+08:00',
        units: [],
      },
    ],
    changes: [
      {
        changeCode: 'ZB-20261124-0000aaaa',
        kind: 'replaced',
        from: '2026-11-23T08:00:00+08:00',
        to: '2026-11-24T08:00:00+08:00',
        isLate: true,
        askedBy: '赵一',
        agreedBy: '科长',
        reason: '急病',
        recordedAt: AS_OF,
        by: '值班员',
      },
    ],
    lines: [
      {
        line: 'duty_room',
        number: '0199-0123456',
        isWithdrawn: false,
        forwardingUntil: null,
        forwardingReason: null,
        recordedAt: AS_OF,
        replacedAt: null,
        reason: '换号',
        fromAt: AS_OF,
        by: '值班员',
      },
    ],
    ...overrides,
  }
}

const HOURS: RosterHours = {
  from: '2026-11-23T00:00:00+08:00',
  to: '2026-11-30T00:00:00+08:00',
  isMasked: false,
  notAnnounced: [],
  people: [
    {
      role: 'officer',
      person: '赵一',
      post: '科员',
      phone: null,
      shiftCount: 2,
      hours: 48,
      nightHours: 16,
      holidayHours: 0,
      longestHours: 48,
      ofMean: 1.33,
      isOverMean: true,
      isTooLong: true,
      turn: 2,
    },
  ],
}
const ASKED: AskedRoster = {
  unitCode: 'D13',
  unitName: '市住房城乡建设局',
  at: '2026-11-23T10:00:00+08:00',
  knownAt: '2026-11-23T12:00:00+08:00',
  isMasked: false,
  mayReveal: false,
  onDuty: [
    {
      role: 'officer',
      person: '赵一',
      post: null,
      phone: null,
      startsAt: '2026-11-23T08:00:00+08:00',
      endsAt: '2026-11-24T08:00:00+08:00',
      recordedAt: '2026-11-20T09:00:00+08:00',
      source: { name: 'ZB-1', sha256: '0'.repeat(64), kind: 'planned' },
    },
  ],
  later: [],
  lines: [],
}
const UNITS: RosterUnits = {
  asOf: AS_OF,
  from: AS_OF,
  to: '2026-12-01T00:00:00+08:00',
  ownUnitCode: 'J00',
  counts: { none: 1, gaps: 0, complete: 3 },
  total: 4,
  page: 0,
  items: [
    {
      unitCode: 'D13',
      unitName: '市住房城乡建设局',
      dutyMode: 'room',
      state: 'none',
      uncoveredHours: 336,
      gaps: [{ need: 'leader', from: AS_OF, to: '2026-12-01T00:00:00+08:00' }],
      gapCount: 2,
      conflicts: [],
    },
  ],
}

async function mountPage(page: Page = makePage(), locale: Locale = 'zh-CN', more: Answers['roster'] = {}) {
  const answers = {
    session: signedIn('unit_officer'),
    meta: META,
    roster: { get: page, hours: HOURS, ask: ASKED, ...more },
  }
  const at = '/rosters/D13?view=week&day=2026-11-25'
  return await mountApp(RosterPage, { answers, at, locale, props: { unitCode: 'D13' } })
}

async function mountList(locale: Locale = 'zh-CN') {
  const answers = { session: signedIn('clerk'), meta: META, roster: { units: UNITS } }
  return await mountApp(RostersPage, { answers, at: '/rosters', locale })
}

describe('the list of rosters', () => {
  it('says how many filed none, and where nobody is', async () => {
    const { wrapper } = await mountList()
    expect(wrapper.text()).toContain('未来 7 天，1 家未报值班表，0 家有空档。')
    expect(wrapper.find('a[href="/rosters/D13"]').exists()).toBe(true)
    expect(wrapper.text()).toContain('另有 1 处')
  })
})

describe('a unit’s roster', () => {
  it('marks gaps, people in two places, and what was filed afterwards, in words', async () => {
    const { wrapper } = await mountPage()
    const text = wrapper.text()
    for (const word of ['缺值班员', '赵一 在', '既带班又值班', '事后报备', '调休上班', '今天', '超均值 15%', '133%']) {
      expect(text).toContain(word)
    }
  })

  it('marks the days of a special period, and that one leads alone where two are asked for', async () => {
    const { wrapper } = await mountPage()
    const marked = wrapper.findAll('td.is-special')
    expect(marked.map((cell) => cell.get('.date').text())).toEqual([
      expect.stringMatching(/^11-25.*低温雨雪冰冻应急响应$/),
    ])
    expect(marked[0]?.get('.double').text()).toBe('要求双带班，已排 1 人')
    expect(wrapper.findAll('.double')).toHaveLength(1)
  })

  it('shows a rotation before it is put on record, and puts that on record', async () => {
    const sent: unknown[] = []
    const plan = (input: unknown) => {
      sent.push(input)
      return { changeCode: 'ZB-2', isLate: false, written: 7 }
    }
    const { wrapper } = await mountPage(makePage(), 'zh-CN', { plan })
    await wrapper.find('form.plan-form textarea').setValue('赵一\n钱二 科员 15400001234')
    await wrapper.find('form.plan-form').trigger('submit')
    expect(wrapper.text()).toContain('将登记 7 班。')
    expect(sent).toEqual([])
    await wrapper.find('.preview .is-primary').trigger('click')
    await flushPromises()
    expect(sent).toMatchObject([
      { unitCode: 'D13', shifts: [{ person: '赵一' }, { person: '钱二', phone: '15400001234' }, {}, {}, {}, {}, {}] },
    ])
    expect(wrapper.text()).toContain('已登记 7 班')
  })

  it('lets nobody but its keeper change it', async () => {
    const { wrapper } = await mountPage(makePage({ mayKeep: false, isMasked: true }))
    expect(wrapper.find('#plan-title').exists()).toBe(false)
  })

  it('answers who was on duty, by what', async () => {
    const { wrapper } = await mountPage()
    await wrapper.find('form.ask input').setValue('2026-11-23T10:00')
    await wrapper.find('form.ask').trigger('submit')
    await flushPromises()
    expect(wrapper.text()).toContain('有 1 人在班')
    expect(wrapper.text()).toContain('排班 ZB-1')
  })
})

describe('the calendar', () => {
  it('has whole weeks from Monday on, and puts a shift on the day it begins', () => {
    expect(spanOf(toPlainDate('2026-12-31'), 'month')).toEqual({ from: '2026-12-01', to: '2026-12-31' })
    expect(spanOf(toPlainDate('2026-11-25'), 'week')).toEqual({ from: '2026-11-23', to: '2026-11-29' })
    const [week = []] = toWeeks(makePage())
    expect(week.map((cell) => cell?.officers.map(({ person }) => person).join())).toEqual([
      '赵一',
      '',
      '钱二',
      '',
      '',
      '',
      '',
    ])
    expect(week.map((cell) => cell?.gaps.length)).toEqual([0, 0, 0, 1, 1, 1, 1])
  })

  it('says the next day in a word, and any other by its date', () => {
    const on = toPlainDate('2026-11-25')
    expect(['25T08:00', '26T08:00', '24T20:30'].map((at) => timeOn(`2026-11-${at}:00+08:00`, on))).toEqual([
      { time: '08:00', isNext: false, day: null },
      { time: '08:00', isNext: true, day: null },
      { time: '20:30', isNext: false, day: '11-24' },
    ])
  })

  it('reads people as they are pasted', () => {
    expect(toPeople('赵一\t科员\t15400001234\n\n钱二，0199-0123456')).toEqual([
      { person: '赵一', post: '科员', phone: '15400001234' },
      { person: '钱二', post: null, phone: '0199-0123456' },
    ])
  })
})

it.each(LOCALES)('has no barrier in %s', async (locale) => {
  for (const mount of [mountList, () => mountPage(makePage(), locale)]) {
    const { wrapper } = await mount(locale)
    await expectAccessible(wrapper.element)
    document.body.innerHTML = ''
  }
})
