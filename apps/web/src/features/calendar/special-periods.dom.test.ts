// Seam: the tRPC client's last link and `fetch` answer; everything above them is the application's own.
import type { CalendarPackRead, PeriodPreview, SpecialPeriodItem, SpecialPeriods as Periods } from '@zhidu/contract'
import { toQuarter } from '@zhidu/domain'
import { flushPromises } from '@vue/test-utils'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { expectAccessible, mountApp } from '../../testing/mount-app.ts'
import CalendarPack from './CalendarPack.vue'
import PeriodForm from './PeriodForm.vue'
import SpecialPeriods from './SpecialPeriods.vue'
import { periodsOfYear } from './use-periods.ts'

afterEach(() => vi.unstubAllGlobals())

type Version = SpecialPeriodItem['versions'][number]

function period(id: number, change: Partial<Version> = {}, about: Partial<SpecialPeriodItem> = {}): SpecialPeriodItem {
  const said: Version = {
    kind: 'response',
    level: 'IV',
    title: '低温应急响应',
    from: '2026-11-27',
    to: null,
    asksDoubleLeaders: true,
    asksDailyReport: true,
    note: '解除前每日报告',
    basis: '第 7 号令',
    version: 1,
    isWithdrawn: false,
    at: '2026-11-27T06:00:00+08:00',
    by: '考核专责',
    ...change,
  }
  const periodId = `00000000-0000-4000-8000-00000000000${id}`
  return { periodId, officeCode: 'S00', officeName: '市府办', isOwn: true, isOn: true, versions: [said], ...about }
}

const OVER = period(
  2,
  { title: '汛期', kind: 'flood_season', level: null, from: '2026-04-15', to: '2026-10-15', asksDailyReport: false },
  { isOn: false, isOwn: false },
)
const GONE = period(
  3,
  { title: '误设时段', isWithdrawn: true, asksDoubleLeaders: false, asksDailyReport: false },
  { isOn: false },
)
const LIST: Periods = { today: '2026-11-29', items: [period(1), OVER, GONE], mayRecord: true }
const PREVIEW: PeriodPreview = {
  problems: [],
  effect: { leaderDays: 90, reportDays: 90, isOpen: true, units: 41 },
  movedDues: 0,
}

describe('special periods', () => {
  it('tells those that hold, are over and were withdrawn apart in words, and lets an office change only its own', async () => {
    const { wrapper } = await mountApp(SpecialPeriods, { answers: { calendar: { periods: LIST } } })
    const rows = wrapper.findAll('tbody tr').map((row) => row.text().replace(/\s+/g, ' '))
    expect(rows[0]).toContain('生效中应急响应 Ⅳ级2026-11-27 – 至另行通知双带班 · 每日零报告')
    expect(rows[1]).not.toMatch(/生效中|已撤销|修改/)
    expect(rows[2]).toContain('已撤销')
    await expectAccessible(wrapper.element.parentElement!)
  })

  it('shows what a period adds before it is set, and forgets that when it is changed', async () => {
    const { calls, wrapper } = await mountApp(PeriodForm, {
      props: { item: period(1) },
      answers: { calendar: { previewPeriods: [PREVIEW], recordPeriod: { done: true } } },
    })
    await wrapper.get('form').trigger('submit')
    await flushPromises()
    expect(calls.some(({ path }) => path === 'calendar.recordPeriod')).toBe(false)
    expect(wrapper.get('[role="status"]').text()).toBe(
      '对 41 个单位：双带班 90 天，零报告 90 天（按 90 天计）；不移动截止日。',
    )
    await expectAccessible(wrapper.element.parentElement!)
    await wrapper.get('input[type="date"]').setValue('2026-11-28')
    expect(wrapper.find('[role="status"]').exists()).toBe(false)
    for (let step = 0; step < 2; step += 1) {
      await wrapper.get('form').trigger('submit')
      await flushPromises()
    }
    expect(calls.at(-1)).toMatchObject({
      path: 'calendar.recordPeriod',
      input: { from: '2026-11-28', to: null, level: 'IV', versions: 1, periodId: period(1).periodId },
    })
    expect(wrapper.emitted('recorded')).toHaveLength(1)
  })

  it('cannot be set while something is wrong with it', async () => {
    const { wrapper } = await mountApp(PeriodForm, {
      props: { item: period(1) },
      answers: { calendar: { previewPeriods: [{ ...PREVIEW, problems: ['to_before_from'] }] } },
    })
    await wrapper.get('form').trigger('submit')
    await flushPromises()
    expect(wrapper.get('[role="status"]').text()).toBe('结束日期在起始日期之前。')
    expect(wrapper.get('.is-primary').attributes('disabled')).toBeDefined()
  })

  it('marks the year by those that hold and touch it, the earliest first', () => {
    const older = period(4, { title: '去年', from: '2025-01-01', to: '2025-12-31' })
    expect(periodsOfYear([...LIST.items, older], 2026).map(({ title }) => title)).toEqual(['汛期', '低温应急响应'])
    expect(periodsOfYear([...LIST.items, older], 2027).map(({ title }) => title)).toEqual(['低温应急响应'])
  })
})

describe('a calendar out of a file', () => {
  const HOLIDAYS = {
    kind: 'holidays' as const,
    year: 2027,
    source: '',
    blocks: [{ name: '元旦' as const, firstDayOff: '2027-01-01', lastDayOff: '2027-01-03', makeupWorkdays: [] }],
    problems: [],
    preview: {
      problems: [],
      dues: [{ holiday: '2027-元旦', before: null, after: '2026-12-27' }],
      quarters: [toQuarter('2026Q4')],
      unitQuarters: 41,
      frozenQuarters: [],
    },
  } satisfies CalendarPackRead

  async function load(read: CalendarPackRead) {
    vi.stubGlobal('fetch', () => Promise.resolve(new Response(JSON.stringify(read))))
    const { calls, wrapper } = await mountApp(CalendarPack, {
      props: { year: 2027, mayRecord: true },
      answers: { calendar: { record: HOLIDAYS.preview, recordPeriods: { recorded: 1, unchanged: 2 } } },
    })
    const input = wrapper.get<HTMLInputElement>('input[type="file"]')
    Object.defineProperty(input.element, 'files', { value: [new File(['x'], 'a.csv')] })
    await input.trigger('change')
    await flushPromises()
    await flushPromises()
    return { calls, wrapper, submit: wrapper.find<HTMLButtonElement>('.is-primary') }
  }

  it('shows the due days a notice moves, and is put in force only with the document it rests on', async () => {
    const { calls, submit, wrapper } = await load(HOLIDAYS)
    expect(wrapper.text()).toContain('2026-12-27')
    expect(submit.element.disabled).toBe(true)
    await wrapper.get('.zd-input').setValue('国办发明电〔2026〕1 号')
    expect(submit.element.disabled).toBe(false)
    await expectAccessible(wrapper.element.parentElement!)
    await wrapper.get('form').trigger('submit')
    await flushPromises()
    expect(calls.at(-1)).toMatchObject({ path: 'calendar.record', input: { year: 2027, blocks: HOLIDAYS.blocks } })
    expect(wrapper.get('[role="status"]').text()).toBe('已启用。')
  })

  it('names the row and the cell that cannot be read, and puts nothing in force then', async () => {
    const problems = [{ kind: 'day_unreadable' as const, row: 3, value: '十月一' }]
    const { submit, wrapper } = await load({ kind: 'periods', periods: [], problems, effects: [] })
    expect(wrapper.text()).toMatch(/1 处读不出：\s*第 3 行\s+日期读不出 “十月一”/)
    expect(submit.element.disabled).toBe(true)
  })

  it('says how many periods were new', async () => {
    const { asksDailyReport, asksDoubleLeaders, basis, from, kind, level, note, title, to } = period(1).versions[0]!
    const one = { asksDailyReport, asksDoubleLeaders, basis, from, kind, level, note, title, to }
    const effects = [PREVIEW]
    const { wrapper } = await load({ kind: 'periods', periods: [one], problems: [], effects })
    expect(wrapper.text()).toContain('低温应急响应：2026-11-27 至 至另行通知')
    await wrapper.get('form').trigger('submit')
    await flushPromises()
    expect(wrapper.get('[role="status"]').text()).toBe('设定 1 个，2 个没有变化。')
  })
})
