import type { PlainDate } from '../calendar/plain-date.ts'
import type { UnitPeriod } from '../facts/facts.ts'
import { unitPeriodOn } from './membership.ts'
import type { SuccessionKind, UnitTree } from './succession.ts'

/** A merger (several units into one) or a split (one into several) as somebody wants to record it. */
export interface SuccessionAct {
  readonly kind: SuccessionKind
  readonly fromCodes: readonly string[]
  readonly toCodes: readonly string[]
  readonly onDate: PlainDate
}

export const SUCCESSION_PROBLEMS = [
  'unit_unknown',
  'wrong_count',
  'named_twice',
  'still_open',
  'never_open',
  'not_open',
  'recorded_already',
] as const
export type SuccessionProblemKind = (typeof SUCCESSION_PROBLEMS)[number]

export interface SuccessionProblem {
  readonly kind: SuccessionProblemKind
  /** The unit it is about; null = the act as a whole. */
  readonly unitCode: string | null
}

/**
 * What is wrong with an act; none = it may be recorded. `still_open`: a merged unit must be closed from the day on, by the
 * units file; `never_open`: it was not open before; `not_open`: a successor must be open on the day; `recorded_already`: it
 * was merged elsewhere the same day or the same is on record.
 */
export function checkSuccession(act: SuccessionAct, tree: UnitTree): SuccessionProblem[] {
  const { fromCodes, kind, onDate, toCodes } = act
  const one = kind === 'merge' ? toCodes : fromCodes
  const problems: SuccessionProblem[] = []
  const add = (problem: SuccessionProblemKind, unitCode: string | null): void => {
    problems.push({ kind: problem, unitCode })
  }
  if (one.length !== 1 || fromCodes.length === 0 || toCodes.length === 0) add('wrong_count', null)
  const all = [...fromCodes, ...toCodes]
  const periodsOf = (code: string): readonly UnitPeriod[] => tree.periodsOf.get(code) ?? []
  for (const code of new Set(all)) {
    if (all.filter((other) => other === code).length > 1) add('named_twice', code)
    if (periodsOf(code).length === 0) add('unit_unknown', code)
  }
  if (problems.length > 0) return problems
  for (const code of fromCodes) {
    if (kind === 'merge' && unitPeriodOn(periodsOf(code), onDate) !== null) add('still_open', code)
    if (!periodsOf(code).some(({ validFrom }) => validFrom === null || validFrom < onDate)) add('never_open', code)
    const recorded = tree.successions.some(
      (row) =>
        row.fromCode === code &&
        row.onDate === onDate &&
        row.kind === kind &&
        (kind === 'merge' || toCodes.includes(row.toCode)),
    )
    if (recorded) add('recorded_already', code)
  }
  for (const code of toCodes) if (unitPeriodOn(periodsOf(code), onDate) === null) add('not_open', code)
  return problems
}
