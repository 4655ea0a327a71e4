import { cutToSecond } from '@zhidu/domain'
import type { ServiceContext } from '../context.ts'

/** The instant a question is about: the one given (ISO with offset), else now; whole seconds. */
export function resolveAsOf(ctx: ServiceContext, asOf: string | undefined): number {
  return cutToSecond(asOf === undefined ? ctx.clock() : Date.parse(asOf))
}
