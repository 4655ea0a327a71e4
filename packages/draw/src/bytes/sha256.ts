import { listPrimes, rootFraction } from './primes.ts'
import { concat } from './text.ts'

const PRIMES = listPrimes(64)
const K = Int32Array.from(PRIMES, (prime) => Number(BigInt.asIntN(32, rootFraction(prime, 3n, 32n))))
const START = Int32Array.from(PRIMES.slice(0, 8), (prime) => Number(BigInt.asIntN(32, rootFraction(prime, 2n, 32n))))
const BLOCK = 64

function turn(word: number, by: number): number {
  return (word >>> by) | (word << (32 - by))
}

function fillSchedule(w: Int32Array, bytes: Uint8Array, from: number): void {
  for (let t = 0; t < 16; t += 1) {
    const at = from + 4 * t
    w[t] = (bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!
  }
  for (let t = 16; t < 64; t += 1) {
    const [x, y] = [w[t - 15]!, w[t - 2]!]
    const s0 = turn(x, 7) ^ turn(x, 18) ^ (x >>> 3)
    const s1 = turn(y, 17) ^ turn(y, 19) ^ (y >>> 10)
    w[t] = (w[t - 16]! + s0 + w[t - 7]! + s1) | 0
  }
}

function compress(state: Int32Array, w: Int32Array): void {
  let a = state[0]!
  let b = state[1]!
  let c = state[2]!
  let d = state[3]!
  let e = state[4]!
  let f = state[5]!
  let g = state[6]!
  let h = state[7]!
  for (let t = 0; t < 64; t += 1) {
    const t1 = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + K[t]! + w[t]!) | 0
    const t2 = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0
    h = g
    g = f
    f = e
    e = (d + t1) | 0
    d = c
    c = b
    b = a
    a = (t1 + t2) | 0
  }
  state[0] = state[0]! + a
  state[1] = state[1]! + b
  state[2] = state[2]! + c
  state[3] = state[3]! + d
  state[4] = state[4]! + e
  state[5] = state[5]! + f
  state[6] = state[6]! + g
  state[7] = state[7]! + h
}

/** What stands behind a message so that whole blocks are left. Source: FIPS 180-4, 5.1. */
export function paddingOf(length: number, block: number, lengthBytes: number): Uint8Array {
  const zeros = (block - ((length + 1 + lengthBytes) % block)) % block
  const padding = new Uint8Array(1 + zeros + lengthBytes)
  padding[0] = 0x80
  const view = new DataView(padding.buffer)
  view.setBigUint64(padding.length - 8, BigInt(length) * 8n)
  return padding
}

/** SHA-256, 32 bytes. Without `node:crypto` and without a secure context, so that a page from a disk computes it too. */
export function sha256(message: Uint8Array): Uint8Array {
  const state = START.slice()
  const w = new Int32Array(64)
  const whole = message.length - (message.length % BLOCK)
  for (let at = 0; at < whole; at += BLOCK) {
    fillSchedule(w, message, at)
    compress(state, w)
  }
  const rest = concat(message.subarray(whole), paddingOf(message.length, BLOCK, 8))
  for (let at = 0; at < rest.length; at += BLOCK) {
    fillSchedule(w, rest, at)
    compress(state, w)
  }
  const digest = new Uint8Array(32)
  const view = new DataView(digest.buffer)
  for (const [at, word] of state.entries()) view.setInt32(4 * at, word)
  return digest
}

/** HMAC-SHA-256. Source: RFC 2104. */
export function hmacSha256(key: Uint8Array, message: Uint8Array): Uint8Array {
  const padded = new Uint8Array(BLOCK)
  padded.set(key.length > BLOCK ? sha256(key) : key)
  const inner = sha256(
    concat(
      padded.map((byte) => byte ^ 0x36),
      message,
    ),
  )
  return sha256(
    concat(
      padded.map((byte) => byte ^ 0x5c),
      inner,
    ),
  )
}
