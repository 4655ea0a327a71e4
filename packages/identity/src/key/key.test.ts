import { randomBytes } from 'node:crypto'
import { chmodSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openKeyFile } from './key-file.ts'
import { createSealer, deriveKey } from './seal.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'zhidu-key-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('the key file', () => {
  it('is made once, for its owner alone, and the same ever after, also when two begin at once', async () => {
    const path = join(folder, 'keys', 'installation.key')
    const [key, other] = await Promise.all([openKeyFile(path), openKeyFile(path)])
    expect(key).toHaveLength(32)
    expect(other).toEqual(key)
    expect(await openKeyFile(path)).toEqual(key)
    expect(statSync(path).mode & 0o777).toBe(0o600)
    chmodSync(path, 0o640)
    await expect(openKeyFile(path)).rejects.toMatchObject({ reason: 'key_file_open_to_others', path })
  })

  it('is refused when it holds anything else', async () => {
    for (const [index, text] of ['', 'key', randomBytes(31).toString('base64'), '#'.repeat(44)].entries()) {
      const path = join(folder, `${index}.key`)
      writeFileSync(path, text, { mode: 0o600 })
      await expect(openKeyFile(path)).rejects.toMatchObject({ reason: 'key_file_broken' })
    }
  })
})

describe('what is sealed', () => {
  const key = randomBytes(32)
  const sealer = createSealer(key)
  const plain = Buffer.from('a secret')
  const sealed = sealer.seal('totp', 'account-1', plain)

  it('opens for the same purpose and owner alone, under the same key alone', () => {
    expect(sealer.open('totp', 'account-1', sealed)).toEqual(plain)
    expect(sealer.open('totp', 'account-2', sealed)).toBeNull()
    expect(sealer.open('flow', 'account-1', sealed)).toBeNull()
    expect(createSealer(randomBytes(32)).open('totp', 'account-1', sealed)).toBeNull()
  })

  it('does not open with any one bit changed, nor cut short', () => {
    for (let at = 0; at < sealed.length; at += 1) {
      const changed = Buffer.from(sealed)
      changed[at] = (changed[at] ?? 0) ^ 1
      expect(sealer.open('totp', 'account-1', changed)).toBeNull()
      expect(sealer.open('totp', 'account-1', sealed.subarray(0, at))).toBeNull()
    }
  })

  it('does not show what it holds, and never looks the same', () => {
    expect(sealed.includes(plain)).toBe(false)
    expect(sealer.seal('totp', 'account-1', plain)).not.toEqual(sealed)
    expect(() => createSealer(randomBytes(31))).toThrow(RangeError)
    expect(deriveKey(key, 'a')).not.toEqual(deriveKey(key, 'b'))
  })
})
