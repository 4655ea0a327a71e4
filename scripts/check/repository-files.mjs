import { readdirSync } from 'node:fs'
import { join } from 'node:path'

const NOT_OURS = /^(\.git|\.toolchain|\.turbo|\.zhidu|node_modules|dist|coverage)$|\.(log|tsbuildinfo)$/

/**
 * The files of the working copy as git would list them; without git, which refuses when another user owns the folder
 * and is missing where the source came as an archive.
 * @param {string} root
 * @param {string} [folder] relative, '' for the root
 * @returns {string[]} with `/`, relative to the root
 */
export function repositoryFiles(root, folder = '') {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    if (NOT_OURS.test(entry.name)) return []
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`
    return entry.isDirectory() ? repositoryFiles(root, path) : [path]
  })
}
