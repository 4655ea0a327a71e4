import { setImmediate as nextTurn } from 'node:timers/promises'

/** Others who ask this process for something wait no longer for a turn. */
const LONGEST_TURN_MS = 8

/** For long work in small steps: between two of them `rest`, when it `isDue`, lets everything else have its turn. */
export interface Breather {
  isDue(): boolean
  rest(): Promise<void>
}

export function createBreather(): Breather {
  let since = performance.now()
  return {
    isDue: () => performance.now() - since >= LONGEST_TURN_MS,
    rest: async () => {
      await nextTurn()
      since = performance.now()
    },
  }
}
