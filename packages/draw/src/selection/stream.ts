import { hmacSha256 } from '../bytes/sha256.ts'
import { toUtf8 } from '../bytes/text.ts'

const WORDS_PER_BLOCK = 4
const RANGE = 1n << 64n

/**
 * The bytes behind one label: HMAC-SHA-256(key, `label`, newline, block number from 0) one block after another, read as
 * 64-bit numbers, the highest byte first. Each step of a draw has a label of its own.
 */
export function readWord(key: Uint8Array, label: string, index: number): bigint {
  const block = hmacSha256(key, toUtf8(`${label}\n${Math.floor(index / WORDS_PER_BLOCK)}`))
  return new DataView(block.buffer).getBigUint64(8 * (index % WORDS_PER_BLOCK))
}

/**
 * A whole number from 0 to `bound` - 1, each equally likely: words at or above the last whole multiple of `bound` are
 * thrown away. `bound`: 1 to 2^53 - 1, else RangeError.
 */
export function drawNumber(key: Uint8Array, label: string, bound: number): number {
  if (!Number.isSafeInteger(bound) || bound < 1) throw new RangeError(`nothing to draw from ${bound}`)
  const wide = BigInt(bound)
  const limit = RANGE - (RANGE % wide)
  for (let index = 0; ; index += 1) {
    const word = readWord(key, label, index)
    if (word < limit) return Number(word % wide)
  }
}
