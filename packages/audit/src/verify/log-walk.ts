import { hashEntry, NO_ENTRY } from '../entry/entry-hash.ts'
import { type LogEntry, parseLogLine } from '../log/log-lines.ts'
import { addLeaf, EMPTY_TREE, type MerkleTree, rootOf } from '../merkle/merkle-tree.ts'
import type { AuditLogReport, BadKind, FirstBad } from './report.ts'
import { SeenHashes } from './seen-hashes.ts'
import type { SignedCheckpoint } from './signed-checkpoints.ts'

/**
 * The chain broke before entry `seq`. Either it was exchanged, or the one before: then the tree in which that one has the
 * hash this one says it follows fits the next checkpoint.
 */
interface Break {
  readonly seq: number
  readonly other: MerkleTree
}

function isRoot(tree: MerkleTree, { checkpoint }: SignedCheckpoint): boolean {
  return Buffer.compare(rootOf(tree), checkpoint.root) === 0
}

function withEntry(tree: MerkleTree, hash: string): MerkleTree {
  return addLeaf(tree, Buffer.from(hash, 'hex'))
}

/** Goes through a log entry by entry beside its checkpoints, until something is bad. */
export class LogWalk {
  readonly #origin: string
  readonly #checkpoints: readonly SignedCheckpoint[]
  readonly #seen = new SeenHashes()
  #tree = EMPTY_TREE
  /** The tree without its last entry. */
  #before = EMPTY_TREE
  #last = NO_ENTRY
  #fitting = 0
  #provenThrough = 0
  #break: Break | null = null
  /** An entry that is not where it belongs; it may still come. */
  #missing: number | null = null
  #firstBad: FirstBad | null = null

  constructor(origin: string, checkpoints: readonly SignedCheckpoint[]) {
    this.#origin = origin
    this.#checkpoints = checkpoints
    this.#compareCheckpoints()
  }

  /** Nothing further in the log can change the answer. */
  get isDecided(): boolean {
    return this.#firstBad !== null
  }

  addLine(line: string): void {
    const entry = parseLogLine(line)
    if (this.#missing !== null) {
      if (entry?.seq === this.#missing) this.#findBad(this.#missing, 'reordered')
    } else if (this.#break === null) {
      this.#addEntry(entry)
    } else {
      this.#addAfterBreak(this.#break, entry)
    }
  }

  end(): AuditLogReport {
    if (this.#firstBad === null) this.#decideAtEnd()
    return {
      ok: this.#firstBad === null,
      entries: this.#tree.size,
      root: Buffer.from(rootOf(this.#tree)).toString('base64'),
      checkpoints: this.#fitting,
      provenThrough: this.#provenThrough,
      firstBad: this.#firstBad,
    }
  }

  #findBad(seq: number, kind: BadKind): void {
    this.#firstBad = { seq, kind }
  }

  #addEntry(entry: LogEntry | null): void {
    const expected = this.#tree.size + 1
    if (entry === null) return this.#findBad(expected, 'malformed')
    const { hash, prev, seq, text } = entry
    if (hashEntry(prev, text) !== hash) return this.#findBad(expected, 'edited')
    if (prev === this.#last) return seq === expected ? this.#accept(hash) : this.#findBad(expected, 'edited')
    if (seq < expected) return this.#findBad(this.#seen.has(seq, hash) ? expected : seq, 'inserted')
    if (seq > expected) this.#missing = expected
    else if (this.#provenThrough === this.#tree.size) this.#findBad(seq, 'unlinked')
    else this.#break = { seq, other: withEntry(withEntry(this.#before, prev), hash) }
    this.#last = hash
    if (this.#break !== null) this.#compareAfterBreak(this.#break)
  }

  #accept(hash: string): void {
    this.#before = this.#tree
    this.#tree = withEntry(this.#tree, hash)
    this.#last = hash
    this.#seen.add(hash)
    this.#compareCheckpoints()
  }

  /** The checkpoint to be looked at next. */
  get #next(): SignedCheckpoint | undefined {
    return this.#checkpoints[this.#fitting]
  }

  #compareCheckpoints(): void {
    for (let next = this.#next; next?.checkpoint.size === this.#tree.size; next = this.#next) {
      const { origin, size } = next.checkpoint
      if (!next.isSigned) return this.#findBad(size, 'signature_bad')
      if (origin !== this.#origin) return this.#findBad(size, 'foreign')
      if (!isRoot(this.#tree, next)) return this.#findBad(Math.min(this.#provenThrough + 1, size), 'rewritten')
      this.#fitting += 1
      this.#provenThrough = size
    }
  }

  #addAfterBreak({ other, seq: brokenAt }: Break, entry: LogEntry | null): void {
    const continues =
      entry !== null &&
      entry.prev === this.#last &&
      entry.seq === other.size + 1 &&
      hashEntry(entry.prev, entry.text) === entry.hash
    if (!continues) return this.#findBad(brokenAt, 'unlinked')
    this.#last = entry.hash
    this.#break = { seq: brokenAt, other: withEntry(other, entry.hash) }
    this.#compareAfterBreak(this.#break)
  }

  #compareAfterBreak({ other, seq }: Break): void {
    const next = this.#next
    if (next?.checkpoint.size !== other.size) return
    const wasOnlyTheOneBefore = next.isSigned && next.checkpoint.origin === this.#origin && isRoot(other, next)
    if (wasOnlyTheOneBefore) this.#findBad(seq - 1, 'edited')
    else this.#findBad(seq, 'unlinked')
  }

  #decideAtEnd(): void {
    if (this.#missing !== null) return this.#findBad(this.#missing, 'missing')
    if (this.#break !== null) return this.#findBad(this.#break.seq, 'unlinked')
    const next = this.#next
    if (next === undefined) return
    const { origin, size } = next.checkpoint
    if (!next.isSigned) this.#findBad(size, 'signature_bad')
    else if (origin !== this.#origin) this.#findBad(size, 'foreign')
    else this.#findBad(this.#tree.size + 1, 'truncated')
  }
}
