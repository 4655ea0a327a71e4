import type { DutyRoomInput, DutyRoomPage, RoomFile } from '@zhidu/contract'
import {
  type DutyRoomFileRow,
  findOwnRoomItems,
  listDutyRoomFiles,
  listRoomAssessments,
  listTrainings,
  type ReadonlyDb,
  type TrainingRow,
} from '@zhidu/db'
import { localDateOf, maskNumbers, ROOM_ANSWERS, toLocalIso } from '@zhidu/domain'
import type { ServiceContext } from '../context.ts'
import { toFileReceipt } from '../evidence/receive-part.ts'
import { loadUnitsInReach } from '../inspection/units-in-reach.ts'
import { loadDutyUnit, mayKeep } from '../roster/keeper.ts'
import { withSnapshot } from '../snapshot.ts'
import { ownUnitOf } from '../supervision-case/load-case.ts'
import { type AskedItem, toAskedItems, toStaffing, toStandings } from './room-standings.ts'

export function toStoredFile(row: DutyRoomFileRow): DutyRoomFileRow & { readonly isReceived: boolean } {
  return { ...row, isReceived: row.receivedBytes === row.bytes }
}

function toFile(row: DutyRoomFileRow): RoomFile {
  // Safe: checked when it was announced.
  const type = row.type as RoomFile['type']
  return { ...toFileReceipt(toStoredFile(row)), type, name: row.name, officeCode: row.officeCode }
}

/** True for an office that looks at a room one level below. */
export async function mayInspect(db: ReadonlyDb, ctx: ServiceContext, unitCode: string): Promise<boolean> {
  const { actor } = ctx
  if (actor.kind !== 'account' || actor.unitCode === null || actor.viewer !== null) return false
  if (!actor.permissions.has('duty.oversee')) return false
  return (await loadUnitsInReach(db, actor.unitCode, ctx.clock())).below.has(unitCode)
}

function toTraining(
  row: TrainingRow,
  replaced: ReadonlySet<string | null>,
  filesOf: (hashes: readonly string[], side: string) => RoomFile[],
): DutyRoomPage['trainings'][number] {
  const { byName, files, heldOn, isWithdrawn, minutes, note, persons, recordedAt, replaces, topic, trainingId } = row
  return {
    trainingId,
    heldOn,
    topic,
    minutes,
    persons,
    note: note === null ? null : maskNumbers(note),
    files: filesOf(files, row.unitCode),
    recordedAt: toLocalIso(recordedAt),
    by: byName,
    isCorrection: replaces !== null,
    isReplaced: replaced.has(trainingId),
    isWithdrawn,
  }
}

/** Answers in the order of the list; those to items that are asked no more at the end. */
function inOrder(answers: Readonly<Record<string, string>>, asked: readonly AskedItem[]): [string, string][] {
  const place = new Map(asked.map(({ key }, at) => [key, at]))
  const placeOf = (key: string): number => place.get(key) ?? asked.length
  return Object.entries(answers).toSorted(([a], [b]) => placeOf(a) - placeOf(b))
}

/** A duty room as unit and inspections say it is, with everything that was said, its staff and trainings. */
export function getDutyRoom(ctx: ServiceContext, { unitCode }: DutyRoomInput): Promise<DutyRoomPage> {
  return withSnapshot(ctx, localDateOf(ctx.clock()), async (db) => {
    const unit = await loadDutyUnit(db, ctx, unitCode)
    const asked: readonly AskedItem[] = toAskedItems(await findOwnRoomItems(db, unitCode))
    const labelOf = new Map(asked.map(({ key, label }) => [key, label]))
    const assessments = await listRoomAssessments(db, [unitCode])
    const trainings = await listTrainings(db, [unitCode])
    const files = await listDutyRoomFiles(db, unitCode)
    const filesOf = (hashes: readonly string[], side: string): RoomFile[] =>
      files.filter((one) => one.officeCode === side && hashes.includes(one.sha256)).map(toFile)
    const own = ownUnitOf(ctx)
    const handedIn = new Set([
      ...assessments.flatMap((one) => one.files.map((hash) => `${one.officeCode} ${hash}`)),
      ...trainings.flatMap((one) => one.files.map((hash) => `${one.unitCode} ${hash}`)),
    ])
    const replaced = new Set(trainings.map(({ replaces }) => replaces))
    return {
      unitCode,
      unitName: unit.name,
      dutyMode: unit.dutyMode,
      asOf: toLocalIso(ctx.clock()),
      mayDeclare: mayKeep(ctx, unitCode),
      mayInspect: await mayInspect(db, ctx, unitCode),
      items: toStandings(assessments, asked, unit.dutyMode === 'room'),
      staffing: toStaffing(assessments),
      assessments: assessments.toReversed().map((one) => ({
        assessmentId: one.assessmentId,
        source: one.source,
        lookedOn: one.lookedOn,
        recordedAt: toLocalIso(one.recordedAt),
        by: one.byName,
        answers: inOrder(one.answers, asked).flatMap(([key, text]) => {
          const answer = ROOM_ANSWERS.find((known) => known === text)
          return answer === undefined ? [] : [{ key, label: labelOf.get(key) ?? null, answer }]
        }),
        staffing:
          one.regularStaff === null || one.otherStaff === null || one.atOnce === null
            ? null
            : { regular: one.regularStaff, other: one.otherStaff, atOnce: one.atOnce },
        note: one.note === null ? null : maskNumbers(one.note),
        checkCode: one.checkCode,
        files: filesOf(one.files, one.officeCode),
      })),
      trainings: trainings.map((row) => toTraining(row, replaced, filesOf)),
      drafts: files
        .filter(({ officeCode, sha256 }) => officeCode === own && !handedIn.has(`${officeCode} ${sha256}`))
        .map(toFile),
    }
  })
}
