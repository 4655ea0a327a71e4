import { describe, expect, it } from 'vitest'
import { addLeaf, EMPTY_TREE, type MerkleTree, rootOf } from '../merkle/merkle-tree.ts'
import { type Checkpoint, computeNextCheckpoint } from './checkpoint.ts'

const ORIGIN = 'example.org/zhidu'

function leaf(number: number): Uint8Array {
  return Buffer.alloc(32, number)
}

function treeOf(leaves: readonly Uint8Array[]): MerkleTree {
  return leaves.reduce(addLeaf, EMPTY_TREE)
}

function checkpointOf(leaves: readonly Uint8Array[]): Checkpoint {
  return { origin: ORIGIN, size: leaves.length, root: rootOf(treeOf(leaves)) }
}

async function* stream(leaves: readonly Uint8Array[]) {
  for (const one of leaves) yield await Promise.resolve(one)
}

const LEAVES = [1, 2, 3, 4, 5].map(leaf)

describe('the next checkpoint', () => {
  it.each([0, 1, 3, 5])('continues one of %i entries, whether they are read again or remembered', async (size) => {
    const known = LEAVES.slice(0, size)
    const last = checkpointOf(known)
    const read = await computeNextCheckpoint({ origin: ORIGIN, last, leaves: stream(LEAVES) })
    const from = treeOf(known)
    const remembered = await computeNextCheckpoint({ origin: ORIGIN, last, leaves: stream(LEAVES.slice(size)), from })
    const tree = treeOf(LEAVES)
    const next = size === 5 ? { kind: 'same', tree } : { kind: 'next', tree, checkpoint: checkpointOf(LEAVES) }
    expect(read).toEqual(next)
    expect(remembered).toEqual(next)
  })

  it('is the first, or none of nothing', async () => {
    const first = await computeNextCheckpoint({ origin: ORIGIN, last: null, leaves: stream(LEAVES.slice(0, 1)) })
    expect(first).toMatchObject({ kind: 'next', checkpoint: { size: 1 } })
    expect((await computeNextCheckpoint({ origin: ORIGIN, last: null, leaves: stream([]) })).kind).toBe('same')
  })

  it.each([
    ['an entry was changed', [leaf(1), leaf(9), leaf(3), leaf(4)], ORIGIN, undefined],
    ['an entry was put in', [leaf(1), leaf(2), leaf(2), leaf(3)], ORIGIN, undefined],
    ['the end is gone', [leaf(1), leaf(2)], ORIGIN, undefined],
    ['it is another log', LEAVES, 'example.org/other', undefined],
    ['the tree remembered is another', [leaf(4)], ORIGIN, treeOf([leaf(1), leaf(2), leaf(9)])],
    ['more is remembered than was signed', [], ORIGIN, treeOf(LEAVES)],
  ])('is refused when %s', async (_, leaves, origin, from) => {
    const last = checkpointOf(LEAVES.slice(0, 3))
    const args = { origin, last, leaves: stream(leaves), ...(from === undefined ? {} : { from }) }
    expect(await computeNextCheckpoint(args)).toEqual({ kind: 'inconsistent', last })
  })
})
