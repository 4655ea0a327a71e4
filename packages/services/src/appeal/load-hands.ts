import {
  type AppealRow,
  findCheck,
  findInspection,
  findInspectionIdOfCheck,
  findSupervisionCases,
  listCaseSteps,
  type ReadonlyDb,
} from '@zhidu/db'

/** Who had a hand in a deduction: of the check behind it by account and by name, of the decision on it by account. */
export interface DeductionHands {
  readonly finderIds: readonly string[]
  readonly finderNames: readonly string[]
  readonly deciderIds: readonly string[]
}

/** Of a finding; nobody had a hand in another deduction. */
export async function loadDeductionHands(
  db: ReadonlyDb,
  { code, ref }: Pick<AppealRow, 'code' | 'ref'>,
): Promise<DeductionHands> {
  const check = await findCheck(db, ref)
  const inspectionId = await findInspectionIdOfCheck(db, ref)
  const names = check?.inspectors ?? []
  if (inspectionId === null) return { finderIds: [], finderNames: names, deciderIds: [] }
  const inspection = await findInspection(db, inspectionId)
  const cases = await findSupervisionCases(db, { inspectionIds: [inspectionId] })
  const own = cases.filter(({ finding }) => finding === code).map(({ caseId }) => caseId)
  const steps = await listCaseSteps(db, own)
  return {
    finderIds: inspection === undefined ? [] : [inspection.recordedById],
    finderNames: [...names, ...(inspection?.inspectors ?? [])],
    deciderIds: steps.flatMap(({ byId, kind }) => (kind === 'confirmed' || kind === 'dismissed' ? [byId] : [])),
  }
}
