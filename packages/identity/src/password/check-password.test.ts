import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { checkPassword, listWeaknesses } from './check-password.ts'
import { COMMON_PASSWORD_COUNT, isCommonPassword } from './common-passwords.ts'
import { hashPassword } from './password-hash.ts'
import { isPasswordExpired, PASSWORD_POLICIES, PASSWORD_PROFILES, toPasswordPolicy } from './password-policy.ts'

const owner = { loginName: 'wang.lihua', staffNumber: 'A20417', displayName: '王立华' }
const contextWords = ['岭安']

/** Worked out apart from the program, by a second set of rules. */
const CASES = readFileSync(join(import.meta.dirname, 'password-cases.txt'), 'utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'))
  .map((line) => line.split(' '))

describe('two hundred passwords', () => {
  it('are refused for every reason that holds, and for no other', () => {
    expect(CASES).toHaveLength(200)
    const found = CASES.map(([name, password = '']) => {
      const profile = PASSWORD_PROFILES.find((one) => one === name)
      if (profile === undefined) throw new Error(`no profile ${name}`)
      const codes = listWeaknesses(PASSWORD_POLICIES[profile], { password, owner, contextWords }).map(
        ({ code }) => code,
      )
      return [name, password, codes.join(',') || '-']
    })
    expect(found).toEqual(CASES)
  })

  it('say what the words of a refusal need', () => {
    const reasons = listWeaknesses(PASSWORD_POLICIES.mlps, { password: 'lihua岭安', owner, contextWords })
    expect(reasons).toEqual([
      { code: 'too_short', params: { min: '10' } },
      { code: 'too_few_classes', params: { classes: '3' } },
      { code: 'contains_name', params: { fragment: 'lih' } },
      { code: 'context_word', params: { word: '岭安' } },
    ])
  })

  it('count what an input method wrote in full width as what it means', () => {
    expect(listWeaknesses(PASSWORD_POLICIES.mlps, { password: 'ｌｉｈｕａ－Ｋｅｓｔｒｅｌ４', owner })).toMatchObject([
      { code: 'contains_name' },
    ])
  })
})

it('knows more than ten thousand common passwords, and leaves uncommon ones alone', () => {
  expect(COMMON_PASSWORD_COUNT).toBeGreaterThan(10_000)
  expect(isCommonPassword('QWERTYUIOP')).toBe(true)
  expect(isCommonPassword('kestrel-moss')).toBe(false)
})

it('refuses the last five passwords and takes the sixth again', async () => {
  const passwords = [
    'Kestrel-1-mop',
    'Kestrel-2-mop',
    'Kestrel-3-mop',
    'Kestrel-4-mop',
    'Kestrel-5-mop',
    'Kestrel-6-mop',
  ]
  const previousHashes = await Promise.all(passwords.map(hashPassword))
  const codesOf = async (password: string) => {
    const reasons = await checkPassword(PASSWORD_POLICIES.mlps, { password, owner, previousHashes })
    return reasons.map(({ code }) => code)
  }
  expect(await Promise.all(passwords.map(codesOf))).toEqual([...Array.from({ length: 5 }, () => ['used_before']), []])
})

it('no policy goes below eight characters or refuses 64', () => {
  const { mlps } = PASSWORD_POLICIES
  expect(toPasswordPolicy({ ...mlps, minLength: 8 }).minLength).toBe(8)
  expect(() => toPasswordPolicy({ ...mlps, minLength: 7 })).toThrow(RangeError)
  expect(() => toPasswordPolicy({ ...mlps, maxLength: 63 })).toThrow(RangeError)
  expect(() => toPasswordPolicy({ ...mlps, expiryDays: 0 })).toThrow(RangeError)
})

it('a password is good for ninety days to the millisecond, under asvs for ever', () => {
  const changedAt = Date.parse('2026-07-01T00:00:00+08:00')
  const until = Date.parse('2026-09-29T00:00:00+08:00')
  const isExpired = (now: number) => isPasswordExpired(PASSWORD_POLICIES.mlps, changedAt, now)
  expect([isExpired(until - 1), isExpired(until)]).toEqual([false, true])
  expect(isPasswordExpired(PASSWORD_POLICIES.asvs, changedAt, until * 2)).toBe(false)
  expect(isPasswordExpired(PASSWORD_POLICIES.mlps, null, until)).toBe(false)
})
