import { type ImportHistory, type Kind, KINDS } from '@zhidu/contract'
import { listImportFiles } from '@zhidu/db'
import { localDateOf, toLocalIso } from '@zhidu/domain'
import type { ServiceContext } from '../context.ts'
import { withSnapshot } from '../snapshot.ts'

const MOST_RECENT = 100

function toKind(text: string): Kind {
  const kind = KINDS.find((candidate) => candidate === text)
  if (kind === undefined) throw new RangeError(`an import of unknown kind ${text}`)
  return kind
}

/** The hundred newest files that changed something, of accounts in reach, newest first. */
export async function listImports(ctx: ServiceContext): Promise<ImportHistory> {
  const files = await withSnapshot(ctx, localDateOf(ctx.clock()), (db) => listImportFiles(db, MOST_RECENT))
  return files.map(
    ({
      createdCount,
      fileName,
      importId,
      importedAt,
      kind,
      rejectedCount,
      rowCount,
      unchangedCount,
      updatedCount,
    }) => ({
      importId,
      kind: toKind(kind),
      fileName,
      importedAt: toLocalIso(importedAt),
      rows: rowCount,
      created: createdCount,
      updated: updatedCount,
      unchanged: unchangedCount,
      rejected: rejectedCount,
    }),
  )
}
