import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { createSealer, deriveKey } from './seal.ts'

/** 'a secret' of account-1, sealed for totp under 32 bytes of 7. */
const SEALED = 'AW6pCnwGnwHLbmc/d5U5XrqLZa2DUpEm+EBf9MCJkE8KjwwuhA=='

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

it('opens what was sealed before, byte for byte, and a secret without any', () => {
  const sealer = createSealer(Buffer.alloc(32, 7))
  expect(sealer.open('totp', 'account-1', Buffer.from(SEALED, 'base64'))).toEqual(Buffer.from('a secret'))
  expect(sealer.open('totp', 'account-1', sealer.seal('totp', 'account-1', Buffer.alloc(0)))).toEqual(Buffer.alloc(0))
})
