import { randomUUID } from 'node:crypto'
import type { BeginHandoverInput, HandoverKey, HandoverStepInput } from '@zhidu/contract'
import {
  asReadonly,
  type Db,
  type DrawAuthor,
  type HandoverStepRow,
  insertHandover,
  insertHandoverStep,
  insertLogSteps,
  listHandovers,
  lockForTransaction,
} from '@zhidu/db'
import {
  cutToSecond,
  DAY_MS,
  type HandoverRefusal,
  refusesHandoverStep,
  type ShiftChange,
  toLocalIso,
} from '@zhidu/domain'
import { type ChangeNote, withChange } from '../audit/record-audit.ts'
import type { ServiceContext } from '../context.ts'
import { officeOf } from '../draw/office.ts'
import { ServiceError } from '../service-error.ts'
import { loadChange } from './get-handover.ts'
import { loadHandover, type LoadedHandover } from './load-handover.ts'
import { type LoadedEntry, loadOpen } from './load-log.ts'

type NewStep = Omit<HandoverStepRow, 'at' | 'byName' | 'byId' | 'handoverId' | 'position' | 'kind'>
const NOTHING: NewStep = {
  rosterPerson: null,
  offRosterReason: null,
  entries: [],
  notes: [],
  equipment: null,
  note: null,
  toPerson: null,
  toReason: null,
  enteredByName: null,
  enteredById: null,
  openCount: 0,
}

/** No change of shift is handed over so long before or after it. */
const FARTHEST_MS = 31 * DAY_MS

function refuse(refusal: HandoverRefusal): never {
  throw new ServiceError(refusal === 'same_person' ? 'forbidden' : 'conflict', `handover_${refusal}`)
}

/** As whom of a shift somebody confirms. Throws ServiceError `invalid` for somebody who is not on it and does not say why. */
function asWhom(
  name: string,
  shift: readonly string[],
  reason: string | null,
): Pick<NewStep, 'rosterPerson' | 'offRosterReason'> {
  if (shift.includes(name)) return { rosterPerson: name, offRosterReason: null }
  if (reason === null) throw new ServiceError('invalid', 'handover_off_roster', { name })
  return { rosterPerson: null, offRosterReason: reason }
}

function listOf(open: readonly LoadedEntry[], notes: readonly { entryId: string; note: string }[]) {
  const noteOf = new Map(notes.map(({ entryId, note }) => [entryId, note]))
  const entries = open.map(({ row }) => row.entryId)
  return { entries, notes: entries.map((entry) => noteOf.get(entry) ?? ''), openCount: entries.length }
}

/** A handover is given to somebody. Throws ServiceError `invalid` for one who is not on the next shift, and nobody says why. */
function assertReceiver(change: ShiftChange, toPerson: string, toReason: string | null): void {
  if (!change.incoming.includes(toPerson) && toReason === null) {
    throw new ServiceError('invalid', 'handover_to_unrostered', { name: toPerson })
  }
}

function contentOf(
  input: HandoverStepInput,
  { change, open, person }: { change: ShiftChange; open: readonly LoadedEntry[]; person: string },
): NewStep {
  switch (input.kind) {
    case 'prepared':
      return { ...NOTHING, ...listOf(open, input.notes), equipment: input.equipment, note: input.note }
    case 'offered':
      assertReceiver(change, input.toPerson, input.toReason)
      return {
        ...NOTHING,
        ...listOf(open, input.notes),
        ...asWhom(person, change.outgoing, input.offRosterReason),
        equipment: input.equipment,
        note: input.note,
        toPerson: input.toPerson,
        toReason: change.incoming.includes(input.toPerson) ? null : input.toReason,
      }
    case 'returned':
      return { ...NOTHING, note: input.note }
    case 'taken':
      return {
        ...NOTHING,
        ...listOf(open, []),
        ...asWhom(person, change.incoming, input.offRosterReason),
        note: input.note,
      }
  }
}

/** Puts on record, in each entry that is open, that the next shift has it now. */
async function carryOver(
  trx: Db,
  { row }: LoadedHandover,
  open: readonly LoadedEntry[],
  author: DrawAuthor,
): Promise<void> {
  const step = { kind: 'handed_over', note: null, person: null, outcome: null, content: null } as const
  await insertLogSteps(
    trx,
    row.unitCode,
    open.map((one) => ({ ...step, entryId: one.row.entryId, position: one.steps.length, handoverId: row.handoverId })),
    author,
  )
}

export interface Confirming {
  /** Whose confirmation it is. */
  readonly author: DrawAuthor
  /** At whose screen; null = at his own. */
  readonly enteredBy: DrawAuthor | null
}

/** Adds a step to a handover of the own unit, in the caller's transaction. */
export async function addHandoverStep(
  trx: Db,
  ctx: ServiceContext,
  note: ChangeNote,
  input: HandoverStepInput,
  { author, enteredBy }: Confirming,
): Promise<void> {
  await lockForTransaction(trx, 'dutyLog')
  const db = asReadonly(trx)
  const loaded = await loadHandover(db, input.handoverId)
  const { row, steps } = loaded
  if (row.unitCode !== officeOf(ctx).unitCode) throw new ServiceError('forbidden', 'log_of_other_unit')
  if (steps.length !== input.steps) throw new ServiceError('conflict', 'case_moved_on')
  const open = await loadOpen(db, row.unitCode)
  const change = await loadChange(db, ctx, row)
  const offered = steps.findLast(({ kind }) => kind === 'offered')?.entries ?? []
  const refusal = refusesHandoverStep(
    steps,
    { kind: input.kind, byId: author.id, byName: author.name },
    { changeAt: row.changeAt, now: author.at, open: open.map((one) => one.row.entryId), offered },
  )
  if (refusal !== null) refuse(refusal)
  const content = contentOf(input, { change, open, person: author.name })
  const entered = { enteredByName: enteredBy?.name ?? null, enteredById: enteredBy?.id ?? null }
  const step = { ...content, ...entered, handoverId: row.handoverId, position: steps.length, kind: input.kind }
  await insertHandoverStep(trx, row.unitCode, step, author)
  if (input.kind === 'taken') await carryOver(trx, loaded, open, author)
  note.detail = {
    unitCode: row.unitCode,
    changeAt: toLocalIso(row.changeAt),
    step: input.kind,
    openCount: content.openCount,
    ...(enteredBy !== null && { confirmedBy: author.name, confirmedById: author.id }),
    ...(content.offRosterReason !== null && { offRoster: content.offRosterReason }),
    ...(input.kind === 'returned' && { reason: input.note }),
  }
}

/** 拟稿, 交班确认, 退回, 接班确认 with the own account. Throws ServiceError `forbidden` for one person twice, `conflict` for what does not follow. */
export function takeHandoverStep(ctx: ServiceContext, input: HandoverStepInput): Promise<void> {
  return withChange(ctx, { action: 'handover.step', object: `handover/${input.handoverId}` }, (trx, note) =>
    addHandoverStep(trx, ctx, note, input, { author: officeOf(ctx).author, enteredBy: null }),
  )
}

/** The handover of a change of shift of the own unit; begun where nobody has. Throws ServiceError `invalid` for one more than a month away. */
export function beginHandover(ctx: ServiceContext, input: BeginHandoverInput): Promise<HandoverKey> {
  return withChange(ctx, { action: 'handover.begin' }, async (trx, note) => {
    await lockForTransaction(trx, 'dutyLog')
    const { author, unitCode } = officeOf(ctx)
    const changeAt = cutToSecond(Date.parse(input.changeAt))
    if (Math.abs(changeAt - author.at) > FARTHEST_MS) throw new ServiceError('invalid', 'handover_far')
    const filter = { handoverId: null, unitCode, changeAt, isWaiting: false }
    const [known] = await listHandovers(asReadonly(trx), filter, { before: null, limit: 1 })
    const handoverId = known?.handoverId ?? randomUUID()
    if (known === undefined) await insertHandover(trx, { handoverId, unitCode, changeAt }, author)
    note.object = `handover/${handoverId}`
    note.detail = { changeAt: toLocalIso(changeAt), isNew: known === undefined }
    return { handoverId }
  })
}
