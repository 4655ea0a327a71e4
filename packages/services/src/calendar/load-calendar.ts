import { listHolidays, type ReadonlyDb } from '@zhidu/db'
import {
  type BlockDue,
  type HolidayBlock,
  listBlockDues,
  type Quarter,
  quarterOfDate,
  type Regulation,
  shiftQuarter,
} from '@zhidu/domain'
import { loadRules } from '../rules/load-rules.ts'

/** The rules of every quarter in which something of some blocks may be due. */
export async function loadRegulations(
  db: ReadonlyDb,
  blocks: readonly HolidayBlock[],
): Promise<(quarter: Quarter) => Regulation> {
  const starts = blocks.map((block) => quarterOfDate(block.firstDayOff))
  const regulations = new Map<Quarter, Regulation>()
  for (const quarter of new Set(starts.flatMap((start) => [start, shiftQuarter(start, -1)]))) {
    regulations.set(quarter, (await loadRules(db, quarter)).regulation)
  }
  return (quarter) => {
    const regulation = regulations.get(quarter)
    if (regulation === undefined) throw new RangeError(`no rules were read for ${quarter}`)
    return regulation
  }
}

/** The due days of some blocks under the rules in force, the others of the calendar around them. */
export async function loadBlockDues(
  db: ReadonlyDb,
  blocks: readonly HolidayBlock[],
  holidays?: readonly HolidayBlock[],
): Promise<BlockDue[]> {
  const all = holidays ?? (await listHolidays(db))
  return listBlockDues(blocks, all, await loadRegulations(db, blocks))
}
