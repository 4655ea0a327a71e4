import {
  type AboutCase,
  findMisreportCase,
  findSupervisionCases,
  listLeadInquiries,
  listLeadInquirySteps,
  listMeetingDecisions,
  listMeetingDecisionSteps,
  listMisreportSteps,
  type ReadonlyDb,
} from '@zhidu/db'
import { loadAppeal } from '../appeal/load-appeal.ts'
import type { ServiceContext } from '../context.ts'
import { aboutOf, loadCase } from './load-case.ts'

/** What files are brought for: a case of a finding or of a suspicion, an appeal, a decision of a meeting, or an inquiry. */
export interface FileOwner {
  readonly about: AboutCase
  /** Unit, or unit and office. */
  readonly mayBring: readonly string[]
  /** Hashes of what was handed in with a step. */
  readonly handedIn: ReadonlySet<string>
}

/** Throws ServiceError `not_found` for none of them in reach. */
export async function loadFileOwner(db: ReadonlyDb, ctx: ServiceContext, caseId: string): Promise<FileOwner> {
  const [known] = await findSupervisionCases(db, { caseId })
  if (known !== undefined) {
    const { row, steps } = await loadCase(db, ctx, caseId)
    const handedIn = new Set(steps.flatMap(({ files }) => files))
    return { about: aboutOf(row), mayBring: [row.unitCode], handedIn }
  }
  const misreport = await findMisreportCase(db, caseId)
  if (misreport !== undefined) {
    const { officeCode, unitCode } = misreport
    const steps = await listMisreportSteps(db, [caseId])
    const handedIn = new Set(steps.flatMap(({ files }) => files))
    return { about: { caseId, officeCode, unitCode }, mayBring: [unitCode, officeCode], handedIn }
  }
  const [decision] = await listMeetingDecisions(db, { decisionId: caseId })
  if (decision !== undefined) {
    const { officeCode, unitCode } = decision
    const steps = await listMeetingDecisionSteps(db, [caseId])
    const handedIn = new Set(steps.flatMap(({ files }) => files))
    return { about: { caseId, officeCode, unitCode }, mayBring: [unitCode], handedIn }
  }
  const [inquiry] = await listLeadInquiries(db, { inquiryId: caseId })
  if (inquiry !== undefined) {
    const { officeCode, unitCode } = inquiry
    const steps = await listLeadInquirySteps(db, [caseId])
    const handedIn = new Set(steps.flatMap(({ files }) => files))
    return { about: { caseId, officeCode, unitCode }, mayBring: [unitCode], handedIn }
  }
  const { row, steps } = await loadAppeal(db, ctx, caseId)
  const { officeCode, unitCode } = row
  const handedIn = new Set(steps.flatMap(({ files, kind }) => (kind === 'submitted' ? files : [])))
  return { about: { caseId, unitCode, officeCode }, mayBring: [unitCode], handedIn }
}
