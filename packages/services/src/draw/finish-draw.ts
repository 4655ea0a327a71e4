import {
  drawFromPool,
  hashText,
  parseCertificateFile,
  parsePoolFile,
  type SeedValue,
  signCertificate,
  toHeadHash,
} from '@zhidu/draw'
import type { DrawPool } from '@zhidu/draw'
import type { DrawAtWork } from './load-draw.ts'
import { type DrawSeal, signerOf } from './draw-signer.ts'
import { toDrawInstant } from './office.ts'

/** The pool of a frozen draw. */
export function readPool(text: string | null): DrawPool {
  const parsed = parsePoolFile(new TextEncoder().encode(text ?? ''))
  if (parsed.kind === 'bad') throw new RangeError('a pool that cannot be read')
  return parsed.value
}

/** Draws and signs, now that the value is known; the certificate is the step. */
export async function finishDraw(draw: DrawAtWork, value: SeedValue, seal: DrawSeal): Promise<void> {
  const pool = readPool(draw.pool)
  const outcome = drawFromPool(pool, value)
  if (outcome.kind === 'refused') throw new RangeError(`a frozen pool cannot be drawn from: ${JSON.stringify(outcome)}`)
  const drawnAt = toDrawInstant(draw.office.author.at)
  const about = { pool, value, strata: outcome.strata, drawnAt, program: seal.version, signer: signerOf(seal) }
  const certificate = await signCertificate(about)
  await draw.take('drawn', certificate)
  const file = parseCertificateFile(certificate)
  draw.note.detail = { poolHash: hashText(draw.pool ?? ''), head: file === null ? null : toHeadHash(file) }
}
