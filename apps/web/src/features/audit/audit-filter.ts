import type { AuditListInput } from '@zhidu/contract'

/** Every filter is text of the address; '' = any. Dates are local, `to` is the last day inside. */
export interface AuditFilter {
  readonly from: string
  readonly to: string
  readonly actor: string
  readonly action: string
  readonly outcome: string
  readonly object: string
}

export const FILTER_KEYS = [
  'from',
  'to',
  'actor',
  'action',
  'outcome',
  'object',
] as const satisfies (keyof AuditFilter)[]

const DATE = /^\d{4}-\d{2}-\d{2}$/
const ACTION = /^[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*$/
const DAY_MS = 86_400_000

function isDate(text: string): boolean {
  return DATE.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00+08:00`))
}

function nextDay(date: string): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + DAY_MS).toISOString().slice(0, 10)
}

/** Leaves out what the server would refuse, so that a mistyped address shows more rather than an error. */
export function toAuditFilter(text: (key: keyof AuditFilter) => string | null): AuditFilter {
  const [from, to, actor, action, outcome, object] = FILTER_KEYS.map((key) => (text(key) ?? '').trim())
  return {
    from: isDate(from ?? '') ? (from ?? '') : '',
    to: isDate(to ?? '') ? (to ?? '') : '',
    actor: (actor ?? '').slice(0, 100),
    action: ACTION.test(action ?? '') ? (action ?? '') : '',
    outcome: outcome === 'done' || outcome === 'refused' ? outcome : '',
    object: (object ?? '').slice(0, 200),
  }
}

/** The question to the server; days begin at 00:00 +08:00 and the last one is whole. */
export function toAuditListInput(filter: AuditFilter, cursor: string | null): AuditListInput {
  const { outcome } = filter
  return {
    ...(filter.from === '' ? {} : { from: `${filter.from}T00:00:00+08:00` }),
    ...(filter.to === '' ? {} : { to: `${nextDay(filter.to)}T00:00:00+08:00` }),
    ...(filter.actor === '' ? {} : { actor: filter.actor }),
    ...(filter.action === '' ? {} : { action: filter.action }),
    ...(outcome === 'done' || outcome === 'refused' ? { outcome } : {}),
    ...(filter.object === '' ? {} : { object: filter.object }),
    ...(cursor === null ? {} : { cursor }),
  }
}

/** Families of actions that the trail holds, in the order of the menu; each covers all that begins with it. */
export const ACTION_FAMILIES = [
  'session',
  'account',
  'access',
  'token',
  'import',
  'personal',
  'export',
  'audit',
  'backup',
  'restore',
  'unit',
  'event',
  'check',
  'league',
  'overview',
  'search',
] as const
