import { createHash } from 'node:crypto'
import type { HandleMisreportInput, MisreportCasePage, OpenMisreportInput } from '@zhidu/contract'
import { toLocalIso, toPlainDate, toQuarter } from '@zhidu/domain'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ServiceContext } from '../context.ts'
import { getLeague } from '../league/get-league.ts'
import { announceCaseFile, getCaseFile, receiveCaseFilePart } from '../supervision-case/case-files.ts'
import { createDrawOffice, type DrawOffice } from '../testing/draw-office.ts'
import { CHECKED_NOW } from '../testing/inspection-document.ts'
import { answerMisreport } from './answer-misreport.ts'
import { getMisreport } from './get-misreport.ts'
import { handleMisreport } from './handle-misreport.ts'
import { getMisreportsWaiting, listMisreports } from './list-misreports.ts'
import { openMisreport } from './open-misreport.ts'

const DAY = 86_400_000
type Person = Parameters<DrawOffice['as']>[0]
let office: DrawOffice
beforeAll(async () => {
  office = await createDrawOffice()
})
afterAll(() => office?.database.close())

/** Asks as somebody, so many days after Friday, 20 November. */
function at(person: Person, days = 0): ServiceContext {
  return { ...office.as(person), clock: () => CHECKED_NOW + days * DAY }
}

const SUSPICION: OpenMisreportInput = {
  unitCode: 'D01',
  kind: 'concealed',
  eventCode: null,
  source: 'media',
  superiorAt: toLocalIso(CHECKED_NOW - DAY),
  note: '晚报记者来电核实，单位未报',
  figures: null,
}
const open = (change: Partial<OpenMisreportInput> = {}) => openMisreport(at('clerk'), { ...SUSPICION, ...change })
const page = (caseId: string, person: Person = 'leader', days = 0) => getMisreport(at(person, days), { caseId })

type Step<T> = T extends { caseId: string } ? Omit<T, 'caseId' | 'steps'> : never
async function handle(person: Person, caseId: string, step: Step<HandleMisreportInput>, days = 0): Promise<void> {
  const { steps } = await page(caseId, 'leader', days)
  await handleMisreport(at(person, days), { ...step, caseId, steps: steps.length } as HandleMisreportInput)
}
async function explain(caseId: string, files: readonly string[] = []): Promise<void> {
  const { steps } = await page(caseId)
  await answerMisreport(at('officer'), {
    caseId,
    steps: steps.length,
    kind: 'explained',
    note: '当班漏看',
    files: [...files],
  })
}
async function heard(change: Partial<OpenMisreportInput> = {}): Promise<string> {
  const { caseId } = await open(change)
  await handle('clerk', caseId, { kind: 'notified' })
  await explain(caseId)
  return caseId
}
const confirmed = (as: OpenMisreportInput['kind'], isReduced = false) =>
  ({ kind: 'confirmed', as, isReduced, note: '经核查属实' }) as const
const nextOf = ({ next }: MisreportCasePage) => next.map(({ barredBy, kind }) => `${kind} ${barredBy ?? ''}`.trim())

/** What stands on record of D01 today. */
async function recorded(): Promise<{ code: string; kind: string; share: number | null; basis: string }[]> {
  const days = { firstOn: toPlainDate('2026-11-20'), lastOn: toPlainDate('2026-12-31') }
  const rows = await office.ctx.db
    .selectFrom('misreport')
    .select(['misreport_code as code', 'kind', 'share_percent as share', 'basis'])
    .where('unit_code', '=', 'D01')
    .where('confirmed_on', '>=', days.firstOn)
    .where('replaced_at', 'is', null)
    .orderBy('misreport_code')
    .execute()
  return rows
}
async function truthfulness(days = 0): Promise<number | undefined> {
  const league = await getLeague(
    { ...office.ctx, clock: () => CHECKED_NOW + days * DAY },
    { quarter: toQuarter('2026Q4'), group: '市直组' },
  )
  return league.rows.find(({ unitCode }) => unitCode === 'D01')?.dimensions.truthfulness
}

describe('a suspected misreport', () => {
  it('goes from opening to two signatures, and then stands on record and in the score', async () => {
    expect(await truthfulness()).toBe(20)
    const { caseCode, caseId } = await open()
    expect(caseCode).toMatch(/^RDA-2026-\d{4}$/)
    expect(nextOf(await page(caseId, 'clerk'))).toEqual(['supplemented', 'notified', 'dismissed opener_decides'])
    await expect(handle('approver', caseId, confirmed('concealed'))).rejects.toMatchObject({
      reason: 'misreport_notify_first',
    })
    await handle('clerk', caseId, { kind: 'notified' })
    expect((await page(caseId)).item).toMatchObject({ lastDay: '2026-11-25', lamp: 'green', turn: 'unit' })
    await expect(handle('approver', caseId, confirmed('concealed'))).rejects.toMatchObject({
      reason: 'misreport_waits_for_explanation',
    })
    await explain(caseId)
    await expect(handle('clerk', caseId, confirmed('concealed'))).rejects.toMatchObject({
      code: 'forbidden',
      reason: 'misreport_opener_decides',
    })
    await handle('approver', caseId, confirmed('concealed'))
    expect(await recorded()).toEqual([])
    expect(nextOf(await page(caseId, 'approver'))).toEqual(['countersigned same_person', 'declined same_person'])
    await expect(handle('approver', caseId, { kind: 'countersigned', note: null })).rejects.toMatchObject({
      reason: 'misreport_same_person',
    })
    await expect(handle('clerk', caseId, { kind: 'countersigned', note: null })).rejects.toMatchObject({
      reason: 'misreport_third_person',
    })
    await handle('second', caseId, { kind: 'countersigned', note: null })
    expect((await page(caseId)).item).toMatchObject({ state: 'confirmed', kind: 'concealed', isMine: false })
    const [fact] = await recorded()
    expect(fact).toMatchObject({ code: caseCode, kind: 'concealed', share: null })
    expect(fact?.basis).toContain(caseCode)
    expect(await truthfulness()).toBe(0)
    await expect(explain(caseId)).rejects.toMatchObject({ reason: 'misreport_explained_late' })
  })

  it('may turn out as another kind, and then one decision is enough', async () => {
    const before = await recorded()
    const caseId = await heard()
    await handle('approver', caseId, confirmed('omitted'))
    const now = await page(caseId)
    expect([now.openedAs, now.item.kind, now.item.state]).toEqual(['concealed', 'omitted', 'confirmed'])
    expect(await recorded()).toHaveLength(before.length + 1)
  })

  it('goes back when the second person declines, and can be dismissed', async () => {
    const before = await recorded()
    const caseId = await heard()
    await handle('approver', caseId, confirmed('false'))
    await handle('second', caseId, { kind: 'declined', note: '证据不足' })
    expect((await page(caseId)).item.state).toBe('awaiting_decision')
    await handle('second', caseId, { kind: 'dismissed', note: '查无实据' })
    expect((await page(caseId)).item).toMatchObject({ state: 'dismissed', turn: null })
    expect(await recorded()).toEqual(before)
  })

  it('is decided without an explanation once the days are over, not on the last of them', async () => {
    const { caseId } = await open({ kind: 'omitted' })
    await handle('clerk', caseId, { kind: 'notified' })
    await expect(handle('approver', caseId, confirmed('omitted'), 5)).rejects.toMatchObject({
      reason: 'misreport_waits_for_explanation',
    })
    await handle('approver', caseId, confirmed('omitted'), 6)
    expect((await page(caseId, 'leader', 6)).item.state).toBe('confirmed')
  })

  it('refuses an event of another unit, another office’s unit, and a time to come', async () => {
    const other = await office.ctx.db
      .selectFrom('report')
      .select('event_code')
      .where('unit_code', '=', 'C01')
      .executeTakeFirstOrThrow()
    await expect(open({ eventCode: other.event_code })).rejects.toMatchObject({
      code: 'invalid',
      reason: 'misreport_event_of_other',
    })
    await expect(openMisreport(at('county'), SUSPICION)).rejects.toMatchObject({
      code: 'forbidden',
      reason: 'misreport_of_other_unit',
    })
    await expect(open({ superiorAt: toLocalIso(CHECKED_NOW + 1_000) })).rejects.toMatchObject({
      reason: 'misreport_future',
    })
  })

  it('takes evidence of both sides, each to itself until it is handed in', async () => {
    const { caseId } = await open()
    const content = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(40, 7)])
    const sha256 = createHash('sha256').update(content).digest('hex')
    const file = { caseId, sha256, type: 'image/jpeg' as const, bytes: content.length, name: '截图.jpg' }
    await announceCaseFile(at('clerk'), file)
    await expect(receiveCaseFilePart(at('officer'), { caseId, sha256 }, { offset: 0, content })).rejects.toMatchObject({
      code: 'forbidden',
    })
    await expect(
      handle('clerk', caseId, { kind: 'supplemented', note: '网页截图', files: [sha256], figures: null }),
    ).rejects.toMatchObject({ reason: 'case_file_missing' })
    await receiveCaseFilePart(at('clerk'), { caseId, sha256 }, { offset: 0, content })
    await expect(getCaseFile(at('officer'), { caseId, sha256 })).rejects.toMatchObject({ code: 'not_found' })
    expect((await page(caseId, 'clerk')).drafts).toHaveLength(1)
    expect((await page(caseId, 'officer')).drafts).toHaveLength(0)
    await handle('clerk', caseId, { kind: 'supplemented', note: '网页截图', files: [sha256], figures: null })
    expect((await getCaseFile(at('officer'), { caseId, sha256 })).bytes.length).toBe(content.length)
  })

  it('gives no reduction where the rules say nothing of one', async () => {
    const caseId = await heard({ kind: 'omitted' })
    expect((await page(caseId)).correction.verdict).toBeNull()
    await expect(handle('approver', caseId, confirmed('omitted', true))).rejects.toMatchObject({
      reason: 'misreport_no_reduction',
    })
  })

  it('tells each what waits: the unit its explanation, the office the rest', async () => {
    const before = await getMisreportsWaiting(at('officer'))
    const { caseId } = await open()
    expect((await getMisreportsWaiting(at('officer'))).waiting).toBe(before.waiting)
    await handle('clerk', caseId, { kind: 'notified' })
    expect((await getMisreportsWaiting(at('officer'))).waiting).toBe(before.waiting + 1)
    const list = await listMisreports(at('officer'), { view: 'waiting' })
    expect(list.items.map((one) => one.caseId)).toContain(caseId)
    expect(list.mayOpen).toBe(false)
    expect(
      (await listMisreports(at('clerk'), { view: 'open' })).items.every(({ state }) => state !== 'confirmed'),
    ).toBe(true)
  })
})
