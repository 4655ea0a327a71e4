import { type HolidayBlock, type Quarter, SAMPLE_HOLIDAYS, toQuarter } from '@zhidu/domain'

/** What every run shares, so that figures of two days can be compared. */
export interface Scenario {
  readonly dataset: { readonly seed: string; readonly quarter: Quarter; readonly holidays: readonly HolidayBlock[] }
  /** The present of imports and questions: some days after the quarter. Epoch ms. */
  readonly now: number
  /** Measured runs of a question. */
  readonly runCount: number
  /** Measured runs of what takes seconds. */
  readonly slowRunCount: number
}

export function makeScenario(isQuick: boolean): Scenario {
  return {
    dataset: { seed: 'benchmark', quarter: toQuarter('2026Q3'), holidays: SAMPLE_HOLIDAYS },
    now: Date.parse('2026-10-15T09:00:00+08:00'),
    runCount: isQuick ? 3 : 9,
    slowRunCount: isQuick ? 1 : 3,
  }
}
