import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/**
 * @param {string} root
 * @param {readonly string[]} files relative to `root`; their order does not matter, a missing one counts as missing
 * @param {readonly string[]} [salt] what else the result depends on
 * @returns {string}
 */
export function fingerprint(root, files, salt = []) {
  const hash = createHash('sha256').update(JSON.stringify(salt))
  for (const file of [...files].sort()) {
    const path = join(root, file)
    hash.update(`\0${file}\0`)
    hash.update(existsSync(path) ? createHash('sha256').update(readFileSync(path)).digest() : 'missing')
  }
  return hash.digest('hex')
}

/** @param {string} root @returns {string[]} the folders of the workspace's packages, relative to the root */
export function workspaceFolders(root) {
  return ['apps', 'packages'].flatMap((group) => {
    const path = join(root, group)
    if (!existsSync(path)) return []
    return readdirSync(path)
      .filter((name) => existsSync(join(path, name, 'package.json')))
      .map((name) => `${group}/${name}`)
  })
}

/**
 * @param {string} root
 * @param {string} folder
 * @param {(name: string) => boolean} isSkipped by the name of a file or folder
 * @returns {string[]} every file below, relative to the root
 */
export function filesBelow(root, folder, isSkipped) {
  const path = join(root, folder)
  if (!existsSync(path)) return []
  return readdirSync(path, { withFileTypes: true }).flatMap((entry) => {
    if (isSkipped(entry.name)) return []
    const file = `${folder}/${entry.name}`
    return entry.isDirectory() ? filesBelow(root, file, isSkipped) : [file]
  })
}

/**
 * What a finished step leaves behind: the fingerprint of what it was made from. It is taken away before the step starts
 * and written whole after it ends, so a step that was cut off is done again.
 * @param {string} path
 */
export function stamp(path) {
  return {
    /** @param {string} value @returns {boolean} */
    matches(value) {
      return existsSync(path) && readFileSync(path, 'utf8') === value
    },
    clear() {
      rmSync(path, { force: true })
    },
    /** @param {string} value */
    write(value) {
      mkdirSync(dirname(path), { recursive: true })
      const incoming = `${path}.${process.pid}`
      writeFileSync(incoming, value)
      renameSync(incoming, path)
    },
  }
}
