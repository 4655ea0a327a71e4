import { type Actor, loadToken, type ServiceContext, ServiceError } from '@zhidu/services'
import type { Context } from 'hono'
import { isRecorded, objectOf } from '../access.ts'
import { clientAddress } from '../client-address.ts'
import type { ApiOptions } from '../context.ts'
import { metricsOf } from '../metrics/request-metrics.ts'
import { refusalLogOf } from '../refusal-log.ts'
import { RateLimit } from './rate-limit.ts'

/** Loose: a program that pages through everything stays far below it. */
export const REQUESTS_PER_MINUTE = 300
const BEARER = /^Bearer +(\S{1,200})$/i

const limits = new WeakMap<ApiOptions, RateLimit>()

function limitOf(options: ApiOptions): RateLimit {
  const limit = limits.get(options) ?? new RateLimit(REQUESTS_PER_MINUTE)
  limits.set(options, limit)
  return limit
}

/** Who a key belongs to; cookies are not looked at. */
async function loadCaller(c: Context, options: ApiOptions): Promise<{ actor: Actor; refusal: ServiceError | null }> {
  const address = clientAddress(c, options)
  const anonymous: Actor = { kind: 'anonymous', address }
  const token = BEARER.exec(c.req.header('authorization') ?? '')?.[1]
  if (token === undefined) {
    return { actor: anonymous, refusal: new ServiceError('unauthenticated', 'token_needed') }
  }
  const actor = await loadToken({ ...options.service, actor: anonymous }, { token, address })
  if (actor !== undefined) return { actor, refusal: null }
  return { actor: anonymous, refusal: new ServiceError('unauthenticated', 'token_unknown') }
}

/** Throws ServiceError `limited`; of a flood only the first refusal of a minute goes into the audit trail. */
function assertNotTooOften(c: Context, options: ApiOptions, actor: Actor): void {
  if (actor.kind !== 'token') return
  const { isAllowed, isFirstRefused, seconds } = limitOf(options).take(actor.tokenId, options.service.clock())
  if (isAllowed) return
  c.header('retry-after', String(seconds))
  const params = { limit: String(REQUESTS_PER_MINUTE), seconds: String(seconds) }
  throw new ServiceError('limited', 'too_many_requests', params, { isAudited: !isFirstRefused })
}

/** Answers those who bear a key. Refusals go into the audit trail under `action`, each once, those of `work` too. */
export async function answerKey<T>(
  c: Context,
  options: ApiOptions,
  what: { readonly action: string; readonly isChange?: boolean; readonly kind?: string },
  work: (service: ServiceContext) => Promise<T>,
): Promise<T> {
  const { actor, refusal } = await loadCaller(c, options)
  const service: ServiceContext = { ...options.service, actor }
  try {
    return await metricsOf(options).observe(what.action, async () => {
      if (refusal !== null) throw refusal
      assertNotTooOften(c, options, actor)
      return await work(service)
    })
  } catch (error) {
    if (error instanceof ServiceError && isRecorded(error, what.isChange === true ? 'mutation' : 'query')) {
      await refusalLogOf(options).record(service, { action: what.action, object: objectOf(what) }, error)
    }
    throw error
  }
}
