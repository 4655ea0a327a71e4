import type { EventPage } from '@zhidu/contract'
import { listEventReports } from '@zhidu/db'
import { quarterOf } from '@zhidu/domain'
import type { ServiceContext } from '../context.ts'
import { loadRoster } from '../league/load-roster.ts'
import { resolveAsOf } from '../rules/as-of.ts'
import { loadRules } from '../rules/load-rules.ts'
import { loadProvenance } from '../rules/provenance.ts'
import { ServiceError } from '../service-error.ts'
import { recordDay, withSnapshot } from '../snapshot.ts'
import { loadJudgedCases, toView } from './load-judgements.ts'

/** One event as each unit in reach that reported it was judged, in official order. Throws ServiceError `not_found`. */
export async function getEventPage(
  ctx: ServiceContext,
  input: { readonly eventCode: string; readonly asOf?: string | undefined },
): Promise<EventPage> {
  const asOf = resolveAsOf(ctx, input.asOf)
  const { eventCode } = input
  const day = await recordDay(ctx, { kind: 'event', code: eventCode })
  return await withSnapshot(ctx, day, async (db) => {
    const reports = await listEventReports(db, eventCode)
    const [first] = reports
    if (first === undefined) throw new ServiceError('not_found', 'event_unknown', { eventCode })
    const roster = await loadRoster(db)
    const rules = await loadRules(db, quarterOf(first.learnedAt))
    const unitCodes = [...new Set(reports.map((report) => report.unitCode))]
    const keys = unitCodes.map((unitCode) => ({ unitCode, eventCode }))
    const judged = await loadJudgedCases(db, { keys, roster, rules, asOf })
    return {
      eventCode,
      provenance: await loadProvenance(db, rules.regulation, asOf),
      judgements: judged.map(toView),
    }
  })
}
