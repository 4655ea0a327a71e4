import {
  type BulletinDocument,
  type BulletinEdit,
  type BulletinParagraph,
  type FieldRun,
  isSameParagraph,
} from '@zhidu/domain'

/** What was done to `base` to make `now` of it. Paragraphs are not moved. */
export function diffDocuments(base: BulletinDocument, now: BulletinDocument): BulletinEdit[] {
  const before = new Map(base.paragraphs.map((one) => [one.id, one]))
  const after = new Set(now.paragraphs.map(({ id }) => id))
  const removed = base.paragraphs
    .filter(({ id }) => !after.has(id))
    .map(({ id }): BulletinEdit => ({ kind: 'remove', id }))
  const rest = now.paragraphs.flatMap((paragraph, index): BulletinEdit[] => {
    const old = before.get(paragraph.id)
    if (old === undefined) {
      return [{ kind: 'insert', after: now.paragraphs[index - 1]?.id ?? null, paragraph }]
    }
    return isSameParagraph(old, paragraph) ? [] : [{ kind: 'replace', paragraph }]
  })
  // A new paragraph may stand behind one that goes.
  return [...rest, ...removed]
}

export function replaceParagraph(document: BulletinDocument, paragraph: BulletinParagraph): BulletinDocument {
  return { ...document, paragraphs: document.paragraphs.map((one) => (one.id === paragraph.id ? paragraph : one)) }
}

export function removeParagraph(document: BulletinDocument, id: string): BulletinDocument {
  return { ...document, paragraphs: document.paragraphs.filter((one) => one.id !== id) }
}

/** A new paragraph of the same kind behind another; a heading is followed by text. */
export function insertParagraph(document: BulletinDocument, after: string, id: string): BulletinDocument {
  const paragraphs = document.paragraphs.flatMap((one): BulletinParagraph[] => {
    if (one.id !== after) return [one]
    const style = one.style === 'point' || one.style === 'attachments' ? one.style : 'body'
    return [one, { id, style, runs: [] }]
  })
  return { ...document, paragraphs }
}

/** Changes one figure of a paragraph. */
export function changeField(
  document: BulletinDocument,
  place: { readonly paragraphId: string; readonly run: number },
  change: Partial<Pick<FieldRun, 'text' | 'reason'>>,
): BulletinDocument {
  const paragraphs = document.paragraphs.map((one) =>
    one.id === place.paragraphId
      ? {
          ...one,
          runs: one.runs.map((run, at) => (at === place.run && run.kind === 'field' ? { ...run, ...change } : run)),
        }
      : one,
  )
  return { ...document, paragraphs }
}
