import type { EvidenceFile } from '../sheet/sheet.ts'

/** As many bytes as tell every type apart. */
export const HEAD_BYTES = 16

export type EvidenceType = EvidenceFile['type']

const ASCII = new TextDecoder('latin1')

function starts(head: Uint8Array, ...bytes: readonly number[]): boolean {
  return bytes.every((byte, index) => head[index] === byte)
}

/** What a file is by its first bytes, whatever its name says; null = nothing that is taken. */
export function sniffType(head: Uint8Array): EvidenceType | null {
  const text = ASCII.decode(head)
  if (starts(head, 0xff, 0xd8, 0xff)) return 'image/jpeg'
  if (starts(head, 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return 'image/png'
  if (text.startsWith('RIFF') && text.slice(8, 12) === 'WEBP') return 'image/webp'
  if (text.slice(4, 8) === 'ftyp') return 'audio/mp4'
  if (text.startsWith('OggS')) return 'audio/ogg'
  if (starts(head, 0x1a, 0x45, 0xdf, 0xa3)) return 'audio/webm'
  // An ID3 tag, or a frame of MPEG audio layer III at once.
  if (text.startsWith('ID3') || (head[0] === 0xff && ((head[1] ?? 0) & 0xe6) === 0xe2)) return 'audio/mpeg'
  return null
}
