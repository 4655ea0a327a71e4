import { basename } from 'node:path'
import type { BackupHeader, BackupManifest, BackupTable, BackupTableStart } from '@zhidu/contract'
import {
  type Db,
  digestTable,
  listAppliedMigrations,
  listSequences,
  listStoredTables,
  lockStoredTables,
  readTable,
  type StoredTable,
  useCopySettings,
  withTransaction,
} from '@zhidu/db'
import { appendDone, recordRefusal } from '../audit/record-audit.ts'
import type { ServiceContext } from '../context.ts'
import { ServiceError } from '../service-error.ts'
import { END_OF_ROWS, NOT_CARRIED } from './backup-format.ts'
import { type BackupDraft, draftBackupFile, type WrittenFile } from './write-backup-file.ts'

export interface BackUpArgs {
  /** Absolute; a file there is replaced when the new one is whole. */
  readonly path: string
  /** 32 bytes to seal it with; null = for anybody who has the file. */
  readonly key: Buffer | null
  readonly programVersion: string
  readonly postgresVersion: string
  readonly signal: AbortSignal
  readonly onProgress?: (table: string, rowCount: number) => void
}

export interface BackupResult extends WrittenFile {
  readonly isSealed: boolean
  readonly snapshotAt: string
  readonly migrations: readonly string[]
  readonly tables: readonly BackupTable[]
  readonly notCarried: readonly string[]
}

function toLine(value: BackupHeader | BackupTableStart | BackupManifest): Buffer {
  return Buffer.from(`${JSON.stringify(value)}\n`)
}

/** Tables whose rows are carried. Throws ServiceError when this log-in does not see all of them. */
async function listCarried(trx: Db): Promise<readonly StoredTable[]> {
  const stored = await listStoredTables(trx)
  await lockStoredTables(trx, stored, 'access share')
  const tables = stored.filter(({ name }) => !NOT_CARRIED.includes(name))
  const hidden = tables.find(({ isFiltered }) => isFiltered)
  if (hidden !== undefined) throw new ServiceError('conflict', 'backup_not_whole', { table: hidden.name })
  return tables
}

async function* toText(
  trx: Db,
  header: Omit<BackupHeader, 'tables'>,
  tables: readonly StoredTable[],
  args: BackUpArgs,
  keep: (manifest: BackupManifest) => void,
): AsyncGenerator<Buffer> {
  yield toLine({ ...header, tables: tables.map(({ name }) => name) })
  const done: BackupTable[] = []
  for (const table of tables) {
    const { columns, name, orderedBy } = table
    const digester = digestTable()
    yield toLine({ table: name, columns: [...columns] })
    for await (const chunk of readTable(trx, table)) {
      digester.add(chunk)
      args.onProgress?.(name, digester.rowCount)
      yield chunk
    }
    yield Buffer.from(END_OF_ROWS)
    done.push({ name, columns: [...columns], orderedBy: [...orderedBy], ...digester.finish() })
  }
  const sequences = await listSequences(trx)
  const manifest = { tables: done, sequences: [...sequences], notCarried: [...NOT_CARRIED] }
  keep(manifest)
  yield toLine(manifest)
}

interface Written {
  readonly draft: BackupDraft
  readonly header: Omit<BackupHeader, 'tables'>
  readonly manifest: BackupManifest
}

async function writeDraft(ctx: ServiceContext, trx: Db, args: BackUpArgs): Promise<Written> {
  await useCopySettings(trx)
  const tables = await listCarried(trx)
  const header = {
    program: args.programVersion,
    postgres: args.postgresVersion,
    snapshotAt: new Date(ctx.clock()).toISOString(),
    migrations: [...(await listAppliedMigrations(trx))],
  }
  const manifests: BackupManifest[] = []
  const text = toText(trx, header, tables, args, (manifest) => manifests.push(manifest))
  const draft = await draftBackupFile(args, text)
  const [manifest] = manifests
  if (manifest === undefined) throw new Error('a backup was written without its manifest')
  return { draft, header, manifest }
}

/** The failure itself, and not that of the transaction whose connection it took along. */
async function writeInSnapshot(ctx: ServiceContext, args: BackUpArgs): Promise<Written> {
  let failure: { readonly error: unknown } | undefined
  try {
    return await withTransaction(
      ctx.db,
      async (trx) => {
        try {
          return await writeDraft(ctx, trx, args)
        } catch (error) {
          failure = { error }
          throw error
        }
      },
      { isolation: 'repeatable read', isReadOnly: true },
    )
  } catch (error) {
    throw failure === undefined ? error : failure.error
  }
}

/**
 * Writes all data of the installation, as they are at one instant, into one file; others go on working meanwhile. The entry of
 * the audit trail comes before the file bears its name: no copy leaves without one. Throws ServiceError `conflict`
 * `backup_not_whole`, or the system's error of a file.
 */
export async function backUp(ctx: ServiceContext, args: BackUpArgs): Promise<BackupResult> {
  const object = `file/${basename(args.path)}`
  const { draft, header, manifest } = await writeInSnapshot(ctx, args).catch(async (error: unknown) => {
    if (error instanceof ServiceError) await recordRefusal(ctx, { action: 'backup', object }, error)
    throw error
  })
  const { bytes, sha256 } = draft
  const rowCount = manifest.tables.reduce((sum, table) => sum + table.rowCount, 0)
  const isSealed = args.key !== null
  try {
    args.signal.throwIfAborted()
    await withTransaction(ctx.db, (trx) =>
      appendDone(ctx, trx, {
        action: 'backup',
        object,
        detail: { bytes, sha256, isSealed, rowCount, snapshotAt: header.snapshotAt },
      }),
    )
    await draft.keep()
  } catch (error) {
    await draft.discard().catch(() => undefined)
    throw error
  }
  const { migrations, snapshotAt } = header
  return { bytes, sha256, isSealed, snapshotAt, migrations, tables: manifest.tables, notCarried: manifest.notCarried }
}
