import type { DeductionAppeal, EventJudgement, EventPage } from '@zhidu/contract'
import { listEventReports, type ReadonlyDb } from '@zhidu/db'
import { type PlainDate, quarterOf } from '@zhidu/domain'
import { listAppealsAbout } from '../appeal/list-appeals-about.ts'
import type { ServiceContext } from '../context.ts'
import { loadRoster } from '../league/load-roster.ts'
import { resolveAsOf } from '../rules/as-of.ts'
import { loadRules } from '../rules/load-rules.ts'
import { loadPresentProvenance } from '../rules/provenance.ts'
import { ServiceError } from '../service-error.ts'
import { eventDays, scopeDay, withSnapshot } from '../snapshot.ts'
import { loadEventRecords } from './load-event-records.ts'
import { loadJudgedCases, toView } from './load-judgements.ts'

interface Asked {
  readonly eventCode: string
  /** Epoch ms. */
  readonly asOf: number
  readonly now: number
}

/** What the event costs without what appeals took back; nothing more when a misreport stands for all of it. */
function withoutWaived(judgement: EventJudgement, appeals: readonly DeductionAppeal[]): EventJudgement {
  const isWaived = ({ at, code }: EventJudgement['deductions'][number]): boolean =>
    appeals.some((one) => one.isWaived && one.unitCode === judgement.unitCode && one.code === code && one.at === at)
  const waived = judgement.deductions.filter(isWaived).reduce((sum, { points }) => sum + points, 0)
  if (waived === 0 || judgement.absorbedBy.length > 0) return judgement
  // In hundredths, as points are.
  return { ...judgement, lost: Math.round((judgement.lost - waived) * 100) / 100 }
}

/** The parts of units that learned of the event in the quarter of the day; undefined = none in reach. */
async function readPart(
  ctx: ServiceContext,
  db: ReadonlyDb,
  { asOf, eventCode, now }: Asked,
  day: PlainDate,
): Promise<EventPage | undefined> {
  const reports = await listEventReports(db, eventCode)
  const [first] = reports
  if (first === undefined) return undefined
  const roster = await loadRoster(db)
  const rules = await loadRules(db, quarterOf(first.learnedAt))
  const unitCodes = [...new Set(reports.map((report) => report.unitCode))]
  const keys = unitCodes.map((unitCode) => ({ unitCode, eventCode }))
  const judged = await loadJudgedCases(db, { keys, roster, rules, asOf })
  const own = judged.filter(({ judgement }) => scopeDay(quarterOf(judgement.judged.learnedAt), now) === day)
  if (own.length === 0) return undefined
  const provenance = await loadPresentProvenance(db, quarterOf(first.learnedAt), rules.regulation, asOf)
  const records = await loadEventRecords(db, ctx, { eventCode, cases: own, asOf })
  const appeals = await listAppealsAbout(db, eventCode)
  return { eventCode, provenance, judgements: own.map((one) => withoutWaived(toView(one), appeals)), records, appeals }
}

/**
 * One event as each unit in reach that reported it was judged: by the quarter in which it learned of it, then in official
 * order. Throws ServiceError `not_found`.
 */
export async function getEventPage(
  ctx: ServiceContext,
  input: { readonly eventCode: string; readonly asOf?: string | undefined },
): Promise<EventPage> {
  const { eventCode } = input
  const asked: Asked = { eventCode, asOf: resolveAsOf(ctx, input.asOf), now: ctx.clock() }
  const parts: EventPage[] = []
  for (const day of await eventDays(ctx, eventCode)) {
    const part = await withSnapshot(ctx, day, (db) => readPart(ctx, db, asked, day))
    if (part !== undefined) parts.push(part)
  }
  const [first] = parts
  if (first === undefined) throw new ServiceError('not_found', 'event_unknown', { eventCode })
  return {
    ...first,
    judgements: parts.flatMap(({ judgements }) => judgements),
    records: parts.flatMap(({ records }) => records),
    appeals: [...new Map(parts.flatMap(({ appeals }) => appeals.map((one) => [one.appealId, one]))).values()],
  }
}
