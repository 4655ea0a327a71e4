import type { HolidayName } from '../facts/facts.ts'
import { filingDueOn, toHolidayKey } from '../filing/judge-filings.ts'
import type { HolidayBlock, Regulation } from '../regulation/regulation.ts'
import { addDays, type PlainDate } from './plain-date.ts'
import { type Quarter, quarterOfDate, shiftQuarter } from './quarter.ts'
import { dayStateOf, isYearAnnounced } from './workdays.ts'

export const NOTICE_PROBLEMS = [
  'first_after_last',
  'out_of_year',
  'too_long',
  'named_twice',
  'overlap',
  'makeup_twice',
  'makeup_in_block',
  'makeup_is_workday',
  'makeup_far_away',
] as const
export type NoticeProblemKind = (typeof NOTICE_PROBLEMS)[number]

/** What is wrong with a year's notice; `holiday` names the block it is about. */
export interface NoticeProblem {
  readonly kind: NoticeProblemKind
  readonly holiday: HolidayName
  /** The day or the other block it is about. */
  readonly detail: string | null
}

/** No block of a notice was ever longer than nine days; three weeks leave room for one. */
const MAX_BLOCK_DAYS = 21
/** How far from its block a weekend may be made a workday. */
const MAX_MAKEUP_DISTANCE = 31

function spanOf(block: HolidayBlock): string {
  return `${block.firstDayOff}/${block.lastDayOff}`
}

function isWithin(date: PlainDate, block: HolidayBlock): boolean {
  return block.firstDayOff <= date && date <= block.lastDayOff
}

/**
 * What is wrong with the blocks of a year beside those of other years; none = it can be put in force. A block may begin in
 * the December before its year or end in the January after it, but touches its year.
 */
export function checkYearNotice(
  year: number,
  blocks: readonly HolidayBlock[],
  others: readonly HolidayBlock[],
): NoticeProblem[] {
  const problems: NoticeProblem[] = []
  const all = [...blocks, ...others.filter((block) => block.year !== year)]
  const add = (kind: NoticeProblemKind, block: HolidayBlock, detail: string | null): void => {
    problems.push({ kind, holiday: block.name, detail })
  }
  blocks.forEach((block, index) => {
    const { firstDayOff, lastDayOff, makeupWorkdays } = block
    if (firstDayOff > lastDayOff) {
      add('first_after_last', block, spanOf(block))
      return
    }
    const touches = firstDayOff.slice(0, 4) <= String(year) && String(year) <= lastDayOff.slice(0, 4)
    if (block.year !== year || !touches) add('out_of_year', block, spanOf(block))
    if (addDays(firstDayOff, MAX_BLOCK_DAYS) <= lastDayOff) add('too_long', block, spanOf(block))
    if (blocks.findIndex(({ name }) => name === block.name) < index) add('named_twice', block, null)
    const overlapped = all.find(
      (other, place) =>
        (place < index || place >= blocks.length) && other.firstDayOff <= lastDayOff && firstDayOff <= other.lastDayOff,
    )
    if (overlapped !== undefined) add('overlap', block, toHolidayKey(overlapped))
    makeupWorkdays.forEach((day, place) => {
      const isTaken =
        makeupWorkdays.indexOf(day) < place ||
        all.some((other) => other !== block && all.indexOf(other) < index && other.makeupWorkdays.includes(day))
      if (isTaken) add('makeup_twice', block, day)
      if (all.some((other) => isWithin(day, other))) add('makeup_in_block', block, day)
      else if (dayStateOf(day, [{ ...block, year: Number(day.slice(0, 4)), makeupWorkdays: [] }]) === 'workday') {
        add('makeup_is_workday', block, day)
      }
      if (addDays(day, MAX_MAKEUP_DISTANCE) < firstDayOff || addDays(lastDayOff, MAX_MAKEUP_DISTANCE) < day) {
        add('makeup_far_away', block, day)
      }
    })
  })
  return problems
}

/** By when the forms of a block are due, and whether a year that is not announced had a say in it. */
export interface BlockDue {
  readonly block: HolidayBlock
  readonly dueOn: PlainDate
  /** The quarter it is owed in. */
  readonly quarter: Quarter
  /** Moved to the workday before by the days of the week alone, because the notice of that day's year is not out. */
  readonly isProvisional: boolean
}

export type RegulationOf = (quarter: Quarter) => Regulation

function isProvisional(
  block: HolidayBlock,
  dueOn: PlainDate,
  rules: Regulation,
  holidays: readonly HolidayBlock[],
): boolean {
  if (rules.filing.moveTo === 'none') return false
  for (let day = addDays(block.firstDayOff, -rules.filing.leadDays); day >= dueOn; day = addDays(day, -1)) {
    if (dayStateOf(day, holidays) === 'not_announced') return true
  }
  return false
}

/**
 * The due day of each block under the rules in force: those of the quarter in which the due day lies by these very rules,
 * sought from the quarter of the first day off backwards; by the rules of that quarter when there is none.
 */
export function listBlockDues(
  blocks: readonly HolidayBlock[],
  holidays: readonly HolidayBlock[],
  regulationOf: RegulationOf,
): BlockDue[] {
  return blocks.map((block) => {
    const start = quarterOfDate(block.firstDayOff)
    const under = [start, shiftQuarter(start, -1)].map((quarter) => {
      const rules = regulationOf(quarter)
      const dueOn = filingDueOn(block, rules, holidays)
      return { quarter, rules, dueOn, isOwn: quarterOfDate(dueOn) === quarter }
    })
    const [first] = under
    const { dueOn, rules } = under.find(({ isOwn }) => isOwn) ?? (first as NonNullable<typeof first>)
    return { block, dueOn, quarter: quarterOfDate(dueOn), isProvisional: isProvisional(block, dueOn, rules, holidays) }
  })
}

/** A due day that a new notice moves; null = there was none, or there is none any more. */
export interface DueChange {
  readonly holiday: string
  readonly before: PlainDate | null
  readonly after: PlainDate | null
}

/** The due days that differ between two calendars, by holiday in order of appearance. */
export function compareDues(before: readonly BlockDue[], after: readonly BlockDue[]): DueChange[] {
  const keyOf = ({ block }: BlockDue): string => toHolidayKey(block)
  const old = new Map(before.map((due) => [keyOf(due), due.dueOn]))
  const now = new Map(after.map((due) => [keyOf(due), due.dueOn]))
  return [...new Set([...old.keys(), ...now.keys()])]
    .map((holiday) => ({ holiday, before: old.get(holiday) ?? null, after: now.get(holiday) ?? null }))
    .filter((change) => change.before !== change.after)
}

/** The quarters in which something is or was due by one of these changes. */
export function quartersOfChanges(changes: readonly DueChange[]): Quarter[] {
  const dates = changes.flatMap(({ after, before }) => [before, after]).filter((date) => date !== null)
  return [...new Set(dates.map(quarterOfDate))].sort()
}

/** Years that some dates reach into and whose notice is not out. */
export function listUnannouncedYears(dates: readonly PlainDate[], holidays: readonly HolidayBlock[]): number[] {
  const years = [...new Set(dates.map((date) => Number(date.slice(0, 4))))].sort((a, b) => a - b)
  return years.filter((year) => !isYearAnnounced(year, holidays))
}
