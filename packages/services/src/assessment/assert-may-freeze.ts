import { listAssessmentSteps, type ReadonlyDb } from '@zhidu/db'
import { assessmentStandingOf, type Quarter } from '@zhidu/domain'
import { ServiceError } from '../service-error.ts'
import { countOpenAppeals } from './take-assessment-step.ts'

/**
 * A quarter whose assessment no office opened is frozen as ever; of one that was opened every assessment is approved first. `db`: with
 * reach to everything. Throws ServiceError `conflict`.
 */
export async function assertMayFreeze(db: ReadonlyDb, quarter: Quarter): Promise<void> {
  const offices = Map.groupBy(await listAssessmentSteps(db, quarter, null), ({ officeCode }) => officeCode)
  for (const [officeCode, rows] of offices) {
    const steps = rows.map(({ byId, kind, lastDay }) => ({ kind, by: byId, lastDay }))
    if (assessmentStandingOf(steps, 0).stage === 'approved') continue
    const n = await countOpenAppeals(db, { officeCode, quarter })
    const params = { quarter, office: officeCode, n: String(n) }
    throw new ServiceError('conflict', n > 0 ? 'freeze_appeals_open' : 'freeze_not_approved', params)
  }
}
