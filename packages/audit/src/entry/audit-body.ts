import { type Json, toCanonicalJson } from './canonical-json.ts'

export const ACTOR_KINDS = ['account', 'token', 'local', 'system', 'anonymous'] as const
export type ActorKind = (typeof ACTOR_KINDS)[number]

export const OUTCOMES = ['done', 'refused'] as const
export type AuditOutcome = (typeof OUTCOMES)[number]

export interface AuditActor {
  readonly kind: ActorKind
  readonly id: string | null
  readonly name: string | null
  /** Code of the unit the actor belongs to. */
  readonly unit: string | null
}

/** Who did what, when, from where, to what, and how it came out. */
export interface AuditBody {
  readonly v: 1
  /** UTC with milliseconds: `2026-07-03T06:05:00.000Z`. */
  readonly at: string
  readonly actor: AuditActor
  /** Network address of the caller; null = on the machine itself. */
  readonly from: string | null
  readonly action: string
  readonly object: string | null
  readonly outcome: AuditOutcome
  /** Why it was refused; null = it was done. */
  readonly reason: string | null
  readonly detail: { readonly [key: string]: Json }
}

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/

/** Names come from strangers. What neither JSON nor PostgreSQL can hold must not keep an entry from being written. */
function toHoldable(value: Json): Json {
  if (typeof value === 'string') return value.toWellFormed().replaceAll('\u0000', '\ufffd')
  if (Array.isArray(value)) return value.map((item: Json) => toHoldable(item))
  if (typeof value !== 'object' || value === null) return value
  const members = Object.entries(value).map(([key, member]) => [toHoldable(key), toHoldable(member)] as const)
  return Object.fromEntries(members)
}

/**
 * The exact text of an entry that is stored and hashed: canonical JSON of these fields and no others.
 * NUL and halves of surrogate pairs become U+FFFD. Throws RangeError for an `at` that is not such an instant.
 */
export function toAuditText(body: AuditBody): string {
  if (!INSTANT.test(body.at)) throw new RangeError(`not an instant in UTC with milliseconds: ${body.at}`)
  const { action, actor, at, detail, from, object, outcome, reason, v } = body
  const { id, kind, name, unit } = actor
  const entry = { v, at, actor: { kind, id, name, unit }, from, action, object, outcome, reason, detail }
  return toCanonicalJson(toHoldable(entry))
}

/** The body a text was made of; null = `toAuditText` did not make it. */
export function parseAuditText(text: string): AuditBody | null {
  try {
    // Safe: whatever it is, it is written anew and compared.
    const body = JSON.parse(text) as AuditBody
    return body.v === 1 && toAuditText(body) === text ? body : null
  } catch {
    return null
  }
}
