import { addRegulation } from '@zhidu/db'
import { type Deduction, permissionsOf, SAMPLE_REGULATION, toLocalIso, toPlainDate, toQuarter } from '@zhidu/domain'
import { hashPassword } from '@zhidu/identity'
import ExcelJS from 'exceljs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { AccountActor } from '../actor.ts'
import { listDeductionsNow } from '../appeal/load-appeal.ts'
import type { ServiceContext } from '../context.ts'
import { checkQuarter } from '../quarter/check-quarter.ts'
import { freezeQuarter } from '../quarter/freeze-quarter.ts'
import { createIdentity } from '../session/identity.ts'
import { withSnapshot } from '../snapshot.ts'
import { createDrawOffice, type DrawOffice } from '../testing/draw-office.ts'
import { EXAMPLE_AS_OF } from '../testing/example-quarter.ts'
import { getUnitPage } from '../unit/get-unit-page.ts'
import { exportHandover, exportLogDay, exportLogXlsx } from './export-log.ts'
import { getHandover, listUnitHandovers } from './get-handover.ts'
import { getLogDay, getLogEntry, listLog, revealLog } from './get-log.ts'
import { getLogDesk } from './get-log-desk.ts'
import { getLogClosure, getLogUnits } from './get-log-units.ts'
import { beginHandover, takeHandoverStep } from './take-handover-step.ts'
import { takeInPerson } from './take-in-person.ts'
import { putLogDay, takeLogStep } from './take-log-step.ts'
import { writeLog } from './write-log.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const NOW = Date.parse('2026-09-22T20:00:00+08:00')
/** The officer is relieved. */
const CHANGE = Date.parse('2026-09-23T08:00:00+08:00')
const QUARTER = toQuarter('2026Q3')
/** The example quarter's own hash; what a log holds must not be in it where no rule asks for a log. */
const GOLDEN = '284a3532584bb755d64b3c82052954834ba3f49e4f8ff98956eeae59f859e0b2'
const PROGRAM = { programVersion: '0.0.0-test' }
const RELIEF = '00000000-0000-4000-8000-0000000000aa'
const PASSWORD = 'Tree-lined-Road-58'
type Person = Parameters<DrawOffice['as']>[0]

let office: DrawOffice
let now = NOW

function as(person: Person): ServiceContext {
  return { ...office.as(person), clock: () => now }
}

/** The second officer of the same unit. */
function asRelief(): ServiceContext {
  const base = as('officer')
  const actor: AccountActor = {
    ...(base.actor as AccountActor),
    accountId: RELIEF,
    sessionId: RELIEF,
    loginName: 'relief',
    displayName: 'relief',
    permissions: permissionsOf(['unit_officer']),
  }
  return { ...base, actor }
}

const machine = (): ServiceContext => ({ ...office.ctx, clock: () => now })
const identity = createIdentity({ secret: new Uint8Array(32).fill(7), isExposed: false })

function write(
  ctx: ServiceContext,
  content: string,
  more: { receivedAt?: number; sentAt?: number; phone?: string } = {},
) {
  const { phone = null, receivedAt, sentAt = now } = more
  return writeLog(ctx, {
    source: 'call',
    kind: 'matter',
    content,
    callerUnit: '城西街道',
    callerName: '张某某',
    callerPhone: phone,
    receivedAt: receivedAt === undefined ? null : toLocalIso(receivedAt),
    sentAt: toLocalIso(sentAt),
    eventCode: null,
    leadCode: null,
  })
}

async function stepsOf(entryId: string): Promise<number> {
  return (await getLogEntry(as('officer'), { entryId })).steps.length
}

async function close(entryId: string, ctx = as('officer')): Promise<void> {
  const steps = await stepsOf(entryId)
  await takeLogStep(ctx, { entryId, steps, kind: 'closed', outcome: 'answered', note: '已电话答复来电人' })
}

async function logDeductions(): Promise<Deduction[]> {
  const all = await withSnapshot(machine(), toPlainDate('2026-09-30'), (db) =>
    listDeductionsNow(db, machine(), { unitCode: 'D01', quarter: QUARTER }),
  )
  return all.filter(({ code }) => code === 'log_open' || code === 'log_late')
}

async function openOffice(): Promise<DrawOffice> {
  const made = await createDrawOffice()
  const { pool } = made.database
  const hash = await hashPassword(PASSWORD)
  await pool.query(
    `insert into account (account_id, login_name, display_name, unit_code, created_at, password_hash, password_changed_at)
     values ($1, 'relief', 'relief', 'D01', now(), $2, now())`,
    [RELIEF, hash],
  )
  await pool.query(`insert into account_family values ($1, 'business')`, [RELIEF])
  await pool.query(`insert into account_role values ($1, 'business', 'unit_officer', now(), 'test')`, [RELIEF])
  for (const [role, person, from] of [
    ['leader', '带班领导甲', CHANGE - DAY],
    ['officer', 'officer', CHANGE - DAY],
    ['officer', 'relief', CHANGE],
  ] as const) {
    await pool.query(
      `insert into roster_shift (unit_code, role, starts_at, ends_at, person, is_withdrawn, import_id, recorded_at)
       select 'D01', $1, $3, $4, $2, false, import_id, $5 from import_file limit 1`,
      [role, person, new Date(from), new Date(from + DAY), new Date(NOW - 5 * DAY)],
    )
  }
  return made
}

describe('a duty log under rules that ask for an outcome', () => {
  beforeAll(async () => {
    office = await openOffice()
    const dutyLog = {
      clause: SAMPLE_REGULATION.clauses[0]?.id ?? '',
      closeWithinHours: 24,
      points: 50,
      max: 100,
      lateEntry: { afterHours: 4, points: 20 },
    }
    const effectiveFrom = toPlainDate('2026-07-01')
    await addRegulation(office.database.db, { ...SAMPLE_REGULATION, version: '2026-log', effectiveFrom, dutyLog })
  })
  afterAll(() => office?.database.close())

  const kept = { first: '', second: '', late: '', handoverId: '' }

  it('is written by the server’s clock, says what is late, and refuses the future and whoever keeps another log', async () => {
    await expect(write(as('leader'), '无权')).resolves.toMatchObject({ entryCode: 'J00-20260922-001' })
    const first = await write(as('officer'), '来电反映城西积水，请核实，电话15400001234', { phone: '15400001234' })
    expect(first).toMatchObject({ entryCode: 'D01-20260922-001', lateHours: null, clockAheadMinutes: null })
    await expect(write(as('officer'), '明天的事', { receivedAt: now + 60_000 })).rejects.toMatchObject({
      reason: 'log_in_future',
    })
    await expect(
      write(as('officer'), '本机时钟快', { receivedAt: now + 5 * 60_000, sentAt: now + 6 * 60_000 }),
    ).rejects.toMatchObject({ reason: 'log_in_future_clock', params: { minutes: '6' } })
    const ahead = await write(as('officer'), '时钟快六分钟', { sentAt: now + 6 * 60_000 })
    expect(ahead.clockAheadMinutes).toBe(6)
    now += 60_000
    const late = await write(as('officer'), '下午来文未及时登记', { receivedAt: now - 5 * HOUR })
    expect(late).toMatchObject({ entryCode: 'D01-20260922-003', lateHours: 5 })
    Object.assign(kept, { first: first.entryId, second: ahead.entryId, late: late.entryId })
  })

  it('masks who called, tells it whole to its keeper alone, and siblings see nothing', async () => {
    const page = await getLogEntry(as('officer'), { entryId: kept.first })
    expect(page.item).toMatchObject({ callerName: '张**', callerPhone: '154****1234', officer: 'officer' })
    expect(page.item.content).not.toContain('15400001234')
    expect(await revealLog(as('officer'), { entryId: kept.first })).toMatchObject({ callerPhone: '15400001234' })
    await expect(revealLog(as('clerk'), { entryId: kept.first })).rejects.toMatchObject({ reason: 'log_of_other_unit' })
    expect((await getLogEntry(as('clerk'), { entryId: kept.first })).next).toEqual([])
    await expect(getLogEntry(as('county'), { entryId: kept.first })).rejects.toMatchObject({ reason: 'log_unknown' })
    expect((await listLog(as('county'), {})).items).toEqual([])
    await expect(getLogDesk(as('county'), { unitCode: 'D01' })).rejects.toMatchObject({ reason: 'unit_unknown' })
  })

  it('keeps an entry on the list until something came of it; corrections stand beside what they correct', async () => {
    const { entryId } = { entryId: kept.second }
    const step = (kind: 'disposed' | 'reopened', note: string, steps: number) =>
      takeLogStep(as('officer'), { entryId, steps, kind, note })
    await takeLogStep(as('officer'), {
      entryId,
      steps: 0,
      kind: 'instructed',
      person: '带班领导甲',
      note: '请立即核实',
    })
    await step('disposed', '已通知城管', 1)
    await expect(step('disposed', '同一步', 1)).rejects.toMatchObject({ reason: 'case_moved_on' })
    await expect(step('reopened', '没有关', 2)).rejects.toMatchObject({ reason: 'log_still_open' })
    await expect(
      takeLogStep(as('clerk'), { entryId, steps: 2, kind: 'disposed', note: '别的单位' }),
    ).rejects.toMatchObject({ reason: 'log_of_other_unit' })
    await takeLogStep(as('officer'), { entryId, steps: 2, kind: 'corrected', content: '积水在城东', note: '地点记错' })
    await close(entryId)
    const { item, firstContent } = await getLogEntry(as('officer'), { entryId })
    expect(item).toMatchObject({ content: '积水在城东', isCorrected: true, state: 'closed', outcome: 'answered' })
    expect(firstContent).toBe('时钟快六分钟')
    await expect(step('disposed', '办结之后', 4)).rejects.toMatchObject({ reason: 'log_closed_already' })
    await expect(
      office.database.pool.query(`update log_step set note = '改' where entry_id = $1`, [entryId]),
    ).rejects.toThrow('stays as it was')
    await expect(
      office.database.pool.query(
        `insert into log_step (entry_id, position, unit_code, kind, at, by_name, by_id, note)
         values ($1, 4, 'D01', 'disposed', now() + interval '9 years', 'x', $2, '越过程序')`,
        [entryId, RELIEF],
      ),
    ).rejects.toThrow('not the next step')
  })

  it('is found by text, code, day and state, and tells its desk what is open, oldest first', async () => {
    const codes = async (filter: Parameters<typeof listLog>[1]) =>
      (await listLog(as('officer'), filter)).items.map(({ number }) => number)
    expect(await codes({ text: '城东' })).toEqual([2])
    expect(await codes({ text: 'd01-20260922-001' })).toEqual([1])
    expect(await codes({ state: 'open', sort: 'oldest' })).toEqual([1, 3])
    expect(await codes({ late: 'late' })).toEqual([3])
    expect(await codes({ outcome: 'answered' })).toEqual([2])
    expect(await codes({ firstOn: '2026-09-23' })).toEqual([])
    expect((await listLog(as('clerk'), { unitCode: 'D01' })).counts).toEqual({ open: 2, closed: 1 })
    const desk = await getLogDesk(as('officer'), {})
    expect(desk.open.map(({ number }) => number)).toEqual([1, 3])
    expect(desk).toMatchObject({ mayKeep: true, todayCount: 3, leader: '带班领导甲', closeWithinHours: 24 })
    expect(desk.officers).toMatchObject([{ person: 'officer' }])
    expect(desk.nextChange).toMatchObject({ changeAt: toLocalIso(CHANGE), state: 'pending', incoming: ['relief'] })
    await putLogDay(as('officer'), { day: '2026-09-22', leader: '带班领导乙', weather: '小雨转阴' })
    await expect(putLogDay(as('officer'), { day: '2026-09-25', leader: null, weather: '晴' })).rejects.toMatchObject({
      reason: 'log_day_to_come',
    })
    expect(await getLogDay(as('clerk'), { unitCode: 'D01', day: '2026-09-22' })).toMatchObject({
      leader: '带***',
      weather: '小雨转阴',
      officers: ['o***'],
    })
  })

  it('is handed over by two different people with all that is open, which the next shift finds first', async () => {
    now = CHANGE - HOUR
    const { handoverId } = await beginHandover(as('officer'), { changeAt: toLocalIso(CHANGE) })
    expect(await beginHandover(asRelief(), { changeAt: toLocalIso(CHANGE) })).toEqual({ handoverId })
    kept.handoverId = handoverId
    const remarks = {
      notes: [{ entryId: kept.first, note: '等城管回话' }],
      equipment: '钥匙 2 把，传真正常',
      note: null,
    }
    await takeHandoverStep(as('officer'), { handoverId, steps: 0, kind: 'prepared', ...remarks })
    const offer = { handoverId, steps: 1, kind: 'offered', ...remarks, offRosterReason: null } as const
    await expect(takeHandoverStep(as('officer'), { ...offer, toPerson: '路人', toReason: null })).rejects.toMatchObject(
      { reason: 'handover_to_unrostered' },
    )
    await expect(
      takeHandoverStep(as('second'), { ...offer, toPerson: 'relief', toReason: null }),
    ).rejects.toMatchObject({ reason: 'log_of_other_unit' })
    await takeHandoverStep(as('officer'), { ...offer, toPerson: 'relief', toReason: null })
    const take = { handoverId, steps: 2, kind: 'taken', note: null, offRosterReason: null } as const
    await expect(takeHandoverStep(as('officer'), take)).rejects.toMatchObject({ reason: 'handover_same_person' })

    // What came after the list was offered is not passed over in silence.
    const third = await write(as('officer'), '交班前最后一个来电')
    await expect(takeHandoverStep(asRelief(), take)).rejects.toMatchObject({ reason: 'handover_list_changed' })
    expect((await getHandover(asRelief(), { handoverId })).next).toContainEqual({
      kind: 'taken',
      barredBy: 'list_changed',
    })
    await takeHandoverStep(asRelief(), { handoverId, steps: 2, kind: 'returned', note: '又来了一件，请列入' })
    await takeHandoverStep(as('officer'), { ...offer, steps: 3, toPerson: 'relief', toReason: null })

    now = CHANGE + HOUR
    expect((await listUnitHandovers(as('clerk'), { unitCode: 'D01' })).items).toMatchObject([
      { state: 'pending', isOverdue: false },
      { handoverId, state: 'offered', isOverdue: true },
    ])
    const inPerson = { handoverId, steps: 4, note: null, offRosterReason: null, totp: null, loginName: 'relief' }
    const withIdentity = { ...as('officer'), identity }
    await expect(takeInPerson(withIdentity, { ...inPerson, password: 'wrong' })).rejects.toMatchObject({
      reason: 'handover_sign_failed',
    })
    await expect(
      takeInPerson(withIdentity, { ...inPerson, loginName: 'clerk', password: PASSWORD }),
    ).rejects.toMatchObject({ reason: 'handover_sign_failed' })
    await takeInPerson(withIdentity, { ...inPerson, password: PASSWORD })
    const page = await getHandover(asRelief(), { handoverId })
    expect(page.item).toMatchObject({ state: 'left_over', offeredBy: 'officer', takenBy: 'relief', openCount: 3 })
    expect(page.steps.at(-1)).toMatchObject({ enteredBy: 'officer', rosterPerson: 'relief' })
    expect(page.entries.map(({ item, note }) => [item.number, note])).toEqual([
      [1, '等城管回话'],
      [3, ''],
      [1, ''],
    ])
    const { open } = await getLogDesk(asRelief(), {})
    expect(open.map(({ handedOver, openHours }) => [handedOver, openHours])).toEqual([
      [1, 13],
      [1, 12],
      [1, 2],
    ])
    await expect(
      office.database.pool.query(
        `insert into handover_step select handover_id, 5, unit_code, 'taken', at, by_name, by_id, roster_person, off_roster_reason, entries,
           notes, equipment, note, to_person, to_reason, null, null, open_count from handover_step where handover_id = $1 and position = 4`,
        [handoverId],
      ),
    ).rejects.toThrow('not the next step')
    await close(third.entryId, asRelief())
  })

  it('costs from the second after the limit on, in the score, in the rollup, in the frozen quarter and again from its files', async () => {
    const writtenAt = Date.parse((await getLogEntry(as('officer'), { entryId: kept.first })).item.writtenAt)
    now = writtenAt + DAY
    expect((await logDeductions()).map(({ code }) => code)).toEqual(['log_late'])
    now += 1_000
    expect(await logDeductions()).toMatchObject([
      { code: 'log_open', points: 50, ref: 'D01-20260922-001', at: now },
      { code: 'log_late', points: 20 },
    ])
    await close(kept.first)
    const page = await getUnitPage(as('clerk'), { unitCode: 'D01', quarter: QUARTER })
    expect(page.deductions.find(({ code }) => code === 'log_open')?.evidence).toMatchObject({
      kind: 'log',
      entryCode: 'D01-20260922-001',
      closedAt: toLocalIso(now),
    })
    // The late one is closed in time, opened again, and runs on from where it stopped.
    await close(kept.late)
    await takeLogStep(as('officer'), {
      entryId: kept.late,
      steps: await stepsOf(kept.late),
      kind: 'reopened',
      note: '来文单位又问',
    })
    now += 60_000
    expect((await logDeductions()).filter(({ code }) => code === 'log_open')).toHaveLength(2)
    await close(kept.late)

    const closure = await getLogClosure(as('clerk'), { quarter: QUARTER })
    expect(closure.units.find(({ unitCode }) => unitCode === 'D01')).toMatchObject({
      entryCount: 4,
      closedCount: 4,
      withinLimit: { part: 2, whole: 4 },
    })
    expect(closure.units.find(({ unitCode }) => unitCode === 'D02')).toMatchObject({ entryCount: 0, interval: null })
    await expect(getLogClosure(as('county'), { quarter: QUARTER, unitCode: 'D01' })).rejects.toMatchObject({
      reason: 'unit_unknown',
    })
    const { units } = await getLogUnits(as('clerk'), { days: 7 })
    expect(units.find(({ unitCode }) => unitCode === 'D01')).toMatchObject({ openCount: 0, untakenCount: 0 })
    expect(units.find(({ unitCode }) => unitCode === 'D02')?.counts).toEqual([0, 0, 0, 0, 0, 0, 0])

    now = Date.parse('2026-10-05T09:00:00+08:00')
    const before = await logDeductions()
    const report = await freezeQuarter(machine(), { quarter: QUARTER, supplement: null, ...PROGRAM })
    const verified = await checkQuarter(machine(), { quarter: QUARTER, recomputes: true })
    expect(verified).toMatchObject({ equal: true, problems: [], manifestSha256: report.manifestSha256 })
    const { rowCount } = await office.database.pool.query(
      `select from frozen_part where file_name = 'facts/log_items.jsonl' and unit_code = 'D01'`,
    )
    expect(rowCount).toBe(1)
    const { rows } = await office.database.pool.query<{ lost: number }>(
      `select tally::jsonb #>> '{periods,0,chances,log}' as lost from unit_quarter
       where unit_code = 'D01' and quarter = '2026Q3' and basis = 'latest'`,
    )
    expect(Number(rows[0]?.lost)).toBe(4)
    expect(await logDeductions()).toEqual(before)
  })

  it('prints its page of a day and a handover, and exports the list with masks', async () => {
    const day = await exportLogDay(as('officer'), { unitCode: 'D01', day: '2026-09-22' })
    expect(day.fileName).toMatch(/^值班日志_.*_20260922\.docx$/)
    const handover = await exportHandover(as('officer'), { handoverId: kept.handoverId })
    expect(handover.fileName).toMatch(/^交接班记录_/)
    for (const { body } of [day, handover]) {
      const bytes = new Uint8Array(await new Response(body).arrayBuffer())
      expect(String.fromCodePoint(bytes[0] ?? 0, bytes[1] ?? 0)).toBe('PK')
    }
    const book = new ExcelJS.Workbook()
    const sheet = await exportLogXlsx(as('clerk'), { unitCode: 'D01', sort: 'oldest' }, 'zh-CN')
    await book.xlsx.load(await new Response(sheet.body).arrayBuffer())
    const cells = book.worksheets[0]?.getRows(4, 1)?.flatMap((row) => row.values as unknown[]) ?? []
    expect(cells).toContain('D01-20260922-001')
    expect(cells).toContain('154****1234')
  })
})

describe('a duty log under rules that do not speak of one', () => {
  it('changes nothing that is published: the quarter is frozen to the very same bytes', async () => {
    const made = await openOffice()
    office = made
    try {
      now = NOW
      await write(as('officer'), '没有规则的日志')
      now = Date.parse('2026-11-20T09:00:00+08:00')
      const report = await freezeQuarter(machine(), {
        quarter: QUARTER,
        asOf: EXAMPLE_AS_OF,
        supplement: null,
        ...PROGRAM,
      })
      expect(report.manifestSha256).toBe(GOLDEN)
    } finally {
      await made.database.close()
    }
  })
})
