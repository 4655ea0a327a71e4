import { verifyEd25519 } from '../bytes/ed25519.ts'
import { sha256 } from '../bytes/sha256.ts'
import { concat, fromBase64, toBase64, toHex, toUtf8 } from '../bytes/text.ts'

/** An Ed25519 public key and its name. */
export interface DrawKey {
  readonly name: string
  /** 32 bytes. */
  readonly publicKey: Uint8Array
}

/** Whoever holds the private key; here only the signature is asked for. */
export interface DrawSigner {
  readonly key: DrawKey
  sign(text: Uint8Array): Uint8Array | Promise<Uint8Array>
}

export interface SignedText {
  /** Ends with a newline. */
  readonly text: string
  readonly name: string
  /** Key id, four bytes, and signature. */
  readonly signed: Uint8Array
  /** The note from its first letter to its last newline. */
  readonly note: string
}

const ED25519 = Uint8Array.of(1)
const ID_BYTES = 4
const SIGNATURE_LINE = /^— ([^\s+]+) ([A-Za-z0-9+/]+={0,2})$/
const KEY_LINE = /^([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+={0,2})$/

function keyId({ name, publicKey }: DrawKey): Uint8Array {
  return sha256(concat(toUtf8(`${name}\n`), ED25519, publicKey)).subarray(0, ID_BYTES)
}

/** `name+id+base64`: the same line as for the audit trail. Source: C2SP signed-note. */
export function toKeyLine(key: DrawKey): string {
  return `${key.name}+${toHex(keyId(key))}+${toBase64(concat(ED25519, key.publicKey))}`
}

/** Null = no Ed25519 key in that spelling. */
export function parseKeyLine(line: string): DrawKey | null {
  const [, name = '', , encoded = ''] = KEY_LINE.exec(line) ?? []
  const bytes = fromBase64(encoded)
  if (bytes === null || bytes.length !== 33 || bytes[0] !== 1) return null
  const key = { name, publicKey: bytes.subarray(1) }
  return toKeyLine(key) === line ? key : null
}

/** The Ed25519 keys of a file with one key a line; keys of other kinds are passed over. */
export function parseKeyFile(text: string): readonly DrawKey[] {
  return text.split('\n').flatMap((line) => parseKeyLine(line.trim()) ?? [])
}

/** Signs a text that ends with a newline and has no empty line. Source: C2SP signed-note. */
export async function signText(text: string, { key, sign }: DrawSigner): Promise<string> {
  if (!text.endsWith('\n') || text.includes('\n\n')) throw new RangeError('not a text to be signed')
  const signature = await sign(toUtf8(text))
  return `${text}\n— ${key.name} ${toBase64(concat(keyId(key), signature))}\n`
}

/** Notes with an empty line between them; each has one signature. Null = not spelled so. */
export function parseNotes(file: string): readonly SignedText[] | null {
  if (!file.endsWith('\n')) return null
  const parts = file.slice(0, -1).split('\n\n')
  const notes: SignedText[] = []
  for (let at = 0; at < parts.length; at += 2) {
    const [text = '', line = ''] = parts.slice(at, at + 2)
    const [, name = '', encoded = ''] = SIGNATURE_LINE.exec(line) ?? []
    const signed = fromBase64(encoded)
    if (signed === null || signed.length !== ID_BYTES + 64) return null
    notes.push({ text: `${text}\n`, name, signed, note: `${text}\n\n${line}\n` })
  }
  return notes
}

export function joinNotes(notes: readonly string[]): string {
  return notes.join('\n')
}

export function isSignedBy({ name, signed, text }: SignedText, key: DrawKey): boolean {
  const isKey = name === key.name && toHex(signed.subarray(0, ID_BYTES)) === toHex(keyId(key))
  return isKey && verifyEd25519(key.publicKey, toUtf8(text), signed.subarray(ID_BYTES))
}
