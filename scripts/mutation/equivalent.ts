import type { Equivalent } from './score.ts'

/** Looked at one by one. */
export const EQUIVALENT: readonly Equivalent[] = [
  {
    file: 'packages/identity/src/key/seal.ts',
    line: "deriveKey(key, 'check')",
    was: "'check'",
    replacements: ["''"],
    reason: 'a key is derived to see that it is long enough, and thrown away',
  },
  {
    file: 'packages/identity/src/key/seal.ts',
    line: "const decipher = createDecipheriv('aes-256-gcm', deriveKey(key, purpose), nonce, { authTagLength: TAG_BYTES })",
    was: '{ authTagLength: TAG_BYTES }',
    replacements: ['{}'],
    reason: 'what is shorter was refused two lines above, so the tag always has its 16 bytes',
  },
  {
    file: 'packages/identity/src/totp/totp.ts',
    line: 'if (isRight && step > (given.lastStep ?? -1)) found ??= step',
    was: '1',
    replacements: ['2'],
    reason: 'no step is below 0',
  },
  {
    file: 'packages/services/src/session/address-limit.ts',
    line: 'const since = count === 0 ? now : (failures.get(address)?.since ?? now)',
    was: '?.',
    replacements: ['.'],
    reason: 'an address with a count has an entry',
  },
]
