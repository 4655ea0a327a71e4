import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toPhoneNumber } from './phone-number.ts'

describe('a telephone number', () => {
  it.each([
    ['0199-0123456', '0199-0123456'],
    ['０１９９－０１２３４５６', '0199-0123456'],
    ['(0199) 0123456', '0199-0123456'],
    ['（0199）0123456转801', '0199-0123456 ext 801'],
    ['0199 — 0123456 分机 801', '0199-0123456 ext 801'],
    ['0199-0123456 EXT.801', '0199-0123456 ext 801'],
    ['0199-0123456x801', '0199-0123456 ext 801'],
    ['0199-0123456#8', '0199-0123456 ext 8'],
    [' +999 154  0000 0001 ', '+999 154 0000 0001'],
    ['110', '110'],
    ['12345678901234567890', '12345678901234567890'],
  ])('%j is %j', (text, number) => {
    expect(toPhoneNumber(text)).toBe(number)
  })

  it.each([
    '',
    '12',
    '123456789012345678901',
    '0199-0123456 转',
    '0199-0123456 转 1234567',
    '154****0001',
    '+',
    '++999 1234',
    '0199--0123456',
    '-0199',
    '0199-',
    '值班室',
    '0199-0123456 (王)',
    '0199;0123456',
    '0199/0123456',
    '=1+1',
    '0199-0123456\u0000',
  ])('%j is none', (text) => {
    expect(toPhoneNumber(text)).toBeNull()
  })

  it('is read as itself', () => {
    const text = fc.string({ unit: fc.constantFrom(...'0123456789+-() ext转x#—０'), maxLength: 30 })
    fc.assert(
      fc.property(text, (typed) => {
        const number = toPhoneNumber(typed)
        if (number !== null) expect(toPhoneNumber(number)).toBe(number)
      }),
      { numRuns: 2_000 },
    )
  })
})
