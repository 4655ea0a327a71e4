import { listPrimes, rootFraction } from './primes.ts'
import { paddingOf } from './sha256.ts'
import { concat } from './text.ts'

const PRIMES = listPrimes(80)
const K = PRIMES.map((prime) => rootFraction(prime, 3n, 64n))
const START = PRIMES.slice(0, 8).map((prime) => rootFraction(prime, 2n, 64n))
const BLOCK = 128
const MASK = (1n << 64n) - 1n

function turn(word: bigint, by: bigint): bigint {
  return (word >> by) | ((word << (64n - by)) & MASK)
}

function scheduleOf(view: DataView, from: number): bigint[] {
  const w: bigint[] = []
  for (let t = 0; t < 16; t += 1) w.push(view.getBigUint64(from + 8 * t))
  for (let t = 16; t < 80; t += 1) {
    const [x, y] = [w[t - 15]!, w[t - 2]!]
    const s0 = turn(x, 1n) ^ turn(x, 8n) ^ (x >> 7n)
    const s1 = turn(y, 19n) ^ turn(y, 61n) ^ (y >> 6n)
    w.push((w[t - 16]! + s0 + w[t - 7]! + s1) & MASK)
  }
  return w
}

function compress(state: readonly bigint[], w: readonly bigint[]): bigint[] {
  let [a, b, c, d] = [state[0]!, state[1]!, state[2]!, state[3]!]
  let [e, f, g, h] = [state[4]!, state[5]!, state[6]!, state[7]!]
  for (const [t, word] of w.entries()) {
    const choice = (e & f) ^ (~e & MASK & g)
    const t1 = h + (turn(e, 14n) ^ turn(e, 18n) ^ turn(e, 41n)) + choice + K[t]! + word
    const t2 = (turn(a, 28n) ^ turn(a, 34n) ^ turn(a, 39n)) + ((a & b) ^ (a & c) ^ (b & c))
    ;[h, g, f, e, d, c, b, a] = [g, f, e, (d + t1) & MASK, c, b, a, (t1 + t2) & MASK]
  }
  return [a, b, c, d, e, f, g, h].map((word, at) => (state[at]! + word) & MASK)
}

/** SHA-512, 64 bytes: what Ed25519 is defined by. For short texts: it is slow. */
export function sha512(message: Uint8Array): Uint8Array {
  const whole = concat(message, paddingOf(message.length, BLOCK, 16))
  const view = new DataView(whole.buffer)
  let state: readonly bigint[] = START
  for (let at = 0; at < whole.length; at += BLOCK) state = compress(state, scheduleOf(view, at))
  const digest = new Uint8Array(64)
  const out = new DataView(digest.buffer)
  for (const [at, word] of state.entries()) out.setBigUint64(8 * at, word)
  return digest
}
