import { createHash, createHmac, generateKeyPairSync, sign } from 'node:crypto'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { drawNumber, readWord } from '../selection/stream.ts'
import { verifyEd25519 } from './ed25519.ts'
import { hmacSha256, sha256 } from './sha256.ts'
import { sha512 } from './sha512.ts'
import { fromBase64, fromHex, toBase64, toHex, toUtf8 } from './text.ts'

const bytes = fc.uint8Array({ maxLength: 300 })

it('hashes as the platform does, at every length around its blocks', () => {
  for (let length = 0; length < 300; length += 1) {
    const message = Uint8Array.from({ length }, (_, at) => (at * 31 + length) & 0xff)
    expect(toHex(sha256(message))).toBe(createHash('sha256').update(message).digest('hex'))
    if (length > 100) expect(toHex(sha512(message))).toBe(createHash('sha512').update(message).digest('hex'))
  }
})

it('keys as the platform does', () => {
  fc.assert(
    fc.property(bytes, bytes, (key, message) => {
      expect(toHex(hmacSha256(key, message))).toBe(createHmac('sha256', key).update(message).digest('hex'))
    }),
  )
})

it('spells and reads base64 as the platform does, and reads no second spelling', () => {
  fc.assert(
    fc.property(bytes, (message) => {
      const text = Buffer.from(message).toString('base64')
      expect(toBase64(message)).toBe(text)
      expect(fromBase64(text)).toEqual(message)
    }),
  )
  for (const bad of ['QQ', 'QR==', 'QUJ=', 'Q===', 'QQ==\n', 'Q Q=', '-_==']) expect(fromBase64(bad), bad).toBeNull()
})

it('reads the stream that node:crypto gives, and draws from it', () => {
  const key = Buffer.alloc(32, 5)
  const words: bigint[] = []
  for (let block = 0; block < 8; block += 1) {
    const digest = createHmac('sha256', key).update(`["unit","county",1]\n${block}`).digest()
    for (let at = 0; at < 32; at += 8) words.push(digest.readBigUInt64BE(at))
  }
  const label = '["unit","county",1]'
  expect(words.map((_, index) => readWord(key, label, index))).toEqual(words)
  for (const bound of [1, 2, 3, 10, 40_000, 2 ** 53 - 1]) {
    const limit = (1n << 64n) - ((1n << 64n) % BigInt(bound))
    const first = words.find((word) => word < limit) ?? 0n
    expect(drawNumber(key, label, bound)).toBe(Number(first % BigInt(bound)))
  }
  expect(() => drawNumber(key, label, 0)).toThrow(RangeError)
  expect(() => drawNumber(key, label, 2 ** 53)).toThrow(RangeError)
})

it('throws away a word above the last whole multiple and takes the next one', () => {
  const key = Buffer.alloc(32, 5)
  // One word in 4,096 is too high for this bound: the first label with such a word is looked for by the platform's HMAC.
  const bound = 2 ** 52 + 1
  const limit = (1n << 64n) - ((1n << 64n) % BigInt(bound))
  const blockOf = (label: string) => createHmac('sha256', key).update(`${label}\n0`).digest()
  let at = 0
  while (blockOf(`label ${at}`).readBigUInt64BE(0) < limit) at += 1
  const second = blockOf(`label ${at}`).readBigUInt64BE(8)
  expect(second).toBeLessThan(limit)
  expect(drawNumber(key, `label ${at}`, bound)).toBe(Number(second % BigInt(bound)))
})

/** RFC 8032, 7.1, tests 1 and 3. */
const RFC_8032 = [
  [
    'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
    '',
    'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b',
  ],
  [
    'fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025',
    'af82',
    '6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a',
  ],
] as const

it('verifies what RFC 8032 and the platform signed, and nothing with a bit changed', () => {
  for (const [key, message, signature] of RFC_8032) {
    expect(verifyEd25519(fromHex(key), fromHex(message), fromHex(signature))).toBe(true)
  }
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  const raw = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32)
  const message = toUtf8('zhidu/draw-certificate/1\n{}\n')
  const signature = sign(null, message, privateKey)
  expect(verifyEd25519(raw, message, signature)).toBe(true)
  const flip = (whole: Uint8Array, bit: number): Uint8Array =>
    Uint8Array.from(whole, (byte, at) => (at === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte))
  for (let bit = 0; bit < 512; bit += 37) {
    expect(verifyEd25519(raw, message, flip(signature, bit))).toBe(false)
    expect(verifyEd25519(raw, flip(message, bit % 200), signature)).toBe(false)
    expect(verifyEd25519(flip(raw, bit % 256), message, signature)).toBe(false)
  }
})

it('refuses the second signature that adds the order of the base point', () => {
  const [key, message, signature] = RFC_8032[1]
  const order = (1n << 252n) + 27742317777372353535851937790883648493n
  const given = fromHex(signature)
  const s = given.subarray(32).reduceRight((sum, byte) => (sum << 8n) | BigInt(byte), 0n) + order
  const other = Uint8Array.from(given, (byte, at) => (at < 32 ? byte : Number((s >> BigInt(8 * (at - 32))) & 0xffn)))
  expect(verifyEd25519(fromHex(key), fromHex(message), other)).toBe(false)
})
