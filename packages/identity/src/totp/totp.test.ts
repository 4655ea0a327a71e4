import { expect, it } from 'vitest'
import { toBase32 } from './base32.ts'
import { findTotpStep, makeTotpSecret, totpCode, totpStep, toTotpUri } from './totp.ts'

const secret = Buffer.from('12345678901234567890')

it.each([
  [59, '94287082'],
  [1111111109, '07081804'],
  [1111111111, '14050471'],
  [1234567890, '89005924'],
  [2000000000, '69279037'],
  [20000000000, '65353130'],
])('agrees with RFC 6238 appendix B at %i s', (seconds, code) => {
  expect(totpCode(secret, totpStep(seconds * 1000), 8)).toBe(code)
})

it('agrees with RFC 4226 appendix D', () => {
  const codes = '755224 287082 359152 969429 338314 254676 287922 162583 399871 520489'.split(' ')
  expect(codes.map((_, step) => totpCode(secret, step))).toEqual(codes)
})

it('takes the step before and after, none further off, and none of the last used or earlier', () => {
  const now = Date.parse('2026-11-24T10:00:15+08:00')
  const present = totpStep(now)
  const find = (offset: number, lastStep: number | null) =>
    findTotpStep({ secret, code: totpCode(secret, present + offset), now, lastStep })
  expect([-2, -1, 0, 1, 2].map((offset) => find(offset, null))).toEqual([null, present - 1, present, present + 1, null])
  expect(findTotpStep({ secret, code: totpCode(secret, 0), now: 45_000, lastStep: null })).toBe(0)
  expect([-1, 0, 1].map((offset) => find(offset, present))).toEqual([null, null, present + 1])
  expect(
    ['', '12345', '1234567', '１２３４５６'].map((code) => findTotpStep({ secret, code, now, lastStep: null })),
  ).toEqual([null, null, null, null])
})

it('tells an authenticator what it needs, in its own spelling', () => {
  expect(['', 'f', 'fo', 'foo', 'foob', 'fooba', 'foobar'].map((text) => toBase32(Buffer.from(text)))).toEqual([
    '',
    'MY',
    'MZXQ',
    'MZXW6',
    'MZXW6YQ',
    'MZXW6YTB',
    'MZXW6YTBOI',
  ])
  expect(toTotpUri(secret, 'zhang.san', '值督 岭安')).toBe(
    'otpauth://totp/%E5%80%BC%E7%9D%A3%20%E5%B2%AD%E5%AE%89:zhang.san?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ' +
      '&issuer=%E5%80%BC%E7%9D%A3%20%E5%B2%AD%E5%AE%89&algorithm=SHA1&digits=6&period=30',
  )
  expect(makeTotpSecret()).toHaveLength(20)
})
