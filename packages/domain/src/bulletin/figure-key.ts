import { DEDUCTION_CODES, type DeductionCode } from '../regulation/deduction-codes.ts'

/** Whole numbers. */
export const COUNT_METRICS = [
  'units',
  'ranked',
  'unmeasured',
  'owed',
  'decided',
  'onTime',
  'late',
  'missing',
  'elementsGiven',
  'elementsOwed',
  'checks',
  'checksPassed',
  'checksFailed',
  'filingsOwed',
  'filingsOnTime',
  'filingsLate',
  'filingsMissing',
  'underAppeal',
] as const
export type CountMetric = (typeof COUNT_METRICS)[number]

/** Shares of what is decided. */
export const SHARE_METRICS = ['onTimeShare', 'elementsShare', 'checksShare', 'filingsShare'] as const
export type ShareMetric = (typeof SHARE_METRICS)[number]

/** Against the quarter before. */
export const CHANGE_METRICS = ['onTimeChange', 'checksChange'] as const
export type ChangeMetric = (typeof CHANGE_METRICS)[number]

const OTHER_METRICS = ['meanScore', 'score', 'rank', 'standing'] as const

/** How many deductions of one code. */
export type CodeMetric = `count.${DeductionCode}`
export type FigureMetric = CountMetric | ShareMetric | ChangeMetric | CodeMetric | (typeof OTHER_METRICS)[number]

/** Whom a figure is about. `all`: every unit of the bulletin. */
export type FigureScope =
  | { readonly kind: 'all' }
  | { readonly kind: 'group'; readonly group: string }
  | { readonly kind: 'unit'; readonly unitCode: string }

export interface FigureKey {
  readonly scope: FigureScope
  readonly metric: FigureMetric
}

const CODE_METRICS: readonly CodeMetric[] = DEDUCTION_CODES.map((code) => `count.${code}` as const)
const METRICS: ReadonlySet<string> = new Set([
  ...COUNT_METRICS,
  ...SHARE_METRICS,
  ...CHANGE_METRICS,
  ...CODE_METRICS,
  ...OTHER_METRICS,
])

function isMetric(text: string): text is FigureMetric {
  return METRICS.has(text)
}

function parseScope(text: string): FigureScope | null {
  if (text === 'all') return { kind: 'all' }
  const name = text.slice(text.indexOf(':') + 1)
  if (name === '') return null
  if (text.startsWith('group:')) return { kind: 'group', group: name }
  return text.startsWith('unit:') ? { kind: 'unit', unitCode: name } : null
}

/** Null for a text that is no key. The name of a group may hold a slash; a metric has none. */
export function parseFigureKey(text: string): FigureKey | null {
  const slash = text.lastIndexOf('/')
  const metric = text.slice(slash + 1)
  const scope = slash === -1 ? null : parseScope(text.slice(0, slash))
  return scope === null || !isMetric(metric) ? null : { scope, metric }
}

export function toFigureKey({ metric, scope }: FigureKey): string {
  switch (scope.kind) {
    case 'all':
      return `all/${metric}`
    case 'group':
      return `group:${scope.group}/${metric}`
    case 'unit':
      return `unit:${scope.unitCode}/${metric}`
  }
}
