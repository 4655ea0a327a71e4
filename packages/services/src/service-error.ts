export const SERVICE_ERROR_CODES = ['not_found', 'forbidden', 'conflict', 'invalid'] as const
export type ServiceErrorCode = (typeof SERVICE_ERROR_CODES)[number]

/** An expected refusal. `reason` is a key of the message catalogue; `params` fill it. */
export class ServiceError extends Error {
  override readonly name = 'ServiceError'
  readonly code: ServiceErrorCode
  readonly reason: string
  readonly params: Readonly<Record<string, string>>

  constructor(
    code: ServiceErrorCode,
    reason: string,
    params: Record<string, string> = {},
    options?: { cause?: unknown },
  ) {
    super(`${code}: ${reason}`, options)
    this.code = code
    this.reason = reason
    this.params = params
  }
}
