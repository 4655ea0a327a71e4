import type { Permission } from '@zhidu/domain'
import { ServiceError } from '@zhidu/services'
import type { Caller } from './context.ts'

/** What a procedure or a route asks of its caller. */
export interface Demand {
  /** One of several is enough. */
  readonly permission: Permission | readonly Permission[] | 'public'
  /** Answered also while the password must be changed first. */
  readonly beforePasswordChange?: boolean
  /** Answered also while the security administrator looks through somebody's eyes, though it changes something. */
  readonly whileViewing?: boolean
}

type RequestType = 'query' | 'mutation' | 'subscription'

/** Throws the refusal a caller has earned; `undefined` demand = nobody said who may, so nobody may. */
export function assertMay({ actor, hasEnded }: Caller, demand: Demand | undefined, type: RequestType): void {
  if (demand?.permission === 'public') return
  if (actor.kind === 'anonymous') {
    throw new ServiceError('unauthenticated', hasEnded ? 'session_ended' : 'not_signed_in')
  }
  if (demand === undefined || actor.kind !== 'account') throw new ServiceError('forbidden', 'role_forbids')
  if (actor.mustChangePassword && demand.beforePasswordChange !== true) {
    throw new ServiceError('forbidden', 'password_change_needed')
  }
  if (actor.viewer !== null && type !== 'query' && demand.whileViewing !== true) {
    throw new ServiceError('forbidden', 'viewing_only')
  }
  const wanted = typeof demand.permission === 'string' ? [demand.permission] : demand.permission
  if (!wanted.some((permission) => actor.permissions.has(permission)))
    throw new ServiceError('forbidden', 'role_forbids')
}

/** Every refused change, and every read refused for who asks or for what is not there to be seen. */
export function isRecorded(refusal: ServiceError, type: RequestType): boolean {
  return type === 'mutation' || ['forbidden', 'unauthenticated', 'limited', 'not_found'].includes(refusal.code)
}

/** Fields that name what a request is about, the most telling first. */
const KEYS = [
  'caseId',
  'inquiryId',
  'leadCode',
  'informantId',
  'messageId',
  'appealId',
  'checkCode',
  'inspectionId',
  'orderId',
  'bulletinId',
  'drawId',
  'planId',
  'eventCode',
  'accountId',
  'tokenId',
  'sessionId',
  'importId',
  'id',
  'unitCode',
  'group',
  'kind',
  'quarter',
] as const
const MAX_CHARACTERS = 200

/** `unitCode/C01` of an input, as the audit trail names it; null = it names nothing. */
export function objectOf(input: unknown): string | null {
  if (typeof input !== 'object' || input === null) return null
  const fields = new Map<string, unknown>(Object.entries(input))
  const key = KEYS.find((candidate) => typeof fields.get(candidate) === 'string')
  return key === undefined ? null : `${key}/${String(fields.get(key)).slice(0, MAX_CHARACTERS)}`
}
