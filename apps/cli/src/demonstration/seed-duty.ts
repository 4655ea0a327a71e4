import { addDays, DAY_MS, HOUR_MS, localDateOf, type Role, startOfLocalDay, toLocalIso } from '@zhidu/domain'
import {
  assessDutyRoom,
  getRoster,
  planRoster,
  recordTraining,
  replaceRoster,
  saveRoomItems,
  type ServiceContext,
  swapRoster,
  withdrawRoster,
} from '@zhidu/services'
import { actorOf } from './check-parts.ts'

/** Units that said what their rooms have; what the office saw in some of them differs. */
const DECLARED = ['D01', 'D02', 'D03', 'D04', 'D05', 'D06', 'D13', 'C01', 'C02', 'C03'] as const
const SEEN = ['D02', 'D04', 'D13', 'C02'] as const
const ITEMS = ['room', 'rest_room', 'computer', 'line', 'fax', 'network', 'secrecy'] as const
const OWN_ITEM = '备用电源'
const CHANGE_HOUR = 8
const EMPTY = 'D31'
const DOUBLE = 'D09'
const SAID = { askedBy: '值班员', agreedBy: '值班科科长' } as const

type As = (at: number, loginName: string, displayName: string, role: Role, unitCode?: string) => Promise<ServiceContext>

function answersOf(unit: number): { item: string; answer: 'has' | 'has_not' | 'not_known' }[] {
  return ITEMS.flatMap((item, at) => {
    const lot = (unit * 7 + at * 3) % 11
    if (lot === 10) return []
    return [{ item, answer: lot === 0 ? 'has_not' : lot === 5 ? 'not_known' : 'has' } as const]
  })
}

async function seedRooms(now: number, as: As): Promise<void> {
  const office = await as(now - 100 * DAY_MS, 'inspector', '演示督查员', 'inspector')
  await saveRoomItems(office, { version: 0, items: [{ key: null, label: OWN_ITEM }] })
  const nothing = { note: null, checkCode: null, files: [] }
  for (const [at, unitCode] of DECLARED.entries()) {
    const day = now - (80 - at) * DAY_MS
    const unit = await as(day, 'unit-officer', '演示单位值班员', 'unit_officer', unitCode)
    const staffing = { regular: 3 + (at % 4), other: at % 3, atOnce: 1 }
    await assessDutyRoom(unit, {
      ...nothing,
      unitCode,
      lookedOn: localDateOf(day),
      answers: answersOf(at),
      staffing,
    })
    if (at % 2 === 0) {
      const training = { topic: '突发事件接报与续报', minutes: 120, persons: 4 + at, note: null, files: [] }
      const what = { unitCode, heldOn: localDateOf(day - 10 * DAY_MS), replaces: null, isWithdrawn: false }
      await recordTraining(unit, { ...training, ...what })
    }
  }
  for (const [at, unitCode] of SEEN.entries()) {
    const day = now - (30 - at) * DAY_MS
    await assessDutyRoom(await as(day, 'inspector', '演示督查员', 'inspector'), {
      ...nothing,
      unitCode,
      lookedOn: localDateOf(day),
      answers: [
        { item: 'room', answer: 'has' },
        { item: 'rest_room', answer: at % 2 === 0 ? 'has_not' : 'has' },
        { item: 'fax', answer: 'has' },
        { item: 'own-1', answer: at === 0 ? 'has' : 'has_not' },
      ],
      staffing: null,
      note: '现场查看',
    })
  }
}

/** The shifts of one unit within some days, as it keeps them. */
async function allShiftsOf(ctx: ServiceContext, unitCode: string, day: number, days: number) {
  const { shifts } = await getRoster(ctx, { unitCode, from: localDateOf(day), to: addDays(localDateOf(day), days) })
  return shifts
}

/** The officers' shifts of one unit around a day. */
async function shiftsOf(ctx: ServiceContext, unitCode: string, day: number) {
  return (await allShiftsOf(ctx, unitCode, day, 6)).filter(({ role }) => role === 'officer')
}

async function seedRosters(now: number, as: As): Promise<void> {
  const officer = (unitCode: string, at = now) => as(at, 'unit-officer', '演示单位值班员', 'unit_officer', unitCode)
  const keyOf = ({ person, role, startsAt }: Awaited<ReturnType<typeof shiftsOf>>[number]) => ({
    person,
    role,
    startsAt,
  })
  // One took its whole roster back and filed no other; in another the leader of a day is its officer as well.
  const none = await officer(EMPTY)
  const all = (await allShiftsOf(none, EMPTY, now + DAY_MS, 40)).filter(
    ({ startsAt }) => Date.parse(startsAt) > now + HOUR_MS,
  )
  await withdrawRoster(none, { unitCode: EMPTY, shifts: all.map(keyOf), reason: '人员调整，重新排班' })
  const both = await officer(DOUBLE)
  const leader = (await allShiftsOf(both, DOUBLE, now + 2 * DAY_MS, 6)).find(({ role }) => role === 'leader')
  if (leader !== undefined) {
    const { person, phone, post, startsAt } = leader
    const endsAt = toLocalIso(Date.parse(startsAt) + 8 * HOUR_MS)
    const shift = { role: 'officer' as const, person, phone, post, startsAt, endsAt }
    await planRoster(both, { unitCode: DOUBLE, shifts: [shift], reason: null })
  }
  // A day without an officer.
  for (const [unitCode, day] of [
    ['D02', 3],
    ['D06', 2],
  ] as const) {
    const ctx = await officer(unitCode)
    const [open] = await shiftsOf(ctx, unitCode, now + day * DAY_MS)
    if (open !== undefined) {
      await withdrawRoster(ctx, { unitCode, shifts: [keyOf(open)], reason: '人员调离，待重排' })
    }
  }
  const swapping = await officer('D13')
  const [first, second] = await shiftsOf(swapping, 'D13', now + 3 * DAY_MS)
  if (first !== undefined && second !== undefined) {
    const said = { ...SAID, reason: '家中有事' }
    await swapRoster(swapping, { unitCode: 'D13', first: keyOf(first), second: keyOf(second), ...said })
  }
  const late = await officer('D13')
  const begun = startOfLocalDay(localDateOf(now - DAY_MS)) + CHANGE_HOUR * HOUR_MS
  const shift = (await shiftsOf(late, 'D13', begun)).find(({ startsAt }) => Date.parse(startsAt) === begun)
  if (shift === undefined) return
  await replaceRoster(late, {
    unitCode: 'D13',
    shift: keyOf(shift),
    person: '住建替班01',
    post: '科员',
    phone: null,
    from: toLocalIso(begun + 6 * HOUR_MS),
    to: shift.endsAt,
    ...SAID,
    reason: '突发急病，事后补报',
  })
}

/**
 * What units and the office put on record of rosters and duty rooms: gaps to come, a swap in time, a replacement that came late; rooms
 * with and without what they need, some seen differently. The accounts of the demonstration must be there.
 */
export async function seedDemonstrationDuty(ctx: ServiceContext): Promise<void> {
  const now = ctx.clock()
  const as: As = async (at, loginName, displayName, role, unitCode) => {
    const actor = await actorOf(ctx, loginName, displayName, role)
    return { ...ctx, clock: () => at, actor: unitCode === undefined ? actor : { ...actor, unitCode } }
  }
  await seedRooms(now, as)
  await seedRosters(now, as)
}
