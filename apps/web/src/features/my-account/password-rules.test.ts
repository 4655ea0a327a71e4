import { describe, expect, it } from 'vitest'
import { checkRules, toReasons } from './password-rules.ts'

const MLPS = { profile: 'mlps', minLength: 10, maxLength: 128, classes: 3, history: 5, expiryDays: 90 } as const

function met(password: string, rules: Parameters<typeof checkRules>[1] = MLPS): boolean[] {
  return checkRules(password, rules).map((check) => check.isMet)
}

describe('checkRules', () => {
  it('counts characters, not the halves of one, and full width as half width', () => {
    expect(met('abcdefgh1X')).toEqual([true, true])
    expect(met('abcdefg1X')).toEqual([false, true])
    expect(met('😀😀😀😀😀')[0]).toBe(false)
    expect(met('ａｂｃｄｅｆｇｈ１Ｘ')).toEqual([true, true])
  })

  it('needs as many classes as the rules say, and none where they say none', () => {
    expect(met('abcdefghijkl')).toEqual([true, false])
    expect(met('abcdefghij值1')).toEqual([true, true])
    expect(met('abcdefghijkl', { ...MLPS, profile: 'asvs', classes: 0 })).toEqual([true])
  })

  it('refuses what is too long', () => {
    expect(met(`aB1${'x'.repeat(126)}`)[0]).toBe(false)
  })
})

it('reads every reason of a refusal', () => {
  expect(toReasons('too_short, contains_name,')).toEqual(['too_short', 'contains_name'])
  expect(toReasons(undefined)).toEqual([])
})
