import { type AboutCase, findMisreportCase, listMisreportSteps, type ReadonlyDb } from '@zhidu/db'
import type { ServiceContext } from '../context.ts'
import { aboutOf, loadCase } from './load-case.ts'

/** The case to which a file belongs, of whatever sort. */
export interface FileOwner {
  readonly about: AboutCase
  /** Unit, or unit and office. */
  readonly mayBring: readonly string[]
  /** Hashes of what went with a step. */
  readonly handedIn: ReadonlySet<string>
}

/** Throws ServiceError `not_found` for a case of no sort that is in reach. */
export async function loadFileOwner(db: ReadonlyDb, ctx: ServiceContext, caseId: string): Promise<FileOwner> {
  const misreport = await findMisreportCase(db, caseId)
  if (misreport !== undefined) {
    const { officeCode, unitCode } = misreport
    const steps = await listMisreportSteps(db, [caseId])
    const handedIn = new Set(steps.flatMap(({ files }) => files))
    return { about: { caseId, officeCode, unitCode }, mayBring: [unitCode, officeCode], handedIn }
  }
  const { row, steps } = await loadCase(db, ctx, caseId)
  return { about: aboutOf(row), mayBring: [row.unitCode], handedIn: new Set(steps.flatMap(({ files }) => files)) }
}
