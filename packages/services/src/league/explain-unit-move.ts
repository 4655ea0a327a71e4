import type { ExplainMoveInput, MoveExplanation } from '@zhidu/contract'
import { findFactStamp, type ReadonlyDb } from '@zhidu/db'
import { explainMove, type MoveScores, type Quarter, type Regulation, type UnitSummary } from '@zhidu/domain'
import type { ServiceContext } from '../context.ts'
import { type AskedInstant, askedInstant } from '../rules/as-of.ts'
import type { Rules } from '../rules/load-rules.ts'
import { loadProvenance } from '../rules/provenance.ts'
import { ServiceError } from '../service-error.ts'
import { scopeDay, withComparison, withSnapshot } from '../snapshot.ts'
import { pickPeriod } from '../unit/list-units.ts'
import { assessUnits, summarizeUnits } from './assess-units.ts'
import { type RankedMember, type RankedQuarter, rankWithHistory } from './load-group.ts'
import { loadRoster, type Roster } from './load-roster.ts'
import { loadRulesOf } from './load-rules-of.ts'
import { loadSummaries } from './load-summaries.ts'
import { keepSummaries } from './score-cache.ts'
import { toLeagueDeduction } from './shape.ts'

function isSame(a: Regulation, b: Regulation): boolean {
  return a.id === b.id && a.version === b.version
}

/** One of the two quarters: its facts as of an instant, its own rules and table. */
interface Side {
  readonly quarter: Quarter
  readonly asOf: number
  readonly rules: Rules
  readonly table: RankedQuarter
}

/** What units come to with the facts of one side under the rules of the other, from the facts when the rules differ. */
async function loadScores(
  ctx: ServiceContext,
  db: ReadonlyDb,
  args: { readonly roster: Roster; readonly side: Side; readonly rules: Rules; readonly unitCodes: readonly string[] },
): Promise<ReadonlyMap<string, UnitSummary>> {
  const { roster, rules, side, unitCodes } = args
  const { asOf, quarter } = side
  if (isSame(rules.regulation, side.rules.regulation)) {
    // Of the table itself what the table says, frozen or not; of units that were not in it what they came to.
    const summaries = new Map<string, UnitSummary>(await loadSummaries(db, { roster, quarter, asOf, unitCodes }))
    for (const [unitCode, { ranked }] of side.table.byUnit) summaries.set(unitCode, ranked.summary)
    return summaries
  }
  const { id, version } = rules.regulation
  const key = [await findFactStamp(db), quarter, id, version, ...unitCodes].join('/')
  return await keepSummaries(ctx.report, key, asOf, async () => {
    const summaries = []
    const scope = { unitCodes, periodsOf: roster.periodsOf, quarter, rules, asOf: [asOf] }
    for await (const batch of summarizeUnits(db, scope)) summaries.push(...batch.flat())
    return summaries
  })
}

function countRanked(members: readonly RankedMember[]): number {
  return members.filter(({ ranked }) => ranked.rank !== null).length
}

interface Comparison {
  readonly group: string
  readonly before: Side
  readonly now: Side
  readonly result: Pick<
    MoveExplanation,
    'rankedBefore' | 'rankedNow' | 'previousRank' | 'rank' | 'move' | 'obstacle' | 'joined' | 'left'
  >
}

function membersOf(quarter: RankedQuarter, group: string): readonly RankedMember[] {
  return quarter.groups.get(group) ?? []
}

async function toSide(db: ReadonlyDb, table: RankedQuarter): Promise<Side> {
  return { quarter: table.quarter, asOf: table.asOf, rules: await loadRulesOf(db, table), table }
}

async function compare(
  ctx: ServiceContext,
  unitCode: string,
  quarter: Quarter,
  when: AskedInstant,
): Promise<Comparison> {
  return await withComparison(ctx, async (db) => {
    const { current: tableNow, history, roster } = await rankWithHistory(db, quarter, when)
    const tableBefore = history.at(-1)
    if (tableBefore === undefined) throw new RangeError(`no quarter before ${quarter}`)
    const [before, now] = [await toSide(db, tableBefore), await toSide(db, tableNow)]
    const own = tableNow.byUnit.get(unitCode) ?? tableBefore.byUnit.get(unitCode)
    if (own === undefined) throw new ServiceError('not_found', 'move_no_table', { unitCode })
    const group = own.period.peerGroup
    const [oldMembers, newMembers] = [membersOf(tableBefore, group), membersOf(tableNow, group)]
    const [was, is] = [oldMembers, newMembers].map(
      (members) => new Set(members.map(({ period }) => period.unitCode)),
    ) as [Set<string>, Set<string>]
    const unitCodes = [...new Set([...was, ...is])].sort()
    const load = (side: Side, rules: Rules) => loadScores(ctx, db, { roster, side, rules, unitCodes })
    const scores = {
      before: { oldRules: await load(before, before.rules), newRules: await load(before, now.rules) },
      now: { oldRules: await load(now, before.rules), newRules: await load(now, now.rules) },
    }
    const scoreOf = (summaries: ReadonlyMap<string, UnitSummary>, code: string): number | null =>
      summaries.get(code)?.score ?? null
    const units = unitCodes.map((code): MoveScores => ({
      unitCode: code,
      before: {
        oldRules: scoreOf(scores.before.oldRules, code),
        newRules: scoreOf(scores.before.newRules, code),
      },
      now: { oldRules: scoreOf(scores.now.oldRules, code), newRules: scoreOf(scores.now.newRules, code) },
      wasMember: was.has(code),
      isMember: is.has(code),
    }))
    const outcome = explainMove(unitCode, units)
    return {
      group,
      before,
      now,
      result: {
        rankedBefore: countRanked(oldMembers),
        rankedNow: countRanked(newMembers),
        previousRank: was.has(unitCode) ? (tableBefore.byUnit.get(unitCode)?.ranked.rank ?? null) : null,
        rank: is.has(unitCode) ? (tableNow.byUnit.get(unitCode)?.ranked.rank ?? null) : null,
        move:
          outcome.kind === 'explained'
            ? {
                gain: outcome.explanation.gain,
                shares: { ...outcome.explanation.shares },
                places: { ...outcome.explanation.places },
              }
            : null,
        obstacle: outcome.kind === 'explained' ? null : outcome.obstacle,
        joined: [...is].filter((code) => !was.has(code)).length,
        left: [...was].filter((code) => !is.has(code)).length,
      },
    }
  })
}

/** The unit's own deductions of one side, when the asker reaches it by the tree of that quarter; else none. */
function loadOwnDeductions(ctx: ServiceContext, unitCode: string, { asOf, quarter, rules }: Side) {
  return withSnapshot(ctx, scopeDay(quarter, asOf), async (db) => {
    const { periodsOf } = await loadRoster(db)
    if (!periodsOf.has(unitCode)) return []
    const [assessment] = await assessUnits(db, { unitCodes: [unitCode], periodsOf, quarter, rules, asOf })
    return (assessment?.deductions ?? []).map(toLeagueDeduction)
  })
}

/**
 * Why a unit's place is another one than last quarter: exact shares of the own result, the others', the rules, and who is in
 * the table. Of others nothing is told but how many there are. A group whose rules changed is judged once under both, and
 * kept while the facts stay. Throws ServiceError `not_found` for a unit that is unknown or out of reach.
 */
export async function explainUnitMove(ctx: ServiceContext, input: ExplainMoveInput): Promise<MoveExplanation> {
  const when = askedInstant(ctx, input.asOf)
  const { quarter, unitCode } = input
  const name = await withSnapshot(ctx, scopeDay(quarter, when.asOf), async (db) => {
    const picked = pickPeriod((await loadRoster(db)).periodsOf.get(unitCode) ?? [], quarter)
    if (picked === null) throw new ServiceError('not_found', 'unit_unknown', { unitCode })
    return picked.period.name
  })
  const { before, group, now, result } = await compare(ctx, unitCode, quarter, when)
  const provenance = await withComparison(ctx, (db) =>
    loadProvenance(db, now.rules.regulation, now.asOf, now.table.frozen),
  )
  const { id, version } = before.rules.regulation
  return {
    quarter,
    previousQuarter: before.quarter,
    group,
    unitCode,
    name,
    provenance,
    previousRegulation: { id, version },
    ...result,
    isRuleChanged: !isSame(before.rules.regulation, now.rules.regulation),
    deductionsBefore: await loadOwnDeductions(ctx, unitCode, before),
    deductionsNow: await loadOwnDeductions(ctx, unitCode, now),
  }
}
