import type { FilingForm } from '@zhidu/domain'
import {
  addDays,
  DAY_MS,
  HOUR_MS,
  localDateOf,
  MINUTE_MS,
  type Role,
  startOfLocalDay,
  toPlainDate,
} from '@zhidu/domain'
import {
  getFiling,
  getFilings,
  listFilingHolidays,
  recordNotice,
  recordPeriod,
  remindFiling,
  reportDay,
  saveFilingDraft,
  seeReminders,
  sendDueReminders,
  type ServiceContext,
  setDuty,
  submitFiling,
} from '@zhidu/services'
import { INVENTED_NOTICE } from '@zhidu/synthetic'
import { actorOf } from './check-parts.ts'
import { BUREAU } from './demonstration-accounts.ts'
import { rosterOnRecord, rosterPlanned, whereaboutsOf } from './holiday-forms.ts'

/** Names as people of these units have them on the roster, and their place among the units. */
const UNITS = {
  C01: ['安东', 1],
  C02: ['安西', 2],
  D01: ['发改局', 6],
  D02: ['教育局', 7],
  D07: ['民政局', 12],
  D11: ['自然资源局', 16],
  D12: ['生态环境局', 17],
} as const
type Unit = keyof typeof UNITS

/** Of the last holiday: forms of which the content is there as well. */
const FILED_LAST: readonly Unit[] = ['C01', 'C02', 'D01', 'D07']
/** Of the coming one: both forms, 去向表 alone, and what is being filled in. */
const FILED_NEXT: readonly Unit[] = ['C01', 'D12']
const HALF_NEXT: readonly Unit[] = ['C02', 'D01']
const DRAFTING: Unit = 'D11'
/** Reminded by hand: who has seen it and who has not. */
const SEEN: readonly Unit[] = ['D01', 'D11']
const UNSEEN: readonly Unit[] = [BUREAU, 'D07']

const FIRST_HOUR = '15:00'
/** Late enough that of most days a part is to come. */
const RESPONSE_HOUR = '21:00'
const RESPONSE_DAYS = 3

interface Seeding {
  readonly now: number
  readonly today: ReturnType<typeof localDateOf>
  readonly clerk: (at: number) => Promise<ServiceContext>
  readonly officer: (unitCode: string, at: number) => Promise<ServiceContext>
  /** The program itself. */
  readonly program: (at: number) => ServiceContext
}
interface Holiday {
  readonly holiday: string
  readonly firstDayOff: string
  readonly lastDayOff: string
  readonly dueOn: string
}

/** The last holiday whose forms were due and the next; the city takes a year for announced so that there is a next. */
async function chooseHolidays({ clerk, now, today }: Seeding): Promise<{ last: Holiday | null; next: Holiday | null }> {
  const find = async () => {
    const { holidays } = await listFilingHolidays(await clerk(now))
    const next = holidays.findLast(({ dueOn }) => dueOn >= today) ?? null
    return { last: holidays.find(({ dueOn }) => dueOn < today) ?? null, next }
  }
  const found = await find()
  const { source, year } = INVENTED_NOTICE
  const blocks = INVENTED_NOTICE.blocks.filter(({ firstDayOff }) => addDays(firstDayOff, -7) > today)
  if (found.next !== null || blocks.length === 0) return found
  const said = blocks.map(({ firstDayOff, lastDayOff, makeupWorkdays, name }) => ({
    name,
    firstDayOff,
    lastDayOff,
    makeupWorkdays: [...makeupWorkdays],
  }))
  await recordNotice(await clerk(now), { year, source, blocks: said })
  return await find()
}

/** The contents of forms that are on record as received, at the second they were. */
async function fileLast({ now, officer }: Seeding, block: Holiday): Promise<void> {
  const { holiday } = block
  const said = { holiday, sourceSha256: null, acceptsWarnings: true }
  for (const [at, unitCode] of FILED_LAST.entries()) {
    const unit = await officer(unitCode, now)
    const receivedAt = async (form: FilingForm): Promise<number | null> => {
      const text = (await getFiling(unit, { holiday, form })).receivedAt
      return text === null ? null : Date.parse(text)
    }
    const [where, roster] = [await receivedAt('whereabouts'), await receivedAt('roster')]
    const [short] = UNITS[unitCode]
    if (where !== null) {
      const content = whereaboutsOf(short, block, at === 1)
      await submitFiling(await officer(unitCode, where), { ...said, content, versions: 0, reason: null })
    }
    if (where !== null && at === 0) {
      const corrected = { ...whereaboutsOf(short, block), filledBy: '值班室主任' }
      const later = await officer(unitCode, where + 20 * HOUR_MS)
      await submitFiling(later, { ...said, content: corrected, versions: 1, reason: '填表人变更' })
    }
    const content = roster === null ? null : await rosterOnRecord(unit, unitCode, block)
    if (roster !== null && content !== null) {
      await submitFiling(await officer(unitCode, roster), { ...said, content, versions: 0, reason: null })
    }
  }
}

/** What the office asks, and what the program reminded units of before the last due day. */
async function remindLast({ clerk, officer, program, today }: Seeding, { dueOn }: Holiday): Promise<void> {
  const dayBefore = (days: number): number => startOfLocalDay(addDays(toPlainDate(dueOn), -days))
  const set = await clerk(dayBefore(12) + 10 * HOUR_MS)
  const fromOn = addDays(toPlainDate(dueOn), -12)
  await setDuty(set, { versions: 0, reminderDays: [5, 3, 1], dailyUntil: FIRST_HOUR, fromOn })
  for (const days of [5, 3, 1]) await sendDueReminders(program(dayBefore(days) + 9 * HOUR_MS))
  for (const unitCode of FILED_LAST.slice(0, 3)) {
    const unit = await officer(unitCode, dayBefore(1) + 10 * HOUR_MS)
    const reminderIds = (await getFilings(unit)).reminders.map(({ reminderId }) => reminderId)
    if (reminderIds.length > 0) await seeReminders(unit, { reminderIds })
  }
  const began = startOfLocalDay(addDays(today, 1 - RESPONSE_DAYS)) + 7 * HOUR_MS
  const during = { versions: 1, reminderDays: [10, 5, 3, 1], dailyUntil: RESPONSE_HOUR }
  await setDuty(await clerk(began), { ...during, fromOn: localDateOf(began) })
}

async function fileNext({ clerk, now, officer }: Seeding, block: Holiday): Promise<void> {
  const { holiday } = block
  const said = { holiday, sourceSha256: null }
  const file = async (unitCode: Unit, at: number, content: ReturnType<typeof whereaboutsOf>): Promise<void> => {
    await submitFiling(await officer(unitCode, at), {
      ...said,
      content,
      versions: 0,
      reason: null,
      acceptsWarnings: true,
    })
  }
  for (const [at, unitCode] of [...FILED_NEXT, ...HALF_NEXT].entries()) {
    const [short, index] = UNITS[unitCode]
    const filedAt = now - (90 - at * 10) * MINUTE_MS
    await file(unitCode, filedAt, whereaboutsOf(short, block))
    if (FILED_NEXT.includes(unitCode)) await file(unitCode, filedAt + 4 * MINUTE_MS, rosterPlanned(short, index, block))
  }
  for (const unitCode of [...SEEN, ...UNSEEN]) {
    await remindFiling(await clerk(now - 40 * MINUTE_MS), { holiday, unitCode })
  }
  for (const unitCode of SEEN) {
    const unit = await officer(unitCode, now - 20 * MINUTE_MS)
    const unseen = (await getFilings(unit)).reminders.filter(({ seenAt }) => seenAt === null)
    await seeReminders(unit, { reminderIds: unseen.map(({ reminderId }) => reminderId) })
  }
  for (const unitCode of [DRAFTING, BUREAU] as const) {
    const [short, index] = UNITS[unitCode]
    const content = rosterPlanned(short, index, block, true)
    await saveFilingDraft(await officer(unitCode, now - 10 * MINUTE_MS), { ...said, content })
  }
}

async function recordPeriods({ clerk, today }: Seeding): Promise<void> {
  const asks = { asksDoubleLeaders: true, asksDailyReport: true, isWithdrawn: false, versions: 0 }
  const from = (days: number) => addDays(today, -days)
  const at = (days: number, hour: number) => clerk(startOfLocalDay(from(days)) + hour * HOUR_MS)
  const year = Number(today.slice(0, 4))
  await recordPeriod(await at(240, 10), {
    ...asks,
    kind: 'flood_season',
    level: null,
    title: `${year} 年汛期`,
    from: `${year}-04-15`,
    to: `${year}-10-15`,
    asksDailyReport: false,
    note: '降雨期间领导带班在岗',
    basis: '市防汛办通知（演示）',
  })
  await recordPeriod(await at(16, 10), {
    ...asks,
    kind: 'other',
    level: null,
    title: '重要活动保障',
    from: from(10),
    to: from(9),
    note: '活动举行地周边单位加强巡查',
    basis: '市府办值班通知（演示）',
  })
  await recordPeriod(await at(RESPONSE_DAYS - 1, 6), {
    ...asks,
    kind: 'response',
    level: 'IV',
    title: '低温雨雪冰冻应急响应',
    from: from(RESPONSE_DAYS - 1),
    to: null,
    note: '解除前每日报告',
    basis: '市应急指挥部第 7 号令（演示）',
  })
}

/** Units that report every day of the response. */
const DILIGENT = 'C01 C02 C03 C05 D01 D02 D03 D05 D06 D08 D10 D11 D12 D13 D14 D16 D17 D23 D24 D28 D30 D34'.split(' ')
/** By unit and how many days ago: hour of the report and what happened; null = 平安. What is to come is left out. */
const REPORTS: readonly (readonly [string, number, number, string | null])[] = [
  ...DILIGENT.flatMap((unit, at) => [2, 1].map((days) => [unit, days, 9 + (at % 10) + days / 3, null] as const)),
  ...DILIGENT.filter((_, at) => at % 3 === 0).map((unit, at) => [unit, 9, 10 + (at % 5), null] as const),
  ['D07', 2, 22.4, null],
  ['D07', 1, 16, '一处供暖管线冻裂，已抢修恢复'],
  ['D04', 9, 17.5, null],
  ['D07', 9, 16.2, '活动场地临时停电二十分钟，备用电源已启用'],
  ['C01', 0, 0.4, null],
  ['C02', 0, 0.5, '两条乡道结冰封闭，交警现场值守'],
]

async function reportDays({ now, officer, today }: Seeding): Promise<void> {
  for (const [unitCode, days, hour, note] of REPORTS) {
    const day = addDays(today, -days)
    const at = startOfLocalDay(day) + hour * HOUR_MS
    if (at > now) continue
    const said = { day, kind: note === null ? ('zero' as const) : ('event' as const), note, eventCode: null }
    await reportDay(await officer(unitCode, at), { ...said, versions: 0 })
  }
}

/**
 * What holidays leave: forms with their contents, filed, corrected, begun and missing, for the last holiday and the next; reminders by the program and
 * by hand, seen and not; special periods that are over and one that is on, with its daily reports. Through the services that pages use.
 * The accounts of the demonstration must be there.
 */
export async function seedDemonstrationFilings(ctx: ServiceContext): Promise<void> {
  const now = ctx.clock()
  const as = async (at: number, login: readonly [string, string, Role], unitCode?: string): Promise<ServiceContext> => {
    const actor = await actorOf(ctx, ...login)
    return { ...ctx, clock: () => at, actor: unitCode === undefined ? actor : { ...actor, unitCode } }
  }
  const seeding: Seeding = {
    now,
    today: localDateOf(now),
    clerk: (at) => as(at, ['clerk', '演示考核专责', 'clerk']),
    officer: (unitCode, at) => as(at, ['unit-officer', '演示单位值班员', 'unit_officer'], unitCode),
    program: (at) => ({ ...ctx, clock: () => at }),
  }
  const { last, next } = await chooseHolidays(seeding)
  await recordPeriods(seeding)
  if (last !== null && Date.parse(last.dueOn) < now - 4 * DAY_MS) await remindLast(seeding, last)
  if (last !== null) await fileLast(seeding, last)
  if (next !== null) await fileNext(seeding, next)
  await reportDays(seeding)
}
