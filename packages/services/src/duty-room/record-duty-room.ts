import { randomUUID } from 'node:crypto'
import type { AssessRoomInput, RecordTrainingInput, SaveRoomItemsInput } from '@zhidu/contract'
import {
  asReadonly,
  type Db,
  findCheck,
  findOwnRoomItems,
  insertDutyRoomList,
  insertRoomAssessment,
  insertTraining,
  listDutyRoomFiles,
  listDutyRoomLists,
  listTrainings,
  lockDutyRoomFiles,
} from '@zhidu/db'
import { localDateOf, type PlainDate, type RoomSource, toPlainDate } from '@zhidu/domain'
import { withChange } from '../audit/record-audit.ts'
import type { ServiceContext } from '../context.ts'
import { officeOf } from '../draw/office.ts'
import { keeperOf, loadDutyUnit } from '../roster/keeper.ts'
import { ServiceError } from '../service-error.ts'
import { mayInspect, toStoredFile } from './get-duty-room.ts'
import { toAskedItems } from './room-standings.ts'

/** The unit of itself, or the office above. Throws ServiceError `forbidden` for anybody else. */
export async function sideOf(trx: Db, ctx: ServiceContext, unitCode: string): Promise<RoomSource> {
  await loadDutyUnit(asReadonly(trx), ctx, unitCode)
  if (officeOf(ctx).unitCode === unitCode) return 'declared'
  if (await mayInspect(asReadonly(trx), ctx, unitCode)) return 'inspected'
  throw new ServiceError('forbidden', 'duty_room_of_other')
}

/** Throws ServiceError `invalid` for a day that is still to come. */
function pastDay(ctx: ServiceContext, text: string): PlainDate {
  const day = toPlainDate(text)
  if (day > localDateOf(ctx.clock())) throw new ServiceError('invalid', 'duty_room_future')
  return day
}

async function assertFiles(trx: Db, ctx: ServiceContext, unitCode: string, hashes: readonly string[]): Promise<void> {
  const own = officeOf(ctx).unitCode
  const there = (await listDutyRoomFiles(asReadonly(trx), unitCode))
    .map(toStoredFile)
    .filter(({ isReceived, officeCode }) => isReceived && officeCode === own)
  if (!hashes.every((hash) => there.some(({ sha256 }) => sha256 === hash))) {
    throw new ServiceError('invalid', 'case_file_missing')
  }
}

async function assertItems(trx: Db, { answers, unitCode }: AssessRoomInput): Promise<void> {
  const asked = toAskedItems(await findOwnRoomItems(asReadonly(trx), unitCode))
  const keys = answers.map(({ item }) => item)
  if (new Set(keys).size < keys.length || !keys.every((key) => asked.some((one) => one.key === key))) {
    throw new ServiceError('invalid', 'duty_room_item_unknown')
  }
}

async function assertCheck(trx: Db, { checkCode, unitCode }: AssessRoomInput, source: RoomSource): Promise<void> {
  if (checkCode === null) return
  const check = source === 'inspected' ? await findCheck(asReadonly(trx), checkCode) : undefined
  if (check?.unitCode !== unitCode) throw new ServiceError('invalid', 'duty_room_check_unknown')
}

/**
 * What somebody saw in a duty room on a day: the unit of itself, or an inspection one level below. Both are kept; neither writes over the
 * other. Throws ServiceError `invalid` for a day to come, an item that is not asked and a file that is not there.
 */
export function assessDutyRoom(ctx: ServiceContext, input: AssessRoomInput): Promise<void> {
  const { answers, checkCode, files, lookedOn, note, staffing, unitCode } = input
  const what = { action: 'dutyRoom.assess', object: `unitCode/${unitCode}` }
  return withChange(ctx, what, async (trx, audit) => {
    const source = await sideOf(trx, ctx, unitCode)
    const { author, unitCode: officeCode } = officeOf(ctx)
    if (answers.length === 0 && staffing === null) throw new ServiceError('invalid', 'duty_room_empty')
    await assertItems(trx, input)
    await assertCheck(trx, input, source)
    await assertFiles(trx, ctx, unitCode, files)
    const row = {
      assessmentId: randomUUID(),
      unitCode,
      officeCode,
      source,
      lookedOn: pastDay(ctx, lookedOn),
      answers: Object.fromEntries(answers.map(({ answer, item }) => [item, answer])),
      regularStaff: staffing?.regular ?? null,
      otherStaff: staffing?.other ?? null,
      atOnce: staffing?.atOnce ?? null,
      note: note === '' ? null : note,
      checkCode,
      files: [...new Set(files)],
    }
    await insertRoomAssessment(trx, row, author)
    audit.detail = { source, lookedOn, answers: JSON.stringify(row.answers), files: row.files }
  })
}

/** A training of the own duty staff, or the correction of one. Throws ServiceError `conflict` for one that was corrected already. */
export function recordTraining(ctx: ServiceContext, input: RecordTrainingInput): Promise<void> {
  const { files, heldOn, isWithdrawn, minutes, note, persons, replaces, topic, unitCode } = input
  const what = {
    action: 'dutyRoom.recordTraining',
    object: `unitCode/${unitCode}`,
    detail: { heldOn, topic, replaces },
  }
  return withChange(ctx, what, async (trx) => {
    const { author } = await keeperOf(asReadonly(trx), ctx, unitCode)
    await lockDutyRoomFiles(trx, unitCode)
    await assertFiles(trx, ctx, unitCode, files)
    const known = await listTrainings(asReadonly(trx), [unitCode])
    const before = known.find(({ trainingId }) => trainingId === replaces)
    const isGone = before?.isWithdrawn === true || known.some((one) => replaces !== null && one.replaces === replaces)
    if ((replaces !== null && (before === undefined || isGone)) || (isWithdrawn && (replaces === null || !note))) {
      throw new ServiceError('conflict', 'duty_training_unknown')
    }
    const row = {
      trainingId: randomUUID(),
      unitCode,
      heldOn: pastDay(ctx, heldOn),
      topic,
      minutes,
      persons,
      note: note === '' ? null : note,
      files: [...new Set(files)],
      replaces,
      isWithdrawn,
    }
    await insertTraining(trx, row, author)
  })
}

/** What an office asks besides, as its next version. Throws ServiceError `conflict` when somebody saved one since. */
export function saveRoomItems(ctx: ServiceContext, { items, version }: SaveRoomItemsInput): Promise<void> {
  return withChange(ctx, { action: 'dutyRoom.saveItems' }, async (trx, audit) => {
    const { author, unitCode } = officeOf(ctx)
    await lockDutyRoomFiles(trx, unitCode)
    const lists = await listDutyRoomLists(asReadonly(trx), unitCode)
    if ((lists[0]?.version ?? 0) !== version) throw new ServiceError('conflict', 'duty_room_list_moved_on')
    const used = lists.flatMap((list) => list.items.map(({ key }) => Number(key.slice('own-'.length))))
    const known = new Set(lists.flatMap((list) => list.items.map(({ key }) => key)))
    let last = Math.max(0, ...used)
    const next = items.map(({ key, label }) => {
      if (key !== null && !known.has(key)) throw new ServiceError('invalid', 'duty_room_item_unknown')
      last += key === null ? 1 : 0
      return { key: key ?? `own-${last}`, label }
    })
    await insertDutyRoomList(trx, { unitCode, version: version + 1, items: next }, author)
    audit.object = `unitCode/${unitCode}`
    audit.detail = { version: version + 1, items: next.map(({ label }) => label) }
  })
}
