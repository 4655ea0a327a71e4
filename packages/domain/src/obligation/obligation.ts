import type { Quarter } from '../calendar/quarter.ts'
import { type Level, REOPENED_OBLIGATIONS } from '../facts/facts.ts'
import type { Outcome } from '../timeliness/outcome.ts'

/** What a unit can owe by an instant: everything whose limit may be re-opened. */
export const OBLIGATION_KINDS = REOPENED_OBLIGATIONS
export type ObligationKind = (typeof OBLIGATION_KINDS)[number]

/** Orders of a list of obligations. */
export const OBLIGATION_SORTS = ['due', 'unit', 'outcome'] as const
export type ObligationSort = (typeof OBLIGATION_SORTS)[number]

/** An instant from which on an obligation stands so; until the next one. */
export interface Turn {
  /** Epoch ms; −Infinity = always so far. */
  readonly at: number
  readonly outcome: Outcome
}

/** Something a unit owes by an instant under the rules of a quarter, and how it stands at every moment. Instants in epoch ms. */
export interface Obligation {
  readonly unitCode: string
  readonly quarter: Quarter
  readonly kind: ObligationKind
  /** event_code, or `HOLIDAY/FORM` of a form. */
  readonly ref: string
  /** null for a form. */
  readonly level: Level | null
  /** From when on it is owed: the event was learned of, the first report was written, the quarter of the form began. */
  readonly arisesAt: number
  /** The last instant on time by the rules alone, before a pre-report or a re-opening moves it. */
  readonly dueAt: number
  /** Id of the clause that sets it. */
  readonly clause: string
  /** When word was sent that the report takes longer, whether or not the rules grant time for it; null = never. */
  readonly preReportedAt: number | null
  /** The first re-opening; null = never. */
  readonly reopenedAt: number | null
  /** Ascending, at least one, no two alike in a row. As known of the facts, whatever the moment asked about. */
  readonly turns: readonly Turn[]
}

/** How it stands at an instant (epoch ms, whole seconds); null = it is not owed yet. */
export function obligationOutcomeAt(turns: readonly Turn[], asOf: number): Outcome | null {
  let outcome: Outcome | null = null
  for (const turn of turns) if (turn.at <= asOf) outcome = turn.outcome
  return outcome
}
