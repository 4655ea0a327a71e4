import { wilsonInterval } from '@zhidu/statistics'
import type { DeductionCode } from '../regulation/deduction-codes.ts'
import type { AppealState } from './appeal.ts'

export interface AppealCount {
  readonly code: DeductionCode
  readonly clause: string
  readonly state: AppealState
  readonly count: number
}

/** How often the deductions of one rule were appealed, and taken back. */
export interface Overturned {
  readonly code: DeductionCode
  readonly clause: string
  /** Handed in, whatever became of it. */
  readonly appealed: number
  readonly decided: number
  readonly upheld: number
  /** Of upheld in decided, at 95 %; null = none was decided. */
  readonly interval: { readonly low: number; readonly high: number } | null
}

const LEVEL = 0.95

/** A row per rule in the order of `counts`. Card: docs/indicators/overturned.md */
export function tabulateOverturned(counts: readonly AppealCount[]): Overturned[] {
  const handedIn = counts.filter(({ state }) => state !== 'kept')
  return [...Map.groupBy(handedIn, ({ clause, code }) => `${code}/${clause}`).values()].flatMap((rows) => {
    const sum = (...states: AppealState[]): number =>
      rows.reduce((total, { count, state }) => total + (states.includes(state) ? count : 0), 0)
    const upheld = sum('upheld')
    const decided = upheld + sum('rejected')
    const appealed = decided + sum('submitted', 'accepted', 'withdrawn')
    const interval = decided === 0 ? null : wilsonInterval({ part: upheld, whole: decided }, LEVEL)
    return rows.slice(0, 1).map(({ clause, code }) => ({ code, clause, appealed, decided, upheld, interval }))
  })
}
