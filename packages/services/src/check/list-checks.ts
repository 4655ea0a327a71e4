import type { CheckList, CheckListInput, CheckRecord } from '@zhidu/contract'
import {
  type CheckCursor,
  type CheckFilter,
  listChecks as listCheckFacts,
  listCountedChecks,
  type ReadonlyDb,
} from '@zhidu/db'
import { type CheckFact, quarterRange } from '@zhidu/domain'
import type { ServiceContext } from '../context.ts'
import { fromCursor, toCursor } from '../cursor.ts'
import { loadRoster, type Roster } from '../league/load-roster.ts'
import { resolveAsOf } from '../rules/as-of.ts'
import { loadRules, type Rules } from '../rules/load-rules.ts'
import { loadPresentProvenance } from '../rules/provenance.ts'
import { scopeDay, withSnapshot } from '../snapshot.ts'
import { boundTotal, countUpTo, MAX_COUNTED, type Page, takePage } from '../take-page.ts'
import { toCheckRecord } from './to-check-record.ts'

const ITEMS_PER_PAGE = 50
/** Where what passes is known only when it is judged. */
const ROWS_PER_READ = 1_000

interface Listing {
  readonly filter: CheckFilter
  /** null = all: then none needs to be judged to know whether it is wanted. */
  readonly passed: boolean | null
  readonly roster: Roster
  readonly rules: Rules
}

interface Listed {
  readonly cursor: CheckCursor
  readonly record: CheckRecord
}

interface ListedPage {
  readonly page: Page<Listed>
  readonly total: number
  readonly isTotalExact: boolean
}

function toListed(check: CheckFact, { roster, rules }: Listing): Listed {
  return { cursor: check, record: toCheckRecord(check, roster, rules.regulation) }
}

async function* judgedChecks(
  db: ReadonlyDb,
  listing: Listing & { readonly passed: boolean },
  from: CheckCursor | null,
): AsyncGenerator<Listed> {
  let after = from
  for (;;) {
    const checks = await listCheckFacts(db, listing.filter, after, ROWS_PER_READ)
    for (const check of checks) {
      const listed = toListed(check, listing)
      if (listed.record.passed === listing.passed) yield listed
    }
    const last = checks.at(-1)
    if (last === undefined || checks.length < ROWS_PER_READ) return
    after = last
  }
}

async function loadPage(db: ReadonlyDb, listing: Listing, after: CheckCursor | null): Promise<ListedPage> {
  const { filter, passed } = listing
  if (passed !== null) {
    const page = await takePage(judgedChecks(db, { ...listing, passed }, after), ITEMS_PER_PAGE)
    return { page, ...(await countUpTo(judgedChecks(db, { ...listing, passed }, null))) }
  }
  const asked = { filter, after, limit: ITEMS_PER_PAGE + 1 }
  const { checks, counted } = await listCountedChecks(db, asked, MAX_COUNTED + 1)
  const items = checks.slice(0, ITEMS_PER_PAGE).map((check) => toListed(check, listing))
  return { page: { items, hasMore: checks.length > ITEMS_PER_PAGE }, ...boundTotal(counted) }
}

/** The checks made in a quarter until now, newest first, fifty a page; the total counts what passes the filter. */
export function listChecks(ctx: ServiceContext, input: CheckListInput): Promise<CheckList> {
  const asOf = resolveAsOf(ctx, undefined)
  const { quarter } = input
  return withSnapshot(ctx, scopeDay(quarter, asOf), async (db) => {
    const roster = await loadRoster(db)
    const rules = await loadRules(db, quarter)
    const { from, to } = quarterRange(quarter)
    const listing: Listing = {
      filter: {
        // A check dated later than now counts from then on.
        range: { from, to: Math.max(from, Math.min(to, asOf + 1)) },
        unitCodes: input.unitCode === undefined ? [] : [input.unitCode],
        method: input.method ?? null,
        finding: input.finding ?? null,
        codePart: input.search === undefined || input.search === '' ? null : input.search,
      },
      passed: input.passed ?? null,
      roster,
      rules,
    }
    const { page, ...total } = await loadPage(db, listing, startOf(input.cursor))
    const last = page.hasMore ? page.items.at(-1)?.cursor : undefined
    return {
      quarter,
      provenance: await loadPresentProvenance(db, quarter, rules.regulation, asOf),
      ...total,
      items: page.items.map(({ record }) => record),
      nextCursor: last === undefined ? null : toCursor([last.checkedAt, last.checkCode]),
    }
  })
}

function startOf(cursor: string | undefined): CheckCursor | null {
  if (cursor === undefined) return null
  const { at, keys } = fromCursor(cursor, 1)
  return { checkedAt: at, checkCode: keys[0] ?? '' }
}
