import type { Keys } from './keys.ts'
import type { OutboxFile, StoreTransaction } from './ports.ts'

export async function putChunks(
  transaction: StoreTransaction,
  keys: Keys,
  fileId: string,
  bytes: Uint8Array,
): Promise<void> {
  for (let index = 0; index * keys.chunkBytes < bytes.length; index += 1) {
    const from = index * keys.chunkBytes
    // A copy: a view would keep the whole file under every key.
    await transaction.put(keys.chunk(fileId, index), bytes.slice(from, from + keys.chunkBytes))
  }
}

export async function dropChunks(transaction: StoreTransaction, keys: Keys, fileId: string): Promise<void> {
  for (const key of await transaction.list(keys.chunk(fileId))) await transaction.delete(key)
}

/** The bytes from `offset` to the end of their chunk. Throws RangeError where there are none. */
export async function readChunk(
  transaction: StoreTransaction,
  keys: Keys,
  file: OutboxFile,
  offset: number,
): Promise<Uint8Array> {
  const index = Math.floor(offset / keys.chunkBytes)
  const chunk = await transaction.get(keys.chunk(file.fileId, index))
  if (!(chunk instanceof Uint8Array)) throw new RangeError(`${file.fileId} has no byte ${offset}`)
  return chunk.subarray(offset - index * keys.chunkBytes)
}

export async function readWhole(transaction: StoreTransaction, keys: Keys, file: OutboxFile): Promise<Uint8Array> {
  const whole = new Uint8Array(file.size)
  for (let at = 0; at < file.size;) {
    const part = await readChunk(transaction, keys, file, at)
    whole.set(part, at)
    at += part.length
  }
  return whole
}
