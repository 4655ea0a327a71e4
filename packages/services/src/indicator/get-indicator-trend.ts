import type { IndicatorTrend } from '@zhidu/contract'
import { type FrozenQuarterRow, listFrozenQuarters, listQuartersWithFacts, type ReadonlyDb } from '@zhidu/db'
import {
  addIndicatorRatios,
  breakBetween,
  type IndicatorRatios,
  listPresentUnits,
  MONTHS_PER_QUARTER,
  NO_RATIOS,
  type PlainDate,
  type Quarter,
  quarterRange,
  type Regulation,
  shiftQuarter,
  toIndicatorRatios,
  type TreeBreak,
  type TreeChoice,
} from '@zhidu/domain'
import type { ServiceContext } from '../context.ts'
import { loadRoster, type Roster } from '../league/load-roster.ts'
import { loadRulesOf } from '../league/load-rules-of.ts'
import { quarterEndOf } from '../league/rollup.ts'
import { type AskedInstant, askedInstant } from '../rules/as-of.ts'
import { loadProvenance } from '../rules/provenance.ts'
import { ServiceError } from '../service-error.ts'
import { treeDay, withComparison, withSnapshot } from '../snapshot.ts'
import { pickPeriod } from '../unit/list-units.ts'
import { toCounts, toGroupShares } from './group-shares.ts'
import { type GroupAsk, type GroupQuarter, loadGroupQuarters } from './load-group-quarters.ts'
import { loadMonths } from './load-months.ts'

/** Two years. */
const SERIES_QUARTERS = 8

interface Args {
  /** Before it there are no facts. */
  readonly first: Quarter
  readonly quarter: Quarter
  readonly when: AskedInstant
  /** null = by the tree of each quarter. */
  readonly present: PlainDate | null
}

/** The newest version that was there at an instant; by another tree a quarter is always computed. */
function findFrozen(
  versions: readonly FrozenQuarterRow[],
  quarter: Quarter,
  { asOf, present }: { readonly asOf: number; readonly present: PlainDate | null },
): FrozenQuarterRow | null {
  if (present !== null) return null
  return versions.find((version) => version.quarter === quarter && version.asOf <= asOf) ?? null
}

/** The quarter asked about and those before it, each as it was known at its end. */
async function listAsks(db: ReadonlyDb, { first, present, quarter, when }: Args): Promise<GroupAsk[]> {
  const versions = await listFrozenQuarters(db)
  const newest = when.isGiven ? null : findFrozen(versions, quarter, { asOf: Infinity, present })
  const asOf = newest?.asOf ?? when.asOf
  const past = Array.from({ length: SERIES_QUARTERS - 1 }, (_, index) =>
    shiftQuarter(quarter, index - SERIES_QUARTERS + 1),
  )
    .filter((one) => one >= first)
    .map((one) => ({
      quarter: one,
      asOf: Math.min(quarterEndOf(one), asOf),
      frozen: findFrozen(versions, one, { asOf, present }),
    }))
    .map((one) => (one.frozen === null ? one : { ...one, asOf: one.frozen.asOf }))
  return [...past, { quarter, asOf, frozen: newest }]
}

function breakOf(
  unitCode: string,
  [before, now]: readonly [GroupQuarter | undefined, GroupQuarter],
  roster: Roster,
  present: PlainDate | null,
): TreeBreak | null {
  if (before === undefined) return null
  const found = breakBetween(unitCode, before.quarter, now.quarter, roster)
  if (present !== null) return found === 'split' ? found : null
  // Frozen tables may have placed it elsewhere than the tree says today.
  return found ?? (before.group !== null && now.group !== null && before.group !== now.group ? 'moved' : null)
}

/** Units whose facts of a quarter count as the unit's. */
function sourcesOf(unitCode: string, quarter: Quarter, roster: Roster, present: PlainDate | null): readonly string[] {
  if (present === null) return [unitCode]
  const bearing = listPresentUnits(roster, quarter, present).find((unit) => unit.unitCode === unitCode)
  return bearing === undefined || bearing.sources.length === 0 ? [unitCode] : bearing.sources
}

function monthName(quarter: Quarter, index: number): string {
  const first = Number(quarterRange(quarter).firstOn.slice(5, 7))
  return `${quarter.slice(0, 4)}-${String(first + index).padStart(2, '0')}`
}

function sumOf(months: readonly IndicatorRatios[]): IndicatorRatios {
  return months.reduce((sum, one) => addIndicatorRatios(sum, one), NO_RATIOS)
}

/** From the first quarter in which the unit owed a report or was checked; forms are owed by everybody, always. The last one stays. */
function fromFirstOwed(quarters: IndicatorTrend['quarters']): IndicatorTrend['quarters'] {
  const first = quarters.findIndex(({ counts }) => counts.timeliness.whole > 0 || counts.checks.whole > 0)
  return quarters
    .slice(first < 0 ? -1 : first)
    .map((one, index) => (index === 0 ? { ...one, break: null, isRuleChange: false } : one))
}

/**
 * A unit's shares over two years, by quarter and month, with those of its group. Throws ServiceError `not_found` for a unit that is unknown or
 * out of reach.
 */
export async function getIndicatorTrend(
  ctx: ServiceContext,
  input: {
    readonly unitCode: string
    readonly quarter: Quarter
    readonly asOf?: string | undefined
    readonly tree?: TreeChoice | undefined
  },
): Promise<IndicatorTrend> {
  const when = askedInstant(ctx, input.asOf)
  const { quarter, tree = 'then', unitCode } = input
  const day = treeDay(ctx, tree, quarter, when.asOf)
  const present = tree === 'now' ? day : null
  const compared = await withComparison(ctx, async (db) => {
    const roster = await loadRoster(db)
    // No older than any facts; where the series begins is told by the unit's own.
    const first = (await listQuartersWithFacts(db)).at(-1) ?? quarter
    const asks = await listAsks(db, { first, quarter, when, present })
    return { roster, groups: await loadGroupQuarters(db, roster, { asks, choice: { unitCode }, day: present }) }
  })
  return await withSnapshot(ctx, day, async (db) => {
    const roster = await loadRoster(db)
    const picked = pickPeriod(roster.periodsOf.get(unitCode) ?? [], quarter)
    if (picked === null) throw new ServiceError('not_found', 'unit_unknown', { unitCode })
    const { groups } = compared
    const asks = groups.map((one) => ({ ...one, sources: sourcesOf(unitCode, one.quarter, roster, present) }))
    const months = await loadMonths(db, roster, asks)
    const rules: Regulation[] = []
    for (const one of groups) rules.push((await loadRulesOf(db, one)).regulation)
    const last = groups.at(-1)
    const regulation = rules.at(-1)
    if (last === undefined || regulation === undefined) throw new RangeError('no quarter')
    return {
      quarter,
      tree,
      provenance: await loadProvenance(db, regulation, last.asOf, last.frozen),
      unit: { unitCode, name: picked.period.name, peerGroup: picked.period.peerGroup },
      quarters: fromFirstOwed(
        groups.map((one, index) => {
          const own = months[index] ?? []
          const [rule, ruleBefore] = [rules[index], rules[index - 1]]
          const member = one.members.find(({ period }) => period.unitCode === unitCode)
          return {
            quarter: one.quarter,
            group: one.group,
            counts: toCounts(member === undefined ? sumOf(own) : toIndicatorRatios(member.summary)),
            groupShares: toGroupShares(
              one.members,
              one.members.every(({ period }) => roster.periodsOf.has(period.unitCode)),
            ),
            break: breakOf(unitCode, [groups[index - 1], one], compared.roster, present),
            isRuleChange:
              ruleBefore !== undefined && (rule?.id !== ruleBefore.id || rule.version !== ruleBefore.version),
            months: Array.from({ length: MONTHS_PER_QUARTER }, (_, month) => ({
              month: monthName(one.quarter, month),
              counts: toCounts(own[month] ?? sumOf([])),
            })),
          }
        }),
      ),
    }
  })
}
