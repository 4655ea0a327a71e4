import type { TreeChoice } from '@zhidu/domain'

/** How a question says by which tree; the tree of then goes without saying. */
export function treeInput(tree: TreeChoice): { readonly tree?: TreeChoice } {
  return tree === 'now' ? { tree } : {}
}
