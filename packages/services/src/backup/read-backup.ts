import { BackupHeader, BackupManifest, type BackupTable, BackupTableStart } from '@zhidu/contract'
import { digestTable } from '@zhidu/db'
import { ServiceError } from '../service-error.ts'
import { BackupLines, BackupTextError } from './backup-lines.ts'
import { readText, type SoundFile } from './read-backup-file.ts'

/** What is done with each table's rows; whoever takes them must read them to the end. */
export type TakeRows = (table: BackupTableStart, rows: AsyncIterable<Buffer>) => Promise<void>

export interface ReadBackupArgs {
  readonly file: SoundFile
  readonly key: Buffer | null
  /** Before any row; may throw to refuse. */
  readonly onHeader?: (header: BackupHeader) => void
  readonly onRead?: (bytes: number) => void
  readonly signal: AbortSignal
}

export interface ReadBackup {
  readonly header: BackupHeader
  readonly manifest: BackupManifest
}

async function ignoreRows(_table: BackupTableStart, rows: AsyncIterable<Buffer>): Promise<void> {
  for await (const _ of rows);
}

function isSame(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((item, index) => item === b[index])
}

function agrees(
  manifest: BackupManifest,
  header: BackupHeader,
  found: readonly Omit<BackupTable, 'orderedBy'>[],
): boolean {
  return (
    manifest.tables.length === header.tables.length &&
    found.every((table, index) => {
      const said = manifest.tables[index]
      return (
        said !== undefined &&
        said.name === table.name &&
        isSame(said.columns, table.columns) &&
        said.rowCount === table.rowCount &&
        said.sha256 === table.sha256
      )
    })
  )
}

async function readLines(lines: BackupLines, args: ReadBackupArgs, takeRows: TakeRows): Promise<ReadBackup> {
  const header = BackupHeader.parse(await lines.takeJson())
  args.onHeader?.(header)
  const found: Omit<BackupTable, 'orderedBy'>[] = []
  for (const name of header.tables) {
    const start = BackupTableStart.parse(await lines.takeJson())
    if (start.table !== name) throw new BackupTextError(`${start.table} stands where ${name} should`)
    const digester = digestTable()
    async function* digested(): AsyncGenerator<Buffer> {
      for await (const chunk of lines.takeRows()) {
        args.signal.throwIfAborted()
        digester.add(chunk)
        yield chunk
      }
    }
    await takeRows(start, digested())
    found.push({ name, columns: start.columns, ...digester.finish() })
  }
  const manifest = BackupManifest.parse(await lines.takeJson())
  await lines.expectEnd()
  if (!agrees(manifest, header, found)) throw new BackupTextError('the manifest does not fit what it lists')
  return { header, manifest }
}

/**
 * Reads a backup through and holds every table against the manifest. Throws ServiceError `invalid` as `readText` does, and
 * `backup_damaged` for a text that is not what it says.
 */
export async function readBackup(args: ReadBackupArgs, takeRows: TakeRows = ignoreRows): Promise<ReadBackup> {
  const lines = new BackupLines(readText(args.file, args.key, args.onRead))
  try {
    return await readLines(lines, args, takeRows)
  } catch (error) {
    const isOff = error instanceof BackupTextError || (error instanceof Error && error.name === 'ZodError')
    if (!isOff) throw error
    throw new ServiceError('invalid', 'backup_damaged', { path: args.file.path }, { cause: error })
  } finally {
    await lines.leave()
  }
}
