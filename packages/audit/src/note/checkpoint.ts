import { HASH_BYTES } from '../entry/entry-hash.ts'
import { addLeaf, EMPTY_TREE, type MerkleTree, rootOf } from '../merkle/merkle-tree.ts'
import { parseNote, type ParsedNote } from './signed-note.ts'

/** What a log commits itself to: that its first `size` entries have this root. Source: C2SP tlog-checkpoint. */
export interface Checkpoint {
  readonly origin: string
  readonly size: number
  readonly root: Uint8Array
}

/** The text that is signed. */
export function toCheckpointText({ origin, root, size }: Checkpoint): string {
  return `${origin}\n${size}\n${Buffer.from(root).toString('base64')}\n`
}

/** Null = not a checkpoint's text. Lines after the third are allowed and mean nothing here. */
export function parseCheckpointText(text: string): Checkpoint | null {
  const [origin = '', sizeText = '', rootText = '', ...rest] = text.slice(0, -1).split('\n')
  const size = Number(sizeText)
  const root = Buffer.from(rootText, 'base64')
  const isWhole =
    origin !== '' &&
    /^(0|[1-9]\d{0,15})$/.test(sizeText) &&
    Number.isSafeInteger(size) &&
    root.length === HASH_BYTES &&
    root.toString('base64') === rootText &&
    !rest.includes('')
  return isWhole ? { origin, size, root } : null
}

/** The checkpoint of a note whatever its signatures; null = it is none. */
export function parseCheckpointNote(
  note: string,
): { readonly checkpoint: Checkpoint; readonly note: ParsedNote } | null {
  const parsed = parseNote(note)
  const checkpoint = parsed === null ? null : parseCheckpointText(parsed.text)
  return parsed === null || checkpoint === null ? null : { checkpoint, note: parsed }
}

/** A file of notes: each followed by one blank line. What is no note comes as a piece of its own. */
export function splitNotes(file: string): string[] {
  const blocks = file
    .replaceAll('\r\n', '\n')
    .split(/\n\n+/)
    .filter((block) => block.trim() !== '')
  const notes: string[] = []
  for (let at = 0; at < blocks.length; at += 2) {
    const [text = '', signatures = ''] = blocks.slice(at, at + 2)
    notes.push(`${text}\n\n${signatures.replace(/\n$/, '')}\n`)
  }
  return notes
}

/** How a note is written into such a file. */
export function toNoteInFile(note: string): string {
  return `${note}\n`
}

export type NextCheckpoint =
  | { readonly kind: 'next'; readonly checkpoint: Checkpoint; readonly tree: MerkleTree }
  /** No entry came since the last one. */
  | { readonly kind: 'same'; readonly tree: MerkleTree }
  /** The log no longer is what the last one says: it must not be signed. */
  | { readonly kind: 'inconsistent'; readonly last: Checkpoint }

/**
 * The checkpoint of all leaves there are, when it continues the last one: same origin, no fewer leaves, and the last root
 * computed again from the first of them. `leaves` begin behind `from`, a tree of no more leaves than the last checkpoint.
 */
export async function computeNextCheckpoint(args: {
  readonly origin: string
  readonly last: Checkpoint | null
  readonly leaves: AsyncIterable<Uint8Array>
  readonly from?: MerkleTree
}): Promise<NextCheckpoint> {
  const { last, origin } = args
  let tree = args.from ?? EMPTY_TREE
  if (last !== null && (last.origin !== origin || tree.size > last.size)) return { kind: 'inconsistent', last }
  const contradicts = (): boolean => last?.size === tree.size && Buffer.compare(rootOf(tree), last.root) !== 0
  if (last !== null && contradicts()) return { kind: 'inconsistent', last }
  for await (const leaf of args.leaves) {
    tree = addLeaf(tree, leaf)
    if (last !== null && contradicts()) return { kind: 'inconsistent', last }
  }
  if (last !== null && tree.size < last.size) return { kind: 'inconsistent', last }
  if (tree.size === (last?.size ?? 0)) return { kind: 'same', tree }
  return { kind: 'next', checkpoint: { origin, size: tree.size, root: rootOf(tree) }, tree }
}
