import {
  type Checkpoint,
  computeNextCheckpoint,
  EMPTY_TREE,
  type MerkleTree,
  type NextCheckpoint,
  type NoteSigner,
  parseCheckpointNote,
  rootOf,
  signNote,
  toCheckpointText,
} from '@zhidu/audit'
import {
  addAuditCheckpoint,
  asReadonly,
  type AuditCheckpointRow,
  type CheckpointReason,
  listAuditCheckpoints,
} from '@zhidu/db'
import type { ServiceContext } from '../context.ts'
import { ServiceError } from '../service-error.ts'
import { completeCheckpointFile, readCheckpointFile } from './checkpoint-file.ts'
import { CHAIN_START, type ChainPlace, readChain } from './read-chain.ts'
import { hashOf } from './read-entry.ts'

/** What a process keeps of the trail between two checkpoints, so as to read only what came since. */
export interface RememberedTrail {
  readonly tree: MerkleTree
  readonly last: ChainPlace
}

const NOTHING: RememberedTrail = { tree: EMPTY_TREE, last: CHAIN_START }

export interface CheckpointArgs {
  readonly reason: CheckpointReason
  readonly signers: readonly NoteSigner[]
  /** Folder outside the database in which every checkpoint is kept, too; null = none. */
  readonly checkpointDir: string | null
  /** Where the last call of this process ended; without it the whole trail is read again. */
  readonly remembered?: RememberedTrail
}

export interface CheckpointResult {
  /** Entries covered now. */
  readonly size: number
  /** False when no entry had come since the last one. */
  readonly isNew: boolean
  readonly remembered: RememberedTrail
}

/** Throws ServiceError `audit_checkpoint_unreadable` for a note that is no checkpoint, or not that of its row. */
function readCheckpoint({ note, root, size }: AuditCheckpointRow): Checkpoint {
  const checkpoint = parseCheckpointNote(note)?.checkpoint
  if (checkpoint?.size === size && root.equals(checkpoint.root)) return checkpoint
  throw new ServiceError('conflict', 'audit_checkpoint_unreadable', { size: String(size) })
}

/** The name the log goes by in its checkpoints: that of its first key, also when the key has changed since. */
export function originOf(last: Pick<Checkpoint, 'origin'> | null, signers: readonly NoteSigner[]): string {
  const [signer] = signers
  if (signer === undefined) throw new RangeError('nobody to sign')
  return last?.origin ?? signer.key.name
}

/** What was signed last: as the database has it, or as this process remembers when rows are gone. */
function furtherOf(origin: string, last: Checkpoint | null, { tree }: RememberedTrail): Checkpoint | null {
  return tree.size > (last?.size ?? 0) ? { origin, size: tree.size, root: rootOf(tree) } : last
}

/** Goes on from what is remembered to the end of the trail. */
async function readOn(
  ctx: ServiceContext,
  args: { readonly origin: string; readonly last: Checkpoint | null; readonly remembered: RememberedTrail },
): Promise<{ readonly next: NextCheckpoint; readonly remembered: RememberedTrail }> {
  const { last: signed, origin, remembered } = args
  let { last } = remembered
  async function* leaves(): AsyncGenerator<Uint8Array> {
    for await (const row of readChain(asReadonly(ctx.db), remembered.last)) {
      last = { seq: row.seq, hash: hashOf(row) }
      yield row.hash
    }
  }
  const next = await computeNextCheckpoint({ origin, last: signed, leaves: leaves(), from: remembered.tree })
  return next.kind === 'inconsistent' ? { next, remembered } : { next, remembered: { tree: next.tree, last } }
}

async function listNotes(ctx: ServiceContext): Promise<{ readonly notes: string[]; readonly last: Checkpoint | null }> {
  const rows = await listAuditCheckpoints(asReadonly(ctx.db))
  const newest = rows.at(-1)
  return { notes: rows.map(({ note }) => note), last: newest === undefined ? null : readCheckpoint(newest) }
}

/**
 * Signs the root of all entries and keeps it in the database and, with `checkpointDir`, on the disk. Signs nothing that does
 * not continue what was signed before, here or there. Throws ServiceError `audit_chain_broken` { seq }, `audit_inconsistent`
 * { size } and those of the file; then the trail was tampered with, or an older copy of the data was put in place.
 */
export async function makeAuditCheckpoint(ctx: ServiceContext, args: CheckpointArgs): Promise<CheckpointResult> {
  const { notes, last } = await listNotes(ctx)
  const file = args.checkpointDir === null ? null : await readCheckpointFile(args.checkpointDir, notes)
  const origin = originOf(last, args.signers)
  const known = args.remembered ?? NOTHING
  const { next, remembered } = await readOn(ctx, { origin, last: furtherOf(origin, last, known), remembered: known })
  if (next.kind === 'inconsistent') {
    throw new ServiceError('conflict', 'audit_inconsistent', { size: String(next.last.size) })
  }
  if (next.kind === 'same') {
    if (file !== null) await completeCheckpointFile(file, notes)
    return { size: next.tree.size, isNew: false, remembered }
  }
  const { root, size } = next.checkpoint
  const note = await signNote(toCheckpointText(next.checkpoint), args.signers)
  const row = { size, root: Buffer.from(root), note, reason: args.reason, createdAt: ctx.clock() }
  const isNew = await addAuditCheckpoint(ctx.db, row)
  // Another process may have signed meanwhile: the file gets what the database has.
  if (file !== null) await completeCheckpointFile(file, (await listNotes(ctx)).notes)
  return { size, isNew, remembered }
}
