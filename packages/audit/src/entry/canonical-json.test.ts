import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Json, toCanonicalJson } from './canonical-json.ts'

describe('toCanonicalJson', () => {
  it('spells the examples of RFC 8785 as it does', () => {
    expect(toCanonicalJson([Number('333333333.33333329'), 1e30, 4.5, 2e-3, 0.000000000000000000000000001, -0])).toBe(
      '[333333333.3333333,1e+30,4.5,0.002,1e-27,0]',
    )
    expect(toCanonicalJson('\u20ac$\u000f\u000aA\'B"\\"/')).toBe('"\u20ac$\\u000f\\nA\'B\\"\\\\\\"/"')
    const scripts = {
      '\u20ac': 'Euro Sign',
      '\r': 'Carriage Return',
      '\ufb33': 'Hebrew Letter Dalet With Dagesh',
      '1': 'One',
      '\u{1f600}': 'Emoji: Grinning Face',
      '\u0080': 'Control',
      '\u00f6': 'Latin Small Letter O With Diaeresis',
    }
    expect(toCanonicalJson(scripts)).toBe(
      '{"\\r":"Carriage Return","1":"One","\u0080":"Control","\u00f6":"Latin Small Letter O With Diaeresis",' +
        '"\u20ac":"Euro Sign","\u{1f600}":"Emoji: Grinning Face","\ufb33":"Hebrew Letter Dalet With Dagesh"}',
    )
  })

  it('means what it was given, and does not depend on the order of keys', () => {
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: 'grapheme' }), (value) => {
        // Safe: fast-check's JsonValue is Json with writable members.
        const text = toCanonicalJson(value as Json)
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)))
        const turned: Json = JSON.parse(text, (_, member: unknown) =>
          typeof member === 'object' && member !== null && !Array.isArray(member)
            ? Object.fromEntries(Object.entries(member).toReversed())
            : member,
        ) as Json
        expect(toCanonicalJson(turned)).toBe(text)
      }),
    )
  })

  it.each([[NaN], [Infinity], [undefined], [new Date(0)], [1n], ['\ud800'], [{ '\udc00': 1 }], [[undefined]]])(
    'refuses %s',
    (value) => {
      expect(() => toCanonicalJson(value as Json)).toThrow(RangeError)
    },
  )
})
