export const BAD_KINDS = [
  /** A line that is not spelled as the log spells it; seq 0 = the first line of the file. */
  'malformed',
  /** Text, link, hash or number of the entry is not what was hashed. */
  'edited',
  /** The entry is not there, later ones are. */
  'missing',
  /** An entry too many: a copy of another, or a second one of the same number. */
  'inserted',
  /** The entry stands further down. */
  'reordered',
  /** The entry does not follow the one before it: this one, or some between the last checkpoint and it, were exchanged. */
  'unlinked',
  /** The chain is whole and a kept checkpoint does not fit: changed here or later, at the latest where the checkpoint ends. */
  'rewritten',
  /** The log ends before the entry, and a kept checkpoint knows it. */
  'truncated',
  /** The checkpoint of this size is not signed by a trusted key. */
  'signature_bad',
  /** The n-th note of the checkpoints is none. */
  'checkpoint_malformed',
  /** The checkpoint of this size is another log's. */
  'foreign',
] as const
export type BadKind = (typeof BAD_KINDS)[number]

export interface FirstBad {
  /** Number of the entry the kind speaks of. */
  readonly seq: number
  readonly kind: BadKind
}

export interface AuditLogReport {
  readonly ok: boolean
  /** Entries read in order before the end or the first bad one. */
  readonly entries: number
  /** Root of these entries, base64 as in a checkpoint. */
  readonly root: string
  /** Signed checkpoints that fit. */
  readonly checkpoints: number
  /** Up to this entry a signed checkpoint vouches for every byte; 0 = none does. */
  readonly provenThrough: number
  readonly firstBad: FirstBad | null
}
