import { createHash, randomUUID } from 'node:crypto'
import type { InspectionDocument } from '@zhidu/contract'
import { toQuarter } from '@zhidu/domain'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { getCheckPage } from '../check/get-check-page.ts'
import { revealPersonal } from '../personal/reveal-personal.ts'
import { createDrawOffice, type DrawOffice } from '../testing/draw-office.ts'
import { hearUnit } from '../testing/hear-unit.ts'
import { ANSWERED, CHECKED_NOW, documentOf, withFault } from '../testing/inspection-document.ts'
import { decideFinding } from './decide-finding.ts'
import { getEvidence, getFileStatus, receiveFilePart } from './files.ts'
import { getInspectionPage } from './get-inspection.ts'
import { makeInspectionKit } from './kit.ts'
import { listInspections } from './list-inspections.ts'
import { listOrders, orderSecond } from './orders.ts'
import { submitInspection } from './submit-inspection.ts'

const NOW = CHECKED_NOW
const QUARTER = toQuarter('2026Q4')
let office: DrawOffice
beforeAll(async () => {
  office = await createDrawOffice()
})
afterAll(() => office?.database.close())

const submit = (document: InspectionDocument) => submitInspection(office.as('inspector'), document)

function listed(state?: 'awaiting_decision' | 'passed' | 'decided') {
  return listInspections(office.as('leader'), { quarter: QUARTER, ...(state === undefined ? {} : { state }) })
}

async function audited(action: string, object: string): Promise<number> {
  const { rows } = await office.database.pool.query<{ count: number }>(
    `select count(*)::int as count from audit_entry where action = $1 and object = $2`,
    [action, object],
  )
  return rows[0]?.count ?? 0
}

describe('a check', () => {
  it('without a finding is on record at once, at the second it began by this clock', async () => {
    const document = documentOf()
    const { checkCode } = await submit(document)
    const { check } = await getCheckPage(office.as('leader'), { checkCode })
    expect(check).toMatchObject({ checkedAt: '2026-11-20T08:00:00+08:00', passed: true, findings: [] })
    const page = await getInspectionPage(office.as('leader'), document)
    expect(page).toMatchObject({
      item: { state: 'passed', checkCode },
      time: { uncertaintySeconds: 1, basis: 'monotonic' },
    })
    expect(page.verdict).toEqual({ kind: 'reached', isLate: false })
    expect(JSON.stringify(page)).not.toMatch(/13800001234|张三|"inspector"/)
  })

  it('is there once however often it is sent, also by two at once', async () => {
    const document = withFault()
    const all = await Promise.all(Array.from({ length: 10 }, () => submit(document)))
    expect(new Set(all.map((one) => JSON.stringify(one))).size).toBe(1)
    expect(await audited('inspection.submit', `inspection/${document.inspectionId}`)).toBe(1)
    const other = submit({ ...document, note: '另一份' })
    await expect(other).rejects.toMatchObject({ code: 'conflict', reason: 'inspection_differs' })
    const page = await getInspectionPage(office.as('leader'), document)
    expect(page.document.note).toBe('联系 138****1234')
  })

  it('of a phone whose clock is a year off is where it belongs, and nothing is later than now', async () => {
    const year = 365 * 86_400_000
    const off = documentOf({
      start: { session: 'old', monotonicMs: 0, wallMs: NOW - 7_200_000 - year },
      anchors: [{ session: 's', monotonicMs: 9, wallMs: NOW - year, serverMs: NOW, roundTripMs: 2_000 }],
    })
    await submit(off)
    expect(await getInspectionPage(office.as('leader'), off)).toMatchObject({
      item: { at: '2026-11-20T07:00:00+08:00' },
      time: { basis: 'wall', uncertaintySeconds: 1, deviceErrorSeconds: -year / 1_000 },
    })
    const ahead = documentOf({ start: { session: 'old', monotonicMs: 0, wallMs: NOW + 3_600_000 }, anchors: [] })
    await submit(ahead)
    expect(await getInspectionPage(office.as('leader'), ahead)).toMatchObject({
      item: { at: '2026-11-20T08:59:00+08:00' },
      time: { basis: 'none', uncertaintySeconds: 86_400 + 3_660 },
    })
    const lost = documentOf({ start: { session: 'old', monotonicMs: 0, wallMs: 0 }, anchors: [] })
    await expect(submit(lost)).rejects.toMatchObject({ reason: 'inspection_time_unknown' })
  })

  it.each([
    ['a unit that nobody knows', { unitCode: 'X01' }, 'inspection_unit'],
    ['the own office', { unitCode: 'J00' }, 'inspection_unit'],
    ['a list that nobody wrote', { checklist: { id: 'phone', version: 2 } }, 'inspection_checklist'],
    ['a draw that is not there', { purpose: 'drawn', drawId: randomUUID() }, 'draw_unknown'],
    ['an order that is not there', { purpose: 'second', orderId: randomUUID() }, 'inspection_order_unknown'],
    ['no reason', { reason: null }, 'inspection_purpose'],
    ['an item of another list', { answers: [{ item: 'fax', answer: 'no', note: null, files: [] }] }, 'inspection_item'],
    ['a list for other checks', { method: 'onsite' }, 'inspection_method'],
  ] as const)('is refused for %s, and leaves nothing', async (_, change, reason) => {
    const document = documentOf(change as Partial<InspectionDocument>)
    await expect(submit(document)).rejects.toMatchObject({ reason })
    await expect(getInspectionPage(office.as('leader'), document)).rejects.toMatchObject({
      reason: 'inspection_unknown',
    })
  })

  it('takes absence from the protocol alone: one call proves nothing', async () => {
    const silent = { ...ANSWERED, ringMs: 60_000, rings: 12, outcome: 'no_answer' } as const
    const one = documentOf({ attempts: [silent], answers: [], elapsedMs: 3_600_000 })
    await submit(one)
    expect(await getInspectionPage(office.as('leader'), one)).toMatchObject({
      verdict: null,
      item: { state: 'inconclusive' },
    })
    const two = documentOf({
      attempts: [silent, { ...silent, dialledMs: 1_200_000 }],
      answers: [],
      elapsedMs: 7_200_000,
    })
    await submit(two)
    expect((await getInspectionPage(office.as('leader'), two)).item).toMatchObject({
      state: 'awaiting_decision',
      findings: [{ finding: 'no_answer', standing: 'provisional' }],
    })
  })
})

describe('what was known at that second', () => {
  const HOUR = 3_600_000
  const shift = (person: string, recordedAt: number) =>
    office.database.pool.query(
      `insert into roster_shift (unit_code, role, starts_at, ends_at, person, post, phone, is_withdrawn, import_id, recorded_at)
       select 'D05', 'officer', $1, $2, $3, '科员', '13800005678', false, import_id, $4 from import_file limit 1`,
      [new Date(CHECKED_NOW - 12 * HOUR), new Date(CHECKED_NOW + 12 * HOUR), person, new Date(recordedAt)],
    )

  it('judges who answered: a name filed afterwards does not count, and is shown as late', async () => {
    await shift('李四', CHECKED_NOW - 2 * HOUR)
    // The check began an hour ago.
    await shift('王五', CHECKED_NOW - HOUR / 2)
    const stranger = (metPerson: string) =>
      documentOf({ unitCode: 'D05', metPerson, attempts: [{ ...ANSWERED, outcome: 'not_on_roster' }], answers: [] })
    const [known, late] = [stranger('李四'), stranger('王五')]
    await submit(known)
    await submit(late)
    const page = await getInspectionPage(office.as('leader'), known)
    expect(page.unproven).toEqual([{ finding: 'not_as_rostered', reason: 'on_roster' }])
    expect(page.roster).toMatchObject([{ person: '李*', phone: '138****5678' }])
    expect(page.lateRoster).toMatchObject([{ person: '王*', change: 'added' }])
    expect((await getInspectionPage(office.as('leader'), late)).item.findings).toMatchObject([
      { finding: 'not_as_rostered', standing: 'provisional' },
    ])
    const asked = { kind: 'inspection', id: known.inspectionId, reason: '核对申诉材料' } as const
    const { fields } = await revealPersonal(office.as('leader'), asked)
    expect(fields).toContainEqual({ field: 'met', text: '李四' })
    expect(fields).toContainEqual({ field: 'roster', text: '李四 13800005678' })
    await expect(revealPersonal(office.as('leader'), { ...asked, id: 'x' })).rejects.toMatchObject({
      code: 'not_found',
    })
    expect(await audited('personal.reveal', `inspection/${known.inspectionId}`)).toBe(1)
  })
})

describe('a decision', () => {
  it('is of somebody who was not there, and the last one puts the check on record with what was confirmed', async () => {
    const document = withFault({ inspectors: ['inspector', 'approver'] })
    const { inspectionId } = document
    const { checkCode } = await submit(document)
    const decide = (
      who: Parameters<DrawOffice['as']>[0],
      finding: 'log_missing' | 'unfamiliar',
      outcome: 'confirmed' | 'dismissed',
    ) => decideFinding(office.as(who), { inspectionId, finding, outcome, reason: '核对日志' })
    await expect(decide('inspector', 'log_missing', 'confirmed')).rejects.toMatchObject({ reason: 'inspection_own' })
    await expect(decide('approver', 'log_missing', 'confirmed')).rejects.toMatchObject({ reason: 'inspection_own' })
    await expect(decide('county', 'log_missing', 'confirmed')).rejects.toMatchObject({ reason: 'inspection_unknown' })
    await expect(decide('clerk', 'unfamiliar', 'dismissed')).rejects.toMatchObject({ reason: 'case_notify_first' })
    await hearUnit(office, inspectionId)
    await decide('clerk', 'unfamiliar', 'dismissed')
    await expect(decide('clerk', 'unfamiliar', 'confirmed')).rejects.toMatchObject({
      reason: 'inspection_decided_done',
    })
    await expect(getCheckPage(office.as('leader'), { checkCode })).rejects.toMatchObject({ code: 'not_found' })
    await decide('clerk', 'log_missing', 'confirmed')
    const { check } = await getCheckPage(office.as('leader'), { checkCode })
    expect(check.findings.map(({ finding }) => finding)).toEqual(['log_missing'])
    await expect(decide('clerk', 'log_missing', 'confirmed')).rejects.toMatchObject({
      reason: 'inspection_decided_done',
    })
    expect((await listed('decided')).items.map((one) => one.inspectionId)).toContain(inspectionId)
  })

  it('of the last two findings at once puts the check on record once', async () => {
    const { checkCode, inspectionId } = await submit(withFault())
    await hearUnit(office, inspectionId)
    const both = (['log_missing', 'unfamiliar'] as const).map((finding) =>
      decideFinding(office.as('clerk'), { inspectionId, finding, outcome: 'confirmed', reason: '核对日志' }),
    )
    await Promise.all(both)
    const { check } = await getCheckPage(office.as('leader'), { checkCode })
    expect(check.findings.map(({ finding }) => finding)).toEqual(['unfamiliar', 'log_missing'])
  })
})

describe('a file', () => {
  const MIB = 1_048_576
  const jpeg = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(2 * MIB + 100, 7)])
  const hashOf = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')

  function withPhoto(bytes: Buffer, change: object = {}) {
    const file = {
      sha256: hashOf(bytes),
      kind: 'photo',
      type: 'image/jpeg',
      bytes: bytes.length,
      takenMs: 5,
      name: '值班室.jpg',
    } as const
    return documentOf({ files: [{ ...file, ...change }] })
  }

  const send = (document: InspectionDocument, bytes: Buffer, offset: number) =>
    receiveFilePart(
      office.as('inspector'),
      { inspectionId: document.inspectionId, sha256: document.files[0]?.sha256 ?? '' },
      { offset, content: bytes.subarray(offset, offset + MIB) },
    )

  it('comes in parts, lost, twice and out of order, and is whole in the end', async () => {
    const document = withPhoto(jpeg)
    await submit(document)
    const key = { inspectionId: document.inspectionId, sha256: hashOf(jpeg) }
    expect(await send(document, jpeg, MIB)).toMatchObject({ receivedBytes: 0 })
    expect(await send(document, jpeg, 0)).toMatchObject({ receivedBytes: MIB })
    expect(await send(document, jpeg, 0)).toMatchObject({ receivedBytes: MIB })
    expect(await getFileStatus(office.as('inspector'), key)).toMatchObject({ receivedBytes: MIB, receivedSha256: null })
    await expect(getEvidence(office.as('leader'), key)).rejects.toMatchObject({ reason: 'inspection_file_none' })
    await Promise.all([send(document, jpeg, MIB), send(document, jpeg, MIB)])
    expect(await send(document, jpeg, 2 * MIB)).toMatchObject({
      receivedBytes: jpeg.length,
      receivedSha256: key.sha256,
    })
    expect(await send(document, jpeg, 2 * MIB)).toMatchObject({ receivedSha256: key.sha256 })
    const { bytes, type } = await getEvidence(office.as('unit'), key)
    expect([hashOf(Buffer.from(bytes)), type]).toEqual([key.sha256, 'image/jpeg'])
  })

  it('that is another in the end begins anew', async () => {
    const document = withPhoto(jpeg)
    await submit(document)
    const spoilt = Buffer.from(jpeg)
    spoilt[MIB + 5] = 8
    await send(document, spoilt, 0)
    await send(document, spoilt, MIB)
    await expect(send(document, spoilt, 2 * MIB)).rejects.toMatchObject({ reason: 'inspection_file_differs' })
    for (const offset of [0, MIB, 2 * MIB]) await send(document, jpeg, offset)
    expect((await submit(document)).files).toMatchObject([{ receivedSha256: hashOf(jpeg) }])
  })

  it('that is an executable by its first bytes is refused and leaves nothing', async () => {
    const program = Buffer.concat([Buffer.from('MZ'), Buffer.alloc(500)])
    const document = withPhoto(program)
    await submit(document)
    await expect(send(document, program, 0)).rejects.toMatchObject({ reason: 'inspection_file_type' })
    expect((await submit(document)).files).toMatchObject([{ receivedBytes: 0 }])
  })

  it('of 80 MB is refused by what it says, and a longer one than it said by its bytes', async () => {
    await expect(submit(withPhoto(jpeg, { bytes: 40_000_000 }))).rejects.toMatchObject({
      reason: 'inspection_photo_large',
    })
    const short = withPhoto(jpeg, { bytes: 100 })
    await submit(short)
    await expect(send(short, jpeg, 0)).rejects.toMatchObject({ reason: 'inspection_file_longer' })
  })
})

describe('a blind second check', () => {
  it('is made by others who read nothing of the first, and brings no finding', async () => {
    const first = withFault({ unitCode: 'D03' })
    await submit(first)
    const about = { inspectionId: first.inspectionId, reason: '复核' }
    const same = orderSecond(office.as('clerk'), { ...about, inspectors: ['乙'] })
    await expect(same).rejects.toMatchObject({ reason: 'inspection_not_by_others' })
    const { orderId } = await orderSecond(office.as('inspector'), { ...about, inspectors: ['clerk'] })
    await expect(getInspectionPage(office.as('clerk'), first)).rejects.toMatchObject({ reason: 'inspection_unknown' })
    expect(JSON.stringify(await listInspections(office.as('clerk'), { quarter: QUARTER }))).not.toContain(
      first.inspectionId,
    )
    const kit = await makeInspectionKit(
      office.as('clerk'),
      { unitCodes: [] },
      { roomCodeKey: Buffer.alloc(32), language: 'zh-CN' },
    )
    const visit = { purpose: 'second', orderId, unitCode: 'D03', isMine: true, inspectionId: null }
    expect(kit.visits).toEqual([expect.objectContaining(visit)])
    expect(kit.units.find(({ unitCode }) => unitCode === 'D03')).toMatchObject({ openFindings: 0 })
    const second = withFault({ unitCode: 'D03', purpose: 'second', orderId, inspectors: ['clerk'], reason: null })
    await expect(submit(second)).rejects.toMatchObject({ reason: 'inspection_not_by_others' })
    await submitInspection(office.as('clerk'), second)
    const page = await getInspectionPage(office.as('clerk'), second)
    expect(page).toMatchObject({
      item: { state: 'compared', findings: [] },
      pairedWith: first.inspectionId,
      decisionBarredBy: 'second',
    })
    expect((await getInspectionPage(office.as('clerk'), first)).pairedWith).toBe(second.inspectionId)
    expect(await listOrders(office.as('leader'))).toMatchObject([{ orderId, secondId: second.inspectionId }])
    await expect(getInspectionPage(office.as('county'), second)).rejects.toMatchObject({ code: 'not_found' })
  })
})
