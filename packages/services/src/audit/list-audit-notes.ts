import { toNoteInFile } from '@zhidu/audit'
import { asReadonly, listAuditCheckpoints } from '@zhidu/db'
import type { ServiceContext } from '../context.ts'

/** Every checkpoint that the database keeps, as the file that `zhidu audit verify` takes. */
export async function listAuditNotes(ctx: ServiceContext): Promise<string> {
  const rows = await listAuditCheckpoints(asReadonly(ctx.db))
  return rows.map(({ note }) => toNoteInFile(note)).join('')
}
