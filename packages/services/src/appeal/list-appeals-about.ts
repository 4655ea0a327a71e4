import type { DeductionAppeal } from '@zhidu/contract'
import { findAppeals, listAppealSteps, type ReadonlyDb } from '@zhidu/db'
import { appealStateOf, isAppealOpen, toLocalIso } from '@zhidu/domain'

/** Appeals in reach against deductions of one event or check that are open or were upheld. */
export async function listAppealsAbout(db: ReadonlyDb, ref: string): Promise<DeductionAppeal[]> {
  const rows = await findAppeals(db, { ref })
  const steps = await listAppealSteps(
    db,
    rows.map(({ appealId }) => appealId),
  )
  const stepsOf = Map.groupBy(steps, ({ appealId }) => appealId)
  return rows.flatMap(({ appealId, at, code, unitCode }): DeductionAppeal[] => {
    const state = appealStateOf(stepsOf.get(appealId) ?? [])
    const isWaived = state === 'upheld'
    return isWaived || isAppealOpen(state) ? [{ appealId, unitCode, code, at: toLocalIso(at), isWaived }] : []
  })
}
