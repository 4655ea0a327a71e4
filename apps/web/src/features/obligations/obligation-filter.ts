import type { ObligationListInput } from '@zhidu/contract'
import {
  type Level,
  LEVELS,
  OBLIGATION_KINDS,
  OBLIGATION_SORTS,
  type ObligationKind,
  type ObligationSort,
  type Outcome,
  type Quarter,
} from '@zhidu/domain'
import type { z } from 'zod'

export interface ObligationFilter {
  /** ISO instant; null = now. */
  readonly asOf: string | null
  readonly unitCode: string | null
  readonly kind: ObligationKind | null
  readonly outcome: Outcome | null
  readonly level: Level | null
  /** Those with a pre-report, those re-opened; null = all. */
  readonly mark: 'preReported' | 'reopened' | null
  readonly sort: ObligationSort
}

/** In the order in which an office asks for them. */
export const OUTCOMES: readonly Outcome[] = ['missing', 'late', 'not_yet_due', 'on_time']
export const MARKS = ['preReported', 'reopened'] as const

function oneOf<T extends string>(values: readonly T[], text: string | null): T | null {
  return values.find((value) => value === text) ?? null
}

/** The filter in an address; what is no word of it is left out. */
export function readFilter(query: (key: string) => string | null, asOf: string | null): ObligationFilter {
  return {
    asOf,
    unitCode: query('unit'),
    kind: oneOf(OBLIGATION_KINDS, query('kind')),
    outcome: oneOf(OUTCOMES, query('outcome')),
    level: oneOf(LEVELS, query('level')),
    mark: oneOf(MARKS, query('mark')),
    sort: oneOf(OBLIGATION_SORTS, query('sort')) ?? 'due',
  }
}

export type FilterKey = 'unit' | 'kind' | 'outcome' | 'level' | 'mark'

/** Names of the filters in use, for the sentence that proposes to clear them. */
export function usedFilters(filter: ObligationFilter): FilterKey[] {
  const values = {
    unit: filter.unitCode,
    kind: filter.kind,
    outcome: filter.outcome,
    level: filter.level,
    mark: filter.mark,
  }
  return (Object.keys(values) as FilterKey[]).filter((key) => values[key] !== null)
}

export function toListInput(
  quarter: Quarter,
  filter: ObligationFilter,
  cursor: string | null,
): z.input<typeof ObligationListInput> {
  const { asOf, kind, level, mark, outcome, sort, unitCode } = filter
  return {
    quarter,
    ...(asOf === null ? {} : { asOf }),
    ...(unitCode === null ? {} : { unitCode }),
    ...(kind === null ? {} : { kind }),
    ...(outcome === null ? {} : { outcome }),
    ...(level === null ? {} : { level }),
    ...(mark === null ? {} : { [mark]: true }),
    ...(sort === 'due' ? {} : { sort }),
    ...(cursor === null ? {} : { cursor }),
  }
}

/** The list on screen as a file: same filters, same order. */
export function exportLink(quarter: Quarter, filter: ObligationFilter, language: string): string {
  const query = new URLSearchParams()
  for (const [key, value] of Object.entries(toListInput(quarter, filter, null))) query.set(key, String(value))
  query.set('lang', language)
  return `/files/obligations.xlsx?${query.toString()}`
}
