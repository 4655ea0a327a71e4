import { TableError } from './table.ts'

export type FileNature = 'text' | 'zip' | 'ole'

/** Bytes that are enough to tell. */
export const SNIFF_BYTES = 64 * 1024

const SIGNATURES: readonly (readonly [what: string, bytes: readonly number[]])[] = [
  ['PDF', [0x25, 0x50, 0x44, 0x46]],
  ['RTF', [0x7b, 0x5c, 0x72, 0x74, 0x66]],
  ['PNG', [0x89, 0x50, 0x4e, 0x47]],
  ['JPEG', [0xff, 0xd8, 0xff]],
  ['GIF', [0x47, 0x49, 0x46, 0x38]],
  ['GZIP', [0x1f, 0x8b]],
  ['RAR', [0x52, 0x61, 0x72, 0x21]],
  ['7z', [0x37, 0x7a, 0xbc, 0xaf]],
]

function startsWith(head: Uint8Array, bytes: readonly number[]): boolean {
  return bytes.every((byte, index) => head[index] === byte)
}

/** What a file is by its first bytes; its name has no say. Throws TableError for what is certainly no table. */
export function sniff(head: Uint8Array): FileNature {
  if (head.length === 0) throw new TableError('file_empty')
  if (startsWith(head, [0x50, 0x4b, 0x03, 0x04]) || startsWith(head, [0x50, 0x4b, 0x05, 0x06])) return 'zip'
  if (startsWith(head, [0xd0, 0xcf, 0x11, 0xe0])) return 'ole'
  if (startsWith(head, [0xff, 0xfe]) || startsWith(head, [0xfe, 0xff])) throw new TableError('encoding_utf16')
  for (const [what, bytes] of SIGNATURES) if (startsWith(head, bytes)) throw new TableError('file_is_other', { what })
  const start = new TextDecoder('latin1').decode(head.subarray(0, 1_024)).replace(/^ï»¿/, '').trimStart().toLowerCase()
  if (/^<(?:!doctype|html|head|body|table|meta|style|script|\?xml|!--|div|workbook)/.test(start))
    throw new TableError('file_is_html')
  if (start === '' && head.length < SNIFF_BYTES) throw new TableError('file_empty')
  // Text in UTF-16 without its mark has a zero in every other byte of what is ASCII.
  const zeros = head.reduce((count, byte) => (byte === 0 ? count + 1 : count), 0)
  // What a broken disk or an interrupted copy leaves.
  if (zeros === head.length) throw new TableError('file_is_zeros')
  if (zeros > head.length / 5) throw new TableError('encoding_utf16')
  if (zeros > 0 && !new TextDecoder('latin1').decode(head.subarray(0, 4_096)).includes(',')) {
    throw new TableError('file_is_binary')
  }
  return 'text'
}
