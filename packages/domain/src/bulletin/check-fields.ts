import type { BulletinDocument, BulletinParagraph, FieldRun } from './bulletin-document.ts'

/**
 * `same`: as the newest version gives it. `changed`: somebody wrote another figure by hand. `stale`: as its version gave it, and a
 * newer one gives another. `gone`: no version gives it any more.
 */
export type FieldState = 'same' | 'changed' | 'stale' | 'gone'

export interface CheckedField {
  readonly paragraphId: string
  /** Place of the run in its paragraph, from 0. */
  readonly run: number
  readonly field: FieldRun
  readonly state: FieldState
  /** What its own version gives; null = nothing. */
  readonly bound: string | null
  /** What the newest version gives; null = nothing. */
  readonly newest: string | null
}

/** A number in the text that nothing vouches for. */
export interface LooseNumber {
  readonly paragraphId: string
  readonly number: string
  /** A few characters around it. */
  readonly around: string
}

export interface CheckedDocument {
  readonly fields: readonly CheckedField[]
  readonly loose: readonly LooseNumber[]
}

/** The text of a figure in a version of the frozen quarter; null = it has none. */
export type ResolveFigure = (version: number, key: string) => string | null

const AROUND = 6
/** Texts in which no figure of the quarter stands. */
const CHECKED_STYLES: readonly BulletinParagraph['style'][] = ['body', 'point', 'recipients']
/** Dates, years, quarters, titles of documents and their numbers, ordinals of a list. */
const NOT_LOOSE =
  /《[^》]*》|〔\d+〕\s*\d*号?|\d+\s*(?:年|月|日|时)|(?<=^|[。；：\n])\d+[.．、](?!\d)|[（(]\d+[）)]|\d+个(?:工作日|自然日)|第\d+/g
const NUMBER = /\d+(?:\.\d+)?%?/g

function stateOf(field: FieldRun, bound: string | null, newest: string | null): FieldState {
  if (newest === null && bound === null) return 'gone'
  if (field.text === newest) return 'same'
  if (field.text === bound) return 'stale'
  return 'changed'
}

function listLoose({ id, runs, style }: BulletinParagraph): LooseNumber[] {
  if (!CHECKED_STYLES.includes(style)) return []
  return runs.flatMap((run) => {
    if (run.kind === 'field') return []
    const text = run.text.replace(NOT_LOOSE, (found) => '　'.repeat(found.length))
    return [...text.matchAll(NUMBER)].map((found): LooseNumber => {
      const [number] = found
      const around = run.text.slice(Math.max(found.index - AROUND, 0), found.index + number.length + AROUND)
      return { paragraphId: id, number, around }
    })
  })
}

/** Computes every figure of a document again, by its own version and by the newest one. */
export function checkFields(document: BulletinDocument, newest: number, resolve: ResolveFigure): CheckedDocument {
  const fields = document.paragraphs.flatMap(({ id, runs }) =>
    runs.flatMap((field, run): CheckedField[] => {
      if (field.kind === 'text') return []
      const [own, last] = [resolve(field.version, field.key), resolve(newest, field.key)]
      return [{ paragraphId: id, run, field, state: stateOf(field, own, last), bound: own, newest: last }]
    }),
  )
  return { fields, loose: document.paragraphs.flatMap(listLoose) }
}

/** What keeps a document from being published; empty = nothing does. */
export function listPublishProblems({ fields }: CheckedDocument): readonly ('stale' | 'gone' | 'unexplained')[] {
  const has = (isBad: (one: CheckedField) => boolean): boolean => fields.some(isBad)
  return [
    ...(has(({ state }) => state === 'stale') ? (['stale'] as const) : []),
    ...(has(({ state }) => state === 'gone') ? (['gone'] as const) : []),
    ...(has(({ field, state }) => state === 'changed' && field.reason === null) ? (['unexplained'] as const) : []),
  ]
}

/** Every figure as the newest version gives it, but for those changed by hand and those that it does not give. */
export function rebindFields(document: BulletinDocument, newest: number, resolve: ResolveFigure): BulletinDocument {
  const paragraphs = document.paragraphs.map((paragraph): BulletinParagraph => ({
    ...paragraph,
    runs: paragraph.runs.map((run) => {
      if (run.kind === 'text') return run
      const [own, last] = [resolve(run.version, run.key), resolve(newest, run.key)]
      if (last === null) return run
      return run.text === own ? { ...run, version: newest, text: last, reason: null } : { ...run, version: newest }
    }),
  }))
  return { version: newest, paragraphs }
}
