import type { Regulation } from '@zhidu/domain'
import type { z } from 'zod'
import type { Language } from './kinds-words.ts'
import { REGULATION_LIMITS, RegulationDocument } from './regulation.ts'
import { BAD_VALUE_WORDS, NO_JSON_WORDS, TOO_LONG_WORDS } from './regulation-issue-words.ts'

/** One thing that a document has and may not have, with where it stands and what would be accepted. */
export interface RegulationIssue {
  /** `deductions[3].shape.points`; empty = the document as a whole. */
  readonly path: string
  /** Label of the clause it stands under; null = none. */
  readonly clause: string | null
  /** What was found, as JSON, shortened; null = nothing. */
  readonly value: string | null
  readonly text: Readonly<Record<Language, string>>
}

export type ParsedRegulation =
  | { readonly regulation: Regulation; readonly issues: null }
  | { readonly regulation: null; readonly issues: readonly RegulationIssue[] }

const MAX_VALUE_CHARACTERS = 60
const MAX_ISSUES = 200

type Path = readonly PropertyKey[]

function at(value: unknown, key: PropertyKey): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined
}

function toPathText(path: Path): string {
  return path.reduce<string>((text, key) => {
    if (typeof key === 'number') return `${text}[${key}]`
    return text === '' ? String(key) : `${text}.${String(key)}`
  }, '')
}

function shorten(value: unknown): string | null {
  if (value === undefined) return null
  const text = JSON.stringify(value) ?? ''
  return text.length > MAX_VALUE_CHARACTERS ? `${text.slice(0, MAX_VALUE_CHARACTERS)}…` : text
}

/** The label of the innermost rule on the way that names a clause, or of the clause itself. */
function clauseOn(document: unknown, path: Path): string | null {
  const clauses: unknown = at(document, 'clauses')
  let label: unknown = null
  let place: unknown = document
  for (const key of path) {
    place = at(place, key)
    const named: unknown = at(place, 'clause')
    if (path[0] === 'clauses' && typeof at(place, 'label') === 'string') label = at(place, 'label')
    if (typeof named === 'string') {
      const found: unknown = Array.isArray(clauses) ? clauses.find((one) => at(one, 'id') === named) : undefined
      label = at(found, 'label') ?? named
    }
  }
  return typeof label === 'string' ? label : null
}

function toIssues(document: unknown, issue: z.core.$ZodIssue): RegulationIssue[] {
  const paths: readonly Path[] =
    issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...issue.path, key]) : [issue.path]
  return paths.map((path) => {
    const found = path.reduce<unknown>(at, document)
    const clause = clauseOn(document, path)
    const value = shorten(found)
    const where = toPathText(path)
    const text = (language: Language): string =>
      BAD_VALUE_WORDS[language]({ clause, keys: path, path: where, value, issue })
    return { path: where, clause, value, text: { 'zh-CN': text('zh-CN'), en: text('en') } }
  })
}

/** A document from a value, or everything that is wrong with its shape. */
export function parseRegulation(value: unknown): ParsedRegulation {
  const parsed = RegulationDocument.safeParse(value)
  if (parsed.success) return { regulation: parsed.data, issues: null }
  const issues = parsed.error.issues.flatMap((issue) => toIssues(value, issue)).slice(0, MAX_ISSUES)
  return { regulation: null, issues }
}

function whole(text: Readonly<Record<Language, string>>): ParsedRegulation {
  return { regulation: null, issues: [{ path: '', clause: null, value: null, text }] }
}

/** The same from the text of a file. */
export function parseRegulationJson(text: string): ParsedRegulation {
  if (text.length > REGULATION_LIMITS.jsonCharacters) return whole(TOO_LONG_WORDS)
  let value: unknown
  try {
    value = JSON.parse(text.startsWith('\uFEFF') ? text.slice(1) : text)
  } catch {
    return whole(NO_JSON_WORDS)
  }
  return parseRegulation(value)
}
