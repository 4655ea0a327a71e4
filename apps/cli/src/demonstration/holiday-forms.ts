import type { HolidayContentInput, UnitHoliday } from '@zhidu/contract'
import { addDays, type PlainDate, toPlainDate } from '@zhidu/domain'
import { getRoster, type ServiceContext } from '@zhidu/services'

export type Block = Pick<UnitHoliday, 'firstDayOff' | 'lastDayOff'>
type Roster = Extract<HolidayContentInput, { form: 'roster' }>
type RosterRow = Roster['rows'][number]

const FILLED = { filledBy: '值班室内勤', phone: '0199-0123400' }
const NOTHING = { from: null, to: null, note: '' }
const NO_LEADER = { leaderName: '', leaderPost: '', leaderPhone: '' }
const NO_OFFICER = { officerName: '', officerPhone: '' }

export function daysOf({ firstDayOff, lastDayOff }: Block): PlainDate[] {
  const days: PlainDate[] = []
  for (let day = toPlainDate(firstDayOff); day <= lastDayOff; day = addDays(day, 1)) days.push(day)
  return days
}

/** 去向表 of a unit's leaders; `isTornApart`: one of them is said to be in two places at a time. */
export function whereaboutsOf(short: string, block: Block, isTornApart = false): HolidayContentInput {
  const [from, to] = [`${block.firstDayOff}T00:00`, `${block.lastDayOff}T23:59`]
  const span = { from, to }
  const rows: Extract<HolidayContentInput, { form: 'whereabouts' }>['rows'] = [
    { name: `${short}领导01`, post: '主要负责人', stay: 'on_duty', ...span, place: '本单位' },
    { name: `${short}领导02`, post: '分管负责人', stay: 'local', ...span, place: '市区家中' },
    { name: `${short}领导03`, post: '分管负责人', stay: 'away', ...span, place: '省内探亲' },
  ]
  const torn = { name: `${short}领导02`, post: '分管负责人', stay: 'local', from, to, place: '市直机关大院' } as const
  return { form: 'whereabouts', ...FILLED, rows: isTornApart ? [...rows, torn] : rows }
}

function toForm(rows: RosterRow[]): HolidayContentInput {
  return { form: 'roster', ...FILLED, dutyPhone: '0199-0123456', fax: '0199-0123457', changesAt: '08:00', rows }
}

/** 值班安排表 as the shifts on record say it; null = they leave a day open. */
export async function rosterOnRecord(unit: ServiceContext, unitCode: string, block: Block) {
  const { firstDayOff: from, lastDayOff: to } = block
  const { shifts } = await getRoster(unit, { unitCode, from, to })
  const rows = daysOf(block).flatMap((day): RosterRow[] => {
    const own = shifts.filter(({ startsAt }) => startsAt.startsWith(`${day}T08:00:00`))
    const leader = own.find(({ role }) => role === 'leader')
    return own
      .filter(({ role }) => role === 'officer')
      .map(({ person, phone }, at) => ({
        day,
        ...NOTHING,
        ...(at === 0 && leader !== undefined
          ? { leaderName: leader.person, leaderPost: leader.post ?? '', leaderPhone: leader.phone ?? '' }
          : NO_LEADER),
        officerName: person,
        officerPhone: phone ?? '',
      }))
  })
  const isWhole = daysOf(block).every((day) => rows.some((row) => row.day === day && row.leaderName !== ''))
  return isWhole ? toForm(rows) : null
}

/** 值班安排表 of a unit for a holiday that no roster reaches yet; `isHalf`: as a clerk leaves it for the night. */
export function rosterPlanned(short: string, unitIndex: number, block: Block, isHalf = false): HolidayContentInput {
  const number = (person: number): string => `1540000${String(unitIndex * 100 + person).padStart(4, '0')}`
  return toForm(
    daysOf(block).map((day, at) => ({
      day,
      ...NOTHING,
      leaderName: `${short}领导0${(at % 5) + 1}`,
      leaderPost: at % 5 === 0 ? '主要负责人' : '分管负责人',
      leaderPhone: number(10 + (at % 5)),
      ...(isHalf && at > 0
        ? NO_OFFICER
        : { officerName: `${short}值班员0${(at % 8) + 1}`, officerPhone: number(20 + (at % 8)) }),
    })),
  )
}
