import {
  asReadonly,
  createObligationStage,
  type Db,
  listFilingsOfUnits,
  listHolidays,
  listReopeningsOfUnits,
  type ObligationCause,
  settleObligations,
  stageObligations,
} from '@zhidu/db'
import { listFilingObligations, type Quarter, quarterOfDate, shiftQuarter } from '@zhidu/domain'
import type { Roster } from '../league/load-roster.ts'
import { holidayYearsOf } from '../league/load-standing-facts.ts'
import { loadRules } from '../rules/load-rules.ts'
import { keepObligationBasis } from './obligation-basis.ts'

const UNITS_PER_BATCH = 500

/** Every quarter in which a form for an announced holiday can be due: its own, and the one before. */
export async function listFilingQuarters(trx: Db): Promise<Quarter[]> {
  const holidays = await listHolidays(asReadonly(trx))
  const own = holidays.map(({ firstDayOff }) => quarterOfDate(firstDayOff))
  return [...new Set(own.flatMap((quarter) => [shiftQuarter(quarter, -1), quarter]))].sort()
}

async function refreshQuarter(
  trx: Db,
  quarter: Quarter,
  unitCodes: readonly string[],
  args: { readonly roster: Roster; readonly cause: ObligationCause; readonly asOf: number },
): Promise<void> {
  const db = asReadonly(trx)
  const rules = await loadRules(db, quarter)
  for (let start = 0; start < unitCodes.length; start += UNITS_PER_BATCH) {
    const batch = unitCodes.slice(start, start + UNITS_PER_BATCH)
    const filings = await listFilingsOfUnits(db, { unitCodes: batch, years: holidayYearsOf(quarter) })
    const reopenings = await listReopeningsOfUnits(db, batch)
    const filingsOf = Map.groupBy(filings, ({ unitCode }) => unitCode)
    const reopeningsOf = Map.groupBy(reopenings, ({ unitCode }) => unitCode)
    const obligations = batch.flatMap((unitCode) =>
      listFilingObligations({
        unitCode,
        quarter,
        ...rules,
        periods: args.roster.periodsOf.get(unitCode) ?? [],
        filings: filingsOf.get(unitCode) ?? [],
        reopenings: reopeningsOf.get(unitCode) ?? [],
      }),
    )
    await createObligationStage(trx)
    await stageObligations(trx, obligations)
    const { cause, asOf: at } = args
    await settleObligations(trx, {
      quarter,
      unitCodes: batch,
      sort: 'filings',
      regulation: rules.regulation,
      cause,
      at,
    })
  }
  await keepObligationBasis(trx, quarter, rules, args.asOf)
}

/**
 * Brings the forms owed in line: those of units in the quarters touched, and, for units whose own rows changed, of every
 * quarter in which a form for an announced holiday is due, whether or not they have a fact in it.
 */
export async function refreshFilingObligations(
  trx: Db,
  args: {
    readonly byQuarter: ReadonlyMap<Quarter, ReadonlySet<string>>
    readonly whole: readonly string[]
    readonly roster: Roster
    readonly cause: ObligationCause
    /** Epoch ms. */
    readonly asOf: number
    readonly signal?: AbortSignal
  },
): Promise<void> {
  const quarters = args.whole.length === 0 ? [] : await listFilingQuarters(trx)
  for (const quarter of [...new Set([...args.byQuarter.keys(), ...quarters])].sort()) {
    args.signal?.throwIfAborted()
    const unitCodes = new Set([...(args.byQuarter.get(quarter) ?? []), ...args.whole])
    await refreshQuarter(trx, quarter, [...unitCodes].sort(), args)
  }
}
