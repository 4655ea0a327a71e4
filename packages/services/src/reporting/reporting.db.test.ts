import { randomUUID } from 'node:crypto'
import type { ReportDocument, TakeCallInput } from '@zhidu/contract'
import { lockForTransaction } from '@zhidu/db'
import { toLocalIso, toQuarter } from '@zhidu/domain'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ServiceContext } from '../context.ts'
import { getEventPage } from '../event/get-event-page.ts'
import { createDrawOffice, type DrawOffice } from '../testing/draw-office.ts'
import { listObligations } from '../obligation/list-obligations.ts'
import { keepReportDraft } from './drafts.ts'
import { getEventTexts } from './get-event-texts.ts'
import { getReportDesk } from './get-report-desk.ts'
import { findReceipt, listInbox } from './list-inbox.ts'
import { listRunning } from './list-running.ts'
import { sendPreReport } from './send-pre-report.ts'
import { correctReport, sendReport } from './send-report.ts'
import { signReport } from './sign-report.ts'
import { listCallCandidates, takeCall } from './take-call.ts'

const SECOND = 1_000
const MINUTE = 60_000
const HOUR = 3_600_000
type Person = Parameters<DrawOffice['as']>[0]
let office: DrawOffice
/** Each case has a day of its own. */
let day = Date.parse('2026-11-20T09:00:00+08:00')
beforeAll(async () => {
  office = await createDrawOffice()
})
afterAll(() => office?.database.close())

function at(person: Person, ms: number): ServiceContext {
  return { ...office.as(person), clock: () => ms }
}
function nextDay(): number {
  day += 24 * HOUR
  return day
}

function documentOf(learned: number, change: Partial<ReportDocument> = {}): ReportDocument {
  return {
    stage: 'first',
    category: 'accident',
    level: 'II',
    occurredAt: toLocalIso(learned - 5 * MINUTE),
    learnedAt: toLocalIso(learned),
    clockSource: '现场值班员电话',
    phonedAt: null,
    areaCode: 'D01',
    place: '东街 12 号，联系电话 15400000000',
    deaths: 10,
    injuries: 3,
    missing: null,
    texts: { source: '现场值班员', process: '厂房起火', cause: ' ' },
    recipients: '市政府应急办',
    signer: '王某',
    contact: '0199-0000001',
    ...change,
  }
}
const send = (
  ms: number,
  document: ReportDocument,
  eventCode: string | null = null,
  clientKey: string = randomUUID(),
) => sendReport(at('officer', ms), { eventCode, clientKey, document })

function callOf(learned: number, change: Partial<TakeCallInput> = {}): TakeCallInput {
  return {
    recordId: randomUUID(),
    unitCode: 'D01',
    eventCode: null,
    beganAt: null,
    earlierReason: null,
    callerName: '李某',
    callerPost: '值班员',
    callerPhone: '15400000001',
    category: 'accident',
    level: 'II',
    occurredAt: toLocalIso(learned - 5 * MINUTE),
    learnedAt: toLocalIso(learned),
    place: '东街',
    course: '厂房起火，消防到场',
    toldTo: '局长',
    handling: null,
    ...change,
  }
}
async function judge(eventCode: string, ms: number) {
  const page = await getEventPage(at('clerk', ms), { eventCode })
  return { judgement: page.judgements[0], record: page.records[0] }
}
const rowsOf = async (eventCode: string) =>
  (await office.database.pool.query('select 1 from report where event_code = $1', [eventCode])).rowCount

describe('a report', () => {
  it('counts from the second the server received it, and meets its limit to the second', async () => {
    for (const [late, outcome] of [
      [0, 'on_time'],
      [1, 'late'],
    ] as const) {
      const learned = nextDay()
      // Level II: 35 minutes from the occurrence, five minutes before.
      const limit = learned + 30 * MINUTE
      const receipt = await send(limit + late * SECOND + 999, documentOf(learned))
      expect(receipt).toMatchObject({ stage: 'first', sequence: 0, version: 1, frozenQuarters: [] })
      expect(receipt.receivedAt).toBe(toLocalIso(limit + late * SECOND))
      expect(receipt.eventCode).toBe(`D01-${toLocalIso(learned).slice(0, 10).replaceAll('-', '')}-01`)
      const { judgement, record } = await judge(receipt.eventCode, limit + HOUR)
      expect(judgement?.written).toMatchObject({ at: receipt.receivedAt, outcome })
      expect(judgement?.completeness.given).toEqual([
        'source',
        'learned_time',
        'occurred_time',
        'place',
        'nature',
        'process',
        'casualties',
      ])
      expect(record?.clocks.find(({ clock }) => clock === 'written')).toMatchObject({ grade: 'A', source: 'system' })
      expect(record?.clocks.find(({ clock }) => clock === 'learned')).toMatchObject({ grade: 'D', source: 'own' })
    }
  })

  it('bears one second, also when the clock moves on meanwhile', async () => {
    const learned = nextDay()
    let ticks = 0
    const ctx = { ...office.as('officer'), clock: () => learned + 1_000 * ticks++ }
    const input = { eventCode: null, clientKey: randomUUID(), document: documentOf(learned) }
    const { contentId, eventCode, receivedAt, writtenAt } = await sendReport(ctx, input)
    expect(writtenAt).toBe(receivedAt)
    const { judgement } = await judge(eventCode, learned + HOUR)
    expect([contentId.length, judgement?.written.at]).toEqual([36, receivedAt])
  })

  it('was received when it came, however long an import keeps it waiting', async () => {
    const learned = nextDay()
    let now = learned + MINUTE
    const input = { eventCode: null, clientKey: randomUUID(), document: documentOf(learned) }
    const waiting = `select from pg_locks where locktype = 'advisory' and not granted`
    const { db, pool } = office.database
    const sending = await db.transaction().execute(async (trx) => {
      await lockForTransaction(trx, 'facts')
      const sent = sendReport({ ...office.as('officer'), clock: () => now }, input)
      await expect.poll(async () => (await pool.query(waiting)).rowCount).toBe(1)
      now += HOUR
      return { sent }
    })
    expect((await sending.sent).receivedAt).toBe(toLocalIso(learned + MINUTE))
  })

  it('arrives once, however often it is sent; another text under its key is refused', async () => {
    const learned = nextDay()
    const key = randomUUID()
    const first = await send(learned + MINUTE, documentOf(learned), null, key)
    expect(await send(learned + 9 * MINUTE, documentOf(learned), null, key)).toEqual(first)
    expect(await rowsOf(first.eventCode)).toBe(1)
    await expect(send(learned + MINUTE, documentOf(learned, { place: '西街' }), null, key)).rejects.toMatchObject({
      reason: 'report_key_taken',
    })
  })

  it('is followed in order: first, 续报一, 续报二, final, and nothing after', async () => {
    const learned = nextDay()
    const doc = (stage: ReportDocument['stage']) => documentOf(learned, { stage, texts: { trend: '可控' } })
    const { eventCode } = await send(learned + MINUTE, documentOf(learned))
    await expect(send(learned + 2 * MINUTE, doc('first'), eventCode)).rejects.toMatchObject({
      reason: 'report_first_taken',
    })
    for (const sequence of [1, 2]) {
      expect(await send(learned + HOUR * sequence, doc('follow_up'), eventCode)).toMatchObject({ sequence })
    }
    expect(await send(learned + 9 * HOUR, doc('final'), eventCode)).toMatchObject({ stage: 'final', sequence: 0 })
    await expect(send(learned + 10 * HOUR, doc('follow_up'), eventCode)).rejects.toMatchObject({
      reason: 'report_final_taken',
    })
    await expect(send(learned + 10 * HOUR, doc('final'), 'D01-NONE')).rejects.toMatchObject({
      reason: 'report_event_unknown',
    })
    await expect(send(learned + 10 * HOUR, doc('final'))).rejects.toMatchObject({ reason: 'report_first_missing' })
    const { next } = await getReportDesk(at('officer', learned + 10 * HOUR), { eventCode })
    expect(next).toEqual([])
  })

  it.each([
    [{ learnedAt: -6 * MINUTE }, 'report_learned_before_occurred'],
    [{ learnedAt: 2 * HOUR }, 'report_future'],
    [{ phonedAt: -MINUTE }, 'report_phoned_before_learned'],
    [{ phonedAt: 2 * HOUR }, 'report_future'],
  ])('with clocks %o is refused as %s', async (change, reason) => {
    const learned = nextDay()
    const clocks = Object.fromEntries(Object.entries(change).map(([name, ms]) => [name, toLocalIso(learned + ms)]))
    await expect(send(learned + HOUR, documentOf(learned, clocks))).rejects.toMatchObject({ reason })
  })

  it('names what is too long, and no area or event of others', async () => {
    const learned = nextDay()
    const long = documentOf(learned, { texts: { process: '长'.repeat(100_000) } })
    await expect(send(learned, long)).rejects.toMatchObject({
      reason: 'report_text_too_long',
      params: { element: 'process', length: '100000' },
    })
    await expect(send(learned, documentOf(learned, { areaCode: 'D02' }))).rejects.toMatchObject({
      reason: 'report_area_unknown',
    })
    const { eventCode } = await send(learned, documentOf(learned))
    await expect(getReportDesk(at('county', learned), { eventCode })).rejects.toMatchObject({
      reason: 'report_event_unknown',
    })
  })

  it('of a unit that is closed is refused in words', async () => {
    const before = Date.parse('2019-11-20T09:00:00+08:00')
    await expect(send(before, documentOf(before))).rejects.toMatchObject({ reason: 'report_unit_closed' })
  })

  it('is late by the rules of what it changes to only in words: another level is flagged, not judged', async () => {
    const learned = nextDay()
    const { eventCode } = await send(learned + MINUTE, documentOf(learned))
    await send(learned + HOUR, documentOf(learned, { stage: 'follow_up', level: 'I' }), eventCode)
    const { judgement } = await judge(eventCode, learned + 2 * HOUR)
    expect(judgement).toMatchObject({ level: 'II', levelChanged: true })
  })

  it('corrected bears a reason and a new receipt, keeps its time, and adds elements only while they count', async () => {
    const learned = nextDay()
    const sent = await send(learned + MINUTE, documentOf(learned))
    const fix = (ms: number, contentId: string, change: Partial<ReportDocument>) =>
      correctReport(at('officer', ms), {
        contentId,
        clientKey: randomUUID(),
        reason: '核实后更正',
        document: documentOf(learned, change),
      })
    const second = await fix(learned + HOUR, sent.contentId, { texts: { cause: '电路老化' } })
    expect(second).toMatchObject({ version: 2, writtenAt: sent.receivedAt, number: sent.number })
    const { judgement } = await judge(sent.eventCode, learned + 2 * HOUR)
    expect(judgement?.written).toMatchObject({ at: sent.receivedAt, outcome: 'on_time' })
    expect(judgement?.completeness.given).toContain('cause')
    expect(judgement?.completeness.given).not.toContain('process')
    await expect(fix(learned + HOUR, sent.contentId, {})).rejects.toMatchObject({ reason: 'report_corrected_since' })
    await expect(fix(learned + HOUR, second.contentId, { level: 'I' })).rejects.toMatchObject({
      reason: 'report_correction_keeps_clocks',
    })
    await fix(learned + 30 * HOUR, second.contentId, { texts: { cause: '电路老化', trend: '可控' } })
    const after = await judge(sent.eventCode, learned + 31 * HOUR)
    expect(after.judgement?.completeness.given).not.toContain('trend')
    const { units } = await getEventTexts(at('officer', learned + 31 * HOUR), { eventCode: sent.eventCode })
    const versions = units[0]?.reports[0]?.versions ?? []
    expect(versions.map(({ changes, mayCorrect }) => [changes.map(({ field }) => field), mayCorrect])).toEqual([
      [[], false],
      [['texts.source', 'texts.cause', 'texts.process'], false],
      [['texts.trend'], true],
    ])
  })

  it('is found by its code where it is in reach, its numbers masked for others than the unit', async () => {
    const learned = nextDay()
    const { receiptCode } = await send(learned, documentOf(learned))
    const ask = (person: Person, code: string) => findReceipt(at(person, learned), { receiptCode: code })
    const own = await ask('officer', receiptCode.toLowerCase().replace('-', ' '))
    expect(own.document.place).toContain('15400000000')
    expect((await ask('clerk', receiptCode)).document.place).toBe('东街 12 号，联系电话 154****0000')
    await expect(ask('county', receiptCode)).rejects.toMatchObject({ reason: 'report_receipt_unknown' })
    const slip = `${receiptCode.slice(0, -1)}${receiptCode.endsWith('2') ? '3' : '2'}`
    await expect(ask('officer', slip)).rejects.toMatchObject({ reason: 'report_receipt_mistyped' })
  })
})

describe('a call', () => {
  it('recorded by the office opens the event, counts on its clock, and the first report joins it', async () => {
    const learned = nextDay()
    const call = callOf(learned)
    const taken = await takeCall(at('clerk', learned + 4 * MINUTE), call)
    expect(await takeCall(at('clerk', learned + 5 * MINUTE), call)).toEqual(taken)
    const running = await listRunning(at('officer', learned + 5 * MINUTE))
    expect(running.items[0]).toMatchObject({ eventCode: taken.eventCode, next: [{ stage: 'first', sequence: 0 }] })
    expect(running.items[0]?.clocks.map(({ kind, outcome }) => `${kind} ${outcome}`)).toEqual([
      'phone on_time',
      'written not_yet_due',
    ])
    // Its own claim does not move the office's clock.
    const claim = { phonedAt: toLocalIso(learned + MINUTE), level: 'III' as const }
    await send(learned + 20 * MINUTE, documentOf(learned, claim), taken.eventCode)
    const { judgement, record } = await judge(taken.eventCode, learned + HOUR)
    expect(judgement?.reports[0]?.phonedAt).toBe(toLocalIso(learned + 4 * MINUTE))
    expect(record?.clocks.find(({ clock }) => clock === 'phoned')).toMatchObject({
      grade: 'C',
      source: 'office_record',
    })
    expect(record?.clocks.find(({ clock }) => clock === 'written')).toMatchObject({ grade: 'A', source: 'system' })
    const { units } = await getEventTexts(at('officer', learned + HOUR), { eventCode: taken.eventCode })
    expect(units[0]).toMatchObject({ levelByPhone: 'II', calls: [{ callerPhone: '154****0001', callerName: '李某' }] })
  })

  it('joins an event on record; the earliest that the office took counts', async () => {
    const learned = nextDay()
    const { eventCode } = await send(learned + MINUTE, documentOf(learned, { phonedAt: toLocalIso(learned) }))
    const { items } = await listCallCandidates(at('clerk', learned + MINUTE), { unitCode: 'D01' })
    expect(items[0]).toMatchObject({ eventCode, hasFirst: true, place: '东街 12 号，联系电话 15400000000' })
    await takeCall(at('clerk', learned + 9 * MINUTE), callOf(learned, { eventCode }))
    const early = { eventCode, beganAt: toLocalIso(learned + 3 * MINUTE), earlierReason: '线路繁忙，事后补记' }
    await takeCall(at('clerk', learned + 40 * MINUTE), callOf(learned, early))
    const { judgement } = await judge(eventCode, learned + HOUR)
    expect(judgement?.reports[0]?.phonedAt).toBe(toLocalIso(learned + 3 * MINUTE))
  })

  it.each([
    [{ beganAt: HOUR }, 'report_future'],
    [{ beganAt: -MINUTE }, 'report_call_before_learned'],
    [{ beganAt: MINUTE }, 'report_call_reason'],
  ])('entered with %o is refused as %s', async (change, reason) => {
    const learned = nextDay()
    const input = callOf(learned, { beganAt: toLocalIso(learned + change.beganAt) })
    await expect(takeCall(at('clerk', learned + 30 * MINUTE), input)).rejects.toMatchObject({ reason })
  })

  it('of a unit of another office is not taken', async () => {
    const learned = nextDay()
    await expect(takeCall(at('county', learned), callOf(learned))).rejects.toMatchObject({
      reason: 'report_of_other_unit',
    })
  })

  it('that the unit claims counts until the office denies it, with a reason', async () => {
    const learned = nextDay()
    const phonedAt = toLocalIso(learned + 2 * MINUTE)
    const sent = await send(learned + 20 * MINUTE, documentOf(learned, { phonedAt }))
    const now = learned + HOUR
    expect((await judge(sent.eventCode, now)).judgement?.phone).toMatchObject({ outcome: 'on_time', at: phonedAt })
    const { contentId } = sent
    const sign = (claim: 'confirmed' | 'denied' | null, note: string | null = null, person: Person = 'clerk') =>
      signReport(at(person, now), { contentId, claim, note })
    await expect(sign('denied')).rejects.toMatchObject({ reason: 'report_denial_reason' })
    await expect(sign(null, null, 'county')).rejects.toMatchObject({ code: 'not_found' })
    await sign(null)
    await expect(sign(null)).rejects.toMatchObject({ reason: 'report_signed_already' })
    await sign('denied', '当班两人均未接到来电')
    const { judgement } = await judge(sent.eventCode, now)
    expect(judgement?.phone).toMatchObject({ outcome: 'missing', at: null })
    const page = await findReceipt(at('officer', now), { receiptCode: sent.receiptCode })
    expect(page.acts.map(({ kind }) => kind).sort()).toEqual(['claim_denied', 'signed_for'])
  })
})

describe('drafts', () => {
  it('of two officers are never written over each other', async () => {
    const learned = nextDay()
    const save = (seen: number, document: string | null) =>
      keepReportDraft(at('officer', learned), { draftKey: 'new/1', seen, document })
    expect(await save(0, '{"a":1}')).toMatchObject({ kind: 'saved', revision: 1 })
    expect(await save(0, '{"b":1}')).toMatchObject({ kind: 'taken', theirs: { document: '{"a":1}', revision: 1 } })
    expect(await save(1, '{"b":1}')).toMatchObject({ kind: 'saved', revision: 2 })
    expect(await save(1, '{"c":1}')).toMatchObject({ kind: 'taken', theirs: { document: '{"b":1}' } })
    const { drafts } = await listRunning(at('officer', learned))
    expect(drafts.map(({ draftKey }) => draftKey)).toContain('new/1')
    await sendReport(at('officer', learned), {
      eventCode: null,
      clientKey: randomUUID(),
      draftKey: 'new/1',
      document: documentOf(learned),
    })
    expect((await listRunning(at('officer', learned))).drafts).toEqual([])
  })

  it('are nobody else’s, the superior’s neither', async () => {
    const learned = nextDay()
    await keepReportDraft(at('officer', learned), { draftKey: 'new/2', seen: 0, document: '{}' })
    expect((await listRunning(at('clerk', learned))).drafts).toEqual([])
  })
})

it('an office finds what it received, and what nobody signed for', async () => {
  const learned = nextDay()
  const sent = await send(learned, documentOf(learned))
  const { items, nextCursor } = await listInbox(at('clerk', learned), { view: 'unsigned' })
  expect(items[0]).toMatchObject({ receipt: { receiptCode: sent.receiptCode }, isMine: true, deaths: 10 })
  await signReport(at('clerk', learned), { contentId: sent.contentId, claim: null, note: null })
  const after = await listInbox(at('clerk', learned), { view: 'unsigned' })
  expect(after.items.length).toBe(items.length - (nextCursor === null ? 1 : 0))
  expect(after.items.map(({ receipt }) => receipt.receiptCode)).not.toContain(sent.receiptCode)
  expect((await listInbox(at('county', learned), { view: 'all' })).items).toEqual([])
})

it('a pre-report with its reason goes on record once, before the first report', async () => {
  const learned = nextDay()
  const { eventCode } = await takeCall(at('clerk', learned + MINUTE), callOf(learned))
  const tell = () => sendPreReport(at('officer', learned + 2 * MINUTE), { eventCode, reason: '道路中断，人员未到现场' })
  await tell()
  await expect(tell()).rejects.toMatchObject({ reason: 'report_pre_reported' })
  await send(learned + 3 * MINUTE, documentOf(learned), eventCode)
  await expect(tell()).rejects.toMatchObject({ reason: 'report_first_taken' })
  const { items } = await listObligations(at('clerk', learned + HOUR), {
    quarter: toQuarter('2026Q4'),
    unitCode: 'D01',
  })
  expect(items.find(({ kind, ref }) => ref === eventCode && kind === 'written')).toMatchObject({ outcome: 'on_time' })
})

it('what was reported stays as it was, whoever asks the database', async () => {
  const learned = nextDay()
  await send(learned, documentOf(learned))
  for (const statement of [
    `update report_content set place = '改'`,
    `delete from report_content`,
    `update phone_record set began_at = now()`,
    `delete from report_act`,
  ]) {
    await expect(office.database.pool.query(statement)).rejects.toThrow()
  }
})
