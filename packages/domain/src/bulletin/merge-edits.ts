import { type BulletinDocument, type BulletinParagraph, isSameParagraph } from './bulletin-document.ts'

/** What is edited as a whole: a paragraph, an item. */
interface Part {
  /** Stays with it through every revision. */
  readonly id: string
}

/** One change to a list of parts. `insert`: behind the part `after`, null = before the first. */
export type PartEdit<P extends Part> =
  | { readonly kind: 'replace'; readonly paragraph: P }
  | { readonly kind: 'insert'; readonly after: string | null; readonly paragraph: P }
  | { readonly kind: 'remove'; readonly id: string }
export type BulletinEdit = PartEdit<BulletinParagraph>

/** Two people changed one part. null = removed by that one. */
export interface PartConflict<P extends Part> {
  readonly id: string
  readonly base: P
  readonly theirs: P | null
  readonly mine: P | null
}

/** Two people changed one paragraph. */
export type EditConflict = PartConflict<BulletinParagraph>

export interface MergedEdits {
  /** With everything that does not conflict; of a conflict it has theirs. */
  readonly document: BulletinDocument
  readonly conflicts: readonly EditConflict[]
}

export interface MergedParts<P extends Part> {
  /** With everything that does not conflict; of a conflict it has theirs. */
  readonly parts: readonly P[]
  readonly conflicts: readonly PartConflict<P>[]
}

interface Sides<P extends Part> {
  readonly base: ReadonlyMap<string, P>
  readonly theirs: ReadonlyMap<string, P>
  readonly isSame: (a: P, b: P) => boolean
}

function byId<P extends Part>(parts: readonly P[]): ReadonlyMap<string, P> {
  return new Map(parts.map((part) => [part.id, part]))
}

/** Null = the edit may be made. Throws RangeError for a part that the base has not. */
function findConflict<P extends Part>(id: string, mine: P | null, sides: Sides<P>): PartConflict<P> | null {
  const base = sides.base.get(id)
  if (base === undefined) throw new RangeError(`no paragraph ${id} in the base`)
  const theirs = sides.theirs.get(id) ?? null
  const isUntouched = theirs !== null && sides.isSame(base, theirs)
  const isAlike = theirs === null ? mine === null : mine !== null && sides.isSame(theirs, mine)
  return isUntouched || isAlike ? null : { id, base, theirs, mine }
}

/** Behind its anchor, or, where they removed that, behind the nearest part of the base before it that is still there. */
function placeOf(after: string | null, base: readonly Part[], now: readonly Part[]): number {
  if (after === null) return 0
  const here = now.findIndex(({ id }) => id === after)
  if (here !== -1) return here + 1
  const anchor = base.findIndex(({ id }) => id === after)
  if (anchor === -1) throw new RangeError(`no paragraph ${after} to insert behind`)
  return placeOf(base[anchor - 1]?.id ?? null, base, now)
}

/**
 * Makes edits of `base` in `theirs`, what became of it meanwhile: different parts are merged, the same one is a conflict that names
 * both. Nothing of either side is lost. Throws RangeError for an edit of what the base has not, or an id that is taken.
 */
export function mergeParts<P extends Part>(
  base: readonly P[],
  theirs: readonly P[],
  edits: readonly PartEdit<P>[],
  isSame: (a: P, b: P) => boolean,
): MergedParts<P> {
  const sides: Sides<P> = { base: byId(base), theirs: byId(theirs), isSame }
  const conflicts: PartConflict<P>[] = []
  let now = [...theirs]
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
  return { parts: now, conflicts }
}

/** The same for the paragraphs of a document; see `mergeParts`. */
export function mergeEdits(
  base: BulletinDocument,
  theirs: BulletinDocument,
  edits: readonly BulletinEdit[],
): MergedEdits {
  const { conflicts, parts } = mergeParts(base.paragraphs, theirs.paragraphs, edits, isSameParagraph)
  return { document: { ...theirs, paragraphs: parts }, conflicts }
}
