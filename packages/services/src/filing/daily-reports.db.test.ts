import type { SpecialPeriodInput } from '@zhidu/contract'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { exportHolidays, exportPeriods } from '../calendar/export-calendar.ts'
import { readCalendarPack } from '../calendar/read-pack.ts'
import { listPeriods, previewPeriods, recordPeriod, recordPeriods } from '../calendar/special-periods.ts'
import type { ServiceContext } from '../context.ts'
import type { ExportedFile } from '../export/exported-file.ts'
import { getRoster } from '../roster/get-roster.ts'
import { createDrawOffice, type DrawOffice } from '../testing/draw-office.ts'
import { getDailyGrid, reportDay } from './daily-reports.ts'
import { getDutySettings, setDuty } from './duty-settings.ts'
import { getFilings } from './get-filings.ts'

const at = (text: string): number => Date.parse(`${text}+08:00`)
type Person = Parameters<DrawOffice['as']>[0]
let office: DrawOffice
beforeAll(async () => {
  office = await createDrawOffice()
})
afterAll(() => office?.database.close())

const as = (person: Person, when: string): ServiceContext => ({ ...office.as(person), clock: () => at(when) })
const FLOOD: SpecialPeriodInput = {
  kind: 'response',
  level: 'III',
  title: '防汛应急响应',
  from: '2026-11-20',
  to: null,
  asksDoubleLeaders: true,
  asksDailyReport: true,
  note: '每日双带班',
  basis: '防指〔2026〕1号',
}
const ZERO = { kind: 'zero', note: null, eventCode: null, versions: 0 } as const

const stateOf = async (when: string, day: string) => {
  const { days } = await getFilings(as('officer', when))
  return days.find((one) => one.day === day)?.state ?? 'not_asked'
}

describe('a special period', () => {
  it('adds what it asks and moves no due day; it is told to the units below, changed in versions, and withdrawn', async () => {
    const clerk = as('clerk', '2026-11-19T09:00:00')
    const [preview] = await previewPeriods(clerk, { periods: [{ ...FLOOD, to: '2026-11-22' }] })
    expect(preview).toMatchObject({
      problems: [],
      effect: { leaderDays: 3, reportDays: 3, isOpen: false },
      movedDues: 0,
    })
    const bad = { ...FLOOD, level: null, to: '2026-11-01' }
    expect((await previewPeriods(clerk, { periods: [bad] }))[0]?.problems).toEqual(['to_before_from', 'level_missing'])
    await expect(recordPeriod(clerk, { ...bad, versions: 0, isWithdrawn: false })).rejects.toMatchObject({
      code: 'invalid',
      reason: 'period_to_before_from',
    })
    await recordPeriod(clerk, { ...FLOOD, versions: 0, isWithdrawn: false })
    const [told] = (await listPeriods(as('officer', '2026-11-20T08:00:00'))).items
    expect(told).toMatchObject({ isOwn: false, isOn: true, versions: [{ title: FLOOD.title, to: null }] })
    const { periodId = '' } = told ?? {}
    await expect(recordPeriod(clerk, { ...FLOOD, periodId, versions: 0, isWithdrawn: false })).rejects.toMatchObject({
      reason: 'period_changed',
    })
    await expect(
      recordPeriod(as('county', '2026-11-20T09:00:00'), { ...FLOOD, periodId, versions: 1, isWithdrawn: true }),
    ).rejects.toMatchObject({ reason: 'period_unknown' })
  })

  it('stands on the rosters of the units it is for, and not on those of others', async () => {
    const county = as('county', '2026-11-20T09:00:00')
    await recordPeriod(county, { ...FLOOD, title: '县里的', asksDoubleLeaders: false, versions: 0, isWithdrawn: false })
    const special = async (who: Person, unitCode: string) => {
      const span = { from: '2026-11-19', to: '2026-11-20' }
      const { days } = await getRoster(as(who, '2026-11-20T10:00:00'), { unitCode, ...span })
      return days.map((day) => day.special.map(({ asksDoubleLeaders, title }) => `${title} ${asksDoubleLeaders}`))
    }
    // The officer does not see the office's tree, the clerk does.
    expect(await special('officer', 'D01')).toEqual([[], ['防汛应急响应 true']])
    expect(await special('clerk', 'D01')).toEqual([[], ['防汛应急响应 true']])
    expect((await special('clerk', 'C01'))[1]?.sort()).toEqual(['县里的 false', '防汛应急响应 true'])
    const [own] = (await listPeriods(county)).items.filter(({ isOwn }) => isOwn)
    const gone = { ...FLOOD, title: '县里的', periodId: own?.periodId ?? '', versions: 1, isWithdrawn: true }
    await recordPeriod(county, gone)
    expect(await special('clerk', 'C01')).toEqual([[], ['防汛应急响应 true']])
  })

  it('that asks for it has each day reported by its end, and by the hour once the office has set one', async () => {
    expect(await stateOf('2026-11-20T23:59:59', '2026-11-20')).toBe('not_yet_due')
    expect(await stateOf('2026-11-21T00:00:00', '2026-11-20')).toBe('missing')
    const clerk = as('clerk', '2026-11-21T08:00:00')
    const hour = { versions: 0, reminderDays: [5, 3, 1], dailyUntil: '15:00', fromOn: '2026-11-21' }
    await expect(setDuty(as('clerk', '2026-11-21T15:00:00'), hour)).rejects.toMatchObject({
      reason: 'setting_hour_past',
    })
    await setDuty(clerk, hour)
    await expect(setDuty(clerk, hour)).rejects.toMatchObject({ reason: 'setting_changed' })
    expect((await getDutySettings(clerk)).versions[0]).toMatchObject({ version: 1, dailyUntil: '15:00' })
    expect(await stateOf('2026-11-21T15:00:00', '2026-11-21')).toBe('not_yet_due')
    expect(await stateOf('2026-11-21T15:00:01', '2026-11-21')).toBe('missing')
  })

  it('knows zero, event and silence apart; the first report fixes the time, a correction is a version', async () => {
    const day = '2026-11-22'
    const on = (time: string): ServiceContext => as('officer', `${day}T${time}`)
    expect(await reportDay(on('14:59:59'), { ...ZERO, day })).toMatchObject({ version: 1, isLate: false })
    expect(await stateOf(`${day}T15:30:00`, day)).toBe('zero')
    await expect(reportDay(on('16:00:00'), { ...ZERO, day })).rejects.toMatchObject({ reason: 'daily_changed' })
    const event = { day, kind: 'event', note: '一处内涝，电话 15400001234', eventCode: null, versions: 1 } as const
    expect(await reportDay(on('16:00:00'), event)).toMatchObject({ version: 2, isLate: false })
    expect(await stateOf(`${day}T16:30:00`, day)).toBe('event')
    const late = '2026-11-23'
    await reportDay(as('officer', `${late}T15:00:01`), { ...ZERO, day: late })
    expect(await stateOf(`${late}T16:00:00`, late)).toBe('zero_late')
    const grid = await getDailyGrid(as('clerk', `${late}T16:00:00`), {})
    expect(grid.days.map((one) => one.day)).toEqual(['2026-11-20', '2026-11-21', '2026-11-22', '2026-11-23'])
    expect(grid.counts).toMatchObject({ zero_late: 1, missing: grid.total - 1, zero: 0 })
    const own = grid.units.find(({ unitCode }) => unitCode === 'D01')
    expect(own?.cells.map(({ state }) => state)).toEqual(['missing', 'missing', 'event', 'zero_late'])
    expect(own?.cells[2]?.note).toBe('一处内涝，电话 154****1234')
  })

  it('refuses a day nobody asks about, one to come, and an event without a word', async () => {
    const now = as('officer', '2026-11-23T17:00:00')
    await expect(reportDay(now, { ...ZERO, day: '2026-11-24' })).rejects.toMatchObject({ reason: 'daily_future' })
    await expect(reportDay(now, { ...ZERO, day: '2026-11-10' })).rejects.toMatchObject({ reason: 'daily_not_asked' })
    await expect(reportDay(now, { ...ZERO, day: '2026-09-10' })).rejects.toMatchObject({ reason: 'daily_over' })
    const silent = { ...ZERO, kind: 'event', day: '2026-11-23', versions: 1 } as const
    await expect(reportDay(now, silent)).rejects.toMatchObject({ reason: 'daily_event_empty' })
  })
})

describe('a calendar as a file', () => {
  const bytes = async ({ body }: ExportedFile) => new Uint8Array(await new Response(body).arrayBuffer())

  it.each(['json', 'csv', 'xlsx'] as const)(
    'of a year goes out and comes back the same as %s, with what it would change',
    async (format) => {
      const clerk = as('clerk', '2026-11-19T09:00:00')
      const file = await bytes(await exportHolidays(clerk, { year: 2026, format }))
      const read = await readCalendarPack(clerk, file)
      if (read.kind !== 'holidays') throw new RangeError(read.kind)
      expect(read).toMatchObject({ year: 2026, problems: [], preview: { problems: [], dues: [] } })
      expect(read.blocks.map(({ name }) => name)).toHaveLength(7)
      const json = Buffer.from(
        JSON.stringify({ kind: 'holidays', year: 2026, source: '', blocks: read.blocks.slice(0, 6) }),
      )
      const shorter = await readCalendarPack(clerk, json)
      expect(shorter).toMatchObject({
        preview: { dues: [{ holiday: '2026-国庆节', before: '2026-09-26', after: null }] },
      })
    },
  )

  it('of special periods goes out and comes back; the same again changes nothing, and what cannot be read is said', async () => {
    const clerk = as('clerk', '2026-11-24T09:00:00')
    const read = await readCalendarPack(clerk, await bytes(await exportPeriods(clerk, { format: 'csv' })))
    if (read.kind !== 'periods') throw new RangeError(read.kind)
    expect(read).toMatchObject({ problems: [], periods: [FLOOD], effects: [{ effect: { isOpen: true } }] })
    expect(await recordPeriods(clerk, { periods: read.periods })).toEqual({ recorded: 0, unchanged: 1 })
    expect(await recordPeriods(clerk, { periods: [{ ...FLOOD, to: '2026-12-01' }] })).toEqual({
      recorded: 1,
      unchanged: 0,
    })
    const broken =
      '类型,响应级别,名称,起始日期,结束日期,双带班,每日零报告,说明,依据文件\n台风,七级,甲,昨天,2026-02-30,也许,是,,\n'
    const said = await readCalendarPack(clerk, Buffer.from(broken))
    expect(said.problems.map(({ kind, value }) => `${kind} ${value}`)).toEqual([
      'kind_unknown 台风',
      'level_unknown 七级',
      'title_missing 甲',
      'day_unreadable 昨天',
      'day_unreadable 2026-02-30',
      'yes_no_unknown 也许',
    ])
    await expect(readCalendarPack(clerk, Buffer.from('姓名,电话\n甲,1\n'))).rejects.toMatchObject({
      reason: 'calendar_pack_heads',
    })
    await expect(readCalendarPack(clerk, Buffer.from('{"kind":"x"}'))).rejects.toMatchObject({
      reason: 'calendar_pack_json',
    })
    const county = as('county', '2026-11-24T09:00:00')
    const year = await bytes(await exportHolidays(county, { year: 2026, format: 'csv' }))
    await expect(readCalendarPack(county, year)).rejects.toMatchObject({ reason: 'top_only' })
  })
})
