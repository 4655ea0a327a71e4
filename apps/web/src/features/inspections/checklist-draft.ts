import type { ChecklistContent, ChecklistVersion } from '@zhidu/contract'
import type { CheckMethod, Finding } from '@zhidu/domain'

/** One item as it is typed; empty text = not said. */
export interface ItemDraft {
  /** Of the item since it was first written; new ones get theirs when they are added. */
  readonly key: string
  section: string
  text: string
  hint: string
  finding: Finding | ''
  dutyModes: 'all' | 'room' | 'phone'
  photo: 'none' | 'optional' | 'when_no' | 'always'
}

export interface ChecklistDraft {
  title: string
  methods: CheckMethod[]
  source: string
  items: ItemDraft[]
}

/** A key that no item of the list bears. */
function newKey(items: readonly ItemDraft[]): string {
  let at = items.length + 1
  while (items.some(({ key }) => key === `item_${at}`)) at += 1
  return `item_${at}`
}

export function emptyItem(items: readonly ItemDraft[]): ItemDraft {
  const section = items.at(-1)?.section ?? ''
  return { key: newKey(items), section, text: '', hint: '', finding: '', dutyModes: 'all', photo: 'none' }
}

export function toDraft(list: ChecklistVersion | null): ChecklistDraft {
  if (list === null) return { title: '', methods: ['onsite'], source: '', items: [emptyItem([])] }
  return {
    title: list.title,
    methods: [...list.methods],
    source: list.source,
    items: list.items.map(({ dutyModes, finding, hint, ...item }) => ({
      ...item,
      hint: hint ?? '',
      finding: finding ?? '',
      dutyModes: dutyModes?.length === 1 ? (dutyModes[0] ?? 'all') : 'all',
    })),
  }
}

export type DraftProblem = 'title' | 'methods' | 'source' | 'items'

function isBetween(text: string, least: number, most: number): boolean {
  const { length } = text.trim()
  return length >= least && length <= most
}

function findProblem({ items, methods, source, title }: ChecklistDraft): DraftProblem | null {
  if (!isBetween(title, 2, 100)) return 'title'
  if (methods.length === 0) return 'methods'
  if (!isBetween(source, 2, 500)) return 'source'
  return items.every(({ section, text }) => isBetween(section, 1, 64) && isBetween(text, 2, 100)) ? null : 'items'
}

/** What would be saved, or the first part that does not do; the server looks again. */
export function readDraft(
  draft: ChecklistDraft,
): { readonly content: ChecklistContent } | { readonly problem: DraftProblem } {
  const problem = findProblem(draft)
  if (problem !== null) return { problem }
  return {
    content: {
      title: draft.title.trim(),
      methods: [...draft.methods],
      source: draft.source.trim(),
      items: draft.items.map(({ dutyModes, finding, hint, key, photo, section, text }) => ({
        key,
        section: section.trim(),
        text: text.trim(),
        hint: hint.trim() === '' ? null : hint.trim(),
        finding: finding === '' ? null : finding,
        dutyModes: dutyModes === 'all' ? null : [dutyModes],
        photo,
      })),
    },
  }
}
