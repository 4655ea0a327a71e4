import { randomBytes } from 'node:crypto'
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
