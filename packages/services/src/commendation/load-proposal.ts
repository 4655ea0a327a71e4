import type { CommendationInput } from '@zhidu/contract'
import { listMisreportsOfUnits, type ReadonlyDb } from '@zhidu/db'
import {
  LIST_KINDS,
  type ListCandidate,
  listEnds,
  type ListKind,
  localDateOf,
  type ProposedUnit,
  proposeList,
  type Quarter,
  quarterRange,
  sureOfList,
} from '@zhidu/domain'
import type { ServiceContext } from '../context.ts'
import type { RankedQuarter } from '../league/load-group.ts'
import { asGroup, loadStandingTable } from '../league/ranges/get-standing.ts'
import { keepRanges } from '../league/ranges/keep-ranges.ts'
import { loadFrozenMisreports } from '../quarter/frozen-view.ts'
import { ServiceError } from '../service-error.ts'
import { withComparison } from '../snapshot.ts'

/** Units with 谎报 or 瞒报 confirmed in the quarter, of which points count. */
async function listFalse(
  db: ReadonlyDb,
  quarter: Quarter,
  { asOf, frozen }: RankedQuarter,
  unitCodes: readonly string[],
): Promise<ReadonlySet<string>> {
  const { firstOn, lastOn } = quarterRange(quarter)
  const today = localDateOf(asOf)
  const facts =
    frozen === null
      ? await listMisreportsOfUnits(db, { unitCodes, firstOn, lastOn })
      : await loadFrozenMisreports(db, frozen.frozenId)
  const counting = facts.filter(
    ({ confirmedOn, kind, sharePercent }) =>
      (kind === 'false' || kind === 'concealed') &&
      sharePercent !== 0 &&
      confirmedOn >= firstOn &&
      confirmedOn <= lastOn &&
      confirmedOn <= today,
  )
  return new Set(counting.map(({ unitCode }) => unitCode))
}

/**
 * Whom the rules name in a quarter and group, from the newest frozen version or as of now. Throws ServiceError `not_found` for a group
 * without a unit in reach, `forbidden` for one that is not whole in reach.
 */
export async function loadProposal(ctx: ServiceContext, { group, quarter }: CommendationInput) {
  const { current, input, members, provenance, reach, regulation } = await loadStandingTable(ctx, { group, quarter })
  if (!members.every(({ period }) => reach.has(period.unitCode))) {
    throw new ServiceError('forbidden', 'commendation_not_whole', { group })
  }
  const measured = members.filter(({ ranked }) => ranked.rank !== null && ranked.summary.score !== null)
  const codes = measured.map(({ period }) => period.unitCode)
  const isFalse = await withComparison(ctx, (db) => listFalse(db, quarter, current, codes))
  const drawn = await keepRanges(input.units, input.regulation)
  const count = input.units.length
  const candidates = measured.map(({ period, ranked: { isTied, rank, summary } }): ListCandidate => ({
    unitCode: period.unitCode,
    rank: rank ?? 0,
    isTied,
    activity: summary.timeliness.owed + summary.checks.total,
    isCommendable: summary.isCommendable,
    hasMisreport: isFalse.has(period.unitCode),
  }))
  const minimumActivity = regulation.lists?.minimumActivity ?? null
  const lists = listEnds(asGroup(drawn))
  const propose = (kind: ListKind): ProposedUnit[] => {
    const probabilities = new Map(drawn.ranges.map((range) => [range.unitCode, sureOfList(kind, range, count)]))
    return proposeList(kind, candidates, { lists, probabilities, minimumActivity: minimumActivity ?? 0 })
  }
  const [praise, criticism] = LIST_KINDS.map(propose)
  return {
    provenance,
    asOf: current.asOf,
    frozenVersion: current.frozen?.version ?? null,
    minimumActivity,
    proposed: { praise: praise ?? [], criticism: criticism ?? [] },
    rangeOf: new Map(drawn.ranges.map(({ high, low, unitCode }) => [unitCode, { low, high }])),
    units: measured.map(({ period, ranked }) => ({
      unitCode: period.unitCode,
      name: period.name,
      score: ranked.summary.score ?? 0,
    })),
  }
}
