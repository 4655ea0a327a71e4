import { type Actor, ServiceError, type ServiceContext } from '@zhidu/services'
import type { Context } from 'hono'
import { assertMay, type Demand, isRecorded, objectOf } from './access.ts'
import { clientAddress } from './client-address.ts'
import { metricsOf } from './metrics/request-metrics.ts'
import type { ApiOptions, Caller } from './context.ts'
import { refusalLogOf } from './refusal-log.ts'
import { readSessionCookie } from './session-cookie.ts'

const callers = new WeakMap<Request, Promise<Caller>>()

async function load(c: Context, options: ApiOptions): Promise<Caller> {
  const address = clientAddress(c, options)
  const anonymous: Actor = { kind: 'anonymous', address }
  const token = readSessionCookie(c, options)
  if (token === null) return { actor: anonymous, token: null, hasEnded: false }
  const actor = await options.loadActor({ token, address })
  return actor === undefined ? { actor: anonymous, token: null, hasEnded: true } : { actor, token, hasEnded: false }
}

/** Who a request comes from; asked of the database once a request, however many calls it holds. */
export function callerOf(c: Context, options: ApiOptions): Promise<Caller> {
  const { raw } = c.req
  const known = callers.get(raw) ?? load(c, options)
  callers.set(raw, known)
  return known
}

/**
 * Answers a route to those who may, with the services as they may use them. Refusals go into the audit trail under `action`,
 * those of `work` too.
 */
export async function answerTo<T>(
  c: Context,
  options: ApiOptions,
  what: { readonly action: string; readonly demand: Demand; readonly isChange?: boolean; readonly about?: object },
  work: (service: ServiceContext) => Promise<T>,
): Promise<T> {
  const caller = await callerOf(c, options)
  const service: ServiceContext = { ...options.service, actor: caller.actor }
  const type = what.isChange === true ? 'mutation' : 'query'
  try {
    return await metricsOf(options).observe(what.action, async () => {
      assertMay(caller, what.demand, type)
      return await work(service)
    })
  } catch (error) {
    if (error instanceof ServiceError && isRecorded(error, type)) {
      await refusalLogOf(options).record(service, { action: what.action, object: objectOf(what.about) }, error)
    }
    throw error
  }
}
