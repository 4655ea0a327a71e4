import { murmur3 } from '@zhidu/statistics'
import { compareCodePoints } from '../league/code-point-order.ts'
import { CHANCES, type UnitTally } from '../league/tally.ts'
import type { Regulation } from '../regulation/regulation.ts'

/** Changes whenever the same data would be drawn otherwise. */
const DRAWING = 'rank-range/1'

/** A tally in one spelling: equal tallies, equal texts. */
export function tallyText({ bonus, itemCount, itemPoints, periods, workload }: UnitTally): string {
  const parts = periods.map(({ chances, faults, isZeroed }) => [
    isZeroed,
    CHANCES.map((chance) => chances[chance]),
    faults.map(({ code, count, dimension, points }) => [code, dimension, count, points]),
    ...(chances.log === undefined ? [] : [chances.log]),
  ])
  return JSON.stringify([workload, bonus, itemCount, itemPoints, parts])
}

/**
 * Where the draws of a group begin: the same tallies under the same rules, whatever their order and whoever they are of, give the same
 * seed; nothing outside the group is in it.
 */
export function groupSeed(tallies: readonly UnitTally[], regulation: Pick<Regulation, 'id' | 'version'>): string {
  const text = tallies.map(tallyText).sort(compareCodePoints).join('\n')
  const hash = [1, 2, 3, 4].map((seed) => murmur3(text, seed).toString(16).padStart(8, '0')).join('')
  return `${DRAWING}/${regulation.id}/${regulation.version}/${hash}`
}
