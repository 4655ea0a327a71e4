import { open, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { toNoteInFile } from '@zhidu/audit'
import { ServiceError } from '../service-error.ts'

const FILE_NAME = 'audit-checkpoints.txt'

/** A place for checkpoints outside the database: on another disk, at another office. */
export interface CheckpointFile {
  readonly path: string
  /** What it holds so far. */
  readonly text: string
}

/**
 * Reads the file of checkpoints in a folder. It must hold a beginning of these notes, the last one possibly torn. Throws
 * ServiceError `audit_checkpoints_ahead` when it goes on beyond them (the database is older than the file), and
 * `audit_checkpoints_differ` when it holds others.
 */
export async function readCheckpointFile(folder: string, notes: readonly string[]): Promise<CheckpointFile> {
  const path = join(folder, FILE_NAME)
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return ''
    throw error
  })
  const wanted = notes.map(toNoteInFile).join('')
  if (wanted.startsWith(text)) return { path, text }
  const reason = text.startsWith(wanted) ? 'audit_checkpoints_ahead' : 'audit_checkpoints_differ'
  throw new ServiceError('conflict', reason, { path })
}

/** Appends what the file lacks of these notes; when it returns they are on the disk. */
export async function completeCheckpointFile({ path, text }: CheckpointFile, notes: readonly string[]): Promise<void> {
  const missing = Buffer.from(notes.map(toNoteInFile).join('')).subarray(Buffer.byteLength(text))
  if (missing.length === 0) return
  const file = await open(path, 'a')
  try {
    await file.appendFile(missing)
    await file.sync()
  } finally {
    await file.close()
  }
}
