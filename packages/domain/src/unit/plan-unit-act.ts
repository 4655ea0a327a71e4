import type { PlainDate } from '../calendar/plain-date.ts'
import type { UnitPeriod } from '../facts/facts.ts'
import { unitPeriodOn } from './membership.ts'
import type { SuccessionFact, UnitTree } from './succession.ts'
import { closeFrom, diffRows, type RowsDifference, setFrom, type UnitValues } from './unit-rows.ts'

export const UNIT_ACT_KINDS = ['merge', 'split', 'change', 'close', 'reopen', 'open'] as const
export type UnitActKind = (typeof UNIT_ACT_KINDS)[number]

/** What somebody wants to record of units from a day on, the first of the new order. */
export type UnitAct =
  | {
      /** Several units become one; those that are open are closed. */
      readonly kind: 'merge'
      readonly fromCodes: readonly string[]
      readonly toCodes: readonly string[]
      /** What successors are from the day on: one that is not open is opened, an open one changes. */
      readonly values: readonly UnitValues[]
      readonly onDate: PlainDate
    }
  | {
      /** One unit becomes several, or is left smaller (`keepsOld`). */
      readonly kind: 'split'
      readonly fromCodes: readonly string[]
      readonly toCodes: readonly string[]
      readonly values: readonly UnitValues[]
      readonly keepsOld: boolean
      readonly onDate: PlainDate
    }
  | { readonly kind: 'change' | 'reopen' | 'open'; readonly unit: UnitValues; readonly onDate: PlainDate }
  | { readonly kind: 'close'; readonly unitCode: string; readonly onDate: PlainDate }

export const UNIT_ACT_PROBLEMS = [
  'unit_unknown',
  'wrong_count',
  'named_twice',
  'never_open',
  'not_open',
  'recorded_already',
  'top_stays',
  'children_left',
  'open_already',
  'closed_already',
  'code_taken',
  'nothing_new',
  'parent_needed',
  'parent_not_open',
  'parent_circle',
] as const
export type UnitActProblemKind = (typeof UNIT_ACT_PROBLEMS)[number]

export interface UnitActProblem {
  readonly kind: UnitActProblemKind
  /** The unit it is about; null = the act as a whole. */
  readonly unitCode: string | null
}

/** What an act comes to. Not to be written while it has problems. */
export interface UnitPlan extends RowsDifference {
  readonly problems: readonly UnitActProblem[]
  readonly successions: readonly SuccessionFact[]
  /** The tree as it is to be; new units come last in the official order. */
  readonly tree: UnitTree
}

const MAX_HEIGHT = 24

type RowsOf = Map<string, readonly UnitPeriod[]>

function rowsIn(tree: Pick<UnitTree, 'periodsOf'>, unitCode: string): readonly UnitPeriod[] {
  return tree.periodsOf.get(unitCode) ?? []
}

function successionsOf(act: UnitAct): SuccessionFact[] {
  if (act.kind !== 'merge' && act.kind !== 'split') return []
  const { fromCodes, kind, onDate, toCodes } = act
  return fromCodes.flatMap((fromCode) => toCodes.map((toCode) => ({ fromCode, toCode, kind, onDate })))
}

function closedCodesOf(act: UnitAct): readonly string[] {
  if (act.kind === 'merge' || (act.kind === 'split' && !act.keepsOld)) return act.fromCodes
  return act.kind === 'close' ? [act.unitCode] : []
}

function valuesOf(act: UnitAct): readonly UnitValues[] {
  if (act.kind === 'merge' || act.kind === 'split') {
    return act.values.filter(({ unitCode }) => act.toCodes.includes(unitCode))
  }
  return act.kind === 'close' ? [] : [act.unit]
}

/** Under whom a unit stands on a day, or stood last before it; null = at the top, or nowhere yet. */
function placeOn(tree: UnitTree, unitCode: string, day: PlainDate): string | null {
  const row = rowsIn(tree, unitCode).findLast(({ validFrom }) => validFrom === null || validFrom <= day)
  return row?.parentCode ?? null
}

/** What stood under merged units stands under the successor; a successor among them stands where they stood. */
function moveChildren(
  rowsOf: RowsOf,
  act: { readonly fromCodes: readonly string[]; readonly successor: string; readonly onDate: PlainDate },
  before: UnitTree,
): void {
  const { fromCodes, onDate, successor } = act
  const isMerged = (code: string | null): boolean => code !== null && fromCodes.includes(code)
  const above = fromCodes.map((code) => placeOn(before, code, onDate)).find((code) => !isMerged(code)) ?? null
  for (const [unitCode, periods] of rowsOf) {
    const parentCode = unitCode === successor ? above : successor
    const row = unitPeriodOn(periods, onDate)
    const now = row !== null && isMerged(row.parentCode) ? setFrom(periods, { ...row, parentCode }, onDate) : periods
    const isLater = ({ validFrom }: UnitPeriod): boolean => validFrom !== null && validFrom > onDate
    const moved = now.map((each) => (isLater(each) && isMerged(each.parentCode) ? { ...each, parentCode } : each))
    rowsOf.set(unitCode, moved)
  }
}

/** True when a unit stands above itself on a day. */
function isOnCircle(tree: UnitTree, unitCode: string, day: PlainDate): boolean {
  let at: string | null = unitCode
  for (let height = 0; at !== null && height < MAX_HEIGHT; height += 1) {
    at = unitPeriodOn(rowsIn(tree, at), day)?.parentCode ?? null
    if (at === unitCode) return true
  }
  return false
}

class Checker {
  readonly problems: UnitActProblem[] = []
  readonly #act: UnitAct
  readonly #before: UnitTree

  constructor(act: UnitAct, before: UnitTree) {
    this.#act = act
    this.#before = before
  }

  #add(kind: UnitActProblemKind, unitCode: string | null): void {
    this.problems.push({ kind, unitCode })
  }

  #openRow(unitCode: string): UnitPeriod | null {
    return unitPeriodOn(rowsIn(this.#before, unitCode), this.#act.onDate)
  }

  /** Codes alone; with a problem here nothing else can be said. */
  checkCodes(): void {
    const act = this.#act
    if (act.kind === 'open') {
      if (rowsIn(this.#before, act.unit.unitCode).length > 0) this.#add('code_taken', act.unit.unitCode)
      return
    }
    if (act.kind !== 'merge' && act.kind !== 'split') {
      const unitCode = act.kind === 'close' ? act.unitCode : act.unit.unitCode
      if (rowsIn(this.#before, unitCode).length === 0) this.#add('unit_unknown', unitCode)
      return
    }
    const { fromCodes, toCodes, values } = act
    const one = act.kind === 'merge' ? toCodes : fromCodes
    if (one.length !== 1 || fromCodes.length === 0 || toCodes.length === 0) this.#add('wrong_count', null)
    const all = [...fromCodes, ...toCodes]
    for (const code of new Set(all)) {
      if (all.filter((other) => other === code).length > 1) this.#add('named_twice', code)
      const isNew = toCodes.includes(code) && values.some(({ unitCode }) => unitCode === code)
      if (!isNew && rowsIn(this.#before, code).length === 0) this.#add('unit_unknown', code)
    }
  }

  checkSuccession(): void {
    const act = this.#act
    if (act.kind !== 'merge' && act.kind !== 'split') return
    const { fromCodes, kind, onDate, toCodes, values } = act
    for (const code of fromCodes) {
      const periods = rowsIn(this.#before, code)
      if (!periods.some(({ validFrom }) => validFrom === null || validFrom < onDate)) this.#add('never_open', code)
      const isRecorded = this.#before.successions.some(
        (row) =>
          row.fromCode === code &&
          row.onDate === onDate &&
          row.kind === kind &&
          (kind === 'merge' || toCodes.includes(row.toCode)),
      )
      if (isRecorded) this.#add('recorded_already', code)
    }
    for (const code of toCodes) {
      const isPut = values.some(({ unitCode }) => unitCode === code)
      if (!isPut && this.#openRow(code) === null) this.#add('not_open', code)
    }
  }

  checkState(): void {
    const act = this.#act
    if (act.kind === 'close' && this.#openRow(act.unitCode) === null) this.#add('closed_already', act.unitCode)
    if (act.kind === 'reopen' && this.#openRow(act.unit.unitCode) !== null) {
      this.#add('open_already', act.unit.unitCode)
    }
    if (act.kind === 'change' && this.#openRow(act.unit.unitCode) === null) this.#add('not_open', act.unit.unitCode)
    for (const code of closedCodesOf(act)) if (this.#openRow(code)?.parentCode === null) this.#add('top_stays', code)
  }

  /** Places in the tree as it is to be. */
  checkPlaces(after: UnitTree): void {
    const { onDate } = this.#act
    for (const code of closedCodesOf(this.#act)) {
      const hasChildren = [...after.periodsOf.values()].some(
        (periods) => unitPeriodOn(periods, onDate)?.parentCode === code,
      )
      if (hasChildren) this.#add('children_left', code)
    }
    for (const { unitCode } of valuesOf(this.#act)) {
      const parentCode = unitPeriodOn(rowsIn(after, unitCode), onDate)?.parentCode ?? null
      const before = this.#openRow(unitCode)
      if (before !== null && before.parentCode === parentCode) continue
      if (parentCode === null) this.#add('parent_needed', unitCode)
      else if (isOnCircle(after, unitCode, onDate)) this.#add('parent_circle', unitCode)
      else if (unitPeriodOn(rowsIn(after, parentCode), onDate) === null) this.#add('parent_not_open', unitCode)
    }
  }
}

/**
 * What an act comes to: who is closed, opened, renamed or moved from its day on, and what is wrong with it. Nothing changes
 * before the day. `closed_already`, `open_already`, `not_open`, `never_open`: its state on the day; `children_left`: units
 * still stand under one that is closed (a merger takes them along); `top_stays`: the top unit is not closed.
 */
export function planUnitAct(act: UnitAct, before: UnitTree): UnitPlan {
  const { onDate } = act
  const checker = new Checker(act, before)
  const { problems } = checker
  checker.checkCodes()
  if (problems.length > 0) return { problems, successions: [], tree: before, gone: [], added: [] }
  checker.checkSuccession()
  checker.checkState()
  const rowsOf: RowsOf = new Map(before.periodsOf)
  for (const code of closedCodesOf(act)) rowsOf.set(code, closeFrom(rowsIn({ periodsOf: rowsOf }, code), onDate))
  for (const values of valuesOf(act)) {
    rowsOf.set(values.unitCode, setFrom(rowsIn({ periodsOf: rowsOf }, values.unitCode), values, onDate))
  }
  for (const successor of act.kind === 'merge' ? act.toCodes : []) {
    moveChildren(rowsOf, { fromCodes: closedCodesOf(act), successor, onDate }, before)
  }
  const successions = successionsOf(act)
  const tree = { periodsOf: rowsOf, successions: [...before.successions, ...successions] }
  checker.checkPlaces(tree)
  const difference = diffRows(before.periodsOf, rowsOf)
  const isEmpty = difference.gone.length + difference.added.length === 0
  if (act.kind === 'change' && isEmpty) problems.push({ kind: 'nothing_new', unitCode: act.unit.unitCode })
  return { problems, successions, tree, ...difference }
}
