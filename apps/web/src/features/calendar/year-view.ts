import type { CalendarYear, HolidayBlockItem } from '@zhidu/contract'
import { addDays, type PlainDate, toPlainDate, weekdayOf } from '@zhidu/domain'

export type DayKind = 'work' | 'rest' | 'off' | 'makeup' | 'unknown'

export interface YearDay {
  readonly date: string
  /** Day of the month. */
  readonly day: number
  readonly kind: DayKind
  readonly isDue: boolean
}

export interface YearMonth {
  readonly month: number
  /** Seven places a week, from Monday on; null = a day of another month. */
  readonly weeks: readonly (readonly (YearDay | null)[])[]
}

function isWithin(date: string, span: { readonly firstDayOff: string; readonly lastDayOff: string }): boolean {
  return span.firstDayOff <= date && date <= span.lastDayOff
}

/** Every day of the year: nothing is called a workday while the notice is not out. */
export function toYearMonths(year: CalendarYear): YearMonth[] {
  const due = new Set(year.holidays.map(({ dueOn }) => dueOn))
  const kindOf = (date: PlainDate): DayKind => {
    if ([...year.blocks, ...year.neighbours].some((block) => isWithin(date, block))) return 'off'
    if (year.makeupWorkdays.includes(date)) return 'makeup'
    if (!year.announced) return 'unknown'
    return weekdayOf(date) > 4 ? 'rest' : 'work'
  }
  return Array.from({ length: 12 }, (_, index) => {
    const first = toPlainDate(`${year.year}-${String(index + 1).padStart(2, '0')}-01`)
    const days: YearDay[] = []
    for (let date = first; date.slice(0, 7) === first.slice(0, 7); date = addDays(date, 1)) {
      days.push({ date, day: Number(date.slice(8)), kind: kindOf(date), isDue: due.has(date) })
    }
    const places = [...Array.from({ length: weekdayOf(first) }, () => null), ...days]
    const weeks = Array.from({ length: Math.ceil(places.length / 7) }, (__, week) =>
      Array.from({ length: 7 }, (___, column) => places[week * 7 + column] ?? null),
    )
    return { month: index + 1, weeks }
  })
}

/** A block as it is typed. */
export interface BlockDraft {
  name: HolidayBlockItem['name']
  firstDayOff: string
  lastDayOff: string
  makeup: string
}

export function toDraft(block: HolidayBlockItem): BlockDraft {
  const { firstDayOff, lastDayOff, makeupWorkdays, name } = block
  return { name, firstDayOff, lastDayOff, makeup: makeupWorkdays.join(' ') }
}

const DAY = /^\d{4}-\d{2}-\d{2}$/

/** The block as the server takes it, or null when a day is not written as a day. */
export function fromDraft(draft: BlockDraft): HolidayBlockItem | null {
  const makeupWorkdays = draft.makeup.split(/[\s,\uff0c\u3001;\uff1b]+/).filter((text) => text !== '')
  const days = [draft.firstDayOff, draft.lastDayOff, ...makeupWorkdays]
  if (!days.every((text) => DAY.test(text))) return null
  return { name: draft.name, firstDayOff: draft.firstDayOff, lastDayOff: draft.lastDayOff, makeupWorkdays }
}
