import type { Certainty, ListedUnit, RankLists } from '../rank-range/lists.ts'

/** 表扬 and 通报批评. */
export const LIST_KINDS = ['praise', 'criticism'] as const
export type ListKind = (typeof LIST_KINDS)[number]

/** Why the rules keep a unit off a list: too little to go by, not commendable by the method, 谎报 or 瞒报 that counts. */
export const LIST_BARRIERS = ['inactive', 'not_commendable', 'misreport'] as const
export type ListBarrier = (typeof LIST_BARRIERS)[number]

/** A measured unit of a table. */
export interface ListCandidate {
  readonly unitCode: string
  readonly rank: number
  readonly isTied: boolean
  /** First reports owed and checks. */
  readonly activity: number
  readonly isCommendable: boolean
  /** Of the quarter, confirmed as 谎报 or 瞒报, with points that count. */
  readonly hasMisreport: boolean
}

/** A unit that may be named, and what the rules say of it. */
export interface ProposedUnit {
  readonly unitCode: string
  readonly rank: number
  readonly isTied: boolean
  readonly activity: number
  /** Of truly belonging to that quarter of the table. */
  readonly probability: number
  readonly certainty: Certainty
  readonly isEnd: boolean
  /** null = the rules name it, unless it is not among the first or last at all. */
  readonly barrier: ListBarrier | null
  /** Named by the rules. */
  readonly isProposed: boolean
}

/** How surely every unit belongs to a quarter of the table. */
export type Probabilities = ReadonlyMap<string, Pick<ListedUnit, 'probability' | 'certainty' | 'isEnd'>>

function barrierOf(kind: ListKind, unit: ListCandidate, minimumActivity: number): ListBarrier | null {
  if (kind === 'praise' && unit.hasMisreport) return 'misreport'
  if (kind === 'praise' && !unit.isCommendable) return 'not_commendable'
  return unit.activity < minimumActivity ? 'inactive' : null
}

/**
 * Whom the rules name, by official place, the units that may be named as well, and those a rule keeps off, in the order of the table.
 * Units of one place are named together or, where a rule keeps one off, without it.
 */
export function proposeList(
  kind: ListKind,
  candidates: readonly ListCandidate[],
  by: { readonly lists: RankLists; readonly probabilities: Probabilities; readonly minimumActivity: number },
): ProposedUnit[] {
  const listed = new Set(by.lists[kind].map(({ unitCode }) => unitCode))
  return candidates.flatMap((unit) => {
    const sure = by.probabilities.get(unit.unitCode)
    if (sure === undefined) return []
    const barrier = barrierOf(kind, unit, by.minimumActivity)
    const { activity, isTied, rank, unitCode } = unit
    return [
      { unitCode, rank, isTied, activity, ...sure, barrier, isProposed: listed.has(unitCode) && barrier === null },
    ]
  })
}

/** What a person says of one unit; `reason` null = none given. */
export interface ListChoice {
  readonly kind: ListKind
  readonly unitCode: string
  /** False = proposed, and left out. */
  readonly isNamed: boolean
  readonly reason: string | null
}

export type ChoiceRefusal = 'unknown' | 'twice' | 'both' | 'vetoed' | 'reason_missing' | 'not_all'

/** True where a person must say why: one added, one left out, one of whom it cannot be told that it belongs there. */
export function needsReason(unit: Pick<ProposedUnit, 'isProposed' | 'certainty'>, isNamed: boolean): boolean {
  return isNamed ? !unit.isProposed || unit.certainty === 'cannot_tell' : unit.isProposed
}

/** Never by any reason: praise of a unit that reported falsely or concealed. */
export function isVetoed(kind: ListKind, { barrier }: Pick<ProposedUnit, 'barrier'>): boolean {
  return kind === 'praise' && barrier === 'misreport'
}

/** Why the choices of a person may not stand, with the unit; null = they may. Every proposed unit is named or left out. */
export function refusesChoices(
  proposed: Readonly<Record<ListKind, readonly ProposedUnit[]>>,
  choices: readonly ListChoice[],
): { readonly refusal: ChoiceRefusal; readonly unitCode: string } | null {
  const seen = new Set<string>()
  const named = new Map<string, ListKind>()
  for (const { isNamed, kind, reason, unitCode } of choices) {
    const unit = proposed[kind].find((one) => one.unitCode === unitCode)
    if (unit === undefined) return { refusal: 'unknown', unitCode }
    if (seen.has(`${kind}/${unitCode}`)) return { refusal: 'twice', unitCode }
    seen.add(`${kind}/${unitCode}`)
    if (isNamed && isVetoed(kind, unit)) return { refusal: 'vetoed', unitCode }
    if (isNamed && named.has(unitCode)) return { refusal: 'both', unitCode }
    if (isNamed) named.set(unitCode, kind)
    if (reason === null && needsReason(unit, isNamed)) return { refusal: 'reason_missing', unitCode }
  }
  for (const kind of LIST_KINDS) {
    const missing = proposed[kind].find((one) => one.isProposed && !seen.has(`${kind}/${one.unitCode}`))
    if (missing !== undefined) return { refusal: 'not_all', unitCode: missing.unitCode }
  }
  return null
}
