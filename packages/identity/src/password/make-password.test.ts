import { createHash, randomBytes } from 'node:crypto'
import { expect, it } from 'vitest'
import { listWeaknesses } from './check-password.ts'
import { derivePassword, makePassword } from './make-password.ts'
import { PASSWORD_POLICIES } from './password-policy.ts'

const owner = { loginName: 'leader', staffNumber: null, displayName: '演示领导' }
const policy = PASSWORD_POLICIES.mlps

it('is different each time and always within the policy', () => {
  const made = Array.from({ length: 500 }, () => makePassword(policy, owner))
  expect(new Set(made).size).toBe(500)
  for (const password of made) {
    expect(password).toMatch(/^(?:[a-hj-km-np-zA-HJ-NP-Z2-9]{4}-){3}[a-hj-km-np-zA-HJ-NP-Z2-9]{4}$/)
    expect(listWeaknesses(policy, { password, owner })).toEqual([])
  }
})

it('of one secret and one name is one password, and another of any other', () => {
  const secret = randomBytes(32)
  const password = derivePassword(secret, policy, owner)
  expect(derivePassword(secret, policy, owner)).toBe(password)
  expect(derivePassword(randomBytes(32), policy, owner)).not.toBe(password)
  expect(derivePassword(secret, policy, { ...owner, loginName: 'clerk' })).not.toBe(password)
  expect(listWeaknesses(policy, { password, owner })).toEqual([])
})

it('of one secret and one name stays what it was, in every version of the program', () => {
  const secret = Buffer.alloc(32, 7)
  expect(derivePassword(secret, policy, owner)).toBe('u3HH-abgM-FhEN-eL2T')
  // Many names, so that bytes that would favour some letters come up too.
  const many = Array.from({ length: 40 }, (_, index) =>
    derivePassword(secret, policy, { ...owner, loginName: `n${index}` }),
  )
  expect(createHash('sha256').update(many.join(' ')).digest('hex').slice(0, 16)).toBe('18bb3d5fa7fd8cf0')
})

it('is made anew while it holds a word of the installation', () => {
  const letters = 'abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789'
  const wanted = 'kQ7mx4PdTbR9zW3f' + 'hJ5nv6KcYgM8sD2p'
  let at = 0
  const nextInt = (): number => letters.indexOf(wanted[at++ % wanted.length] ?? '')
  expect(makePassword(policy, owner, { nextInt, contextWords: ['X4PD'] })).toBe('hJ5n-v6Kc-YgM8-sD2p')
})
