import { type AboutCase, findSupervisionCases, type ReadonlyDb } from '@zhidu/db'
import { loadAppeal } from '../appeal/load-appeal.ts'
import type { ServiceContext } from '../context.ts'
import { aboutOf, loadCase } from './load-case.ts'

/** What files are brought for: a case, or an appeal. */
export interface FileOwner {
  readonly about: AboutCase
  /** Hashes of what was handed in with a step. */
  readonly handedIn: readonly string[]
}

/** Throws ServiceError `not_found` for neither a case nor an appeal in reach. */
export async function loadFileOwner(db: ReadonlyDb, ctx: ServiceContext, caseId: string): Promise<FileOwner> {
  const [known] = await findSupervisionCases(db, { caseId })
  if (known !== undefined) {
    const { row, steps } = await loadCase(db, ctx, caseId)
    return { about: aboutOf(row), handedIn: steps.flatMap(({ files }) => files) }
  }
  const { row, steps } = await loadAppeal(db, ctx, caseId)
  const { officeCode, unitCode } = row
  const handedIn = steps.flatMap(({ files, kind }) => (kind === 'submitted' ? files : []))
  return { about: { caseId, unitCode, officeCode }, handedIn }
}
