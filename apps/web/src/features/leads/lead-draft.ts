import type { LeadItem, RecordLeadsInput } from '@zhidu/contract'
import { CATEGORIES, type Category, type LeadSource } from '@zhidu/domain'

/** A lead as it stands in the fields of a form. */
export interface LeadDraft {
  source: LeadSource
  summary: string
  place: string
  unitCode: string | null
  category: Category | ''
  /** `2026-08-17T14:30`, or empty. */
  occurredAt: string
  seenAt: string
  deaths: string
  injuries: string
}

export const EMPTY_DRAFT: LeadDraft = {
  source: 'hotline',
  summary: '',
  place: '',
  unitCode: null,
  category: '',
  occurredAt: '',
  seenAt: '',
  deaths: '',
  injuries: '',
}

const LOCAL_LENGTH = 16
const LEAST_LETTERS = 2

export function toLocalText(instant: string | null): string {
  return instant === null ? '' : instant.slice(0, LOCAL_LENGTH)
}

export function toDraft(item: LeadItem): LeadDraft {
  const { category, deaths, injuries, occurredAt, place, seenAt, source, summary, unitCode } = item
  return {
    source,
    summary,
    place: place ?? '',
    unitCode,
    category: category ?? '',
    occurredAt: toLocalText(occurredAt),
    seenAt: toLocalText(seenAt),
    deaths: deaths === null ? '' : String(deaths),
    injuries: injuries === null ? '' : String(injuries),
  }
}

function toInstant(text: string): string | null | undefined {
  if (text === '') return null
  return /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/.test(text) ? `${text}:00+08:00` : undefined
}

function toPersons(text: string): number | null | undefined {
  if (text.trim() === '') return null
  return /^\d{1,6}$/.test(text.trim()) ? Number(text.trim()) : undefined
}

type Seen = Omit<RecordLeadsInput['leads'][number], 'guid' | 'link'>

/** Null = something in it cannot be read, or nothing is told. */
export function toSeen(draft: LeadDraft): Seen | null {
  const [occurredAt, seenAt] = [toInstant(draft.occurredAt), toInstant(draft.seenAt)]
  const [deaths, injuries] = [toPersons(draft.deaths), toPersons(draft.injuries)]
  const [summary, place] = [draft.summary.trim(), draft.place.trim()]
  if (occurredAt === undefined || seenAt === undefined || deaths === undefined || injuries === undefined) return null
  if (summary.length < LEAST_LETTERS) return null
  const category = CATEGORIES.find((one) => one === draft.category) ?? null
  const { source, unitCode } = draft
  return {
    source,
    seenAt,
    occurredAt,
    place: place === '' ? null : place,
    unitCode,
    category,
    summary,
    deaths,
    injuries,
  }
}
