import { ServiceError } from '@zhidu/services'
import type { ApiOptions } from '../context.ts'

/** Upper ends of the classes of a request's time, seconds. */
const BOUNDS_SECONDS = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] as const

/** `ok`, the code of a refusal, or `internal` for what failed. */
export type Outcome = 'ok' | ServiceError['code'] | 'internal'

export interface Times {
  readonly count: number
  readonly seconds: number
  /** Requests that took at most so long; the last class, without an end, is `count`. */
  readonly classes: readonly { readonly bound: number; readonly count: number }[]
}

function outcomeOf(error: unknown): Outcome {
  return error instanceof ServiceError ? error.code : 'internal'
}

/**
 * Counts requests since the process began, by what was asked and how it ended. The names are the program's own, so there are
 * few of them; nothing of a request goes in.
 */
export class RequestMetrics {
  readonly #outcomes = new Map<string, Map<Outcome, number>>()
  readonly #times = new Map<string, { seconds: number; counts: number[] }>()
  readonly #answers = new Map<number, number>()

  add(procedure: string, outcome: Outcome, seconds: number): void {
    const outcomes = this.#outcomes.get(procedure) ?? new Map<Outcome, number>()
    this.#outcomes.set(procedure, outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1))
    const times = this.#times.get(procedure) ?? { seconds: 0, counts: BOUNDS_SECONDS.map(() => 0) }
    times.seconds += seconds
    for (const [index, bound] of BOUNDS_SECONDS.entries()) {
      if (seconds <= bound) times.counts[index] = (times.counts[index] ?? 0) + 1
    }
    this.#times.set(procedure, times)
  }

  /** Every answer over HTTP, also of what no procedure came to see. */
  addAnswer(status: number): void {
    this.#answers.set(status, (this.#answers.get(status) ?? 0) + 1)
  }

  /** Runs `work` and counts it as `procedure`; what it throws is thrown on. */
  async observe<T>(procedure: string, work: () => Promise<T>): Promise<T> {
    const startedAt = performance.now()
    try {
      const result = await work()
      this.add(procedure, 'ok', (performance.now() - startedAt) / 1_000)
      return result
    } catch (error) {
      this.add(procedure, outcomeOf(error), (performance.now() - startedAt) / 1_000)
      throw error
    }
  }

  answers(): [status: number, count: number][] {
    return [...this.#answers].toSorted(([a], [b]) => a - b)
  }

  requests(): { procedure: string; outcomes: [Outcome, number][]; times: Times }[] {
    return [...this.#times]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([procedure, { counts, seconds }]) => {
        const outcomes = [...(this.#outcomes.get(procedure) ?? [])]
        const classes = BOUNDS_SECONDS.map((bound, index) => ({ bound, count: counts[index] ?? 0 }))
        const count = outcomes.reduce((sum, [, one]) => sum + one, 0)
        return { procedure, outcomes, times: { count, seconds, classes } }
      })
  }
}

const metrics = new WeakMap<ApiOptions, RequestMetrics>()

/** Of one process: the options are made once. */
export function metricsOf(options: ApiOptions): RequestMetrics {
  const known = metrics.get(options) ?? new RequestMetrics()
  metrics.set(options, known)
  return known
}
