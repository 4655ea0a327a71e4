import type { EventJudgement } from '@zhidu/contract'
import { type Element, ELEMENTS, type Stage } from '@zhidu/domain'

export interface ElementColumn {
  readonly key: string
  readonly stage: Stage
  readonly sequence: number
  /** False for a report written after the elements were counted. */
  readonly isCounted: boolean
}

export interface ElementRow {
  readonly element: Element
  /** One a column. */
  readonly given: readonly boolean[]
  readonly verdict: 'given' | 'missing' | 'waiting'
}

export interface ElementGrid {
  readonly columns: readonly ElementColumn[]
  readonly rows: readonly ElementRow[]
}

/** Which report gave which element, and what was judged; reports in writing only, in order of writing. */
export function buildElementGrid({ completeness, reports }: EventJudgement): ElementGrid {
  const limit = completeness.judgedAt === null ? Infinity : Date.parse(completeness.judgedAt)
  const written = reports
    .flatMap((report) => (report.writtenAt === null ? [] : [{ ...report, at: Date.parse(report.writtenAt) }]))
    .toSorted((a, b) => a.at - b.at)
  return {
    columns: written.map(({ stage, sequence, at }) => ({
      key: `${stage}-${sequence}`,
      stage,
      sequence,
      isCounted: at <= limit,
    })),
    rows: ELEMENTS.map((element) => ({
      element,
      given: written.map((report) => report.elements.includes(element)),
      verdict: completeness.given.includes(element) ? 'given' : completeness.isJudged ? 'missing' : 'waiting',
    })),
  }
}
