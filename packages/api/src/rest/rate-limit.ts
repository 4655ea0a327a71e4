const MINUTE_MS = 60_000

export interface RateVerdict {
  readonly isAllowed: boolean
  /** The first one too many of this minute: it stands for all that follow in it. */
  readonly isFirstRefused: boolean
  /** Seconds until a new minute begins. */
  readonly seconds: number
}

/** Counts requests by the minute; nothing is kept from one minute to the next, and a restart forgets. */
export class RateLimit {
  readonly #limit: number
  readonly #counts = new Map<string, number>()
  #minute = 0

  constructor(limit: number) {
    this.#limit = limit
  }

  /** Counts one request. `now`: epoch ms. */
  take(name: string, now: number): RateVerdict {
    const minute = Math.floor(now / MINUTE_MS)
    if (minute !== this.#minute) this.#counts.clear()
    this.#minute = minute
    const count = (this.#counts.get(name) ?? 0) + 1
    this.#counts.set(name, count)
    return {
      isAllowed: count <= this.#limit,
      isFirstRefused: count === this.#limit + 1,
      seconds: Math.ceil(((minute + 1) * MINUTE_MS - now) / 1_000),
    }
  }
}
