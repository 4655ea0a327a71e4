// Seam: the tRPC client's last link answers; everything above it is the application's own.
import type { CalendarYear, NoticePreview } from '@zhidu/contract'
import { toQuarter } from '@zhidu/domain'
import { flushPromises } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import { makeMeta } from '../../testing/make-meta.ts'
import { expectAccessible, mountApp } from '../../testing/mount-app.ts'
import CalendarPage from './CalendarPage.vue'
import NoticeForm from './NoticeForm.vue'
import { fromDraft, toYearMonths } from './year-view.ts'

function makeYear(overrides: Partial<CalendarYear> = {}): CalendarYear {
  return {
    year: 2026,
    announced: true,
    holidays: [
      {
        holiday: '2026-元旦',
        firstDayOff: '2026-01-01',
        lastDayOff: '2026-01-03',
        dueOn: '2025-12-26',
        provisional: true,
      },
      { holiday: '2026-国庆节', firstDayOff: '2026-10-01', lastDayOff: '2026-10-07', dueOn: '2026-09-24' },
    ],
    provenance: makeMeta().provenance,
    blocks: [
      { name: '元旦', firstDayOff: '2026-01-01', lastDayOff: '2026-01-03', makeupWorkdays: ['2026-01-04'] },
      { name: '国庆节', firstDayOff: '2026-10-01', lastDayOff: '2026-10-07', makeupWorkdays: ['2026-10-10'] },
    ],
    neighbours: [],
    bundled: [],
    makeupWorkdays: ['2026-01-04', '2026-10-10'],
    leadDays: 5,
    moveTo: 'previous_workday',
    versions: [
      {
        source: '随程序提供',
        recordedAt: '2026-01-01T08:00:00+08:00',
        recordedBy: null,
        replacedAt: null,
        blockCount: 2,
        dayCount: 10,
      },
    ],
    mayRecord: true,
    today: '2026-08-01',
    ...overrides,
  }
}

const UNANNOUNCED: Partial<CalendarYear> = {
  year: 2027,
  announced: false,
  holidays: [],
  blocks: [],
  makeupWorkdays: [],
  versions: [],
}

describe('the holiday calendar', () => {
  it('opens with the next due day, and marks days by a word besides their tint', async () => {
    const { wrapper } = await mountApp(CalendarPage, {
      at: '/admin/calendar?year=2026',
      answers: { meta: { get: makeMeta() }, calendar: { get: makeYear() } },
    })
    expect(wrapper.get('.headline').text()).toBe(
      '2026 年 2 个节日的放假安排已录入；最近的是国庆节，2026-09-24 截止报送。',
    )
    expect(wrapper.text()).toContain('2025 年未录入，暂按周末推算')
    expect(wrapper.findAll('td.is-off')).toHaveLength(10)
    expect(wrapper.get('td.is-makeup').text()).toBe('4班')
    expect(wrapper.get('td.is-due').text()).toBe('24截')
    await expectAccessible(wrapper.element.parentElement!)
  })

  it('says that a year is not announced and calls none of its days a workday', async () => {
    const { wrapper } = await mountApp(CalendarPage, {
      at: '/admin/calendar?year=2027',
      locale: 'en',
      answers: { meta: { get: makeMeta() }, calendar: { get: makeYear(UNANNOUNCED) } },
    })
    expect(wrapper.get('.headline').text()).toBe('The 2027 holidays are not announced; due dates are not computed.')
    expect(wrapper.findAll('td.is-unknown')).toHaveLength(365)
    expect(wrapper.findAll('td.is-work, td.is-rest')).toHaveLength(0)
    expect(wrapper.text()).not.toMatch(/calendar\./)
    await expectAccessible(wrapper.element.parentElement!)
  })
})

describe('a year’s notice', () => {
  const NOTHING: NoticePreview = { problems: [], dues: [], quarters: [], unitQuarters: 0, frozenQuarters: [] }

  async function preview(answer: Partial<NoticePreview>) {
    const { calls, wrapper } = await mountApp(NoticeForm, {
      props: { year: makeYear() },
      answers: { calendar: { preview: { ...NOTHING, ...answer } } },
    })
    await wrapper.get('form').trigger('submit')
    await flushPromises()
    return { calls, wrapper }
  }

  it('shows which due days move and what is computed anew before it is put in force', async () => {
    const { calls, wrapper } = await preview({
      dues: [{ holiday: '2026-国庆节', before: '2026-09-26', after: null }],
      quarters: [toQuarter('2026Q3')],
      unitQuarters: 1234,
    })
    expect(calls.at(-1)?.input).toEqual({ year: 2026, blocks: makeYear().blocks })
    expect(wrapper.text()).toContain('1 个截止日会变，涉及 2026年第三季度；1,234 个“单位×季度”的结果在同一事务里重算。')
    expect(wrapper.get('.is-primary').attributes('disabled')).toBeDefined()
    await wrapper.get('.zd-input').setValue('国办发明电')
    expect(wrapper.get('.is-primary').attributes('disabled')).toBeUndefined()
    await expectAccessible(wrapper.element.parentElement!)
  })

  it('is filled in from the data that come with the program while it is not on record, and says so', async () => {
    const { bundled, blocks } = { bundled: makeYear().blocks, blocks: [] }
    const { wrapper } = await mountApp(NoticeForm, { props: { year: makeYear({ bundled, blocks }) } })
    const days = wrapper.findAll<HTMLInputElement>('input[type="date"]').map(({ element }) => element.value)
    expect(days).toEqual(['2026-01-01', '2026-01-03', '2026-10-01', '2026-10-07'])
    expect(wrapper.text()).toContain('已按随程序提供的放假数据填好，启用前请与放假通知核对。')
    await expectAccessible(wrapper.element.parentElement!)
  })

  it('names the block and the day at fault, and a frozen quarter', async () => {
    const wrong = await preview({ problems: [{ kind: 'makeup_in_block', holiday: '元旦', detail: '2026-01-02' }] })
    expect(wrong.wrapper.get('[role="alert"]').text()).toContain('调休上班日 2026-01-02 落在放假期间')
    const frozen = await preview({ frozenQuarters: [toQuarter('2026Q3')] })
    expect(frozen.wrapper.get('[role="alert"]').text()).toContain('2026年第三季度 已冻结')
  })

  it('reads makeup workdays with any separator, and takes nothing for a day that is none', () => {
    const draft = {
      name: '元旦',
      firstDayOff: '2027-01-01',
      lastDayOff: '2027-01-03',
      makeup: '2027-01-09，2027-01-10',
    } as const
    expect(fromDraft(draft)?.makeupWorkdays).toEqual(['2027-01-09', '2027-01-10'])
    expect(fromDraft({ ...draft, makeup: '1 月 9 日' })).toBe(null)
    expect(fromDraft({ ...draft, firstDayOff: '' })).toBe(null)
  })

  it('has every day of a year once', () => {
    const days = toYearMonths(makeYear()).flatMap(({ weeks }) => weeks.flat().filter((day) => day !== null))
    expect(days).toHaveLength(365)
    expect(toYearMonths(makeYear(UNANNOUNCED))[0]?.weeks[0]?.findIndex((day) => day !== null)).toBe(4)
  })
})
