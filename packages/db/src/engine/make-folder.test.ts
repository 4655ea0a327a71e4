import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openDataHome } from './data-home.ts'
import { makeFolder } from './make-folder.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'zhidu-folder-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

it('makes every level that is missing, and none that is there', () => {
  makeFolder(join(folder, 'a/b/c'))
  makeFolder(join(folder, 'a/b/c'))
  expect(existsSync(join(folder, 'a/b/c'))).toBe(true)
})

it('says what the system says when a level is a file', () => {
  writeFileSync(join(folder, 'file'), '')
  expect(() => makeFolder(join(folder, 'file/below'))).toThrow(/ENOTDIR/)
})

it.runIf(process.platform === 'linux')('ends, with words, where nothing can be made at all', () => {
  expect(() => openDataHome('/proc/zhidu/data')).toThrow(expect.objectContaining({ name: 'EngineError' }))
})
