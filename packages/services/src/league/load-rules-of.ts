import type { ReadonlyDb } from '@zhidu/db'
import { loadFrozenRules } from '../quarter/frozen-view.ts'
import { loadRules, type Rules } from '../rules/load-rules.ts'
import type { RankedQuarter } from './load-group.ts'

/** What the figures of a quarter were judged by: the rules it was frozen with, else those in force. */
export function loadRulesOf(
  db: ReadonlyDb,
  { frozen, quarter }: Pick<RankedQuarter, 'frozen' | 'quarter'>,
): Promise<Rules> {
  return frozen === null ? loadRules(db, quarter) : loadFrozenRules(db, frozen.frozenId)
}
