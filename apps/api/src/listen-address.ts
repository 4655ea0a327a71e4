import { isIPv4, isIPv6 } from 'node:net'

export interface ListenAddress {
  /** An address, or `localhost`. */
  readonly host: string
  /** 0 = any free one. */
  readonly port: number
}

/** True for 127.0.0.0/8, ::1 and the name `localhost`. */
export function isLoopback(host: string): boolean {
  if (isIPv4(host)) return host.startsWith('127.')
  if (isIPv6(host)) return host === '::1'
  return host.toLowerCase() === 'localhost'
}
