import { basename } from 'node:path'
import type { BackupHeader, BackupManifest, BackupTable } from '@zhidu/contract'
import {
  analyzeTables,
  type Db,
  digestStoredTable,
  emptyTable,
  findAuditHead,
  listFilledTables,
  listKnownMigrations,
  listStoredTables,
  migrateToLatest,
  rebuildSchema,
  setSequence,
  type StoredTable,
  useCopySettings,
  withoutGuards,
  withTransaction,
  writeTable,
} from '@zhidu/db'
import { appendDone, recordRefusal } from '../audit/record-audit.ts'
import type { ServiceContext } from '../context.ts'
import { ServiceError } from '../service-error.ts'
import { NOT_CARRIED } from './backup-format.ts'
import { readBackup } from './read-backup.ts'
import { checkFile, type SoundFile } from './read-backup-file.ts'

/** What an installation holds before anything was entered: the rules shipped with the program, and a trail of that. */
const IN_EVERY_INSTALLATION = new Set([
  'regulation',
  'holiday',
  'holiday_notice',
  'audit_entry',
  'audit_checkpoint',
  ...NOT_CARRIED,
])

export type RestoreStep = 'check' | 'copy' | 'compare'

export interface RestoreArgs {
  /** Absolute. */
  readonly path: string
  readonly key: Buffer | null
  /** Takes away what is there; without it only an empty installation is filled. */
  readonly replace: boolean
  readonly signal: AbortSignal
  /** Bytes of the file while it is checked and copied, tables while they are compared. */
  readonly onProgress?: (step: RestoreStep, done: number, total: number) => void
}

export interface RestoreResult {
  readonly sha256: string
  readonly snapshotAt: string
  /** Version of the program that wrote the backup. */
  readonly program: string
  readonly tables: readonly BackupTable[]
  /** Tables of the file that are none of the program's: they stay in the file. */
  readonly leftOut: readonly string[]
  /** Migrations applied to the restored data, none for a backup of the present version. */
  readonly migrated: readonly string[]
}

/** Throws ServiceError when this program cannot make the schema the backup was taken from. */
function assertKnownSchema(header: BackupHeader, path: string): void {
  const known = listKnownMigrations()
  const unknown = header.migrations.find((name, index) => name !== known[index])
  if (unknown === undefined) return
  throw new ServiceError('invalid', 'backup_newer', { path, migration: unknown, program: header.program })
}

async function assertMayFill(trx: Db, replace: boolean): Promise<void> {
  if (replace) return
  const stored = (await listStoredTables(trx)).filter(({ name }) => !IN_EVERY_INSTALLATION.has(name))
  const filled = await listFilledTables(trx, stored)
  if (filled.length > 0) throw new ServiceError('conflict', 'restore_not_empty', { tables: filled.join(', ') })
}

function isSame(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((item, index) => item === b[index])
}

/** The table of the new schema for each of the backup's. Throws ServiceError when the two do not fit. */
function pairTables(
  stored: readonly StoredTable[],
  manifest: BackupManifest,
  path: string,
): readonly (readonly [BackupTable, StoredTable | undefined])[] {
  const saved = new Map(manifest.tables.map((table) => [table.name, table]))
  for (const table of stored) {
    if (NOT_CARRIED.includes(table.name)) continue
    const other = saved.get(table.name)
    const fits = other !== undefined && isSame(other.columns, table.columns) && isSame(other.orderedBy, table.orderedBy)
    if (!fits) throw new ServiceError('invalid', 'backup_other_shape', { path, table: table.name })
  }
  const byName = new Map(stored.map((table) => [table.name, table]))
  return manifest.tables.map((table) => [table, byName.get(table.name)] as const)
}

/** Copies every table in, and puts sequences where they were. */
async function fill(trx: Db, file: SoundFile, args: RestoreArgs, pairs: ReturnType<typeof pairTables>): Promise<void> {
  const byName = new Map(pairs.map(([{ name }, table]) => [name, table]))
  let bytes = 0
  const onRead = (count: number): void => args.onProgress?.('copy', (bytes += count), file.bytes)
  const { manifest } = await readBackup(
    { file, key: args.key, signal: args.signal, onRead },
    async ({ table }, rows) => {
      const target = byName.get(table)
      if (target === undefined) {
        for await (const _ of rows);
        return
      }
      await emptyTable(trx, target)
      await writeTable(trx, target, rows)
    },
  )
  for (const sequence of manifest.sequences) await setSequence(trx, sequence)
}

/** Reads every table back from the database and holds it against the manifest. */
async function compare(trx: Db, args: RestoreArgs, pairs: ReturnType<typeof pairTables>): Promise<void> {
  for (const [index, [saved, table]] of pairs.entries()) {
    if (table === undefined) continue
    args.signal.throwIfAborted()
    const { rowCount, sha256 } = await digestStoredTable(trx, table)
    if (rowCount !== saved.rowCount || sha256 !== saved.sha256) {
      throw new ServiceError('invalid', 'restore_differs', { path: args.path, table: saved.name })
    }
    args.onProgress?.('compare', index + 1, pairs.length)
  }
}

async function restoreInto(
  ctx: ServiceContext,
  trx: Db,
  args: RestoreArgs,
  backup: { readonly file: SoundFile; readonly header: BackupHeader; readonly manifest: BackupManifest },
): Promise<RestoreResult> {
  const { file, header, manifest } = backup
  await useCopySettings(trx)
  await assertMayFill(trx, args.replace)
  const replacedTrail = await findAuditHead(trx)
  const stored = await rebuildSchema(trx, header.migrations.at(-1) ?? '')
  const pairs = pairTables(stored, manifest, args.path)
  await withoutGuards(trx, () => fill(trx, file, args, pairs))
  await compare(trx, args, pairs)
  const migrated = await migrateToLatest(trx)
  await analyzeTables(trx, await listStoredTables(trx))
  const { program, snapshotAt } = header
  const { sha256 } = file
  await appendDone(ctx, trx, {
    action: 'restore',
    object: `file/${basename(args.path)}`,
    detail: { sha256, snapshotAt, program, replacedTrail },
  })
  const leftOut = pairs.filter(([, table]) => table === undefined).map(([{ name }]) => name)
  return { sha256, snapshotAt, program, tables: manifest.tables, leftOut, migrated }
}

async function restoreFile(ctx: ServiceContext, args: RestoreArgs): Promise<RestoreResult> {
  const file = await checkFile(args.path)
  let bytes = 0
  const backup = await readBackup({
    file,
    key: args.key,
    signal: args.signal,
    onHeader: (header) => assertKnownSchema(header, args.path),
    onRead: (count) => args.onProgress?.('check', (bytes += count), file.bytes),
  })
  return await withTransaction(ctx.db, (trx) => restoreInto(ctx, trx, args, { file, ...backup }))
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}

/**
 * Fills the installation from a backup, all or nothing: the file is read through and checked before anything is touched, then
 * schema, rows and counters are made anew in one transaction, read back and compared, and brought up to this program's
 * schema. The caller holds the lock of the server. Throws ServiceError; a refusal is put into the audit trail as it stands.
 */
export async function restoreBackup(ctx: ServiceContext, args: RestoreArgs): Promise<RestoreResult> {
  try {
    return await restoreFile(ctx, args)
  } catch (error) {
    const refusal = toRefusal(error, args.path)
    if (refusal instanceof ServiceError) {
      await recordRefusal(ctx, { action: 'restore', object: `file/${basename(args.path)}` }, refusal)
    }
    throw refusal
  }
}

/** What PostgreSQL says when others hold the tables, or hang on them. */
function toRefusal(error: unknown, path: string): unknown {
  const code = codeOf(error)
  if (code === '55P03') return new ServiceError('conflict', 'restore_busy', { path }, { cause: error })
  if (code !== '2BP01') return error
  const detail = error instanceof Error && 'detail' in error ? String(error.detail) : ''
  return new ServiceError('conflict', 'restore_depended_on', { path, detail }, { cause: error })
}
