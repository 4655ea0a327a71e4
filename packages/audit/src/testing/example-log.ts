import { addLeaf, EMPTY_TREE, rootOf } from '../merkle/merkle-tree.ts'
import { toAuditText } from '../entry/audit-body.ts'
import { hashEntry, NO_ENTRY } from '../entry/entry-hash.ts'
import { type LogEntry, toLogHeader, toLogLine } from '../log/log-lines.ts'
import { toCheckpointText, toNoteInFile } from '../note/checkpoint.ts'
import { signNote } from '../note/signed-note.ts'
import { generateEd25519Key, makeEd25519Signer, type NoteSigner } from '../note/signer.ts'

export const ORIGIN = 'example.org/zhidu'

export const exampleSigner: NoteSigner = makeEd25519Signer(generateEd25519Key(), () => ORIGIN)

/** The text of a made-up entry; `what` makes it differ from others. */
export function exampleText(what: string): string {
  return toAuditText({
    v: 1,
    at: '2026-07-03T06:05:00.000Z',
    actor: { kind: 'account', id: 'A1', name: '甲', unit: 'U1' },
    from: '192.0.2.7',
    action: 'check.record',
    object: what,
    outcome: 'done',
    reason: null,
    detail: { note: `一\u2028二 "${what}"` },
  })
}

/** Entries of these texts from a place on: number `seq`, following `prev`. */
export function chain(texts: readonly string[], prev: string = NO_ENTRY, seq = 1): LogEntry[] {
  let last = prev
  return texts.map((text, index) => {
    const entry = { seq: seq + index, text, prev: last, hash: hashEntry(last, text) }
    last = entry.hash
    return entry
  })
}

/** The checkpoints of the first so many entries, as a file. */
export async function toCheckpointFile(
  entries: readonly LogEntry[],
  sizes: readonly number[],
  signers: readonly NoteSigner[] = [exampleSigner],
): Promise<string> {
  const notes = sizes.map(async (size) => {
    const tree = entries
      .slice(0, size)
      .reduce((grown, { hash }) => addLeaf(grown, Buffer.from(hash, 'hex')), EMPTY_TREE)
    return toNoteInFile(await signNote(toCheckpointText({ origin: ORIGIN, size, root: rootOf(tree) }), signers))
  })
  return (await Promise.all(notes)).join('')
}

export function toLogFile(entries: readonly LogEntry[]): Buffer {
  return Buffer.from([toLogHeader(ORIGIN), ...entries.map(toLogLine)].map((line) => `${line}\n`).join(''))
}

/** A file in pieces of so many bytes. */
export async function* inPieces(file: Buffer, bytes: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < file.length; at += bytes) yield file.subarray(at, at + bytes)
}
