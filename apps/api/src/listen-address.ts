import { isIPv4, isIPv6 } from 'node:net'

export interface ListenAddress {
  readonly host: string
  readonly port: number
}

/** Why an address cannot be used; `reason` is worded by the command line. */
export class ListenAddressError extends Error {
  override readonly name = 'ListenAddressError'
  readonly reason: 'not_loopback' | 'bad_port'
  readonly value: string

  constructor(reason: 'not_loopback' | 'bad_port', value: string) {
    super(`${reason}: ${value}`)
    this.reason = reason
    this.value = value
  }
}

/** True for 127.0.0.0/8, ::1 and the name `localhost`. */
export function isLoopback(host: string): boolean {
  if (isIPv4(host)) return host.startsWith('127.')
  if (isIPv6(host)) return host === '::1'
  return host.toLowerCase() === 'localhost'
}

/**
 * Where to listen, from `HOST` and `PORT`. Without accounts anybody who reaches the port can change everything, so only
 * addresses of this machine are taken. Port 0 = any free one. Throws ListenAddressError.
 */
export function listenAddress(env: {
  readonly HOST?: string | undefined
  readonly PORT?: string | undefined
}): ListenAddress {
  const host = env.HOST ?? '127.0.0.1'
  const text = env.PORT ?? '3000'
  if (!isLoopback(host)) throw new ListenAddressError('not_loopback', host)
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN
  if (!(port >= 0 && port <= 65_535)) throw new ListenAddressError('bad_port', text)
  return { host, port }
}
