import { createHmac, randomInt } from 'node:crypto'
import { listWeaknesses, type PasswordOwner } from './check-password.ts'
import type { PasswordPolicy } from './password-policy.ts'

/** Without letters and digits that are read for one another on paper or on the telephone. */
const LETTERS = 'abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789'
const GROUPS = 4
const GROUP_LENGTH = 4

/** A whole number from 0 up to, not including, `below`. */
type NextInt = (below: number) => number

function makeGroup(nextInt: NextInt): string {
  return Array.from({ length: GROUP_LENGTH }, () => LETTERS[nextInt(LETTERS.length)]).join('')
}

/** `k7Qm-x4Pd-…`: 16 letters of chance, about 92 bits, that the policy has nothing against. */
export function makePassword(
  policy: PasswordPolicy,
  owner: PasswordOwner,
  options: { readonly contextWords?: readonly string[]; readonly nextInt?: NextInt } = {},
): string {
  const nextInt = options.nextInt ?? ((below: number) => randomInt(below))
  for (;;) {
    const password = Array.from({ length: GROUPS }, () => makeGroup(nextInt)).join('-')
    const given = { password, owner, contextWords: options.contextWords ?? [] }
    if (listWeaknesses(policy, given).length === 0) return password
  }
}

/**
 * The same password for the same secret and owner every time, and nobody's guess without the secret.
 * `secret`: at least 32 bytes.
 */
export function derivePassword(secret: Uint8Array, policy: PasswordPolicy, owner: PasswordOwner): string {
  let count = 0
  let bytes: number[] = []
  const nextByte = (): number => {
    const byte = bytes.shift()
    if (byte !== undefined) return byte
    bytes = [...createHmac('sha256', secret).update(`password\n${owner.loginName}\n${count}`).digest()]
    count += 1
    return nextByte()
  }
  const nextInt = (below: number): number => {
    const byte = nextByte()
    // Bytes of the last, shorter round would favour the first letters.
    return byte < 256 - (256 % below) ? byte % below : nextInt(below)
  }
  return makePassword(policy, owner, { nextInt })
}
