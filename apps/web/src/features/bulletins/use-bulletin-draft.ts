import type { BulletinPage } from '@zhidu/contract'
import { type BulletinDocument, type EditConflict, mergeEdits } from '@zhidu/domain'
import { computed, shallowRef, watch } from 'vue'
import { diffDocuments, insertParagraph, removeParagraph, replaceParagraph } from './document-edits.ts'

/** Raised when the draft gets another form: what an older page kept is then not read. */
const FORM = 1

interface Begun {
  readonly revision: number
  readonly base: BulletinDocument
  readonly now: BulletinDocument
}

function placeOf(bulletinId: string): string {
  return `zhidu.bulletin.${bulletinId}`
}

/** What this tab kept of a text that was not sent. */
function readKept(bulletinId: string): Begun | null {
  try {
    const text = sessionStorage.getItem(placeOf(bulletinId))
    const kept: unknown = text === null ? null : JSON.parse(text)
    if (typeof kept !== 'object' || kept === null || !('form' in kept) || !('begun' in kept)) return null
    // Safe: written below in this form.
    return kept.form === FORM ? (kept.begun as Begun) : null
  } catch {
    return null
  }
}

/**
 * The text being written: begun in one revision, kept in this tab until it is sent or given up. Where somebody else wrote the same
 * paragraphs meanwhile, both stand side by side until one is chosen.
 */
export function useBulletinDraft(bulletinId: string) {
  const begun = shallowRef<Begun | null>(null)
  const conflicts = shallowRef<readonly EditConflict[]>([])
  const cameBack = shallowRef(false)
  const edits = computed(() => (begun.value === null ? [] : diffDocuments(begun.value.base, begun.value.now)))

  function begin(page: BulletinPage): void {
    const kept = readKept(bulletinId)
    cameBack.value = kept !== null
    begun.value = kept ?? { revision: page.item.revision, base: page.document, now: page.document }
    conflicts.value = []
  }

  function change(now: BulletinDocument): void {
    if (begun.value !== null) begun.value = { ...begun.value, now }
  }

  function forget(): void {
    begun.value = null
    conflicts.value = []
    cameBack.value = false
    try {
      sessionStorage.removeItem(placeOf(bulletinId))
    } catch {
      // A browser that keeps nothing has nothing to forget.
    }
  }

  /** Puts the edits on what became of the bulletin meanwhile; where that cannot be, both are to be chosen from. */
  function moveOnto(page: BulletinPage): void {
    if (begun.value === null) return
    const merged = mergeEdits(begun.value.base, page.document, edits.value)
    conflicts.value = merged.conflicts
    begun.value = { revision: page.item.revision, base: page.document, now: merged.document }
  }

  /** Takes one's own text of a paragraph, or leaves theirs; a paragraph that they removed comes back at the end of its part. */
  function choose(conflict: EditConflict, isMine: boolean): void {
    conflicts.value = conflicts.value.filter(({ id }) => id !== conflict.id)
    const { mine, theirs } = conflict
    if (begun.value === null || !isMine) return
    const { now } = begun.value
    if (mine === null) change(removeParagraph(now, conflict.id))
    else if (theirs !== null) change(replaceParagraph(now, mine))
    else {
      const last = now.paragraphs.at(-1)
      if (last === undefined) return
      const id = `${mine.id}-${now.paragraphs.length}`
      change(replaceParagraph(insertParagraph(now, last.id, id), { ...mine, id }))
    }
  }

  watch(begun, (text) => {
    if (text === null) return
    try {
      sessionStorage.setItem(placeOf(bulletinId), JSON.stringify({ form: FORM, begun: text }))
    } catch {
      // A browser that keeps nothing still sends.
    }
  })

  return { begun, edits, conflicts, cameBack, begin, change, forget, moveOnto, choose }
}
