import type { CheckMethod, Finding } from '../facts/facts.ts'

/** When an item wants a photo. */
export const PHOTO_WISHES = ['none', 'optional', 'when_no', 'always'] as const
export type PhotoWish = (typeof PHOTO_WISHES)[number]

export interface ChecklistItem {
  /** Of this list; the same item keeps its key from version to version. */
  readonly key: string
  readonly section: string
  /** A statement that is right when all is well: “yes” is good. */
  readonly text: string
  /** What to ask or look at. */
  readonly hint: string | null
  /** What “no” is a finding of; null = it is written down and is no fault by itself. */
  readonly finding: Finding | null
  /** Which duty modes it is asked of; null = all. */
  readonly dutyModes: readonly ('room' | 'phone')[] | null
  readonly photo: PhotoWish
}

/** What is looked at in a check, as data: versions are kept, a check names the one it followed. */
export interface Checklist {
  readonly id: string
  readonly version: number
  readonly title: string
  readonly methods: readonly CheckMethod[]
  /** The document it follows. */
  readonly source: string
  readonly items: readonly ChecklistItem[]
}

export const ITEM_ANSWERS = ['yes', 'no', 'not_applicable'] as const
export type ItemAnswer = (typeof ITEM_ANSWERS)[number]

/** Findings that the answers bring, each once, in the order of the list, with the items behind it. */
export function findingsOfAnswers(
  checklist: Pick<Checklist, 'items'>,
  answers: readonly { readonly item: string; readonly answer: ItemAnswer }[],
): { readonly finding: Finding; readonly items: readonly string[] }[] {
  const saidNo = new Set(answers.filter(({ answer }) => answer === 'no').map(({ item }) => item))
  const items = new Map<Finding, string[]>()
  for (const { finding, key } of checklist.items) {
    if (finding === null || !saidNo.has(key)) continue
    const known = items.get(finding)
    if (known === undefined) items.set(finding, [key])
    else known.push(key)
  }
  return [...items].map(([finding, keys]) => ({ finding, items: keys }))
}
