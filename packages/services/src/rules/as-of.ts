import { cutToSecond } from '@zhidu/domain'
import type { ServiceContext } from '../context.ts'

/** The instant a question is about: the one given (ISO with offset), else now; whole seconds. */
export function resolveAsOf(ctx: ServiceContext, asOf: string | undefined): number {
  return cutToSecond(asOf === undefined ? ctx.clock() : Date.parse(asOf))
}

/** The instant a question is about, and whether it was asked for: a frozen quarter answers by itself unless it was. */
export interface AskedInstant {
  /** Epoch ms, whole seconds. */
  readonly asOf: number
  readonly isGiven: boolean
}

export function askedInstant(ctx: ServiceContext, asOf: string | undefined): AskedInstant {
  return { asOf: resolveAsOf(ctx, asOf), isGiven: asOf !== undefined }
}
