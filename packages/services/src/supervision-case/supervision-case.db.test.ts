import { createHash } from 'node:crypto'
import type { HandleCaseInput, SupervisionCasePage } from '@zhidu/contract'
import { toQuarter } from '@zhidu/domain'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ServiceContext } from '../context.ts'
import { listOrders } from '../inspection/orders.ts'
import { makeInspectionKit } from '../inspection/kit.ts'
import { submitInspection } from '../inspection/submit-inspection.ts'
import { createDrawOffice, type DrawOffice } from '../testing/draw-office.ts'
import { CHECKED_NOW, documentOf, withFault } from '../testing/inspection-document.ts'
import { answerCase } from './answer-case.ts'
import { announceCaseFile, getCaseFile, receiveCaseFilePart } from './case-files.ts'
import { getCasePage } from './get-case.ts'
import { getCaseClosure } from './get-closure.ts'
import { handleCase } from './handle-case.ts'
import { getCasesWaiting, listCases } from './list-cases.ts'
import { notifyCases } from './notify-cases.ts'

const DAY = 86_400_000
const QUARTER = toQuarter('2026Q4')
type Person = Parameters<DrawOffice['as']>[0]
let office: DrawOffice
beforeAll(async () => {
  office = await createDrawOffice()
})
afterAll(() => office?.database.close())

/** Asks as somebody, so many days after the check. */
function at(person: Person, days = 0): ServiceContext {
  return { ...office.as(person), clock: () => CHECKED_NOW + days * DAY }
}

/** A check of D01 with one finding, and its case. */
async function found(days = 0, unitCode = 'D01'): Promise<{ caseId: string; inspectionId: string }> {
  const moved = CHECKED_NOW + days * DAY
  const start = { session: 's', monotonicMs: 5_000, wallMs: moved - 3_600_000 }
  const anchors = [{ session: 's', monotonicMs: 3_605_000, wallMs: moved, serverMs: moved, roundTripMs: 80 }]
  const answers = [{ item: 'log', answer: 'no' as const, note: null, files: [] }]
  const document = documentOf({ answers, start, anchors, unitCode })
  await submitInspection(at('inspector', days), document)
  const { inspectionId } = document
  const { items } = await listCases(at('leader', days), { view: 'all' })
  return { inspectionId, caseId: items.find((one) => one.inspectionId === inspectionId)?.caseId ?? '' }
}

const page = (caseId: string, person: Person = 'leader', days = 0) => getCasePage(at(person, days), { caseId })

type Step<T> = T extends { caseId: string } ? Omit<T, 'caseId' | 'steps'> : never
async function handle(person: Person, caseId: string, step: Step<HandleCaseInput>, days = 0): Promise<void> {
  const { steps } = await page(caseId, 'leader', days)
  await handleCase(at(person, days), { ...step, caseId, steps: steps.length } as HandleCaseInput)
}
async function answer(caseId: string, kind: 'explained' | 'submitted', files: readonly string[] = [], days = 0) {
  const { steps } = await page(caseId, 'leader', days)
  await answerCase(at('officer', days), { caseId, steps: steps.length, kind, note: '已按要求补记', files: [...files] })
}

async function confirmed(days = 0): Promise<{ caseId: string; inspectionId: string }> {
  const one = await found(days)
  await notifyCases(at('clerk', days), { inspectionIds: [one.inspectionId] })
  await answer(one.caseId, 'explained', [], days)
  await handle('clerk', one.caseId, { kind: 'confirmed', note: '核对日志' }, days)
  return one
}

async function closed(days = 0): Promise<{ caseId: string; inspectionId: string }> {
  const one = await confirmed(days)
  await handle('clerk', one.caseId, { kind: 'closed', note: null }, days)
  return one
}

const kindsOf = ({ next }: SupervisionCasePage) => next.map(({ barredBy, kind }) => `${kind} ${barredBy ?? ''}`.trim())

describe('a case', () => {
  it('goes from the finding to being struck off, each side in its turn', async () => {
    const { caseId, inspectionId } = await found()
    expect((await page(caseId, 'officer')).item.officeName).not.toBe('J00')
    expect(await page(caseId, 'clerk')).toMatchObject({
      item: { state: 'found', isMine: true, lamp: 'off' },
      steps: [],
    })
    expect((await listCases(at('clerk'), { view: 'waiting' })).toNotify.inspectionIds).toContain(inspectionId)
    expect((await listCases(at('leader'), { view: 'waiting' })).toNotify.findings).toBe(0)
    await notifyCases(at('clerk'), { inspectionIds: [inspectionId] })
    // Friday: three working days are Monday to Wednesday.
    expect((await page(caseId)).item).toMatchObject({ lastDay: '2026-11-25', daysLeft: 5, lamp: 'green', turn: 'unit' })
    expect(kindsOf(await page(caseId, 'officer'))).toEqual(['received', 'explained'])
    expect(kindsOf(await page(caseId, 'unit'))).toEqual(['received role', 'explained role'])
    await answerCase(at('officer'), { caseId, steps: 1, kind: 'received' })
    expect(kindsOf(await page(caseId, 'clerk'))).toEqual(['confirmed waits_for_explanation', 'dismissed', 'escalated'])
    await answer(caseId, 'explained')
    expect(kindsOf(await page(caseId, 'inspector'))).toEqual([
      'confirmed inspector_decides',
      'dismissed inspector_decides',
    ])
    await handle('clerk', caseId, { kind: 'confirmed', note: '核对日志' })
    const order = { kind: 'ordered', owner: '张三 13800001234', note: '补齐日志' } as const
    await expect(handle('clerk', caseId, { ...order, lastDay: '2026-11-19' })).rejects.toMatchObject({
      reason: 'case_day_past',
    })
    await handle('clerk', caseId, { ...order, lastDay: '2026-11-27' })
    expect((await page(caseId)).item).toMatchObject({ owner: '张三 138****1234', lastDay: '2026-11-27' })
    await answer(caseId, 'submitted')
    await expect(handle('clerk', caseId, { kind: 'closed', note: null })).rejects.toMatchObject({
      code: 'forbidden',
      reason: 'case_same_person',
    })
    await handle('approver', caseId, { kind: 'returned', note: '照片看不清', lastDay: null })
    expect((await page(caseId)).item).toMatchObject({ state: 'rectifying', returns: 1, lastDay: '2026-11-27' })
    await answer(caseId, 'submitted')
    await handle('approver', caseId, { kind: 'closed', note: null })
    await handle('clerk', caseId, { kind: 'struck_off', note: null })
    const end = await page(caseId)
    expect(end.item).toMatchObject({ state: 'struck_off', turn: null, isMine: false })
    expect(end.steps.map(({ kind, party }) => `${party} ${kind}`)).toEqual([
      'office notified',
      'unit received',
      'unit explained',
      'office confirmed',
      'office ordered',
      'unit submitted',
      'office returned',
      'unit submitted',
      'office closed',
      'office struck_off',
    ])
  })

  it('is confirmed without an explanation only when the days are over', async () => {
    const { caseId, inspectionId } = await found()
    await notifyCases(at('clerk'), { inspectionIds: [inspectionId] })
    const confirm = (days: number) => handle('clerk', caseId, { kind: 'confirmed', note: '逾期未说明' }, days)
    await expect(confirm(5)).rejects.toMatchObject({ code: 'conflict', reason: 'case_waits_for_explanation' })
    expect((await listCases(at('clerk', 6), { view: 'waiting', lamp: 'red' })).items).toMatchObject([{ caseId }])
    expect((await getCasesWaiting(at('officer', 6))).overdue).toBe(1)
    await confirm(6)
    expect((await page(caseId, 'leader', 6)).item.state).toBe('confirmed')
    await expect(answer(caseId, 'explained', [], 6)).rejects.toMatchObject({ reason: 'case_not_now' })
  })

  it('whose year has no notice of holidays has no last day, and says which year; the notice gives it one', async () => {
    const late = 40
    const { caseId, inspectionId } = await found(late)
    await notifyCases(at('clerk', late), { inspectionIds: [inspectionId] })
    const { item } = await page(caseId, 'leader', late)
    expect(item).toMatchObject({ lastDay: null, notAnnounced: 2027, lamp: 'off', state: 'awaiting_explanation' })
    await expect(handle('clerk', caseId, { kind: 'confirmed', note: '逾期未说明' }, late + 30)).rejects.toMatchObject({
      reason: 'case_waits_for_explanation',
    })
    await handle('clerk', caseId, { kind: 'dismissed', note: '查明无误' }, late)
  })

  it('climbs the ladder rung by rung, and is not moved by who saw an older state', async () => {
    const { caseId, inspectionId } = await found()
    await notifyCases(at('clerk'), { inspectionIds: [inspectionId] })
    await expect(notifyCases(at('clerk'), { inspectionIds: [inspectionId] })).rejects.toMatchObject({
      reason: 'case_notified_already',
    })
    const climb = (escalation: 'reminded' | 'summoned' | 'named') =>
      handle('clerk', caseId, { kind: 'escalated', escalation, note: '逾期' })
    await expect(climb('named')).rejects.toMatchObject({ reason: 'case_ladder' })
    await climb('reminded')
    await climb('summoned')
    await climb('named')
    expect(await page(caseId)).toMatchObject({ item: { escalation: 'named' }, nextEscalation: null })
    const stale = answerCase(at('officer'), { caseId, steps: 1, kind: 'received' })
    await expect(stale).rejects.toMatchObject({ code: 'conflict', reason: 'case_moved_on' })
  })

  it('is the office’s and the unit’s, and nobody else’s', async () => {
    const { caseId, inspectionId } = await found()
    await expect(page(caseId, 'county')).rejects.toMatchObject({ code: 'not_found', reason: 'case_unknown' })
    await notifyCases(at('clerk'), { inspectionIds: [inspectionId] })
    const step = { caseId, steps: 1 } as const
    await expect(answerCase(at('clerk'), { ...step, kind: 'received' })).rejects.toMatchObject({
      code: 'forbidden',
      reason: 'case_of_unit',
    })
    await expect(handleCase(at('officer'), { ...step, kind: 'dismissed', note: '没有' })).rejects.toMatchObject({
      code: 'forbidden',
    })
    await expect(notifyCases(at('county'), { inspectionIds: [inspectionId] })).rejects.toMatchObject({
      reason: 'case_unknown',
    })
  })

  it('takes evidence whole and of the unit alone, and shows it to the office once it is handed in', async () => {
    const { caseId, inspectionId } = await found()
    await notifyCases(at('clerk'), { inspectionIds: [inspectionId] })
    const pdf = Buffer.from('%PDF-1.7 a written statement')
    const sha256 = createHash('sha256').update(pdf).digest('hex')
    const key = { caseId, sha256 }
    const announced = { ...key, type: 'application/pdf', bytes: pdf.length, name: '说明.pdf' } as const
    await expect(announceCaseFile(at('clerk'), announced)).rejects.toMatchObject({ reason: 'case_of_unit' })
    await expect(announceCaseFile(at('officer'), { ...announced, bytes: 20_000_000 })).rejects.toMatchObject({
      reason: 'case_file_large',
    })
    await announceCaseFile(at('officer'), announced)
    const program = Buffer.concat([Buffer.from('MZ'), Buffer.alloc(pdf.length - 2)])
    const send = (content: Buffer) => receiveCaseFilePart(at('officer'), key, { offset: 0, content })
    await expect(send(program)).rejects.toMatchObject({ reason: 'inspection_file_type' })
    await expect(answer(caseId, 'explained', [sha256])).rejects.toMatchObject({ reason: 'case_file_missing' })
    const spoilt = Buffer.from(pdf)
    spoilt[20] = 0
    await expect(send(spoilt)).rejects.toMatchObject({ reason: 'inspection_file_differs' })
    await send(pdf)
    expect((await page(caseId, 'officer')).drafts).toMatchObject([{ sha256, receivedSha256: sha256 }])
    expect((await page(caseId, 'clerk')).drafts).toEqual([])
    await expect(getCaseFile(at('clerk'), key)).rejects.toMatchObject({ reason: 'inspection_file_none' })
    await answer(caseId, 'explained', [sha256])
    expect(Buffer.from((await getCaseFile(at('clerk'), key)).bytes).equals(pdf)).toBe(true)
    expect((await page(caseId, 'clerk')).steps.at(-1)?.files).toMatchObject([{ name: '说明.pdf' }])
  })
})

function kitOf(days: number, unitCodes: string[] = []) {
  return makeInspectionKit(at('inspector', days), { unitCodes }, { roomCodeKey: Buffer.alloc(32), language: 'zh-CN' })
}

it('the next inspector is told how many findings are being put right, from the decision to the closing', async () => {
  const count = async () =>
    (await kitOf(0, ['D01'])).units.find(({ unitCode }) => unitCode === 'D01')?.openRectifications ?? Number.NaN
  const before = await count()
  const { caseId } = await found()
  expect(await count()).toBe(before)
  const other = await confirmed()
  expect(await count()).toBe(before + 1)
  await handle('clerk', other.caseId, { kind: 'ordered', owner: '张三', note: '补齐日志', lastDay: '2026-11-27' })
  await answer(other.caseId, 'submitted')
  expect(await count()).toBe(before + 1)
  await handle('approver', other.caseId, { kind: 'closed', note: null })
  expect([await count(), (await page(caseId)).item.state]).toEqual([before, 'found'])
})

describe('after closing', () => {
  /** Of one check: others of the unit were closed as well. */
  const visitsOf = async (code: string, days: number) =>
    (await kitOf(days)).visits.filter(({ title }) => title.includes(code))

  it('a recheck comes 14 to 45 days later, and nobody is told before', async () => {
    const { caseId } = await closed()
    const { checkCode } = (await page(caseId)).item
    const { rows } = await office.database.pool.query<{ days: number }>(
      `select (from_at at time zone 'Asia/Shanghai')::date - '2026-11-20'::date as days from inspection_order where case_id = $1`,
      [caseId],
    )
    const days = rows[0]?.days ?? 0
    expect(days >= 14 && days <= 45).toBe(true)
    expect((await page(caseId, 'clerk')).recheck).toEqual({
      state: 'drawn',
      fromDay: null,
      dueAt: null,
      inspectionId: null,
    })
    expect((await page(caseId, 'officer', days)).recheck).toBeNull()
    expect(await listOrders(at('leader'))).toEqual([])
    expect(await visitsOf(checkCode, days - 1)).toEqual([])
    const [visit] = await visitsOf(checkCode, days)
    expect(visit).toMatchObject({
      purpose: 'ordered',
      isMine: true,
      title: expect.stringMatching(/^回头看（/) as string,
    })
    expect((await page(caseId, 'clerk', days)).recheck).toMatchObject({ state: 'due' })
    const orderId = visit?.orderId ?? null
    const checked = CHECKED_NOW + days * DAY
    const again = documentOf({
      orderId,
      reason: null,
      start: { session: 's', monotonicMs: 5_000, wallMs: checked - 60_000 },
      anchors: [{ session: 's', monotonicMs: 65_000, wallMs: checked, serverMs: checked, roundTripMs: 80 }],
    })
    await expect(submitInspection(at('inspector', days - 1), again)).rejects.toMatchObject({
      reason: 'inspection_order_unknown',
    })
    await submitInspection(at('inspector', days), again)
    expect((await page(caseId, 'clerk', days)).recheck).toMatchObject({
      state: 'made',
      inspectionId: again.inspectionId,
    })
    expect(await visitsOf(checkCode, days)).toEqual([])
  })

  it('the same finding again is a recurrence, beside the share that was closed', async () => {
    const before = (await getCaseClosure(at('leader'), { quarter: QUARTER })).total
    const { caseId } = await closed(1)
    const again = await found(3)
    expect((await page(caseId, 'leader', 3)).recurrence).toMatchObject({ caseId: again.caseId })
    const { findings, total, units } = await getCaseClosure(at('leader', 3), { quarter: QUARTER })
    expect(total.found).toBe(before.found + 2)
    expect(total.closed).toBe(before.closed + 1)
    expect(total.recurred).toBeGreaterThanOrEqual(1)
    expect(units.map(({ unitCode }) => unitCode)).toEqual(['D01'])
    expect(findings.map(({ finding }) => finding)).toEqual(['log_missing'])
    await notifyCases(at('clerk', 3), { inspectionIds: [again.inspectionId] })
    await handle('clerk', again.caseId, { kind: 'dismissed', note: '查明无误' }, 3)
    expect((await page(caseId, 'leader', 3)).recurrence?.caseId).not.toBe(again.caseId)
  })

  it('lists what is asked for, fifty a page', async () => {
    const all = await listCases(at('leader'), { view: 'all' })
    const struck = await listCases(at('leader'), { view: 'all', state: 'struck_off' })
    expect(struck.items.length).toBe(all.counts.states.struck_off)
    expect((await listCases(at('leader'), { view: 'open' })).items.some(({ state }) => state === 'dismissed')).toBe(
      false,
    )
    expect((await listCases(at('leader'), { view: 'all', unitCode: 'D02' })).items).toEqual([])
    await expect(listCases(at('leader'), { view: 'all', cursor: 'x' })).rejects.toMatchObject({
      reason: 'cursor_unknown',
    })
    await submitInspection(at('inspector'), withFault({ unitCode: 'D03' }))
    expect((await listCases(at('leader'), { view: 'all', unitCode: 'D03' })).items.length).toBe(2)
  })
})

describe('the database', () => {
  it('refuses a step out of its order, a decision of the finder, and a decision that is no step', async () => {
    const { caseId, inspectionId } = await found()
    const { pool } = office.database
    const step = (position: number, kind: string, by: string, more = `'缘由', null, null`) =>
      pool.query(
        `insert into case_step select case_id, $2, unit_code, office_code, $3, $4, 'x', $5, ${more}, null, null, '{}'
         from supervision_case where case_id = $1`,
        [caseId, position, kind, new Date(CHECKED_NOW), by],
      )
    const clerk = '00000000-0000-4000-8000-000000000001'
    const inspector = '00000000-0000-4000-8000-000000000002'
    const refused = { code: '42501' }
    await expect(step(0, 'confirmed', clerk)).rejects.toMatchObject(refused)
    await step(0, 'notified', clerk, `null, '2026-11-25', 3`)
    await expect(step(1, 'confirmed', clerk)).rejects.toMatchObject(refused)
    await expect(step(3, 'explained', clerk)).rejects.toMatchObject(refused)
    await step(1, 'explained', clerk)
    await expect(step(2, 'confirmed', inspector)).rejects.toMatchObject(refused)
    const decision = pool.query(
      `insert into inspection_decision select inspection_id, finding, unit_code, office_code, unit_code, 'confirmed', '缘由',
         now(), 'x', $2 from supervision_case where inspection_id = $1`,
      [inspectionId, clerk],
    )
    await expect(decision).rejects.toMatchObject(refused)
    await step(2, 'confirmed', clerk)
    await step(3, 'ordered', clerk, `'补齐', '2026-11-27', null`).catch(() => undefined)
    await expect(pool.query(`update case_step set note = '改' where case_id = $1`, [caseId])).rejects.toMatchObject(
      refused,
    )
  })
})
