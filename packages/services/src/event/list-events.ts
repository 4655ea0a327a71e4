import type { EventList, EventListInput, EventListItem } from '@zhidu/contract'
import { type CaseCursor, type CaseFilter, type CaseRow, listCases, listCountedCases, type ReadonlyDb } from '@zhidu/db'
import {
  isOpenThroughout,
  levelsByOccurrence,
  type Outcome,
  type Quarter,
  quarterRange,
  standingOf,
  toLocalIso,
} from '@zhidu/domain'
import type { ServiceContext } from '../context.ts'
import { fromCursor, toCursor } from '../cursor.ts'
import { loadRoster, type Roster } from '../league/load-roster.ts'
import { toPoints } from '../league/shape.ts'
import { resolveAsOf } from '../rules/as-of.ts'
import { loadRules, type Rules } from '../rules/load-rules.ts'
import { loadPresentProvenance } from '../rules/provenance.ts'
import { scopeDay, withSnapshot } from '../snapshot.ts'
import { preReportStateOf } from '../obligation/pre-report-state.ts'
import { boundTotal, countUpTo, MAX_COUNTED, type Page, takePage } from '../take-page.ts'
import { type JudgedCase, loadJudgedCases, lostBy } from './load-judgements.ts'

const ITEMS_PER_PAGE = 50
/** Read at once where all but a few at the ends of the quarter are wanted, and where a filter may pass over many. */
const CASES_PER_PAGE = ITEMS_PER_PAGE + 4
const CASES_PER_READ = 1_000

interface Listing {
  readonly filter: CaseFilter
  readonly quarter: Quarter
  readonly outcome: Outcome | null
  readonly roster: Roster
  readonly rules: Rules
  readonly asOf: number
}

interface Listed {
  readonly cursor: CaseCursor
  readonly judged: JudgedCase
}

/** Those of some cases that pass, in their order. */
async function judgeListed(db: ReadonlyDb, listing: Listing, cases: readonly CaseCursor[]): Promise<Listed[]> {
  const cursorOf = new Map(cases.map((one) => [`${one.unitCode}\u0000${one.eventCode}`, one]))
  return (await loadJudgedCases(db, { ...listing, keys: cases })).flatMap((judged) => {
    const { judgement } = judged
    const cursor = cursorOf.get(`${judgement.unitCode}\u0000${judgement.eventCode}`)
    const isWanted =
      judgement.quarter === listing.quarter &&
      judgement.standing === 'counts' &&
      (listing.outcome === null || judgement.written.outcome === listing.outcome)
    return isWanted && cursor !== undefined ? [{ cursor, judged }] : []
  })
}

/** The events of the list that pass, newest first, from a place on; `first`: cases that were read already. */
async function* matchingCases(
  db: ReadonlyDb,
  listing: Listing,
  from: CaseCursor | null,
  first?: readonly CaseCursor[],
): AsyncGenerator<Listed> {
  let after = from
  let read = first
  const perRead = listing.outcome === null ? CASES_PER_PAGE : CASES_PER_READ
  for (;;) {
    const cases: readonly CaseCursor[] = read ?? (await listCases(db, listing.filter, after, perRead))
    read = undefined
    yield* await judgeListed(db, listing, cases)
    const last = cases.at(-1)
    if (last === undefined || cases.length < perRead) return
    after = last
  }
}

/** The same without an outcome asked for, one by one by their judged rows: for units that were not open all the time. */
async function* countingCases(
  db: ReadonlyDb,
  { asOf, filter, quarter, roster, rules }: Listing,
): AsyncGenerator<CaseRow> {
  let after: CaseCursor | null = null
  for (;;) {
    const cases: CaseRow[] = await listCases(db, filter, after, MAX_COUNTED + 1)
    for (const one of cases) {
      const periods = roster.periodsOf.get(one.unitCode) ?? []
      const place = standingOf(one, { periods, regulation: rules.regulation, asOf })
      if (place.quarter === quarter && place.standing === 'counts') yield one
    }
    const last = cases.at(-1)
    if (last === undefined || cases.length <= MAX_COUNTED) return
    after = last
  }
}

function toItem(judged: JudgedCase): EventListItem {
  const { judgement, unitName } = judged
  const { written } = judgement
  return {
    eventCode: judgement.eventCode,
    unitCode: judgement.unitCode,
    unitName,
    category: judgement.judged.category,
    level: judgement.level,
    learnedAt: toLocalIso(judgement.judged.learnedAt),
    dueAt: toLocalIso(written.dueAt),
    writtenAt: written.at === null ? null : toLocalIso(written.at),
    outcome: written.outcome,
    lateSeconds: written.lateSeconds,
    lost: toPoints(lostBy(judged)),
    preReport: preReportStateOf(judgement, judged.rules.regulation),
    isReopened: judgement.reopenings.length > 0,
  }
}

interface ListedPage {
  readonly page: Page<Listed>
  readonly total: number
  readonly isTotalExact: boolean
}

/** A page, and how many events pass. Without an outcome asked for no report is read to count them. */
async function loadPage(db: ReadonlyDb, listing: Listing, after: CaseCursor | null): Promise<ListedPage> {
  const { asOf, filter, outcome, roster, rules } = listing
  if (outcome !== null) {
    const page = await takePage(matchingCases(db, listing, after), ITEMS_PER_PAGE)
    return { page, ...(await countUpTo(matchingCases(db, listing, null))) }
  }
  const asked = filter.unitCodes.length > 0 ? filter.unitCodes : [...roster.periodsOf.keys()]
  const isOpen = (unitCode: string): boolean => isOpenThroughout(roster.periodsOf.get(unitCode) ?? [], filter.range)
  const others = asked.filter((unitCode) => !isOpen(unitCode))
  const limit = MAX_COUNTED + 1
  const { cases, counted } = await listCountedCases(
    db,
    { filter, after, limit: CASES_PER_PAGE },
    {
      ...filter,
      unitCodes: asked.filter(isOpen),
      levelsByOccurrence: levelsByOccurrence(rules.regulation),
      asOf,
      limit,
    },
  )
  const page = await takePage(matchingCases(db, listing, after, cases), ITEMS_PER_PAGE)
  if (others.length === 0 || counted >= limit) return { page, ...boundTotal(counted) }
  const rest = await countUpTo(countingCases(db, { ...listing, filter: { ...filter, unitCodes: others } }))
  return { page, ...boundTotal(counted + rest.total, rest.isTotalExact) }
}

/** The events owed in a quarter as of an instant, newest first, fifty a page; the total counts what passes the filter. */
export function listEvents(ctx: ServiceContext, input: EventListInput): Promise<EventList> {
  const asOf = resolveAsOf(ctx, input.asOf)
  const { quarter } = input
  return withSnapshot(ctx, scopeDay(quarter, asOf), async (db) => {
    const roster = await loadRoster(db)
    const rules = await loadRules(db, quarter)
    const { from, to } = quarterRange(quarter)
    const listing: Listing = {
      filter: {
        unitCodes: input.unitCode === undefined ? [] : [input.unitCode],
        range: { from, to },
        level: input.level ?? null,
        codePart: input.search === undefined || input.search === '' ? null : input.search,
      },
      quarter,
      outcome: input.outcome ?? null,
      roster,
      rules,
      asOf,
    }
    const { page, ...total } = await loadPage(db, listing, startOf(input.cursor))
    const last = page.hasMore ? page.items.at(-1)?.cursor : undefined
    return {
      quarter,
      provenance: await loadPresentProvenance(db, quarter, rules.regulation, asOf),
      ...total,
      items: page.items.map(({ judged }) => toItem(judged)),
      nextCursor: last === undefined ? null : toCursor([last.learnedAt, last.eventCode, last.unitCode]),
    }
  })
}

function startOf(cursor: string | undefined): CaseCursor | null {
  if (cursor === undefined) return null
  const { at, keys } = fromCursor(cursor, 2)
  return { learnedAt: at, eventCode: keys[0] ?? '', unitCode: keys[1] ?? '' }
}
