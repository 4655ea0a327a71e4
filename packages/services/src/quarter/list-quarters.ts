import type { FrozenVersion, QuarterItem, QuarterList } from '@zhidu/contract'
import {
  countFactsSince,
  findRegulationInForce,
  type FrozenQuarterRow,
  type FrozenTarget,
  listFrozenQuarters,
  listHolidays,
  listQuartersWithFacts,
  type ReadonlyDb,
} from '@zhidu/db'
import {
  cutToSecond,
  findFreezeProblem,
  holidaysDueIn,
  listMembers,
  localDateOf,
  type Quarter,
  quarterOf,
  quarterRange,
  toLocalIso,
} from '@zhidu/domain'
import type { ServiceContext } from '../context.ts'
import { loadRoster } from '../league/load-roster.ts'
import { loadRules } from '../rules/load-rules.ts'
import { loadProvenance } from '../rules/provenance.ts'
import { withSnapshot } from '../snapshot.ts'

export function toFrozenVersion(row: FrozenQuarterRow): FrozenVersion {
  return {
    version: row.version,
    asOf: toLocalIso(row.asOf),
    frozenAt: toLocalIso(row.frozenAt),
    frozenBy: row.frozenBy,
    reason: row.reason,
    regulation: { id: row.regulationId, version: row.regulationVersion },
    methodVersion: row.methodVersion,
    programVersion: row.programVersion,
    manifestSha256: row.manifestSha256,
    unitCount: row.unitCount,
    factCount: row.factCount,
  }
}

/** The days and forms by which a fact counts in a frozen quarter. */
export async function toFrozenTarget(db: ReadonlyDb, quarter: Quarter): Promise<FrozenTarget> {
  const { firstOn, lastOn } = quarterRange(quarter)
  return { quarter, firstOn, lastOn, holidays: holidaysDueIn({ quarter, ...(await loadRules(db, quarter)) }) }
}

async function findObstacle(db: ReadonlyDb, quarter: Quarter, now: number): Promise<QuarterItem['obstacle']> {
  const regulation = await findRegulationInForce(db, quarterRange(quarter).lastOn)
  const holidays = await listHolidays(db)
  const memberCount = listMembers((await loadRoster(db)).periodsOf, quarter).length
  const problem = findFreezeProblem({ quarter, asOf: now, now, regulation, holidays, memberCount })
  return problem === null ? null : { reason: problem.reason, params: { ...problem.params } }
}

async function toItem(
  db: ReadonlyDb,
  quarter: Quarter,
  versions: readonly FrozenQuarterRow[],
  now: number,
): Promise<QuarterItem> {
  const { lastOn, to } = quarterRange(quarter)
  const [newest] = versions
  const { frozenAt = 0, highWater = {} } = newest ?? {}
  const since =
    newest === undefined
      ? null
      : await countFactsSince(db, { ...(await toFrozenTarget(db, quarter)), highWater, frozenAt })
  return {
    quarter,
    state: newest !== undefined ? 'frozen' : now < to ? 'running' : 'ended',
    lastOn,
    versions: versions.map(toFrozenVersion),
    since: since === null ? null : { factCount: since.factCount, unitCount: since.unitCount },
    obstacle: newest === undefined ? await findObstacle(db, quarter, now) : null,
  }
}

/** Every quarter with facts in reach, and the present one, newest first: whether it is frozen, and what has come since. */
export function listQuarters(ctx: ServiceContext): Promise<QuarterList> {
  const now = cutToSecond(ctx.clock())
  return withSnapshot(ctx, localDateOf(now), async (db) => {
    const current = quarterOf(now)
    const versions = Map.groupBy(await listFrozenQuarters(db), ({ quarter }) => quarter)
    const withFacts = (await listQuartersWithFacts(db)).filter((quarter) => quarter <= current)
    const quarters = [...new Set([current, ...withFacts, ...versions.keys()])].sort().reverse()
    const items: QuarterItem[] = []
    for (const quarter of quarters) items.push(await toItem(db, quarter, versions.get(quarter) ?? [], now))
    const { regulation } = await loadRules(db, current)
    return { provenance: await loadProvenance(db, regulation, now), quarters: items }
  })
}
