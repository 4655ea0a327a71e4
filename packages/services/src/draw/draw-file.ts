import { toKeyLine } from '@zhidu/draw'
import type { ServiceContext } from '../context.ts'
import type { ExportedFile } from '../export/exported-file.ts'
import { ServiceError } from '../service-error.ts'
import { buildDrawPage } from './draw-page.ts'
import { type DrawSeal, signerOf } from './draw-signer.ts'
import { getDrawPage } from './list-draws.ts'
import { getToldDraw } from './told-draws.ts'

export const DRAW_FILES = ['pool.json', 'certificate.txt', 'key.txt', 'verify.html'] as const
export type DrawFileName = (typeof DRAW_FILES)[number]

/** The office's own people have it at once; a unit of the pool when it is disclosed. */
async function loadFiles(ctx: ServiceContext, drawId: string) {
  const { actor } = ctx
  if (actor.kind === 'account' && actor.permissions.has('draws.read')) {
    try {
      return await getDrawPage(ctx, { drawId })
    } catch (error) {
      if (!(error instanceof ServiceError) || error.code !== 'not_found') throw error
    }
  }
  return await getToldDraw(ctx, { drawId })
}

/**
 * A file to verify a draw by, with its draw's number in its name. Throws ServiceError `not_found` for a draw out of reach and
 * for a file that is not there, or not disclosed.
 */
export async function exportDrawFile(
  ctx: ServiceContext,
  { drawId, name }: { readonly drawId: string; readonly name: DrawFileName },
  seal: Pick<DrawSeal, 'signers'>,
): Promise<ExportedFile> {
  const { certificate, pool } = await loadFiles(ctx, drawId)
  const text = {
    'pool.json': () => pool,
    'certificate.txt': () => certificate,
    'key.txt': () => `${toKeyLine(signerOf(seal).key)}\n`,
    'verify.html': buildDrawPage,
  }[name]()
  if (text === null) throw new ServiceError('not_found', 'draw_file_missing')
  return { fileName: `draw-${drawId.slice(0, 8)}-${name}`, body: Buffer.from(text) }
}
