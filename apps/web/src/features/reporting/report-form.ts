import type { ReportContent, ReportDesk, ReportDocument } from '@zhidu/contract'
import {
  type Category,
  ELEMENTS,
  type Element,
  LEVELS,
  type Level,
  MOST_ELEMENT_CHARACTERS,
  type Stage,
} from '@zhidu/domain'

/** A report as it is typed; '' = not chosen, not known yet. Times as fields for local times have them. */
export interface ReportForm {
  readonly stage: Stage
  readonly category: Category | ''
  readonly level: Level | ''
  readonly occurredAt: string
  readonly learnedAt: string
  readonly phonedAt: string
  readonly clockSource: string
  readonly areaCode: string
  readonly place: string
  readonly deaths: string
  readonly injuries: string
  readonly missing: string
  readonly texts: Readonly<Partial<Record<Element, string>>>
  readonly recipients: string
  readonly signer: string
  readonly contact: string
}

/** Elements with a text of their own; the others are given by fields. */
export const TEXT_ELEMENTS = ELEMENTS.filter(
  (element) => !(['learned_time', 'occurred_time', 'place'] as readonly Element[]).includes(element),
)

const LOCAL = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?$/
const MINUTE_LENGTH = 16
const SECOND_LENGTH = 19
const PERSONS = /^\d{1,6}$/

/** `2026-11-20T08:30` as an instant of local time; null = not a time. */
export function toInstant(local: string): string | null {
  if (!LOCAL.test(local)) return null
  return `${local.length === MINUTE_LENGTH ? `${local}:00` : local}+08:00`
}

export function toLocalField(instant: string | null): string {
  return instant === null ? '' : instant.slice(0, SECOND_LENGTH)
}

/** The minute of an instant, epoch ms, as a field has it. */
export function minuteOf(at: number): string {
  return new Date(at + 8 * 3_600_000).toISOString().slice(0, MINUTE_LENGTH)
}

export function emptyForm(stage: Stage): ReportForm {
  return {
    stage,
    category: '',
    level: '',
    occurredAt: '',
    learnedAt: '',
    phonedAt: '',
    clockSource: '',
    areaCode: '',
    place: '',
    deaths: '',
    injuries: '',
    missing: '',
    texts: {},
    recipients: '',
    signer: '',
    contact: '',
  }
}

function textOf(count: number | null): string {
  return count === null ? '' : String(count)
}

export function toForm(document: ReportDocument): ReportForm {
  const { areaCode, category, clockSource, contact, deaths, injuries, level, missing, place, recipients, signer } =
    document
  return {
    stage: document.stage,
    category,
    level,
    occurredAt: toLocalField(document.occurredAt),
    learnedAt: toLocalField(document.learnedAt),
    phonedAt: toLocalField(document.phonedAt),
    clockSource,
    areaCode: areaCode ?? '',
    place,
    deaths: textOf(deaths),
    injuries: textOf(injuries),
    missing: textOf(missing),
    texts: document.texts,
    recipients,
    signer,
    contact,
  }
}

/**
 * What the next report begins with: class, level, clocks, place and people as known; its words are new. A correction begins with all that
 * it corrects.
 */
export function beginForm(desk: ReportDesk, stage: Stage, corrected: ReportContent | null): ReportForm {
  if (corrected !== null) return toForm(corrected.document)
  const last = desk.contents[0]
  if (last !== undefined) return { ...toForm(last.document), stage, phonedAt: '', texts: {} }
  const [told] = desk.calls
  const known = desk.reports.find((report) => report.stage === 'first')
  if (known === undefined) return { ...emptyForm(stage), areaCode: desk.unitCode }
  return {
    ...emptyForm(stage),
    areaCode: desk.unitCode,
    category: known.category,
    level: known.level,
    occurredAt: toLocalField(known.occurredAt),
    learnedAt: toLocalField(known.learnedAt),
    place: told?.place ?? '',
  }
}

export const FORM_FIELDS = ['category', 'level', 'occurredAt', 'learnedAt', 'signer', 'persons', 'texts'] as const
export type FormField = (typeof FORM_FIELDS)[number]

/** The first thing without which nothing can be sent; null = nothing. */
export function findGap(form: ReportForm): FormField | null {
  if (form.category === '') return 'category'
  if (form.level === '') return 'level'
  if (toInstant(form.occurredAt) === null) return 'occurredAt'
  if (toInstant(form.learnedAt) === null) return 'learnedAt'
  if ([form.deaths, form.injuries, form.missing].some((count) => count !== '' && !PERSONS.test(count))) return 'persons'
  if (listTooLong(form).length > 0) return 'texts'
  return form.signer.trim() === '' ? 'signer' : null
}

export function listTooLong({ texts }: Pick<ReportForm, 'texts'>): Element[] {
  return ELEMENTS.filter((element) => (texts[element]?.length ?? 0) > MOST_ELEMENT_CHARACTERS)
}

function toCount(text: string): number | null {
  return PERSONS.test(text) ? Number(text) : null
}

/** As it is sent; null while something that is needed is missing. */
export function toDocument(form: ReportForm): ReportDocument | null {
  const { areaCode, category, clockSource, contact, level, phonedAt, place, recipients, signer, stage, texts } = form
  const [occurredAt, learnedAt] = [toInstant(form.occurredAt), toInstant(form.learnedAt)]
  if (category === '' || level === '' || occurredAt === null || learnedAt === null) return null
  return {
    stage,
    category,
    level,
    occurredAt,
    learnedAt,
    clockSource: clockSource.trim(),
    phonedAt: stage === 'first' ? toInstant(phonedAt) : null,
    areaCode: areaCode === '' ? null : areaCode,
    place: place.trim(),
    deaths: toCount(form.deaths),
    injuries: toCount(form.injuries),
    missing: toCount(form.missing),
    texts: Object.fromEntries(Object.entries(texts).filter(([, text]) => text.trim() !== '')),
    recipients: recipients.trim(),
    signer: signer.trim(),
    contact: contact.trim(),
  }
}

/** A heavier level than the published order would have for so many deaths is the officer's to choose; a lighter one is asked about. */
export function isLighter(level: Level, least: Level): boolean {
  return LEVELS.indexOf(level) > LEVELS.indexOf(least)
}
