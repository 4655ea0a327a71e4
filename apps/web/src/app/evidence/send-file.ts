import type { CaseFile, FileReceipt } from '@zhidu/contract'
import { sha256 } from '@zhidu/draw'

const PART_BYTES = 1_048_576
type CaseFileType = CaseFile['type']
const PHOTOS = ['image/jpeg', 'image/png', 'image/webp'] as const
const RECORDINGS = ['audio/mp4', 'audio/mpeg', 'audio/ogg', 'audio/webm'] as const
const TYPES: readonly CaseFileType[] = [...PHOTOS, ...RECORDINGS, 'application/pdf']

/** By what a browser takes it for; the server goes by its bytes. null = nothing that is taken. */
export function typeOf({ name, type }: { readonly name: string; readonly type: string }): CaseFileType | null {
  const guessed = type === '' && name.toLowerCase().endsWith('.pdf') ? 'application/pdf' : type
  return TYPES.find((one) => one === guessed) ?? null
}

async function hashOf(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  // Only there where the page came over https or from this machine.
  const digest =
    crypto.subtle === undefined ? sha256(bytes) : new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  return [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** Why a file was not taken: a reason of the message catalogue. */
export class FileRefusal extends Error {
  override readonly name = 'FileRefusal'
  readonly reason: string
  readonly params: Readonly<Record<string, string>>

  constructor(reason: string, params: Readonly<Record<string, string>>) {
    super(reason)
    this.reason = reason
    this.params = params
  }
}

async function sendPart(place: string, bytes: Uint8Array<ArrayBuffer>, offset: number): Promise<FileReceipt> {
  const answer = await fetch(`${place}?offset=${offset}`, {
    method: 'PUT',
    credentials: 'same-origin',
    headers: { 'content-type': 'application/octet-stream' },
    body: bytes.subarray(offset, offset + PART_BYTES),
  })
  const body: unknown = await answer.json()
  if (answer.ok) return body as FileReceipt
  const { params, reason } = body as { reason: string; params: Record<string, string> }
  throw new FileRefusal(reason, params)
}

/** Sends a file in parts to below `place`, from where the server has it already. `announce` says what comes. Gives its hash. */
export async function sendFile(
  place: string,
  file: File,
  announce: (about: { sha256: string; type: CaseFileType; bytes: number; name: string }) => Promise<FileReceipt>,
): Promise<string> {
  const type = typeOf(file)
  if (type === null) throw new FileRefusal('case_file_type', { name: file.name })
  const bytes = new Uint8Array(await file.arrayBuffer())
  const hash = await hashOf(bytes)
  let receipt = await announce({ sha256: hash, type, bytes: bytes.length, name: file.name })
  while (receipt.receivedSha256 === null) {
    receipt = await sendPart(`${place}/${hash}`, bytes, receipt.receivedBytes)
  }
  return hash
}
