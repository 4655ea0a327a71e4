import {
  analyzeObligations,
  asReadonly,
  createObligationStage,
  type Db,
  listFactSpans,
  listRollupKeys,
  putUnitQuarters,
  settleObligations,
  stageObligations,
} from '@zhidu/db'
import { type Quarter, quarterOf, shiftQuarter } from '@zhidu/domain'
import { refreshFilingObligations } from '../obligation/refresh-filing-obligations.ts'
import type { ObligationChange } from '../obligation/obligation-change.ts'
import { keepObligationBasis } from '../obligation/obligation-basis.ts'
import { loadRules } from '../rules/load-rules.ts'
import { summarizeUnits } from './assess-units.ts'
import { loadRoster, type Roster } from './load-roster.ts'
import { quarterEndOf, toUnitQuarterRow } from './rollup.ts'

/** A unit's quarter whose facts changed; quarter null = every quarter of the unit (its own rows changed). */
export interface TouchedKey {
  readonly unitCode: string
  readonly quarter: Quarter | null
}

export interface RefreshArgs {
  readonly touched: AsyncIterable<readonly TouchedKey[]> | readonly TouchedKey[]
  /** Epoch ms. */
  readonly asOf: number
  /** What may have changed of what is owed, and why; null = nothing. */
  readonly obligations: ObligationChange | null
  readonly onProgress?: (done: number, total: number) => void
  readonly signal?: AbortSignal
}

const UNITS_PER_SPAN_QUERY = 500
const MANY_OBLIGATIONS = 5_000

interface Touched {
  /** Units by quarter, each once. */
  readonly byQuarter: ReadonlyMap<Quarter, ReadonlySet<string>>
  /** Units whose own rows changed. */
  readonly whole: readonly string[]
}

async function collectTouched(trx: Db, touched: RefreshArgs['touched']): Promise<Touched> {
  const byQuarter = new Map<Quarter, Set<string>>()
  const whole = new Set<string>()
  const add = (quarter: Quarter, unitCode: string): void => {
    const units = byQuarter.get(quarter)
    if (units === undefined) byQuarter.set(quarter, new Set([unitCode]))
    else units.add(unitCode)
  }
  const collect = (keys: readonly TouchedKey[]): void => {
    for (const { quarter, unitCode } of keys) {
      if (quarter === null) whole.add(unitCode)
      else add(quarter, unitCode)
    }
  }
  if (Symbol.asyncIterator in touched) for await (const keys of touched) collect(keys)
  else collect(touched)
  const unitCodes = [...whole]
  for (let start = 0; start < unitCodes.length; start += UNITS_PER_SPAN_QUERY) {
    const some = unitCodes.slice(start, start + UNITS_PER_SPAN_QUERY)
    for (const { quarter, unitCode } of await listRollupKeys(asReadonly(trx), some)) add(quarter, unitCode)
    for (const span of await listFactSpans(trx, some)) {
      const last = quarterOf(span.latestAt)
      for (let quarter = quarterOf(span.earliestAt); quarter <= last; quarter = shiftQuarter(quarter, 1)) {
        add(quarter, span.unitCode)
      }
    }
  }
  return { byQuarter, whole: unitCodes }
}

async function refreshQuarter(
  trx: Db,
  quarter: Quarter,
  unitCodes: readonly string[],
  roster: Roster,
  args: RefreshArgs,
  onUnits: (count: number) => void,
): Promise<number> {
  const rules = await loadRules(asReadonly(trx), quarter)
  const end = quarterEndOf(quarter)
  // A quarter that has not ended has no end to look back at yet.
  const instants = args.asOf > end ? [args.asOf, end] : [args.asOf]
  const { obligations } = args
  const withEvents = obligations !== null && obligations.sorts.includes('events')
  if (withEvents) await createObligationStage(trx)
  let owed = 0
  const batches = summarizeUnits(asReadonly(trx), {
    unitCodes,
    periodsOf: roster.periodsOf,
    quarter,
    rules,
    asOf: instants,
    signal: args.signal,
    takeObligations: withEvents ? (page) => stageObligations(trx, page) : undefined,
  })
  for await (const batch of batches) {
    const rows = batch.flatMap(([latest, atEnd]) => [
      ...(latest === undefined ? [] : [toUnitQuarterRow(latest, 'latest', rules.regulation)]),
      ...(atEnd === undefined ? [] : [toUnitQuarterRow(atEnd, 'quarter_end', rules.regulation)]),
    ])
    await putUnitQuarters(trx, rows)
    if (withEvents) {
      owed += await settleObligations(trx, {
        quarter,
        unitCodes: batch.flatMap(([latest]) => latest?.unitCode ?? []),
        sort: 'events',
        regulation: rules.regulation,
        cause: obligations.cause,
        at: args.asOf,
      })
    }
    onUnits(batch.length)
  }
  if (obligations !== null) await keepObligationBasis(trx, quarter, rules, args.asOf)
  return owed
}

/**
 * Brings the rollups of the touched units and quarters, and what was owed in them, in line with the facts, inside the
 * caller's transaction.
 */
export async function refreshUnitQuarters(trx: Db, args: RefreshArgs): Promise<void> {
  const { byQuarter, whole } = await collectTouched(trx, args.touched)
  const total = [...byQuarter.values()].reduce((sum, units) => sum + units.size, 0)
  if (total + whole.length === 0) return
  const roster = await loadRoster(asReadonly(trx))
  let done = 0
  let owed = 0
  for (const [quarter, units] of [...byQuarter].sort(([a], [b]) => (a < b ? -1 : 1))) {
    args.signal?.throwIfAborted()
    owed += await refreshQuarter(trx, quarter, [...units].sort(), roster, args, (count) => {
      done += count
      args.onProgress?.(done, total)
    })
  }
  if (owed >= MANY_OBLIGATIONS) await analyzeObligations(trx)
  if (args.obligations?.sorts.includes('filings') === true) {
    await refreshFilingObligations(trx, { ...args, cause: args.obligations.cause, byQuarter, whole, roster })
  }
}
