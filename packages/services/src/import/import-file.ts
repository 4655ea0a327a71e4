import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ImportResult } from '@zhidu/contract'
import type { ServiceContext } from '../context.ts'
import type { ImportArgs } from './import-types.ts'
import { runImport } from './run-import.ts'

/** `runImport` for callers that want the result alone; it holds the first thousand errors and warnings. */
export async function importFile(ctx: ServiceContext, args: ImportArgs): Promise<ImportResult> {
  const folder = await mkdtemp(join(tmpdir(), 'zhidu-import-'))
  try {
    return (await runImport(ctx, args, folder)).result
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
