import { type Checkpoint, parseCheckpointNote, splitNotes } from '../note/checkpoint.ts'
import { listNoteSigners } from '../note/signed-note.ts'
import type { VerifierKey } from '../note/verifier-key.ts'

export interface SignedCheckpoint {
  readonly checkpoint: Checkpoint
  readonly isSigned: boolean
}

/** The checkpoints of a file of notes by size, smallest first; or the number, from 1, of the first note that is none. */
export function readCheckpoints(file: string, keys: readonly VerifierKey[]): readonly SignedCheckpoint[] | number {
  const found: SignedCheckpoint[] = []
  for (const [index, text] of splitNotes(file).entries()) {
    const parsed = parseCheckpointNote(text)
    if (parsed === null) return index + 1
    found.push({ checkpoint: parsed.checkpoint, isSigned: listNoteSigners(parsed.note, keys) !== null })
  }
  return found.toSorted((a, b) => a.checkpoint.size - b.checkpoint.size)
}
