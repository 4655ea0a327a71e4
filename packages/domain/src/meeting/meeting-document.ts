/**
 * What an item of an agenda is about, in the order of a draft: what became of the last decisions, 进步 and 退步 beyond chance, repeated
 * findings, overdue items, good practice, typical cases, who is asked to speak. `note`: added by a person, and every paragraph of minutes.
 */
export const MEETING_ITEM_KINDS = [
  'follow_up',
  'mover_up',
  'mover_down',
  'repeated',
  'overdue',
  'practice',
  'typical',
  'speaker',
  'heading',
  'note',
] as const
export type MeetingItemKind = (typeof MEETING_ITEM_KINDS)[number]

/** Where what an item says can be looked up. `ref`: a unit, a case, a finding, a decision. */
export const EVIDENCE_KINDS = ['unit', 'league', 'case', 'cases', 'decision'] as const
export interface MeetingEvidence {
  readonly kind: (typeof EVIDENCE_KINDS)[number]
  readonly ref: string
}

/** One item of an agenda, or one paragraph of minutes. */
export interface MeetingItem {
  /** Stays with the item through every revision. */
  readonly id: string
  readonly kind: MeetingItemKind
  readonly text: string
  /** Units it is about; none = all of them. */
  readonly unitCodes: readonly string[]
  /** None only of what a person added. */
  readonly evidence: readonly MeetingEvidence[]
}

/** An agenda, or minutes. */
export interface MeetingDocument {
  readonly items: readonly MeetingItem[]
}

/** True when nobody could tell the two apart. */
export function isSameItem(a: MeetingItem, b: MeetingItem): boolean {
  const isSame = a.kind === b.kind && a.text === b.text && a.unitCodes.join('\n') === b.unitCodes.join('\n')
  const refs = ({ evidence }: MeetingItem) => evidence.map(({ kind, ref }) => `${kind} ${ref}`).join('\n')
  return isSame && refs(a) === refs(b)
}
