import { BlockList, isIP, isIPv4 } from 'node:net'
import type { Context } from 'hono'
import type { EdgeOptions } from './guards.ts'

const MAPPED = /^::ffff:(?=\d+\.)/i

/** `127.0.0.1` of `::ffff:127.0.0.1`; null for what is no address. */
function toAddress(text: string | undefined): string | null {
  const plain = (text ?? '').trim().replace(MAPPED, '')
  return isIP(plain) === 0 ? null : plain
}

/** True for a member of `networks`: addresses or networks such as `10.0.0.0/8`; false for what is no address. */
export function isAddressAmong(text: string | undefined, networks: readonly string[]): boolean {
  const address = toAddress(text)
  if (address === null) return false
  const list = new BlockList()
  for (const network of networks) {
    const [base = '', prefix] = network.split('/')
    const family = isIPv4(base) ? 'ipv4' : 'ipv6'
    if (prefix === undefined) list.addAddress(base, family)
    else list.addSubnet(base, Number(prefix), family)
  }
  return list.check(address, isIPv4(address) ? 'ipv4' : 'ipv6')
}

/** What the connection itself says; the server hands its request over as `incoming`. */
function peerOf(c: Context): string | null {
  const env: { readonly incoming?: { readonly socket?: { readonly remoteAddress?: string } } } | undefined = c.env
  return toAddress(env?.incoming?.socket?.remoteAddress)
}

/** The nearest of the addresses in `X-Forwarded-For` that is no proxy of ours; everything left of it is hearsay. */
function forwardedFor(header: string | undefined, proxies: readonly string[]): string | null {
  if (header === undefined) return null
  const nearest = header
    .split(',')
    .map(toAddress)
    .findLast((address) => address === null || !isAddressAmong(address, proxies))
  return nearest ?? null
}

/**
 * Where a request comes from, for the audit trail and for limits. Only a trusted proxy may name another address than its
 * own, in `X-Real-IP` or `X-Forwarded-For`; where the two disagree one of them came from outside, and the proxy's own
 * address counts. `unknown` without a connection.
 */
export function clientAddress(c: Context, options: Pick<EdgeOptions, 'trustedProxies'>): string {
  const peer = peerOf(c)
  if (peer === null) return 'unknown'
  if (!isAddressAmong(peer, options.trustedProxies)) return peer
  const real = toAddress(c.req.header('x-real-ip'))
  const forwarded = forwardedFor(c.req.header('x-forwarded-for'), options.trustedProxies)
  if (real !== null && forwarded !== null && real !== forwarded) return peer
  return real ?? forwarded ?? peer
}
