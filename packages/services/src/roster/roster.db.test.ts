import { toLocalIso } from '@zhidu/domain'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ServiceContext } from '../context.ts'
import { ServiceError } from '../service-error.ts'
import { createDrawOffice, type DrawOffice } from '../testing/draw-office.ts'
import { CHECKED_NOW } from '../testing/inspection-document.ts'
import { askRoster, revealAskedRoster } from './ask-roster.ts'
import { changeDutyLine } from './change-line.ts'
import { planRoster, replaceRoster, swapRoster, withdrawRoster } from './change-roster.ts'
import { exportRosterHours } from './export-hours.ts'
import { getRosterHours } from './get-hours.ts'
import { getRoster, revealRoster } from './get-roster.ts'
import { listRosterUnits } from './list-roster-units.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
/** Monday after Friday, 20 November 2026, at 08:00. */
const MONDAY = Date.parse('2026-11-23T08:00:00+08:00')
type Person = Parameters<DrawOffice['as']>[0]

let office: DrawOffice
beforeAll(async () => {
  office = await createDrawOffice()
})
afterAll(() => office?.database.close())

function as(person: Person, at = CHECKED_NOW): ServiceContext {
  return { ...office.as(person), clock: () => at }
}

const at = (hours: number): string => toLocalIso(MONDAY + hours * HOUR)
const key = (person: string, from: number, role: 'leader' | 'officer' = 'officer') => ({
  role,
  person,
  startsAt: at(from),
})
const shift = (person: string, from: number, hours: number, role: 'leader' | 'officer' = 'officer') => ({
  ...key(person, from, role),
  endsAt: at(from + hours),
  post: null,
  phone: '15400001234',
})
const WEEK = { unitCode: 'D01', from: '2026-11-23', to: '2026-11-29' } as const
const said = { askedBy: '赵一', agreedBy: '科长', reason: '赵一参加培训' }

async function onDuty(person: Person, hours: number, knownAt?: number): Promise<string[]> {
  const input = { unitCode: 'D01', at: at(hours), ...(knownAt === undefined ? {} : { knownAt: toLocalIso(knownAt) }) }
  return (await askRoster(as(person, MONDAY + 30 * DAY), input)).onDuty.map((one) => `${one.role} ${one.person}`)
}

describe('the roster of a unit', () => {
  it('is planned by its own officer, with gaps and people in two places shown', async () => {
    const shifts = ['赵一', '钱二', '孙三'].map((name, day) => shift(name, day * 24, 24))
    const done = await planRoster(as('officer'), { unitCode: 'D01', shifts, reason: null })
    expect(done).toMatchObject({ isLate: false, written: 3 })
    expect(done.changeCode).toMatch(/^ZB-20261120-/)
    const leaders = [shift('李局长', 0, 72, 'leader'), shift('赵一', 72, 24, 'leader'), shift('赵一', 95, 24)]
    await planRoster(as('officer'), { unitCode: 'D01', shifts: leaders, reason: null })
    const page = await getRoster(as('officer'), WEEK)
    expect(page).toMatchObject({ isMasked: false, mayKeep: true, dutyMode: 'room' })
    expect(page.gaps.filter(({ need }) => need === 'officer').map(({ from, to }) => [from, to])).toEqual([
      ['2026-11-23T00:00:00+08:00', at(0)],
      [at(72), at(95)],
      [at(119), '2026-11-30T00:00:00+08:00'],
    ])
    expect(page.conflicts).toMatchObject([{ person: '赵一', kind: 'roles', from: at(95), to: at(96) }])
    expect(page.days[5]).toMatchObject({ date: '2026-11-28', state: 'rest' })
  })

  it('is masked for the office above, which may ask with a reason; nobody else writes it', async () => {
    const page = await getRoster(as('inspector'), WEEK)
    expect(page).toMatchObject({ isMasked: true, mayKeep: false, mayReveal: true })
    expect(page.shifts.map(({ person, phone }) => `${person} ${phone}`)).toContain('赵* 154****1234')
    const whole = await revealRoster(as('inspector'), { ...WEEK, reason: '核对夜间在岗' })
    expect(whole.shifts.map(({ person }) => person)).toContain('赵一')
    await expect(revealRoster(as('officer'), { ...WEEK, reason: '看看别人' })).rejects.toMatchObject({
      code: 'forbidden',
    })
    const foreign = { unitCode: 'D01', shifts: [shift('周四', 200, 8)], reason: null }
    await expect(planRoster(as('clerk'), foreign)).rejects.toMatchObject({ reason: 'duty_not_own' })
    await expect(planRoster(as('county'), foreign)).rejects.toMatchObject({ code: 'not_found' })
    await expect(getRoster(as('county'), WEEK)).rejects.toMatchObject({ code: 'not_found' })
  })

  it('is not changed where it has begun, but by somebody who stood in', async () => {
    const now = MONDAY + HOUR
    const officer = as('officer', now)
    for (const refused of [
      () => planRoster(officer, { unitCode: 'D01', shifts: [shift('周四', 0, 8)], reason: null }),
      () => withdrawRoster(officer, { unitCode: 'D01', shifts: [key('赵一', 0)], reason: '排错了' }),
      () => swapRoster(officer, { unitCode: 'D01', first: key('赵一', 0), second: key('钱二', 24), ...said }),
    ]) {
      await expect(refused()).rejects.toMatchObject({ code: 'conflict', reason: 'roster_begun' })
    }
    // Not by the database either.
    const { pool } = office.database
    await expect(
      pool.query(
        `insert into roster_change (change_id, change_code, unit_code, kind, span_from, span_to, is_late, reason, import_id,
           recorded_at, by_name, by_id)
         select gen_random_uuid(), 'X', unit_code, 'withdrawn', '2027-01-01+08', '2027-01-02+08', false, '排错了', import_id,
           $1, 'x', gen_random_uuid() from roster_shift where unit_code = 'D01' and person = '赵一' limit 1`,
        [new Date(now)],
      ),
    ).rejects.toThrow(/changed by a replacement alone/)
  })

  it('keeps what was known when somebody stood in, and marks it as late', async () => {
    const before = MONDAY + 20 * HOUR
    expect(await onDuty('officer', 10, before)).toEqual(['leader 李局长', 'officer 赵一'])
    const late = await replaceRoster(as('officer', MONDAY + 21 * HOUR), {
      unitCode: 'D01',
      shift: key('赵一', 0),
      person: '吴五',
      post: '科员',
      phone: null,
      from: at(6),
      to: at(24),
      ...said,
    })
    expect(late).toMatchObject({ isLate: true, written: 2 })
    expect(await onDuty('officer', 10)).toEqual(['leader 李局长', 'officer 吴五'])
    expect(await onDuty('officer', 10, before)).toEqual(['leader 李局长', 'officer 赵一'])
    expect(await onDuty('officer', 3)).toEqual(['leader 李局长', 'officer 赵一'])
    const asked = { unitCode: 'D01', at: at(10), knownAt: toLocalIso(before) }
    const answer = await askRoster(as('inspector', MONDAY + 2 * DAY), asked)
    expect(answer.onDuty.map(({ person, source }) => [person, source?.kind])).toEqual([
      ['李**', 'planned'],
      ['赵*', 'planned'],
    ])
    expect(answer.later.map(({ change, person, source }) => [change, person, source?.kind])).toEqual([
      ['removed', '赵*', 'replaced'],
      ['added', '吴*', 'replaced'],
    ])
    const whole = await revealAskedRoster(as('inspector', MONDAY + 2 * DAY), { ...asked, reason: '核对当班人员' })
    expect(whole.later.map(({ person }) => person)).toEqual(['赵一', '吴五'])
    const [change] = (await getRoster(as('inspector', MONDAY + 2 * DAY), WEEK)).changes
    expect(change).toMatchObject({ kind: 'replaced', isLate: true, askedBy: '赵*', reason: said.reason })
  })

  it('is swapped in time', async () => {
    await swapRoster(as('officer', MONDAY + 21 * HOUR), {
      unitCode: 'D01',
      first: key('钱二', 24),
      second: key('孙三', 48),
      ...said,
    })
    expect(await onDuty('officer', 30)).toEqual(['leader 李局长', 'officer 孙三'])
    expect(await onDuty('officer', 50)).toEqual(['leader 李局长', 'officer 钱二'])
    expect(await onDuty('officer', 30, MONDAY)).toEqual(['leader 李局长', 'officer 钱二'])
  })

  it('answers for any past instant as known then, whatever is done later', async () => {
    let now = MONDAY + 200 * HOUR
    const names = ['甲一', '乙二', '丙三', '丁四']
    const kinds = ['plan', 'withdraw', 'swap', 'replace'] as const
    let state = 20_261_129
    const one = (most: number): number => {
      state = (state * 48_271) % 2_147_483_647
      return state % (most + 1)
    }
    const runs = Array.from({ length: 26 }, () => ({
      what: kinds[one(3)],
      person: names[one(3)] ?? '',
      other: names[one(3)] ?? '',
      slot: one(9),
      slot2: one(9),
      wait: 1 + one(5),
    }))
    const start = 208
    const told = new Map<string, string>()
    const questions: { readonly hours: number; readonly knownAt: number }[] = []
    const answer = async ({ hours, knownAt }: (typeof questions)[number]): Promise<string> => {
      const asked = { unitCode: 'D01', at: at(hours), knownAt: toLocalIso(knownAt) }
      const { onDuty: people } = await askRoster(as('officer', now), asked)
      return JSON.stringify(people)
    }
    const all = Array.from({ length: 10 }, (_, slot) => shift(names[slot % 4] ?? '', start + slot * 8, 8))
    await planRoster(as('officer', now), { unitCode: 'D01', shifts: all, reason: null })
    let done = 0
    for (const { other, person, slot, slot2, wait, what } of runs) {
      now += wait * HOUR
      const ctx = as('officer', now)
      const [from, from2] = [start + slot * 8, start + slot2 * 8]
      const first = key(person, from)
      try {
        if (what === 'plan') await planRoster(ctx, { unitCode: 'D01', shifts: [shift(person, from, 8)], reason: null })
        else if (what === 'withdraw') await withdrawRoster(ctx, { unitCode: 'D01', shifts: [first], reason: '改排' })
        else if (what === 'swap') await swapRoster(ctx, { unitCode: 'D01', first, second: key(other, from2), ...said })
        else {
          const by = { person: other, post: null, phone: null, from: at(from + 2), to: at(from + 8) }
          await replaceRoster(ctx, { unitCode: 'D01', shift: first, ...by, ...said })
        }
        done += 1
      } catch (error) {
        if (!(error instanceof ServiceError) || error.code !== 'conflict') throw error
      }
      questions.push({ hours: from + 3, knownAt: now }, { hours: from2 + 1, knownAt: now - HOUR })
      for (const question of questions) {
        const [name, text] = [JSON.stringify(question), await answer(question)]
        expect(told.get(name) ?? text).toBe(text)
        told.set(name, text)
      }
    }
    expect(done).toBeGreaterThan(5)
    expect(new Set(told.values()).size).toBeGreaterThan(3)
  })
})

describe('hours', () => {
  it('per person say whose turn it is; names leave the unit with a reason alone', async () => {
    const own = await getRosterHours(as('officer', MONDAY + 2 * DAY), WEEK)
    const officers = own.people.filter(({ role }) => role === 'officer')
    expect(officers.map(({ hours, person, turn }) => [person, hours, turn])).toEqual([
      ['赵一', 30, 4],
      ['孙三', 24, 2],
      ['钱二', 24, 3],
      ['吴五', 18, 1],
    ])
    const others = await getRosterHours(as('inspector', MONDAY + 2 * DAY), WEEK)
    expect(others.people.map(({ person }) => person)).toContain('赵*')
    const sheet = await exportRosterHours(as('inspector'), WEEK, 'zh-CN')
    expect(sheet.fileName).toMatch(/值班时长 2026-11-23–2026-11-29\.xlsx$/)
    await expect(exportRosterHours(as('unit'), { ...WEEK, reason: '核发补贴' }, 'zh-CN')).resolves.toBeDefined()
    const forbidden = exportRosterHours(as('officer'), { ...WEEK, reason: '核发补贴' }, 'zh-CN')
    await expect(forbidden).rejects.toMatchObject({ code: 'forbidden' })
    const { rows } = await office.database.pool.query<{ n: number }>(
      `select count(*)::int as n from audit_entry e where e::text like '%export.rosterHours%核发补贴%'`,
    )
    expect(rows[0]?.n).toBe(1)
  })
})

describe('the list of units', () => {
  it('has those without a roster first, then those with gaps by hours, and only the own one for a unit', async () => {
    const list = await listRosterUnits(as('clerk'), { days: '7' })
    expect(list.from).toBe('2026-11-21T00:00:00+08:00')
    expect(list.items.at(-1)).toMatchObject({ unitCode: 'D01', state: 'gaps' })
    expect(list.items[0]).toMatchObject({ state: 'none', gapCount: 2 })
    expect(list.counts.none + list.counts.gaps + list.counts.complete).toBe(list.total)
    const gaps = await listRosterUnits(as('clerk'), { days: '7', state: 'gaps' })
    expect(gaps.items.map(({ unitCode }) => unitCode)).toEqual(['D01'])
    expect(gaps.items[0]?.conflicts[0]).toMatchObject({ person: '赵*', kind: 'roles' })
    expect((await listRosterUnits(as('clerk'), { days: '7', search: 'd0', page: 9 })).items).toEqual([])
    expect((await listRosterUnits(as('officer'), { days: '30' })).items.map(({ unitCode }) => unitCode)).toEqual([
      'D01',
    ])
  })
})

describe('a duty telephone', () => {
  const change = { unitCode: 'D01', line: 'duty_room', forwardingUntil: null, forwardingReason: null } as const
  const fromAt = toLocalIso(CHECKED_NOW - HOUR)

  it('is changed with a reason and since when, and keeps its history', async () => {
    await changeDutyLine(as('officer'), { ...change, number: '0199-0123456', fromAt, reason: '新装专线' })
    const next = { ...change, number: '0199-0654321', fromAt: at(0), reason: '号码升位' }
    await expect(changeDutyLine(as('officer'), next)).rejects.toMatchObject({ reason: 'roster_line_future' })
    await changeDutyLine(as('officer', MONDAY + DAY), next)
    await expect(changeDutyLine(as('officer', MONDAY + DAY), next)).rejects.toMatchObject({
      reason: 'roster_line_same',
    })
    await expect(changeDutyLine(as('clerk'), next)).rejects.toMatchObject({ reason: 'duty_not_own' })
    const { lines } = await getRoster(as('inspector', MONDAY + 2 * DAY), WEEK)
    expect(lines.map(({ number, reason, replacedAt }) => [number, reason, replacedAt !== null])).toEqual([
      ['0199-****321', '号码升位', false],
      ['0199-****456', '新装专线', true],
    ])
    await changeDutyLine(as('officer', MONDAY + 2 * DAY), { ...next, number: null, reason: '并线' })
    const again = { ...next, number: null, reason: '并线' }
    await expect(changeDutyLine(as('officer', MONDAY + 3 * DAY), again)).rejects.toMatchObject({
      reason: 'roster_line_none',
    })
  })
})
