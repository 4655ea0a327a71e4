import { createHash } from 'node:crypto'
import type { RankedTally, Regulation } from '@zhidu/domain'
import type { DrawnRanges } from './drawn-ranges.ts'
import { redrawInThread } from './redraw-in-thread.ts'

/** Tables whose ranges are kept: every group of a province over some quarters. The one asked about longest ago goes first. */
const MAX_KEPT = 100
const kept = new Map<string, Promise<DrawnRanges>>()

/** The same table, the same key: who is in it, at which place, with which tally, under which rules. */
function keyOf(units: readonly RankedTally[], regulation: Regulation): string {
  return createHash('sha256')
    .update(JSON.stringify([regulation, units]))
    .digest('hex')
}

/** The ranges of a table, drawn once however many ask; a failure is not kept. */
export async function keepRanges(
  units: readonly RankedTally[],
  regulation: Regulation,
  redraw: typeof redrawInThread = redrawInThread,
): Promise<DrawnRanges> {
  const key = keyOf(units, regulation)
  const made = kept.get(key) ?? redraw(units, regulation)
  kept.delete(key)
  kept.set(key, made)
  const [oldest] = kept.keys()
  if (kept.size > MAX_KEPT && oldest !== undefined) kept.delete(oldest)
  try {
    return await made
  } catch (error) {
    kept.delete(key)
    throw error
  }
}
