import { addDays, type PlainDate } from '../calendar/plain-date.ts'
import { toPhoneNumber } from '../facts/phone-number.ts'
import type { HolidayBlock } from '../regulation/regulation.ts'
import { type Columns, ROSTER_ORDER, type RosterColumn, rosterColumns } from './form-heads.ts'
import { emptyRosterRow, MAX_FORM_ROWS, type RosterContent, type RosterRow, USUAL_CHANGE } from './holiday-form.ts'
import { findDay, readClock, readDay } from './read-day.ts'
import { isFoot, readAround, type ReadProblem, readProblem, type SourceRow, splitCell } from './read-form.ts'

/** A form as it was read, to be looked at before it is filed. */
export interface ReadForm<Content> {
  readonly content: Content
  readonly problems: readonly ReadProblem[]
}

interface Head {
  readonly columns: Columns<RosterColumn>
  /** Index of the first row under it. */
  readonly start: number
}

function findHead(rows: readonly SourceRow[]): Head | null {
  for (const [index, { cells }] of rows.entries()) {
    const lower = rows[index + 1]?.cells ?? null
    // Two rows of heads say more than one; heads that repeat a word would be taken for people.
    const isSecond = lower !== null && lower.some((cell) => /^姓\s*名$/.test(cell.trim()))
    const both = isSecond ? rosterColumns(cells, lower) : null
    if (both !== null) return { columns: both, start: index + 2 }
    const one = rosterColumns(cells, [])
    if (one !== null) return { columns: one, start: index + 1 }
  }
  return null
}

/** The days a cell names: one, or all from one to another. */
function readDays(text: string, block: HolidayBlock): readonly PlainDate[] | null {
  const parts = text.normalize('NFKC').split(/至|到|—|–|~|(?<=[日号])-/)
  const [first = '', second] = parts
  if (second === undefined || parts.length > 2) return null
  const [start, end] = [findDay(first, block), findDay(second, block)]
  if (start === null || end === null) return null
  const [from, to] = [start.day, end.day]
  if (from === null || to === null || to < from || to > addDays(from, MAX_FORM_ROWS)) return null
  const days: PlainDate[] = []
  for (let day = from; day <= to; day = addDays(day, 1)) days.push(day)
  return days
}

/** A number written behind its name. */
function splitPerson(text: string): { readonly name: string; readonly phone: string } {
  const [, name = text, phone = ''] = /^(\D{1,20}?)[\s::(]*(\+?\d[\d -]{6,24}\d)\)?$/.exec(text) ?? []
  return { name: name.trim(), phone }
}

interface Cells {
  readonly row: SourceRow
  readonly of: (column: RosterColumn) => string
  readonly placeOf: (column: RosterColumn) => number | null
}

function cellsOf(row: SourceRow, columns: Columns<RosterColumn>): Cells {
  const places = new Map([...columns].map(([place, column]) => [column, place]))
  const placeOf = (column: RosterColumn): number | null => places.get(column) ?? null
  return { row, placeOf, of: (column) => (row.cells[placeOf(column) ?? -1] ?? '').trim() }
}

interface Person {
  readonly name: string
  readonly post: string
  readonly phone: string
}

function readPeople(cells: Cells, role: 'leader' | 'officer', problems: ReadProblem[]): Person[] {
  const phones = splitCell(cells.of(`${role}Phone`))
  const posts = role === 'leader' ? splitCell(cells.of('leaderPost')) : []
  const people = splitCell(cells.of(`${role}Name`)).map((text, at) => {
    const { name, phone } = splitPerson(text)
    return { name, post: posts[at] ?? posts[0] ?? '', phone: phones[at] ?? phone }
  })
  for (const { phone } of people) {
    if (phone !== '' && toPhoneNumber(phone) === null) {
      problems.push(readProblem('phone_unreadable', cells.row, cells.placeOf(`${role}Phone`), phone))
    }
  }
  return people
}

function readHours(cells: Cells, problems: ReadProblem[]): Pick<RosterRow, 'from' | 'to'> {
  const [from, to] = (['from', 'to'] as const).map((column) => {
    const text = cells.of(column)
    const clock = text === '' ? null : readClock(text)
    if (text !== '' && clock === null) problems.push(readProblem('hours_unreadable', cells.row, cells.placeOf(column)))
    return clock
  })
  return { from: from ?? null, to: to ?? null }
}

function readRow(
  cells: Cells,
  block: HolidayBlock,
  before: { readonly days: readonly (PlainDate | null)[]; readonly leaders: readonly Person[] },
  problems: ReadProblem[],
) {
  const text = cells.of('day')
  const dayPlace = cells.placeOf('day')
  const range = text === '' ? null : readDays(text, block)
  const single = text === '' || range !== null ? null : readDay(text, block)
  if (single?.problem != null) problems.push(readProblem(single.problem, cells.row, dayPlace))
  const days = range ?? (single === null ? before.days : [single.day])
  if (text === '' && days.length === 0) problems.push(readProblem('day_missing', cells.row, dayPlace))
  const ownLeaders = readPeople(cells, 'leader', problems)
  const officers = readPeople(cells, 'officer', problems)
  // A merged cell stands once: what is under it is of the same day and the same leader.
  const leaders = ownLeaders.length === 0 && text === '' ? before.leaders : ownLeaders
  if (leaders.length === 0 && officers.length === 0) problems.push(readProblem('name_missing', cells.row))
  return { days: days.length === 0 ? [null] : days, leaders, officers, hours: readHours(cells, problems) }
}

/**
 * 附件2 out of the rows of a file or of what was pasted: columns by their heads, in one row or two; a day that stands once for several
 * rows, several people in one cell, a number behind a name. What cannot be read is said, and the row is there all the same.
 */
export function readRoster(rows: readonly SourceRow[], block: HolidayBlock): ReadForm<RosterContent> {
  const problems: ReadProblem[] = []
  const head = findHead(rows)
  const columns = head?.columns ?? ROSTER_ORDER
  const around = readAround(rows, block)
  const read: RosterRow[] = []
  let before: { days: readonly (PlainDate | null)[]; leaders: readonly Person[] } = { days: [], leaders: [] }
  let [dutyPhone, fax] = [around.dutyPhone, around.fax]
  for (const row of rows.slice(head?.start ?? 0)) {
    if (isFoot(row) && read.length > 0) break
    // A line of text is no row of a table without heads.
    if (head === null && row.cells.filter((cell) => cell.trim() !== '').length < 3) continue
    if (row.cells.every((cell) => cell.trim() === '')) continue
    const cells = cellsOf(row, columns)
    const { days, hours, leaders, officers } = readRow(cells, block, before, problems)
    before = { days, leaders }
    dutyPhone ||= cells.of('dutyPhone')
    fax ||= cells.of('fax')
    for (const day of days) {
      for (let at = 0; at < Math.max(leaders.length, officers.length, 1); at += 1) {
        const [leader, officer] = [leaders[at] ?? leaders[0], officers[at]]
        read.push({
          ...emptyRosterRow(),
          ...hours,
          day,
          leaderName: leader?.name ?? '',
          leaderPost: leader?.post ?? '',
          leaderPhone: leader?.phone ?? '',
          officerName: officer?.name ?? '',
          officerPhone: officer?.phone ?? '',
          note: at === 0 ? cells.of('note') : '',
        })
      }
    }
  }
  if (read.length === 0) problems.unshift(readProblem('nothing_read', null))
  else if (head === null) problems.unshift(readProblem('head_assumed', null))
  if (read.length > MAX_FORM_ROWS) problems.unshift(readProblem('rows_cut', null, null, String(read.length)))
  if (around.holiday !== null && around.holiday !== block.name) {
    problems.unshift(readProblem('other_holiday', null, null, around.holiday))
  }
  const { filledBy, phone } = around
  const content = { form: 'roster', filledBy, phone, dutyPhone, fax, changesAt: USUAL_CHANGE } as const
  return { content: { ...content, rows: read.slice(0, MAX_FORM_ROWS) }, problems }
}
