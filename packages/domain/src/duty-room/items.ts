import { wilsonInterval } from '@zhidu/statistics'

/**
 * What a duty room is built with. Source: the opinion on duty work, 二(一): a room of its own, a room to rest at night, computer,
 * dedicated line, fax, network, and what secrecy asks for.
 */
export const ROOM_ITEMS = ['room', 'rest_room', 'computer', 'line', 'fax', 'network', 'secrecy'] as const
export type RoomItem = (typeof ROOM_ITEMS)[number]

/** Items that an office asks besides. */
export const MAX_OWN_ITEMS = 20
/** Of a list of rooms, and what it may be narrowed to. */
export const ROOMS_PER_PAGE = 50
export const ROOM_VIEWS = ['gaps', 'contradicted', 'unknown', 'complete', 'phone'] as const

export const ROOM_ANSWERS = ['has', 'has_not', 'not_known', 'not_applicable'] as const
export type RoomAnswer = (typeof ROOM_ANSWERS)[number]

/** Who says so: the unit of itself, or an inspection that was there. */
export const ROOM_SOURCES = ['declared', 'inspected'] as const
export type RoomSource = (typeof ROOM_SOURCES)[number]

/** What was said of one item, and when by the calendar. */
export interface RoomSaying {
  readonly source: RoomSource
  readonly answer: RoomAnswer
  /** `YYYY-MM-DD`. */
  readonly on: string
}

/**
 * How an item stands. `agreed`: inspection and unit say the same; `contradicted`: they do not, and both are shown; `unconfirmed`: only the
 * unit said so; `inspected`: only the inspection did; `unknown`: nobody knows.
 */
export const ROOM_STANDINGS = ['agreed', 'contradicted', 'unconfirmed', 'inspected', 'unknown'] as const
export type RoomStanding = (typeof ROOM_STANDINGS)[number]

export interface ItemStanding {
  /** What is taken to be so: the inspection's word where there is one. */
  readonly answer: RoomAnswer
  readonly standing: RoomStanding
  readonly declared: RoomSaying | null
  readonly inspected: RoomSaying | null
}

function lastOf(sayings: readonly RoomSaying[], source: RoomSource): RoomSaying | null {
  const known = sayings.filter((one) => one.source === source && one.answer !== 'not_known')
  return known.reduce<RoomSaying | null>((last, one) => (last === null || one.on >= last.on ? one : last), null)
}

function standingOf(declared: RoomSaying | null, inspected: RoomSaying | null): RoomStanding {
  if (inspected === null) return declared === null ? 'unknown' : 'unconfirmed'
  if (declared === null) return 'inspected'
  return declared.answer === inspected.answer ? 'agreed' : 'contradicted'
}

/**
 * How one item stands by everything said of it, in the order recorded: the last word of each side by day, both kept. A unit that said
 * something newer than the inspection is shown beside it; the inspection's word holds until the next one.
 * `isOwed`: false for a unit without a duty room, of which nothing is asked; what was said of it before stays beside.
 */
export function roomItemStanding(sayings: readonly RoomSaying[], isOwed: boolean): ItemStanding {
  const declared = lastOf(sayings, 'declared')
  const inspected = lastOf(sayings, 'inspected')
  if (!isOwed) return { answer: 'not_applicable', standing: 'unknown', declared, inspected }
  const answer = (inspected ?? declared)?.answer ?? 'not_known'
  return { answer, standing: standingOf(declared, inspected), declared, inspected }
}

/** Hours a person works in a week. Source: 国务院关于职工工作时间的规定 (1995), 第三条: 8 hours a day, 40 a week. */
const WEEKLY_HOURS = 40
const HOURS_OF_WEEK = 168

/** How many full-time people keep one place, or several, staffed around the clock. */
export function staffNeeded(atOnce: number): number {
  return Math.ceil((HOURS_OF_WEEK * atOnce) / WEEKLY_HOURS)
}

/** How many of the units one level below have an item, of those of which it is known. */
export interface ItemShare {
  readonly has: number
  /** Known to have it or not. */
  readonly known: number
  readonly notKnown: number
  readonly notApplicable: number
  /** Wilson's 95 % interval of the share; null = of nobody is it known, which is not nobody has it. */
  readonly range: readonly [low: number, high: number] | null
}

/** The share over units' answers; what nobody knows counts neither for nor against. */
export function shareOfItem(answers: readonly RoomAnswer[]): ItemShare {
  const count = (answer: RoomAnswer): number => answers.filter((one) => one === answer).length
  const has = count('has')
  const known = has + count('has_not')
  const range = known === 0 ? null : wilsonInterval({ part: has, whole: known }, 0.95)
  return {
    has,
    known,
    notKnown: count('not_known'),
    notApplicable: count('not_applicable'),
    range: range === null ? null : [range.low, range.high],
  }
}
