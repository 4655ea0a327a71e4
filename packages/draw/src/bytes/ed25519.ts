import { sha512 } from './sha512.ts'
import { concat, isSameBytes } from './text.ts'

const P = (1n << 255n) - 19n
/** The order of the base point. */
const L = (1n << 252n) + 27742317777372353535851937790883648493n

function mod(value: bigint, by = P): bigint {
  const rest = value % by
  return rest >= 0n ? rest : rest + by
}

function power(base: bigint, exponent: bigint): bigint {
  let [result, square] = [1n, mod(base)]
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if ((rest & 1n) === 1n) result = (result * square) % P
    square = (square * square) % P
  }
  return result
}

function inverse(value: bigint): bigint {
  return power(value, P - 2n)
}

const D = mod(-121665n * inverse(121666n))
const ROOT_OF_MINUS_ONE = power(2n, (P - 1n) / 4n)

/** Extended coordinates: x = X/Z, y = Y/Z, xy = T/Z. */
interface Point {
  readonly x: bigint
  readonly y: bigint
  readonly z: bigint
  readonly t: bigint
}

const ZERO: Point = { x: 0n, y: 1n, z: 1n, t: 0n }

function add(p: Point, q: Point): Point {
  const a = mod((p.y - p.x) * (q.y - q.x))
  const b = mod((p.y + p.x) * (q.y + q.x))
  const c = mod(2n * p.t * q.t * D)
  const d = mod(2n * p.z * q.z)
  const [e, f, g, h] = [b - a, d - c, d + c, b + a]
  return { x: mod(e * f), y: mod(g * h), z: mod(f * g), t: mod(e * h) }
}

function times(point: Point, scalar: bigint): Point {
  let [result, doubled] = [ZERO, point]
  for (let rest = scalar; rest > 0n; rest >>= 1n) {
    if ((rest & 1n) === 1n) result = add(result, doubled)
    doubled = add(doubled, doubled)
  }
  return result
}

function fromLittleEndian(bytes: Uint8Array): bigint {
  return bytes.reduceRight((value, byte) => (value << 8n) | BigInt(byte), 0n)
}

function pointFrom(y: bigint, isOdd: boolean): Point | null {
  if (y >= P) return null
  const square = mod((y * y - 1n) * inverse(D * y * y + 1n))
  let x = power(square, (P + 3n) / 8n)
  if (mod(x * x) !== square) x = mod(x * ROOT_OF_MINUS_ONE)
  if (mod(x * x) !== square || (x === 0n && isOdd)) return null
  if (((x & 1n) === 1n) !== isOdd) x = mod(-x)
  return { x, y, z: 1n, t: mod(x * y) }
}

function decodePoint(bytes: Uint8Array): Point | null {
  const value = fromLittleEndian(bytes)
  return pointFrom(BigInt.asUintN(255, value), value >> 255n === 1n)
}

function encodePoint({ x, y, z }: Point): Uint8Array {
  const scale = inverse(z)
  const value = mod(y * scale) | ((mod(x * scale) & 1n) << 255n)
  return Uint8Array.from({ length: 32 }, (_, at) => Number((value >> BigInt(8 * at)) & 0xffn))
}

const BASE = pointFrom(mod(4n * inverse(5n)), false) ?? ZERO

/**
 * Whether `signature` (64 bytes) is the key's (32 bytes) over `message`. Verifies only: it holds no secret, so its time may
 * depend on what it is given. Here because browsers before 2025 have no Ed25519. Source: RFC 8032, 5.1.7.
 */
export function verifyEd25519(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  if (publicKey.length !== 32 || signature.length !== 64) return false
  const a = decodePoint(publicKey)
  const r = signature.subarray(0, 32)
  const s = fromLittleEndian(signature.subarray(32))
  if (a === null || s >= L) return false
  const k = mod(fromLittleEndian(sha512(concat(r, publicKey, message))), L)
  const minusA = { ...a, x: mod(-a.x), t: mod(-a.t) }
  return isSameBytes(encodePoint(add(times(BASE, s), times(minusA, k))), r)
}
