import { type NoteSigner, verifySignature } from './signer.ts'
import { isKeyName, KEY_ID_BYTES, keyIdOf, type VerifierKey } from './verifier-key.ts'

/** Text and signature lines of a note, its signatures not looked at yet. */
export interface ParsedNote {
  /** Ends with a newline. */
  readonly text: string
  readonly signatures: readonly { readonly name: string; readonly keyId: Buffer; readonly signature: Buffer }[]
}

const MAX_SIGNATURES = 64
const SIGNATURE_LINE = /^— (\S+) ([A-Za-z0-9+/]+={0,2})$/

function isNoteText(text: string): boolean {
  return text.endsWith('\n') && text.isWellFormed() && !/[\u0000-\u0009\u000b-\u001f]/.test(text)
}

/** Signs a text that ends with a newline and has no other control characters, by every signer. Source: C2SP signed-note. */
export async function signNote(text: string, signers: readonly NoteSigner[]): Promise<string> {
  if (!isNoteText(text) || signers.length === 0) throw new RangeError('not a text to be signed, or nobody to sign it')
  const bytes = Buffer.from(text)
  const lines: string[] = []
  for (const signer of signers) {
    const signed = Buffer.concat([keyIdOf(signer.key), await signer.sign(bytes)])
    lines.push(`— ${signer.key.name} ${signed.toString('base64')}\n`)
  }
  return `${text}\n${lines.join('')}`
}

/** Null = not a signed note. */
export function parseNote(note: string): ParsedNote | null {
  const end = note.lastIndexOf('\n\n')
  if (end < 0 || !isNoteText(note)) return null
  const lines = note.slice(end + 2, -1).split('\n')
  if (lines.length > MAX_SIGNATURES) return null
  const signatures = lines.map((line) => {
    const [, name = '', encoded = ''] = SIGNATURE_LINE.exec(line) ?? []
    const bytes = Buffer.from(encoded, 'base64')
    const isCanonical = bytes.toString('base64') === encoded && bytes.length > KEY_ID_BYTES && isKeyName(name)
    return isCanonical
      ? { name, keyId: bytes.subarray(0, KEY_ID_BYTES), signature: bytes.subarray(KEY_ID_BYTES) }
      : null
  })
  return signatures.includes(null)
    ? null
    : { text: note.slice(0, end + 1), signatures: signatures.filter((one) => one !== null) }
}

/** The keys that signed; null when none did, or when a line bears one's name and id and is not its signature. */
export function listNoteSigners(note: ParsedNote, keys: readonly VerifierKey[]): readonly VerifierKey[] | null {
  const bytes = Buffer.from(note.text)
  const signers: VerifierKey[] = []
  for (const { keyId, name, signature } of note.signatures) {
    const key = keys.find((one) => one.name === name && keyIdOf(one).equals(keyId))
    if (key === undefined) continue
    if (!verifySignature(key, bytes, signature)) return null
    signers.push(key)
  }
  return signers.length > 0 ? signers : null
}
