export const SERVICE_ERROR_CODES = [
  'not_found',
  'forbidden',
  'conflict',
  'invalid',
  'unauthenticated',
  'limited',
] as const
export type ServiceErrorCode = (typeof SERVICE_ERROR_CODES)[number]

/** An expected refusal. `reason` is a key of the message catalogue; `params` fill it. */
export class ServiceError extends Error {
  override readonly name = 'ServiceError'
  readonly code: ServiceErrorCode
  readonly reason: string
  readonly params: Readonly<Record<string, string>>
  /** True when the service has put it into the audit trail, with what it changed. */
  readonly isAudited: boolean

  constructor(
    code: ServiceErrorCode,
    reason: string,
    params: Record<string, string> = {},
    options?: { cause?: unknown; isAudited?: boolean },
  ) {
    super(`${code}: ${reason}`, options)
    this.code = code
    this.reason = reason
    this.params = params
    this.isAudited = options?.isAudited ?? false
  }
}
