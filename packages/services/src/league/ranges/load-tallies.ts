import type { FrozenQuarterRow, ReadonlyDb } from '@zhidu/db'
import {
  addEvents,
  finishSummary,
  type Quarter,
  type RankedTally,
  type RankedUnit,
  type Regulation,
  startAssessment,
  type UnitSummary,
  type UnitTally,
} from '@zhidu/domain'
import { loadFrozenRules, loadFrozenUnits } from '../../quarter/frozen-view.ts'
import type { Rules } from '../../rules/load-rules.ts'

const UNITS_PER_READ = 100
const MAX_KEPT = 40
/** What is frozen stays as it is. */
const frozenTallies = new Map<string, Promise<ReadonlyMap<string, UnitTally>>>()

async function judgeFrozen(
  db: ReadonlyDb,
  frozen: Pick<FrozenQuarterRow, 'asOf' | 'frozenId' | 'quarter'>,
  rules: Rules,
  unitCodes: readonly string[],
): Promise<ReadonlyMap<string, UnitTally>> {
  const { asOf, frozenId, quarter } = frozen
  const tallies = new Map<string, UnitTally>()
  for (let start = 0; start < unitCodes.length; start += UNITS_PER_READ) {
    const some = unitCodes.slice(start, start + UNITS_PER_READ)
    for (const [unitCode, { facts, reports }] of await loadFrozenUnits(db, { frozenId, unitCodes: some })) {
      // Without its facts it would seem to have failed in nothing, and every place would seem certain.
      if (facts.periods.length === 0) throw new RangeError(`no frozen facts of ${unitCode}`)
      const progress = startAssessment(facts, { quarter, asOf, ...rules }, { keepsDeductions: false })
      tallies.set(unitCode, finishSummary(addEvents(progress, reports)).tally)
    }
  }
  return tallies
}

/** The tallies of a group as it was frozen, from the frozen facts under the frozen rules; `db` reaches all of it. */
async function loadFrozenTallies(
  db: ReadonlyDb,
  frozen: Pick<FrozenQuarterRow, 'asOf' | 'frozenId' | 'quarter'>,
  rules: Rules,
  unitCodes: readonly string[],
): Promise<ReadonlyMap<string, UnitTally>> {
  const key = `${frozen.frozenId}/${unitCodes.join('/')}`
  const made = frozenTallies.get(key) ?? judgeFrozen(db, frozen, rules, unitCodes)
  frozenTallies.set(key, made)
  const [oldest] = frozenTallies.keys()
  if (frozenTallies.size > MAX_KEPT && oldest !== undefined) frozenTallies.delete(oldest)
  try {
    return await made
  } catch (error) {
    frozenTallies.delete(key)
    throw error
  }
}

/** A place of a table with its tally, where there is one. */
export interface TalliedPlace {
  readonly ranked: RankedUnit<UnitSummary>
  readonly tally: UnitTally | null
}

/** A table to be drawn again. */
export interface RangeInput {
  readonly units: readonly RankedTally[]
  readonly regulation: Regulation
}

/** The measured units of one table, in its order, with what is drawn again; of a frozen quarter from its own facts. */
export async function loadRangeInput(
  db: ReadonlyDb,
  table: {
    readonly places: readonly TalliedPlace[]
    readonly quarter: Quarter
    readonly regulation: Regulation
    readonly frozen: Pick<FrozenQuarterRow, 'asOf' | 'frozenId' | 'quarter'> | null
  },
): Promise<RangeInput> {
  const { frozen, places, regulation } = table
  const measured = places.flatMap(({ ranked: { rank, summary }, tally }) =>
    rank === null || summary.score === null ? [] : [{ unitCode: summary.unitCode, rank, score: summary.score, tally }],
  )
  const missing = measured.filter(({ tally }) => tally === null).map(({ unitCode }) => unitCode)
  const fromFacts =
    frozen === null || missing.length === 0
      ? new Map<string, UnitTally>()
      : await loadFrozenTallies(db, frozen, await loadFrozenRules(db, frozen.frozenId), missing)
  const units = measured.map(({ tally, ...unit }): RankedTally => {
    const own = tally ?? fromFacts.get(unit.unitCode)
    if (own === undefined) throw new RangeError(`no tally of ${unit.unitCode}`)
    return { ...unit, tally: own }
  })
  return { units, regulation }
}
