import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseReceiptCode, RECEIPT_SYMBOLS, toReceiptCode } from './receipt-code.ts'

const SYMBOLS = '23456789ABCDEFGHJKMNPQRSTUVWXYZ'
const code = fc
  .array(fc.integer({ min: 0, max: 247 }), { minLength: RECEIPT_SYMBOLS, maxLength: 20 })
  .map(toReceiptCode)

describe('the code of a receipt', () => {
  it('is read back as it was given, however it is typed', () => {
    fc.assert(
      fc.property(code, (given) => {
        expect(given).toMatch(/^[2-9A-HJKMNP-Z]{5}-[2-9A-HJKMNP-Z]{5}$/)
        for (const typed of [given, given.toLowerCase(), given.replace('-', ''), ` ${given.replace('-', ' ')} `]) {
          expect(parseReceiptCode(typed)).toBe(given)
        }
      }),
    )
    expect(parseReceiptCode('２２２２２－２２２２２')).toBe(parseReceiptCode('22222-22222'))
  })

  it('is refused with one wrong symbol', () => {
    fc.assert(
      fc.property(code, fc.nat(9), fc.nat(29), (given, place, step) => {
        const plain = given.replace('-', '')
        const wrong = SYMBOLS[(SYMBOLS.indexOf(plain[place] ?? '') + 1 + step) % SYMBOLS.length] ?? ''
        expect(parseReceiptCode(plain.slice(0, place) + wrong + plain.slice(place + 1))).toBeNull()
      }),
    )
  })

  it('is refused with two neighbours exchanged', () => {
    fc.assert(
      fc.property(code, fc.nat(8), (given, place) => {
        const plain = given.replace('-', '')
        const [a = '', b = ''] = [plain[place], plain[place + 1]]
        fc.pre(a !== b)
        expect(parseReceiptCode(plain.slice(0, place) + b + a + plain.slice(place + 2))).toBeNull()
      }),
    )
  })

  it.each(['', '2222', '22222-222222', 'OOOOO-IIIII', '一二三四五六七八九十'])('is not %s', (text) => {
    expect(parseReceiptCode(text)).toBeNull()
  })

  it('favours no symbol: bytes above the last whole round are passed over', () => {
    expect(toReceiptCode([255, 248, 0, 1, 2, 3, 4, 5, 6, 7, 8])).toBe(toReceiptCode([0, 1, 2, 3, 4, 5, 6, 7, 8]))
    expect(() => toReceiptCode([255, 255, 0, 1, 2, 3, 4, 5, 6, 7])).toThrow(RangeError)
  })
})
