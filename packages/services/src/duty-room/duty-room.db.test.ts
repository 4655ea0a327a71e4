import { createHash } from 'node:crypto'
import type { AssessRoomInput, RecordTrainingInput } from '@zhidu/contract'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ServiceContext } from '../context.ts'
import { createDrawOffice, type DrawOffice } from '../testing/draw-office.ts'
import { CHECKED_NOW } from '../testing/inspection-document.ts'
import { announceRoomFile, getRoomFile, receiveRoomFilePart } from './duty-room-files.ts'
import { exportDutyRooms } from './export-duty-rooms.ts'
import { getDutyRoom } from './get-duty-room.ts'
import { listDutyRooms } from './list-duty-rooms.ts'
import { assessDutyRoom, recordTraining, saveRoomItems } from './record-duty-room.ts'

const DAY = 86_400_000
type Person = Parameters<DrawOffice['as']>[0]
let office: DrawOffice
beforeAll(async () => {
  office = await createDrawOffice()
})
afterAll(() => office?.database.close())

function as(person: Person, days = 0): ServiceContext {
  return { ...office.as(person), clock: () => CHECKED_NOW + days * DAY }
}
const SAID: AssessRoomInput = {
  unitCode: 'D01',
  lookedOn: '2026-11-20',
  answers: [
    { item: 'room', answer: 'has' },
    { item: 'fax', answer: 'has' },
  ],
  staffing: { regular: 3, other: 1, atOnce: 1 },
  note: null,
  checkCode: null,
  files: [],
}
const PHOTO = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(60, 7)])
const HASH = createHash('sha256').update(PHOTO).digest('hex')

async function bring(person: Person): Promise<void> {
  const ctx = as(person)
  const file = { unitCode: 'D01', sha256: HASH, type: 'image/jpeg', bytes: PHOTO.length, name: '值班室.jpg' } as const
  await announceRoomFile(ctx, file)
  await receiveRoomFilePart(ctx, { unitCode: 'D01', sha256: HASH }, { offset: 0, content: PHOTO })
}

describe('a duty room', () => {
  it('keeps what the unit says and what an inspection saw, and shows where they differ', async () => {
    await assessDutyRoom(as('officer'), SAID)
    const before = await getDutyRoom(as('clerk'), { unitCode: 'D01' })
    expect(before.items.find(({ key }) => key === 'fax')).toMatchObject({ answer: 'has', standing: 'unconfirmed' })
    expect(before.staffing).toMatchObject({ regular: 3, other: 1, needed: 5, canRotate: false })
    expect(before).toMatchObject({ mayDeclare: false, mayInspect: true })

    await bring('inspector')
    const seen = { ...SAID, staffing: null, answers: [{ item: 'fax', answer: 'has_not' as const }], files: [HASH] }
    await assessDutyRoom(as('inspector', 1), { ...seen, lookedOn: '2026-11-21' })
    const page = await getDutyRoom(as('officer', 2), { unitCode: 'D01' })
    expect(page.items.find(({ key }) => key === 'fax')).toMatchObject({
      answer: 'has_not',
      standing: 'contradicted',
      declared: { answer: 'has', on: '2026-11-20' },
      inspected: { answer: 'has_not', on: '2026-11-21' },
    })
    expect(page.assessments.map(({ files, source }) => [source, files.length])).toEqual([
      ['inspected', 1],
      ['declared', 0],
    ])
    const key = { unitCode: 'D01', officeCode: 'J00', sha256: HASH }
    expect((await getRoomFile(as('officer', 2), key)).bytes.length).toBe(PHOTO.length)
  })

  it('is assessed by its own people and the office above alone, about days that were', async () => {
    await expect(assessDutyRoom(as('county'), SAID)).rejects.toMatchObject({ code: 'not_found' })
    const other = { ...SAID, unitCode: 'J00' }
    await expect(assessDutyRoom(as('officer'), other)).rejects.toMatchObject({ code: 'not_found' })
    const future = { ...SAID, lookedOn: '2026-11-22' }
    await expect(assessDutyRoom(as('officer'), future)).rejects.toMatchObject({ reason: 'duty_room_future' })
    const unknown = { ...SAID, answers: [{ item: 'own-7', answer: 'has' as const }] }
    await expect(assessDutyRoom(as('officer'), unknown)).rejects.toMatchObject({ reason: 'duty_room_item_unknown' })
    const empty = { ...SAID, answers: [], staffing: null }
    await expect(assessDutyRoom(as('officer'), empty)).rejects.toMatchObject({ reason: 'duty_room_empty' })
    const check = { ...SAID, checkCode: 'K-9' }
    await expect(assessDutyRoom(as('inspector'), check)).rejects.toMatchObject({ reason: 'duty_room_check_unknown' })
    await expect(assessDutyRoom(as('officer'), { ...SAID, files: ['0'.repeat(64)] })).rejects.toMatchObject({
      reason: 'case_file_missing',
    })
  })

  it('shows a file to the other side once it is handed in, not before', async () => {
    await bring('officer')
    const key = { unitCode: 'D01', officeCode: 'D01', sha256: HASH }
    await expect(getRoomFile(as('inspector'), key)).rejects.toMatchObject({ code: 'not_found' })
    expect((await getDutyRoom(as('officer'), { unitCode: 'D01' })).drafts).toHaveLength(1)
    await assessDutyRoom(as('officer'), { ...SAID, files: [HASH] })
    expect((await getRoomFile(as('inspector'), key)).type).toBe('image/jpeg')
  })

  it('is asked what its office adds, in versions', async () => {
    await saveRoomItems(as('clerk', 2), { version: 0, items: [{ key: null, label: '备用电源' }] })
    const stale = saveRoomItems(as('second', 2), { version: 0, items: [] })
    await expect(stale).rejects.toMatchObject({ reason: 'duty_room_list_moved_on' })
    await saveRoomItems(as('clerk', 2), {
      version: 1,
      items: [
        { key: null, label: '视频会商' },
        { key: 'own-1', label: '备用电源' },
      ],
    })
    const { items } = await getDutyRoom(as('officer', 2), { unitCode: 'D01' })
    expect(items.slice(-2).map(({ answer, key, label }) => [key, label, answer])).toEqual([
      ['own-2', '视频会商', 'not_known'],
      ['own-1', '备用电源', 'not_known'],
    ])
  })
})

describe('the list of duty rooms', () => {
  it('has those with gaps first; a share of nobody known is not measured', async () => {
    const list = await listDutyRooms(as('clerk', 3), {})
    expect(list.items[0]).toMatchObject({ unitCode: 'D01', gapCount: 1, contradictedCount: 1 })
    expect(list.shares.find(({ key }) => key === 'fax')).toMatchObject({ has: 0, known: 1 })
    expect(list.shares.find(({ key }) => key === 'computer')).toMatchObject({ known: 0, range: null })
    expect(list.trend.at(-1)).toMatchObject({ on: '2026-09-30' })
    expect(list.trend.at(-1)?.shares[0]?.range).toBeNull()
    const phone = await listDutyRooms(as('clerk', 3), { view: 'phone' })
    for (const { items } of phone.items) expect(items.every(({ answer }) => answer === 'not_applicable')).toBe(true)
    expect((await listDutyRooms(as('clerk', 3), { view: 'contradicted' })).total).toBe(1)
    expect((await listDutyRooms(as('clerk', 3), { view: 'complete', search: 'D01' })).total).toBe(0)
    expect((await listDutyRooms(as('officer', 3), {})).items).toEqual([])
    expect((await exportDutyRooms(as('clerk', 3), 'zh-CN')).fileName).toContain('值班室建设 2026-11-23')
  })
})

describe('a training', () => {
  const training: RecordTrainingInput = {
    unitCode: 'D01',
    heldOn: '2026-11-10',
    topic: '接报流程',
    minutes: 90,
    persons: 6,
    note: null,
    files: [],
    replaces: null,
    isWithdrawn: false,
  }

  it('is corrected once and taken back with a reason, and what it was stays readable', async () => {
    await recordTraining(as('officer'), training)
    const [first] = (await getDutyRoom(as('officer'), { unitCode: 'D01' })).trainings
    const replaces = first?.trainingId ?? ''
    await recordTraining(as('officer', 1), { ...training, persons: 8, replaces })
    const again = recordTraining(as('officer', 1), { ...training, persons: 9, replaces })
    await expect(again).rejects.toMatchObject({ reason: 'duty_training_unknown' })
    const { trainings } = await getDutyRoom(as('clerk', 1), { unitCode: 'D01' })
    expect(trainings.map(({ isReplaced, persons }) => [persons, isReplaced])).toEqual([
      [8, false],
      [6, true],
    ])
    const back = { ...training, replaces: trainings[0]?.trainingId ?? '', isWithdrawn: true }
    await expect(recordTraining(as('officer', 2), back)).rejects.toMatchObject({ reason: 'duty_training_unknown' })
    await recordTraining(as('officer', 2), { ...back, note: '与会议重复登记' })
    const list = await listDutyRooms(as('clerk', 3), {})
    expect(list.items.find(({ unitCode }) => unitCode === 'D01')).toMatchObject({ trainingCount: 0 })
    await expect(recordTraining(as('clerk'), training)).rejects.toMatchObject({ reason: 'duty_not_own' })
  })
})
