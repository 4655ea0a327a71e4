import { recordRefusal, type ServiceContext, type ServiceError } from '@zhidu/services'
import type { ApiOptions } from './context.ts'
import { logUnexpected } from './request-error.ts'

/** Refusals of strangers that are written down one by one, per address and minute; a flood beyond is one entry. */
const ANONYMOUS_PER_MINUTE = 300
const MINUTE_MS = 60_000
const MAX_ADDRESSES = 10_000

interface What {
  readonly action: string
  readonly object: string | null
}

/** Puts refusals into the audit trail. One per app. */
class RefusalLog {
  readonly #options: ApiOptions
  readonly #counts = new Map<string, number>()
  #minute = 0

  constructor(options: ApiOptions) {
    this.#options = options
  }

  /** How many of this address came in the present minute, this one included. */
  #count(address: string, now: number): number {
    const minute = Math.floor(now / MINUTE_MS)
    if (minute !== this.#minute || this.#counts.size >= MAX_ADDRESSES) {
      this.#minute = minute
      this.#counts.clear()
    }
    const count = (this.#counts.get(address) ?? 0) + 1
    this.#counts.set(address, count)
    return count
  }

  /** Never rejects: the caller is refused whether or not that can be written down. */
  async record(
    service: ServiceContext,
    what: What,
    refusal: Pick<ServiceError, 'reason' | 'isAudited'>,
  ): Promise<void> {
    const { actor, clock } = service
    try {
      if (actor.kind !== 'anonymous') {
        await recordRefusal(service, what, refusal)
        return
      }
      const count = this.#count(actor.address, clock())
      if (count <= ANONYMOUS_PER_MINUTE) await recordRefusal(service, what, refusal)
      else if (count === ANONYMOUS_PER_MINUTE + 1) {
        const flood = { action: 'refusals', object: `address/${actor.address}` }
        await recordRefusal(service, flood, { reason: 'refusals_of_this_minute_not_listed', isAudited: false })
      }
    } catch (error) {
      logUnexpected(this.#options.log, error, what.action)
    }
  }
}

const logs = new WeakMap<ApiOptions, RefusalLog>()

export function refusalLogOf(options: ApiOptions): RefusalLog {
  const log = logs.get(options) ?? new RefusalLog(options)
  logs.set(options, log)
  return log
}
