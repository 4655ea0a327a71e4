import { SECOND_MS } from '../calendar/local-time.ts'
import { type Element, ELEMENTS, type ReportFact } from '../facts/facts.ts'
import type { Hundredths, Regulation } from '../regulation/regulation.ts'
import type { WrittenJudgement } from '../timeliness/written.ts'

/** A set of elements: bit i = ELEMENTS[i]. */
export type ElementMask = number

const ELEMENT_BITS = Object.fromEntries(ELEMENTS.map((element, index) => [element, 1 << index])) as Readonly<
  Record<Element, ElementMask>
>

export function toElementMask(elements: readonly Element[]): ElementMask {
  let mask = 0
  for (const element of elements) mask |= ELEMENT_BITS[element]
  return mask
}

/** In the order of `ELEMENTS`. */
export function fromElementMask(mask: ElementMask): Element[] {
  return ELEMENTS.filter((element) => (mask & ELEMENT_BITS[element]) !== 0)
}

export function countElements(mask: ElementMask): number {
  let count = 0
  for (let rest = mask; rest !== 0; rest &= rest - 1) count += 1
  return count
}

/** The elements of an event, as known. Instants in epoch ms. */
export interface ElementsJudgement {
  /** When they are judged: first report + 24 h, or the limit of an event that is missing; null = not known yet. */
  readonly judgedAt: number | null
  readonly isJudged: boolean
  readonly given: ElementMask
}

/**
 * Union of the elements of all reports written until 24 h after the first one, judged from then on.
 * A missing event has given none. Until judged, `given` is what has come so far and counts nothing.
 * Source: contract §5, completeness; card: docs/indicators/completeness.md
 */
export function judgeElements(
  reports: readonly ReportFact[],
  written: WrittenJudgement,
  regulation: Regulation,
  asOf: number,
): ElementsJudgement {
  if (written.outcome === 'missing') return { judgedAt: written.dueAt, isJudged: true, given: 0 }
  const judgedAt = written.at === null ? null : written.at + regulation.completeness.judgedAfterSeconds * SECOND_MS
  const until = Math.min(judgedAt ?? asOf, asOf)
  let given = 0
  for (const { writtenAt, elements } of reports) {
    if (writtenAt !== null && writtenAt <= until) given |= toElementMask(elements)
  }
  return { judgedAt, isJudged: judgedAt !== null && judgedAt <= asOf, given }
}

/** What the elements of a judged event cost; 0 while they are not judged. */
export function elementPoints(
  judgement: ElementsJudgement,
  written: WrittenJudgement,
  regulation: Regulation,
): Hundredths {
  const { elementMissing, elementMissingMax, eventMissingElements } = regulation.deduction
  if (!judgement.isJudged) return 0
  if (written.outcome === 'missing') return eventMissingElements
  return Math.min((ELEMENTS.length - countElements(judgement.given)) * elementMissing, elementMissingMax)
}
