import type { CheckList, CheckListInput, CheckRecord } from '@zhidu/contract'
import {
  type CheckCursor,
  type CheckFilter,
  countChecks,
  listChecks as listCheckFacts,
  type ReadonlyDb,
} from '@zhidu/db'
import { quarterRange } from '@zhidu/domain'
import type { ServiceContext } from '../context.ts'
import { fromCursor, toCursor } from '../cursor.ts'
import { loadRoster, type Roster } from '../league/load-roster.ts'
import { resolveAsOf } from '../rules/as-of.ts'
import { loadRules, type Rules } from '../rules/load-rules.ts'
import { loadPresentProvenance } from '../rules/provenance.ts'
import { scopeDay, withSnapshot } from '../snapshot.ts'
import { boundTotal, countUpTo, MAX_COUNTED, takePage } from '../take-page.ts'
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

async function* matchingChecks(
  db: ReadonlyDb,
  listing: Listing,
  from: CheckCursor | null,
): AsyncGenerator<{ readonly cursor: CheckCursor; readonly record: CheckRecord }> {
  let after = from
  const perRead = listing.passed === null ? ITEMS_PER_PAGE + 1 : ROWS_PER_READ
  for (;;) {
    const checks = await listCheckFacts(db, listing.filter, after, perRead)
    for (const check of checks) {
      const record = toCheckRecord(check, listing.roster, listing.rules.regulation)
      if (listing.passed === null || record.passed === listing.passed) yield { cursor: check, record }
    }
    const last = checks.at(-1)
    if (last === undefined || checks.length < perRead) return
    after = last
  }
}

async function countListed(db: ReadonlyDb, listing: Listing): Promise<{ total: number; isTotalExact: boolean }> {
  if (listing.passed !== null) return await countUpTo(matchingChecks(db, listing, null))
  return boundTotal(await countChecks(db, listing.filter, MAX_COUNTED + 1))
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
    const page = await takePage(matchingChecks(db, listing, startOf(input.cursor)), ITEMS_PER_PAGE)
    const last = page.hasMore ? page.items.at(-1)?.cursor : undefined
    return {
      quarter,
      provenance: await loadPresentProvenance(db, quarter, rules.regulation, asOf),
      ...(await countListed(db, listing)),
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
