import { asReadonly, type Db, listFactSpans, listRollupKeys, putUnitQuarters } from '@zhidu/db'
import { type Quarter, quarterOf, shiftQuarter } from '@zhidu/domain'
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
  readonly onProgress?: (done: number, total: number) => void
  readonly signal?: AbortSignal
}

const UNITS_PER_SPAN_QUERY = 500

/** Units by quarter, each once. */
async function collectTouched(trx: Db, touched: RefreshArgs['touched']): Promise<Map<Quarter, Set<string>>> {
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
  return byQuarter
}

async function refreshQuarter(
  trx: Db,
  quarter: Quarter,
  unitCodes: readonly string[],
  roster: Roster,
  args: RefreshArgs,
  onUnits: (count: number) => void,
): Promise<void> {
  const rules = await loadRules(asReadonly(trx), quarter)
  const end = quarterEndOf(quarter)
  // A quarter that has not ended has no end to look back at yet.
  const instants = args.asOf > end ? [args.asOf, end] : [args.asOf]
  const batches = summarizeUnits(asReadonly(trx), {
    unitCodes,
    periodsOf: roster.periodsOf,
    quarter,
    rules,
    asOf: instants,
    signal: args.signal,
  })
  for await (const batch of batches) {
    const rows = batch.flatMap(([latest, atEnd]) => [
      ...(latest === undefined ? [] : [toUnitQuarterRow(latest, 'latest', rules.regulation)]),
      ...(atEnd === undefined ? [] : [toUnitQuarterRow(atEnd, 'quarter_end', rules.regulation)]),
    ])
    await putUnitQuarters(trx, rows)
    onUnits(batch.length)
  }
}

/** Brings the rollups of the touched units and quarters in line with the facts, inside the caller's transaction. */
export async function refreshUnitQuarters(trx: Db, args: RefreshArgs): Promise<void> {
  const byQuarter = await collectTouched(trx, args.touched)
  const total = [...byQuarter.values()].reduce((sum, units) => sum + units.size, 0)
  if (total === 0) return
  const roster = await loadRoster(asReadonly(trx))
  let done = 0
  for (const [quarter, units] of [...byQuarter].sort(([a], [b]) => (a < b ? -1 : 1))) {
    args.signal?.throwIfAborted()
    await refreshQuarter(trx, quarter, [...units].sort(), roster, args, (count) => {
      done += count
      args.onProgress?.(done, total)
    })
  }
}
