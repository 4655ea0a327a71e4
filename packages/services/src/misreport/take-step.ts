import {
  asReadonly,
  type Db,
  insertMisreportStep,
  listCaseFiles,
  lockForTransaction,
  type MisreportStepRow,
} from '@zhidu/db'
import {
  localDateOf,
  misreportPartyOf,
  type MisreportRefusal,
  type MisreportStep,
  refusesMisreportStep,
} from '@zhidu/domain'
import type { ChangeNote } from '../audit/record-audit.ts'
import type { ServiceContext } from '../context.ts'
import { officeOf } from '../draw/office.ts'
import { ServiceError } from '../service-error.ts'
import { loadMisreport, type LoadedMisreport } from './load-misreport.ts'

export type NextMisreportStep = Pick<MisreportStepRow, 'kind'> &
  Partial<Omit<MisreportStepRow, 'caseId' | 'position' | 'kind' | 'at' | 'byName' | 'byId'>>

const FORBIDS: ReadonlySet<MisreportRefusal> = new Set(['opener_decides', 'same_person', 'third_person'])

/** Throws ServiceError `forbidden` for whoever is not of the side whose step it is. */
function assertSide(ctx: ServiceContext, { row }: LoadedMisreport, kind: MisreportStep['kind']): void {
  const side = misreportPartyOf(kind)
  const own = side === 'unit' ? row.unitCode : row.officeCode
  if (own !== officeOf(ctx).unitCode) throw new ServiceError('forbidden', `misreport_of_${side}`)
}

async function assertFiles(trx: Db, caseId: string, files: readonly string[], broughtBy: string): Promise<void> {
  const there = (await listCaseFiles(asReadonly(trx), caseId)).filter(
    (one) => one.broughtBy === broughtBy && one.receivedBytes === one.bytes,
  )
  if (!files.every((hash) => there.some(({ sha256 }) => sha256 === hash))) {
    throw new ServiceError('invalid', 'case_file_missing')
  }
}

const NOTHING = {
  note: null,
  lastDay: null,
  workingDays: null,
  files: [],
  figures: null,
  confirmedAs: null,
  sharePercent: null,
  isAgainstRule: false,
}

/** Adds a step to a case loaded under the lock. Throws ServiceError `forbidden`, `invalid` or `conflict` for one that may not follow. */
export async function addMisreportStep(
  trx: Db,
  ctx: ServiceContext,
  loaded: LoadedMisreport,
  next: NextMisreportStep,
): Promise<void> {
  const { author, unitCode } = officeOf(ctx)
  assertSide(ctx, loaded, next.kind)
  const { confirmedAs, kind, lastDay } = next
  const step: MisreportStep = {
    kind,
    by: author.id,
    on: localDateOf(author.at),
    ...(lastDay !== undefined && { lastDay }),
    ...(confirmedAs !== undefined && { as: confirmedAs }),
  }
  const refusal = refusesMisreportStep(loaded.taken, step)
  if (refusal !== null) {
    throw new ServiceError(FORBIDS.has(refusal) ? 'forbidden' : 'conflict', `misreport_${refusal}`)
  }
  const files = [...new Set(next.files ?? [])]
  const { caseId } = loaded.row
  await assertFiles(trx, caseId, files, unitCode)
  await insertMisreportStep(trx, loaded.row, { ...NOTHING, ...next, files, position: loaded.steps.length }, author)
}

/** Loads a case under the lock of all of them. Throws ServiceError `conflict` when somebody moved it since the reader looked. */
export async function loadForMisreportStep(
  trx: Db,
  ctx: ServiceContext,
  { caseId, steps }: { readonly caseId: string; readonly steps: number },
): Promise<LoadedMisreport> {
  await lockForTransaction(trx, 'misreports')
  const loaded = await loadMisreport(asReadonly(trx), ctx, caseId)
  if (loaded.steps.length !== steps) throw new ServiceError('conflict', 'case_moved_on')
  return loaded
}

export function noteMisreportStep(note: ChangeNote, { row }: LoadedMisreport, detail: ChangeNote['detail']): void {
  const { caseCode, kind, unitCode } = row
  note.detail = { caseCode, kind, unitCode, ...detail }
}
