import type { EVIDENCE_TYPES } from '@zhidu/contract'

export type EvidenceType = (typeof EVIDENCE_TYPES)[number]

function startsWith(bytes: Uint8Array, text: string, at = 0): boolean {
  return [...text].every((letter, index) => bytes[at + index] === letter.charCodeAt(0))
}

/** An MPEG audio frame of layer III, or the tag before one. */
function isMp3(bytes: Uint8Array): boolean {
  const [first = 0, second = 0] = bytes
  return startsWith(bytes, 'ID3') || (first === 0xff && (second & 0xe6) === 0xe2)
}

/** What a file is by its first bytes (at least 12 of them), never by its name; null = nothing that is taken as evidence. */
export function sniffType(bytes: Uint8Array): EvidenceType | null {
  if (startsWith(bytes, '\u00ff\u00d8\u00ff')) return 'image/jpeg'
  if (startsWith(bytes, '\u0089PNG\r\n\u001a\n')) return 'image/png'
  if (startsWith(bytes, 'RIFF') && startsWith(bytes, 'WEBP', 8)) return 'image/webp'
  if (startsWith(bytes, 'ftyp', 4))
    return startsWith(bytes, 'avif', 8) || startsWith(bytes, 'hei', 8) ? null : 'audio/mp4'
  if (startsWith(bytes, 'OggS')) return 'audio/ogg'
  if (startsWith(bytes, '\u001aE\u00df\u00a3')) return 'audio/webm'
  return isMp3(bytes) ? 'audio/mpeg' : null
}
