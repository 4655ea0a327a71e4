import { hash } from 'node:crypto'
import { HASH_BYTES } from '../entry/entry-hash.ts'

/** The whole subtrees of a growing Merkle tree, largest first: as many as the size has ones in binary. */
export interface MerkleTree {
  readonly size: number
  readonly peaks: readonly Uint8Array[]
}

export const EMPTY_TREE: MerkleTree = { size: 0, peaks: [] }

function hashNode(left: Uint8Array, right: Uint8Array): Uint8Array {
  const bytes = Buffer.allocUnsafe(1 + 2 * HASH_BYTES)
  bytes[0] = 1
  bytes.set(left, 1)
  bytes.set(right, 1 + HASH_BYTES)
  return hash('sha256', bytes, 'buffer')
}

/** The tree with one more leaf, given by its hash (32 bytes). Source: RFC 6962 §2.1. */
export function addLeaf(tree: MerkleTree, leaf: Uint8Array): MerkleTree {
  if (leaf.length !== HASH_BYTES) throw new RangeError(`a leaf hash has ${HASH_BYTES} bytes`)
  const peaks = [...tree.peaks]
  let node = leaf
  for (let rest = tree.size; rest % 2 === 1; rest = (rest - 1) / 2) {
    const left = peaks.pop()
    if (left === undefined) throw new RangeError('the tree has fewer subtrees than its size asks for')
    node = hashNode(left, node)
  }
  peaks.push(node)
  return { size: tree.size + 1, peaks }
}

/** Merkle tree hash, 32 bytes; of no leaves the hash of nothing. Source: RFC 6962 §2.1. */
export function rootOf({ peaks }: MerkleTree): Uint8Array {
  if (peaks.length === 0) return hash('sha256', '', 'buffer')
  return peaks.reduceRight((right, left) => hashNode(left, right))
}
