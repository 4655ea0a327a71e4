import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addLeaf, EMPTY_TREE, rootOf } from './merkle-tree.ts'

function sha256(...parts: readonly Uint8Array[]): Buffer {
  const sum = createHash('sha256')
  for (const part of parts) sum.update(part)
  return sum.digest()
}

function leafOf(data: Uint8Array): Buffer {
  return sha256(Uint8Array.of(0), data)
}

/** The definition of RFC 6962 §2.1 as it stands there, over leaf hashes. */
function naiveRoot(leaves: readonly Uint8Array[]): Uint8Array {
  const [only] = leaves
  if (only === undefined) return sha256()
  if (leaves.length === 1) return only
  let split = 1
  while (split * 2 < leaves.length) split *= 2
  return sha256(Uint8Array.of(1), naiveRoot(leaves.slice(0, split)), naiveRoot(leaves.slice(split)))
}

/** Inputs and roots of the tests of Certificate Transparency. */
const CT_LEAVES = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f']
const CT_ROOTS = [
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
]

describe('a growing Merkle tree', () => {
  it('has the published roots', () => {
    expect(Buffer.from(rootOf(EMPTY_TREE)).toString('hex')).toBe(
      'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    )
    let tree = EMPTY_TREE
    const roots = CT_LEAVES.map((leaf) => {
      tree = addLeaf(tree, leafOf(Buffer.from(leaf, 'hex')))
      return Buffer.from(rootOf(tree)).toString('hex')
    })
    expect(roots).toEqual(CT_ROOTS)
  })

  it('has the root of the definition at every size, and keeps no more hashes than the size has ones', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 8 }), { maxLength: 70 }), (data) => {
        const leaves = data.map(leafOf)
        let tree = EMPTY_TREE
        for (const [index, leaf] of leaves.entries()) {
          tree = addLeaf(tree, leaf)
          expect(tree.peaks).toHaveLength([...tree.size.toString(2)].filter((bit) => bit === '1').length)
          expect(Buffer.compare(rootOf(tree), naiveRoot(leaves.slice(0, index + 1)))).toBe(0)
        }
      }),
      { numRuns: 50 },
    )
  })

  it('takes hashes only', () => {
    expect(() => addLeaf(EMPTY_TREE, Buffer.alloc(31))).toThrow(RangeError)
  })
})
