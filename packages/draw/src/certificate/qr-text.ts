import { hashText } from '../pool/parse-pool.ts'
import type { CertificateFile } from './certificate.ts'

/** Twelve digits of the certificate's hash, for people to read to each other: `3f2a-91bc-07de`. */
export function toShortId({ notes }: CertificateFile): string {
  const digits = hashText(notes[0]?.note ?? '').slice('sha256:'.length)
  return [digits.slice(0, 4), digits.slice(4, 8), digits.slice(8, 12)].join('-')
}

/** Hash of the last entry: it vouches for all before it, and for the end not being cut off. */
export function toHeadHash({ notes }: CertificateFile): string {
  return hashText(notes[notes.length - 1]?.note ?? '')
}

/** What the QR code holds, below 300 bytes of ASCII: enough to check both files by, no address to go to. */
export function toQrText(file: CertificateFile): string {
  return [
    `zhidu-draw/1 ${toShortId(file)}`,
    `pool ${file.certificate.pool.hash}`,
    `head ${toHeadHash(file)}`,
    `substitutions ${file.substitutions.length}`,
    'verify: zhidu draw verify POOL CERTIFICATE',
  ].join('\n')
}
