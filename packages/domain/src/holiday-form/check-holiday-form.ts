import type { PlainDate } from '../calendar/plain-date.ts'
import { type Span, uncoveredIn } from '../calendar/span.ts'
import { startOfLocalDay, DAY_MS, toLocalIso } from '../calendar/local-time.ts'
import { toPhoneNumber } from '../facts/phone-number.ts'
import type { HolidayBlock } from '../regulation/regulation.ts'
import {
  daysOfBlock,
  dutyDayOf,
  fromLocalMinute,
  type HolidayContent,
  isClockText,
  type RosterContent,
  rowSpan,
  type WhereaboutsContent,
  type WhereaboutsRow,
} from './holiday-form.ts'

/** What keeps a form from being filed. */
export const FORM_ERRORS = [
  'no_rows',
  'name_missing',
  'post_missing',
  'place_missing',
  'time_missing',
  'time_wrong',
  'day_missing',
  'day_outside',
  'hours_wrong',
  'change_wrong',
  'leader_missing',
  'leader_gap',
  'leader_phone_missing',
  'officer_missing',
  'officer_gap',
  'officer_phone_missing',
  'phone_wrong',
  'filler_missing',
  'filler_phone_missing',
  'duty_phone_missing',
] as const
/** What is filed all the same once it was seen, and stays with the form. */
export const FORM_WARNINGS = ['two_places', 'two_duties', 'away_on_duty', 'times_gap'] as const
export type FormIssueKind = (typeof FORM_ERRORS)[number] | (typeof FORM_WARNINGS)[number]

export interface FormIssue {
  readonly kind: FormIssueKind
  /** Index of the row; null = the form as a whole. */
  readonly row: number | null
  /** The day, hours or name it is about; null = nothing in particular. */
  readonly detail: string | null
}

export function isWarning(kind: FormIssueKind): boolean {
  return FORM_WARNINGS.some((one) => one === kind)
}

type Add = (kind: FormIssueKind, row?: number | null, detail?: string | null) => void

function overlaps(a: Span, b: Span): boolean {
  return a.from < b.to && b.from < a.to
}

function clockOf(at: number): string {
  return toLocalIso(at).slice(5, 16).replace('T', ' ')
}

function spanText({ from, to }: Span): string {
  return `${clockOf(from)}–${clockOf(to)}`
}

/** When somebody is where a row says; null = not said, or the end is not after the start. */
function stayOf({ from, to }: WhereaboutsRow): Span | null {
  const [begins, ends] = [from, to].map((text) => (text === null ? null : fromLocalMinute(text)))
  return begins == null || ends == null || ends <= begins ? null : { from: begins, to: ends }
}

function checkFilled({ filledBy, phone }: HolidayContent, add: Add): void {
  if (filledBy.trim() === '') add('filler_missing')
  if (phone.trim() === '') add('filler_phone_missing')
  else if (toPhoneNumber(phone) === null) add('phone_wrong', null, phone)
}

function checkWhereabouts({ rows }: WhereaboutsContent, block: HolidayBlock, add: Add): void {
  const whole = { from: startOfLocalDay(block.firstDayOff), to: startOfLocalDay(block.lastDayOff) + DAY_MS }
  rows.forEach((row, index) => {
    if (row.name.trim() === '') add('name_missing', index)
    if (row.post.trim() === '') add('post_missing', index)
    if (row.place.trim() === '') add('place_missing', index)
    const span = stayOf(row)
    if (row.from === null || row.to === null) add('time_missing', index)
    else if (span === null) add('time_wrong', index)
    else if (!overlaps(span, whole)) add('day_outside', index, spanText(span))
    const clash = rows.findIndex((other, at) => {
      const there = stayOf(other)
      const isSame = at < index && other.name === row.name && other.place !== row.place
      return isSame && span !== null && there !== null && overlaps(span, there)
    })
    if (clash !== -1) add('two_places', index, row.name)
  })
  for (const [name, own] of Map.groupBy(rows, (row) => row.name)) {
    const spans = own.map(stayOf)
    const known = spans.filter((span) => span !== null)
    if (name.trim() === '' || known.length < spans.length) continue
    // A form that ends at 23:59 leaves nothing open.
    const [gap] = uncoveredIn(known, whole).filter(({ from, to }) => to - from > 60_000)
    if (gap !== undefined) add('times_gap', null, `${name} ${spanText(gap)}`)
  }
}

const ROLES = ['leader', 'officer'] as const

function checkRosterRows(content: RosterContent, block: HolidayBlock, add: Add): void {
  content.rows.forEach((row, index) => {
    if (row.day === null) add('day_missing', index)
    else if (row.day < block.firstDayOff || row.day > block.lastDayOff) add('day_outside', index, row.day)
    const isRead = rowSpan(row, content.changesAt) !== null
    if (row.day !== null && isClockText(content.changesAt) && !isRead) add('hours_wrong', index)
    if (row.leaderName.trim() === '' && row.officerName.trim() === '') add('name_missing', index)
    for (const role of ROLES) {
      const [name, phone] = [row[`${role}Name`], row[`${role}Phone`]]
      if (name.trim() === '') continue
      if (phone.trim() === '') add(`${role}_phone_missing`, index, name)
      else if (toPhoneNumber(phone) === null) add('phone_wrong', index, phone)
    }
    const clash = content.rows.find((other) => {
      const [span, there] = [rowSpan(row, content.changesAt), rowSpan(other, content.changesAt)]
      return (
        row.leaderName !== '' &&
        other.officerName === row.leaderName &&
        span !== null &&
        there !== null &&
        overlaps(span, there)
      )
    })
    if (clash !== undefined) add('two_duties', index, row.leaderName)
  })
}

function checkDays(content: RosterContent, days: readonly PlainDate[], add: Add): void {
  for (const day of days) {
    const whole = dutyDayOf(day, content.changesAt)
    for (const role of ROLES) {
      const own = content.rows.filter((row) => row.day === day && row[`${role}Name`].trim() !== '')
      const spans = own.map((row) => rowSpan(row, content.changesAt)).filter((span) => span !== null)
      const gaps = uncoveredIn(spans, whole)
      if (own.length === 0) add(`${role}_missing`, null, day)
      else for (const gap of gaps) add(`${role}_gap`, null, spanText(gap))
    }
  }
}

/** Leaders on the roster at a time at which 去向表 says they are away. */
function checkAway(content: RosterContent, whereabouts: WhereaboutsContent, add: Add): void {
  content.rows.forEach((row, index) => {
    const span = rowSpan(row, content.changesAt)
    const away = whereabouts.rows.find((where) => {
      const stay = stayOf(where)
      return (
        where.stay === 'away' && where.name === row.leaderName && span !== null && stay !== null && overlaps(span, stay)
      )
    })
    if (away !== undefined) add('away_on_duty', index, `${away.name} ${away.place}`)
  })
}

/**
 * What is wrong with a form for a block, errors and warnings, in order of rows and then of the form. `other`: the unit's other form
 * of the same holiday as far as it is known; null = not known.
 * Source: founding document, 附件1, 附件2, 三(一).
 */
export function checkHolidayForm(
  content: HolidayContent,
  block: HolidayBlock,
  other: HolidayContent | null,
): FormIssue[] {
  const issues: FormIssue[] = []
  const add: Add = (kind, row = null, detail = null) => {
    issues.push({ kind, row, detail })
  }
  if (content.rows.length === 0) add('no_rows')
  if (content.form === 'whereabouts') {
    checkWhereabouts(content, block, add)
    if (other?.form === 'roster') checkAway(other, content, (kind, _, detail) => add(kind, null, detail))
  } else {
    checkRosterRows(content, block, add)
    if (!isClockText(content.changesAt)) add('change_wrong')
    else if (content.rows.length > 0) checkDays(content, daysOfBlock(block), add)
    if (content.dutyPhone.trim() === '') add('duty_phone_missing')
    else if (toPhoneNumber(content.dutyPhone) === null) add('phone_wrong', null, content.dutyPhone)
    if (content.fax.trim() !== '' && toPhoneNumber(content.fax) === null) add('phone_wrong', null, content.fax)
    if (other?.form === 'whereabouts') checkAway(content, other, add)
  }
  checkFilled(content, add)
  return issues
}
