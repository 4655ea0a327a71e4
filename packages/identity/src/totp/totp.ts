import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { toBase32 } from './base32.ts'

/** RFC 6238 with what every authenticator knows: SHA-1, 30 seconds, six digits. */
const STEP_SECONDS = 30
const DIGITS = 6
/** Steps before and after the present one that are taken, for clocks that differ. */
const TOLERANCE = 1
/** RFC 4226 recommends 160 bits. */
const SECRET_BYTES = 20

export function makeTotpSecret(): Buffer {
  return randomBytes(SECRET_BYTES)
}

/** `now`: epoch ms. */
export function totpStep(now: number): number {
  return Math.floor(now / 1000 / STEP_SECONDS)
}

/** The code of one step, `digits` long (RFC 4226 section 5.3). */
export function totpCode(secret: Uint8Array, step: number, digits: number = DIGITS): string {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(step))
  const digest = createHmac('sha1', secret).update(counter).digest()
  const offset = digest.readUInt8(digest.length - 1) & 0x0f
  const number = digest.readUInt32BE(offset) & 0x7fffffff
  return String(number % 10 ** digits).padStart(digits, '0')
}

/**
 * The step a code is of, or null. Only steps after `lastStep` count, so that nobody uses a code twice; the caller keeps the
 * step it gets. `now`: epoch ms.
 */
export function findTotpStep(given: {
  readonly secret: Uint8Array
  readonly code: string
  readonly now: number
  readonly lastStep: number | null
}): number | null {
  const code = Buffer.from(given.code)
  if (code.length !== DIGITS) return null
  const present = totpStep(given.now)
  let found: number | null = null
  for (let step = Math.max(0, present - TOLERANCE); step <= present + TOLERANCE; step += 1) {
    const isRight = timingSafeEqual(code, Buffer.from(totpCode(given.secret, step)))
    if (isRight && step > (given.lastStep ?? -1)) found ??= step
  }
  return found
}

/** What an authenticator reads, as text; `issuer`: name of the installation. */
export function toTotpUri(secret: Uint8Array, loginName: string, issuer: string): string {
  const label = `${encodeURIComponent(issuer)}:${encodeURIComponent(loginName)}`
  const rest = `issuer=${encodeURIComponent(issuer)}&algorithm=SHA1&digits=${DIGITS}&period=${STEP_SECONDS}`
  return `otpauth://totp/${label}?secret=${toBase32(secret)}&${rest}`
}
