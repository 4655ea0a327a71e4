import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'

const KEY_BYTES = 32
const NONCE_BYTES = 12
const TAG_BYTES = 16
/** First byte of everything sealed, so that another cipher can follow. */
const VERSION = 1

/** Encrypts small secrets under the installation's key. */
export interface Sealer {
  /** AES-256-GCM; opens only for the same `purpose` and `about`, such as the account it belongs to. */
  seal(purpose: string, about: string, plain: Uint8Array): Buffer
  /** Null for what was sealed by another key, for something else, or was changed. */
  open(purpose: string, about: string, sealed: Uint8Array): Buffer | null
}

/** A key of its own for each purpose; `key`: at least 32 bytes. */
export function deriveKey(key: Uint8Array, purpose: string): Buffer {
  if (key.length < KEY_BYTES) throw new RangeError(`an installation key has ${KEY_BYTES} bytes, not ${key.length}`)
  return Buffer.from(hkdfSync('sha256', key, '', `zhidu ${purpose}`, KEY_BYTES))
}

export function createSealer(key: Uint8Array): Sealer {
  deriveKey(key, 'check')
  return {
    seal: (purpose, about, plain) => {
      const nonce = randomBytes(NONCE_BYTES)
      const cipher = createCipheriv('aes-256-gcm', deriveKey(key, purpose), nonce)
      cipher.setAAD(Buffer.from(about))
      const text = Buffer.concat([cipher.update(plain), cipher.final()])
      return Buffer.concat([Buffer.of(VERSION), nonce, cipher.getAuthTag(), text])
    },
    open: (purpose, about, sealed) => {
      const bytes = Buffer.from(sealed)
      const start = 1 + NONCE_BYTES + TAG_BYTES
      if (bytes.length < start || bytes[0] !== VERSION) return null
      const nonce = bytes.subarray(1, 1 + NONCE_BYTES)
      const decipher = createDecipheriv('aes-256-gcm', deriveKey(key, purpose), nonce, { authTagLength: TAG_BYTES })
      decipher.setAAD(Buffer.from(about))
      decipher.setAuthTag(bytes.subarray(1 + NONCE_BYTES, start))
      try {
        return Buffer.concat([decipher.update(bytes.subarray(start)), decipher.final()])
      } catch {
        return null
      }
    },
  }
}
