import { type BulletinDocument, type BulletinParagraph, isSameParagraph } from './bulletin-document.ts'

/** One change to a document. `insert`: behind the paragraph `after`, null = before the first. */
export type BulletinEdit =
  | { readonly kind: 'replace'; readonly paragraph: BulletinParagraph }
  | { readonly kind: 'insert'; readonly after: string | null; readonly paragraph: BulletinParagraph }
  | { readonly kind: 'remove'; readonly id: string }

/** Two people changed one paragraph. null = removed by that one. */
export interface EditConflict {
  readonly id: string
  readonly base: BulletinParagraph
  readonly theirs: BulletinParagraph | null
  readonly mine: BulletinParagraph | null
}

export interface MergedEdits {
  /** With everything that does not conflict; of a conflict it has theirs. */
  readonly document: BulletinDocument
  readonly conflicts: readonly EditConflict[]
}

interface Sides {
  readonly base: ReadonlyMap<string, BulletinParagraph>
  readonly theirs: ReadonlyMap<string, BulletinParagraph>
}

function byId({ paragraphs }: BulletinDocument): ReadonlyMap<string, BulletinParagraph> {
  return new Map(paragraphs.map((paragraph) => [paragraph.id, paragraph]))
}

/** Null = the edit may be made. Throws RangeError for a paragraph that the base has not. */
function findConflict(id: string, mine: BulletinParagraph | null, sides: Sides): EditConflict | null {
  const base = sides.base.get(id)
  if (base === undefined) throw new RangeError(`no paragraph ${id} in the base`)
  const theirs = sides.theirs.get(id) ?? null
  const isUntouched = theirs !== null && isSameParagraph(base, theirs)
  const isAlike = theirs === null ? mine === null : mine !== null && isSameParagraph(theirs, mine)
  return isUntouched || isAlike ? null : { id, base, theirs, mine }
}

/** Behind its anchor, or, where they removed that, behind the nearest paragraph of the base before it that is still there. */
function placeOf(after: string | null, base: BulletinDocument, now: readonly BulletinParagraph[]): number {
  if (after === null) return 0
  const here = now.findIndex(({ id }) => id === after)
  if (here !== -1) return here + 1
  const anchor = base.paragraphs.findIndex(({ id }) => id === after)
  if (anchor === -1) throw new RangeError(`no paragraph ${after} to insert behind`)
  return placeOf(base.paragraphs[anchor - 1]?.id ?? null, base, now)
}

/**
 * Makes edits of `base` in `theirs`, what became of it meanwhile: different paragraphs are merged, the same one is a conflict that
 * names both. Nothing of either side is lost. Throws RangeError for an edit of what the base has not, or an id that is taken.
 */
export function mergeEdits(
  base: BulletinDocument,
  theirs: BulletinDocument,
  edits: readonly BulletinEdit[],
): MergedEdits {
  const sides: Sides = { base: byId(base), theirs: byId(theirs) }
  const conflicts: EditConflict[] = []
  let now = [...theirs.paragraphs]
  for (const edit of edits) {
    if (edit.kind === 'insert') {
      const { paragraph } = edit
      if (sides.base.has(paragraph.id) || now.some(({ id }) => id === paragraph.id)) {
        throw new RangeError(`paragraph ${paragraph.id} is there already`)
      }
      now.splice(placeOf(edit.after, base, now), 0, paragraph)
      continue
    }
    const id = edit.kind === 'remove' ? edit.id : edit.paragraph.id
    const mine = edit.kind === 'remove' ? null : edit.paragraph
    const conflict = findConflict(id, mine, sides)
    if (conflict !== null) conflicts.push(conflict)
    else now = now.flatMap((one) => (one.id === id ? (mine ?? []) : one))
  }
  return { document: { ...theirs, paragraphs: now }, conflicts }
}
