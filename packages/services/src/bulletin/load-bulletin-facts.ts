import { createHash } from 'node:crypto'
import type { LeagueRow } from '@zhidu/contract'
import { type FrozenQuarterRow, listFrozenParts, listFrozenQuarters, type ReadonlyDb } from '@zhidu/db'
import {
  type BulletinFacts,
  type BulletinUnit,
  buildStandingHeadline,
  type DeductionCode,
  type GroupStanding,
  listEnds,
  type PastUnit,
  type Quarter,
  quarterRange,
  type Regulation,
} from '@zhidu/domain'
import type { ServiceContext } from '../context.ts'
import { listReach } from '../league/list-reach.ts'
import type { RankedMember } from '../league/load-group.ts'
import { keepRanges } from '../league/ranges/keep-ranges.ts'
import { loadRangeInput } from '../league/ranges/load-tallies.ts'
import { type RankInterval, toRankIntervals } from '../league/ranges/shape-ranges.ts'
import { getFrozenVersion } from '../quarter/check-quarter.ts'
import { loadFrozenRanks, loadFrozenRules } from '../quarter/frozen-view.ts'
import { parseManifest } from '../quarter/package-files.ts'
import { contentOf } from '../quarter/quarter-source.ts'
import { withComparison, withSnapshot } from '../snapshot.ts'

/** Everything that a bulletin's text, tables and annexes are made of. */
export interface LoadedFacts {
  readonly facts: BulletinFacts
  readonly frozen: FrozenQuarterRow
  readonly regulation: Regulation
  /** Places that may be meant, of units in groups that are whole in the bulletin. */
  readonly intervals: ReadonlyMap<string, RankInterval>
  readonly deductionCount: number
}

export interface FactsKey {
  /** Whose bulletin it is; the office itself is not told of in it. */
  readonly office: string
  readonly quarter: Quarter
  readonly version: number
}

const PARTS_PER_PAGE = 400
const MAX_KEPT = 12
/** What is frozen stays as it is: kept by version, office and reach. */
const kept = new Map<string, Promise<LoadedFacts>>()

/** A row of a table with every deduction, as it was frozen. */
export type FrozenRow = Pick<LeagueRow, 'unitCode' | 'name' | 'previousRank' | 'deductions'>

/** The rows of the units in reach, in the order of the tables; one is held at a time. */
export async function* listFrozenRows(
  db: ReadonlyDb,
  frozen: Pick<FrozenQuarterRow, 'frozenId' | 'manifest'>,
): AsyncGenerator<FrozenRow> {
  for (const { group, name } of parseManifest(frozen.manifest)?.files ?? []) {
    if (group === null) continue
    let unitCode: string | null = null
    let text = ''
    const end = function* () {
      if (unitCode === null || text === '') return
      // Safe: a row as writeResults wrote it, with the comma before it.
      yield JSON.parse(text.replace(/^,/, '')) as FrozenRow
    }
    const file = { frozenId: frozen.frozenId, fileName: name, limit: PARTS_PER_PAGE }
    for await (const page of listFrozenParts(db, file)) {
      for (const part of page) {
        if (part.unitCode !== unitCode) {
          yield* end()
          unitCode = part.unitCode
          text = ''
        }
        if (unitCode !== null) text += contentOf(part).toString()
      }
    }
    yield* end()
  }
}

export async function collectRows(rows: AsyncIterable<FrozenRow>): Promise<FrozenRow[]> {
  const all: FrozenRow[] = []
  for await (const row of rows) all.push(row)
  return all
}

type Codes = Partial<Record<DeductionCode, number>>

interface Counted {
  readonly codes: Codes
  readonly previousRank: number | null
}

async function countCodes(db: ReadonlyDb, frozen: FrozenQuarterRow): Promise<ReadonlyMap<string, Counted>> {
  const found = new Map<string, Counted>()
  for await (const { deductions, previousRank, unitCode } of listFrozenRows(db, frozen)) {
    const codes: Codes = {}
    for (const { code } of deductions) codes[code] = (codes[code] ?? 0) + 1
    found.set(unitCode, { codes, previousRank })
  }
  return found
}

/** The quarter before as it was frozen when this version was; null = it was not. */
async function loadPrevious(db: ReadonlyDb, frozen: FrozenQuarterRow, office: string): Promise<PastUnit[] | null> {
  const { manifestSha256, quarter } = parseManifest(frozen.manifest)?.previousQuarter ?? {}
  if (manifestSha256 === undefined || manifestSha256 === null || quarter === undefined) return null
  const row = (await listFrozenQuarters(db, quarter)).find((one) => one.manifestSha256 === manifestSha256)
  if (row === undefined) return null
  const { byUnit } = await loadFrozenRanks(db, row)
  return [...byUnit.values()]
    .filter(({ period }) => period.unitCode !== office)
    .map(({ period, ranked }) => ({ unitCode: period.unitCode, group: period.peerGroup, summary: ranked.summary }))
}

function toUnit({ period, ranked }: RankedMember, counted: Counted | undefined): BulletinUnit {
  const { codes, previousRank } = counted ?? { codes: {}, previousRank: null }
  const { isTied, rank, summary } = ranked
  const { name, peerGroup, unitCode } = period
  return { unitCode, name, group: peerGroup, summary, rank, isTied, previousRank, codes }
}

async function loadOwn(ctx: ServiceContext, key: FactsKey) {
  const { office, quarter } = key
  return await withSnapshot(ctx, quarterRange(quarter).lastOn, async (db) => {
    const frozen = await getFrozenVersion(db, key)
    const { groups } = await loadFrozenRanks(db, frozen)
    const codes = await countCodes(db, frozen)
    const { regulation } = await loadFrozenRules(db, frozen.frozenId)
    const previous = await loadPrevious(db, frozen, office)
    const members = [...groups.values()].flat().filter(({ period }) => period.unitCode !== office)
    return { frozen, regulation, codes, previous, members }
  })
}

interface Order {
  readonly standings: Map<string, GroupStanding>
  readonly intervals: Map<string, RankInterval>
}

/** What may be said of the order of each group that is whole in reach. */
async function loadOrder(
  ctx: ServiceContext,
  frozen: FrozenQuarterRow,
  isReached: (unitCode: string) => boolean,
): Promise<Order> {
  const tables = await withComparison(ctx, async (db) => {
    const { groups, quarter } = await loadFrozenRanks(db, frozen)
    const { regulation } = await loadFrozenRules(db, frozen.frozenId)
    const whole = [...groups].filter(([, members]) => members.every(({ period }) => isReached(period.unitCode)))
    const found = []
    for (const [group, members] of whole) {
      const table = { places: members, quarter, regulation, frozen }
      found.push({ group, members, input: await loadRangeInput(db, table) })
    }
    return found
  })
  const order: Order = { standings: new Map(), intervals: new Map() }
  for (const { group, input, members } of tables) {
    const measuredCount = input.units.length
    if (measuredCount < 2) continue
    const drawn = await keepRanges(input.units, input.regulation)
    const ends = listEnds({ ...drawn, pair: () => Number.NaN })
    const headline = buildStandingHeadline({
      measuredCount,
      rankability: drawn.word === null ? null : { word: drawn.word },
      bandCount: drawn.bandCount,
      rows: drawn.ranges.map(({ certainHigh, certainLow, unitCode }) => ({
        unitCode,
        certain: { isFirst: certainHigh === 1, isLast: certainLow === measuredCount },
      })),
      ...ends,
    })
    const nameOf = (code: string | null): string | null =>
      members.find(({ period }) => period.unitCode === code)?.period.name ?? null
    const names = { first: nameOf(headline.firstCode), last: nameOf(headline.lastCode) }
    order.standings.set(group, { headline, measuredCount, ...names })
    for (const [unitCode, interval] of toRankIntervals(drawn)) order.intervals.set(unitCode, interval)
  }
  return order
}

async function load(ctx: ServiceContext, key: FactsKey, reach: ReadonlySet<string>): Promise<LoadedFacts> {
  const version = await withSnapshot(ctx, quarterRange(key.quarter).lastOn, (db) => getFrozenVersion(db, key))
  // The ranges are drawn in a thread of their own while the deductions are counted here.
  const [own, order] = await Promise.all([
    loadOwn(ctx, key),
    loadOrder(ctx, version, (unitCode) => reach.has(unitCode)),
  ])
  const { codes, frozen, members, previous, regulation } = own
  const { intervals, standings } = order
  const units = members.map((member) => toUnit(member, codes.get(member.period.unitCode)))
  const deductionCount = units.reduce(
    (total, unit) => total + Object.values(unit.codes).reduce((sum, count) => sum + count, 0),
    0,
  )
  const groups = [...new Set(units.map(({ group }) => group))]
  const facts = { quarter: key.quarter, version: key.version, groups, units, previous, standings }
  return { facts, frozen, regulation, intervals, deductionCount }
}

/**
 * What a bulletin of an office may tell of a version of a frozen quarter: the units in the actor's reach by the tree of its last day,
 * but the office. Throws ServiceError `not_found` for a version that is not there.
 */
export async function loadBulletinFacts(ctx: ServiceContext, key: FactsKey): Promise<LoadedFacts> {
  const { lastOn } = quarterRange(key.quarter)
  const reach = await listReach(ctx, lastOn)
  const frozen = await withSnapshot(ctx, lastOn, (db) => getFrozenVersion(db, key))
  const name = createHash('sha256')
    .update(JSON.stringify([frozen.frozenId, key.office, [...reach].sort()]))
    .digest('hex')
  const made = kept.get(name) ?? load(ctx, key, reach)
  kept.delete(name)
  kept.set(name, made)
  const [oldest] = kept.keys()
  if (kept.size > MAX_KEPT && oldest !== undefined) kept.delete(oldest)
  try {
    return await made
  } catch (error) {
    kept.delete(name)
    throw error
  }
}
