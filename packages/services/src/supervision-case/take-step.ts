import type { CaseStepRow, Db } from '@zhidu/db'
import { asReadonly, insertCaseStep, lockForTransaction } from '@zhidu/db'
import { type CaseRefusal, type CaseStep, localDateOf, partyOf, refusesStep } from '@zhidu/domain'
import type { ChangeNote } from '../audit/record-audit.ts'
import type { ServiceContext } from '../context.ts'
import { officeOf } from '../draw/office.ts'
import { ServiceError } from '../service-error.ts'
import { aboutOf, findersOf, loadCase, type LoadedCase } from './load-case.ts'

export type NextStep = Pick<CaseStepRow, 'kind'> &
  Partial<Pick<CaseStepRow, 'note' | 'lastDay' | 'workingDays' | 'owner' | 'escalation' | 'files'>>

const FORBIDS: ReadonlySet<CaseRefusal> = new Set(['inspector_decides', 'same_person'])

/** The refusal of a step in words of its own. */
export function refusalOf(refusal: CaseRefusal): ServiceError {
  return new ServiceError(FORBIDS.has(refusal) ? 'forbidden' : 'conflict', `case_${refusal}`)
}

/** Throws ServiceError `forbidden` for whoever is not of the side whose step it is. */
function assertSide(ctx: ServiceContext, { row }: LoadedCase, kind: CaseStep['kind']): void {
  const { unitCode } = officeOf(ctx)
  const side = partyOf(kind)
  if ((side === 'unit' ? row.unitCode : row.officeCode) !== unitCode)
    throw new ServiceError('forbidden', `case_of_${side}`)
}

/** Adds a step to a case that was loaded under the lock. Throws ServiceError `forbidden` or `conflict` for one that may not follow. */
export async function addStep(trx: Db, ctx: ServiceContext, loaded: LoadedCase, next: NextStep): Promise<void> {
  const { author } = officeOf(ctx)
  assertSide(ctx, loaded, next.kind)
  const { escalation, kind, lastDay } = next
  const step: CaseStep = {
    kind,
    by: author.id,
    on: localDateOf(author.at),
    ...(lastDay !== undefined && { lastDay }),
    ...(escalation != null && { escalation }),
  }
  const refusal = refusesStep(loaded.taken, step, findersOf(loaded.row, ctx))
  if (refusal !== null) throw refusalOf(refusal)
  const nothing = { note: null, lastDay: null, workingDays: null, owner: null, escalation: null, files: [] }
  await insertCaseStep(trx, aboutOf(loaded.row), { ...nothing, ...next, position: loaded.steps.length }, author)
}

/** Loads a case under the lock of all checks. Throws ServiceError `conflict` when somebody moved it since the reader looked. */
export async function loadForStep(
  trx: Db,
  ctx: ServiceContext,
  { caseId, steps }: { readonly caseId: string; readonly steps: number },
): Promise<LoadedCase> {
  await lockForTransaction(trx, 'inspections')
  const loaded = await loadCase(asReadonly(trx), ctx, caseId)
  if (loaded.steps.length !== steps) throw new ServiceError('conflict', 'case_moved_on')
  return loaded
}

export function noteStep(note: ChangeNote, { row }: LoadedCase, detail: ChangeNote['detail']): void {
  const { checkCode, finding, unitCode } = row
  note.detail = { checkCode, finding, unitCode, ...detail }
}
