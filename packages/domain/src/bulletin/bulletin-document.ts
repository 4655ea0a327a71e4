/**
 * What a paragraph is in an official document. `mark`: 发文机关标志, in red above all; left out where the paper bears it. `point`: its first sentence is a heading of the second level that runs on in
 * the same line; `after` everything else, text.
 */
export const PARAGRAPH_STYLES = [
  'mark',
  'number',
  'title',
  'recipients',
  'body',
  'heading',
  'point',
  'attachments',
  'signature',
  'date',
  'copies',
] as const
export type ParagraphStyle = (typeof PARAGRAPH_STYLES)[number]

export interface TextRun {
  readonly kind: 'text'
  readonly text: string
}

/** A figure: what the document says, and where it comes from. */
export interface FieldRun {
  readonly kind: 'field'
  /** Of a figure: `all/late`, `group:NAME/onTimeShare`, `unit:CODE/score`. */
  readonly key: string
  /** Version of the frozen quarter that it is taken from. */
  readonly version: number
  readonly text: string
  /** Why `text` is not what the snapshot gives; null = nobody said why. */
  readonly reason: string | null
}

export type BulletinRun = TextRun | FieldRun

export interface BulletinParagraph {
  /** Stays with the paragraph through every revision. */
  readonly id: string
  readonly style: ParagraphStyle
  readonly runs: readonly BulletinRun[]
}

/** A bulletin, or a correction of one: paragraphs in their order. */
export interface BulletinDocument {
  /** Version of the frozen quarter that annexes are taken from. */
  readonly version: number
  readonly paragraphs: readonly BulletinParagraph[]
}

/** The paragraph as it reads. */
export function textOfParagraph({ runs }: Pick<BulletinParagraph, 'runs'>): string {
  return runs.map(({ text }) => text).join('')
}

function isSameRun(a: BulletinRun, b: BulletinRun | undefined): boolean {
  if (a.kind === 'text' || b?.kind !== 'field') return a.kind === b?.kind && a.text === b.text
  return a.key === b.key && a.version === b.version && a.text === b.text && a.reason === b.reason
}

/** True when nobody could tell the two apart, neither by their words nor by where their figures come from. */
export function isSameParagraph(a: BulletinParagraph, b: BulletinParagraph): boolean {
  return a.style === b.style && a.runs.length === b.runs.length && a.runs.every((run, at) => isSameRun(run, b.runs[at]))
}
