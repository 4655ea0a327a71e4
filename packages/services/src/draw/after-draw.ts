import type { DrawKey, SubstituteDrawInput, VoidDrawInput } from '@zhidu/contract'
import { asReadonly, insertDrawNotices } from '@zhidu/db'
import {
  appendSubstitution,
  type CertificateFile,
  computeSubstitution,
  parseCertificateFile,
  toHeadHash,
} from '@zhidu/draw'
import type { ServiceContext } from '../context.ts'
import { ServiceError } from '../service-error.ts'
import { type DrawSeal, signerOf } from './draw-signer.ts'
import { readPool } from './finish-draw.ts'
import { assertState, changeDraw, type DrawAtWork } from './load-draw.ts'
import { loadNames, toDrawInstant } from './office.ts'

function readCertificate(text: string | null): CertificateFile {
  const file = parseCertificateFile(text ?? '')
  if (file === null) throw new RangeError('a certificate that cannot be read')
  return file
}

async function tellUnits(
  ctx: ServiceContext,
  draw: DrawAtWork,
  kind: 'voided' | 'disclosed',
  content: string,
): Promise<void> {
  const units = readPool(draw.pool).units.map(({ id }) => id)
  const { document, office, row, trx } = draw
  const officeName = (await loadNames(asReadonly(trx), ctx))(office.unitCode)
  const about = { drawId: row.drawId, officeName, title: document.title, quarter: row.quarter, at: office.author.at }
  await insertDrawNotices(trx, units, { ...about, kind, content })
}

/**
 * Gives a draw up, with a reason that the units of its pool are told: a secret that was lost, a number that never came. Not one
 * that was disclosed.
 */
export function voidDraw(ctx: ServiceContext, { drawId, reason }: VoidDrawInput): Promise<void> {
  return changeDraw(ctx, drawId, 'draw.void', async (draw) => {
    assertState(draw, 'declared', 'frozen', 'drawn')
    await draw.take('voided', reason)
    if (draw.pool !== null) await tellUnits(ctx, draw, 'voided', reason)
    draw.note.detail = { reason, from: draw.state }
  })
}

/** Puts down that a unit was drawn and not visited; who stands in was drawn before. */
export function substituteInDraw(ctx: ServiceContext, input: SubstituteDrawInput, seal: DrawSeal): Promise<void> {
  const { drawId, outCode, reason } = input
  return changeDraw(ctx, drawId, 'draw.substitute', async (draw) => {
    assertState(draw, 'drawn')
    const before = draw.certificate ?? ''
    const file = readCertificate(before)
    const { at, name } = draw.office.author
    const about = { pool: readPool(draw.pool), file, out: outCode, reason, by: name, at: toDrawInstant(at) }
    const entry = computeSubstitution(about)
    if (entry === null) throw new ServiceError('invalid', 'draw_not_on_list')
    const after = await appendSubstitution(before, entry, signerOf(seal))
    // What is added, so that the steps in order are the file.
    await draw.take('substituted', after.slice(before.length))
    draw.note.detail = { out: outCode, in: entry.in, reason }
  })
}

/** Lays pool and certificate open to every unit of the pool; nothing is added to the draw any more. */
export function discloseDraw(ctx: ServiceContext, { drawId }: DrawKey): Promise<void> {
  return changeDraw(ctx, drawId, 'draw.disclose', async (draw) => {
    assertState(draw, 'drawn')
    const head = toHeadHash(readCertificate(draw.certificate))
    await draw.take('disclosed', head)
    await tellUnits(ctx, draw, 'disclosed', head)
    draw.note.detail = { head }
  })
}
