import type { CheckPage } from '@zhidu/contract'
import { findCheck, findInspectionIdOfCheck } from '@zhidu/db'
import { quarterOf } from '@zhidu/domain'
import { mayReveal } from '../actor.ts'
import { listAppealsAbout } from '../appeal/list-appeals-about.ts'
import type { ServiceContext } from '../context.ts'
import { loadRoster } from '../league/load-roster.ts'
import { resolveAsOf } from '../rules/as-of.ts'
import { loadRules } from '../rules/load-rules.ts'
import { loadPresentProvenance } from '../rules/provenance.ts'
import { ServiceError } from '../service-error.ts'
import { checkDay, withSnapshot } from '../snapshot.ts'
import { toCheckRecord } from './to-check-record.ts'

/** One check as it was recorded and judged, by the tree of its quarter. Throws ServiceError `not_found`. */
export async function getCheckPage(ctx: ServiceContext, input: { readonly checkCode: string }): Promise<CheckPage> {
  const day = await checkDay(ctx, input.checkCode)
  return await withSnapshot(ctx, day, async (db) => {
    const check = await findCheck(db, input.checkCode)
    if (check === undefined) throw new ServiceError('not_found', 'check_unknown', { checkCode: input.checkCode })
    const roster = await loadRoster(db)
    const quarter = quarterOf(check.checkedAt)
    const { regulation } = await loadRules(db, quarter)
    return {
      provenance: await loadPresentProvenance(db, quarter, regulation, resolveAsOf(ctx, undefined)),
      check: toCheckRecord(check, roster, regulation),
      mayReveal: mayReveal(ctx.actor),
      inspectionId: await findInspectionIdOfCheck(db, check.checkCode),
      appeals: await listAppealsAbout(db, check.checkCode),
    }
  })
}
