import { hash } from 'node:crypto'

export type SignatureAlgorithm = 'ed25519' | 'sm2'

/** A public key and its name. */
export interface VerifierKey {
  readonly name: string
  readonly algorithm: SignatureAlgorithm
  /** Ed25519: 32 bytes. SM2: the uncompressed point, 65 bytes. */
  readonly publicKey: Uint8Array
}

/** What stands before the key. C2SP has no number for SM2: 0xff is free, and wants a longer name after it. */
const TYPE_BYTES: Readonly<Record<SignatureAlgorithm, Uint8Array>> = {
  ed25519: Uint8Array.of(0x01),
  sm2: Buffer.concat([Uint8Array.of(0xff), Buffer.from('zhidu/sm2-sm3')]),
}
const KEY_BYTES: Readonly<Record<SignatureAlgorithm, number>> = { ed25519: 32, sm2: 65 }
export const KEY_ID_BYTES = 4

/** Neither white space nor a plus sign; source: C2SP signed-note. */
export function isKeyName(name: string): boolean {
  return /^[^\s+\p{Cc}\p{Z}]+$/u.test(name)
}

function typedKey({ algorithm, publicKey }: VerifierKey): Buffer {
  return Buffer.concat([TYPE_BYTES[algorithm], publicKey])
}

/** The four bytes that tell keys of one name apart. Source: C2SP signed-note. */
export function keyIdOf(key: VerifierKey): Buffer {
  const bytes = Buffer.concat([Buffer.from(`${key.name}\n`), typedKey(key)])
  return hash('sha256', bytes, 'buffer').subarray(0, KEY_ID_BYTES)
}

/** `name+keyid+base64`, the line an auditor keeps. */
export function toVerifierKeyLine(key: VerifierKey): string {
  return `${key.name}+${keyIdOf(key).toString('hex')}+${typedKey(key).toString('base64')}`
}

/** Throws RangeError for a line that is no verifier key of an algorithm known here, or whose id is not the key's. */
export function parseVerifierKeyLine(line: string): VerifierKey {
  const [, name = '', id = '', encoded = ''] = /^([^+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+={0,2})$/.exec(line) ?? []
  const bytes = Buffer.from(encoded, 'base64')
  for (const algorithm of ['ed25519', 'sm2'] as const) {
    const type = TYPE_BYTES[algorithm]
    const isOfType = bytes.length === type.length + KEY_BYTES[algorithm] && bytes.subarray(0, type.length).equals(type)
    if (!isOfType || !isKeyName(name)) continue
    const key: VerifierKey = { name, algorithm, publicKey: bytes.subarray(type.length) }
    if (keyIdOf(key).toString('hex') === id && toVerifierKeyLine(key) === line) return key
  }
  throw new RangeError(`not a verifier key: ${line}`)
}

/** One key a line; blank lines are passed over. Throws RangeError for any other line. */
export function parseVerifierKeys(text: string): VerifierKey[] {
  return text
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '')
    .map((line) => parseVerifierKeyLine(line.trim()))
}

/** SubjectPublicKeyInfo up to the key itself. */
const SPKI_HEAD: Readonly<Record<SignatureAlgorithm, string>> = {
  ed25519: '302a300506032b6570032100',
  sm2: '3059301306072a8648ce3d020106082a811ccf5501822d034200',
}

/** The key in DER, as other programs take it. */
export function toPublicKeyDer({ algorithm, publicKey }: VerifierKey): Buffer {
  return Buffer.concat([Buffer.from(SPKI_HEAD[algorithm], 'hex'), publicKey])
}

/** The key in PEM, for `openssl pkeyutl -verify -pubin`. */
export function toPublicKeyPem(key: VerifierKey): string {
  const lines =
    toPublicKeyDer(key)
      .toString('base64')
      .match(/.{1,64}/g) ?? []
  return ['-----BEGIN PUBLIC KEY-----', ...lines, '-----END PUBLIC KEY-----', ''].join('\n')
}
