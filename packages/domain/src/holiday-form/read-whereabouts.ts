import type { PlainDate } from '../calendar/plain-date.ts'
import type { HolidayBlock } from '../regulation/regulation.ts'
import { type Columns, WHEREABOUTS_ORDER, type WhereaboutsColumn, whereaboutsColumns } from './form-heads.ts'
import { MAX_FORM_ROWS, type Stay, type WhereaboutsContent, type WhereaboutsRow } from './holiday-form.ts'
import { findDay, readClock } from './read-day.ts'
import { isFoot, readAround, type ReadProblem, readProblem, type SourceRow } from './read-form.ts'
import type { ReadForm } from './read-roster.ts'

const ON_DUTY = /在岗|值班|带班|坚守|本单位/
const LOCAL = /本地|在家|家中|市内|县内|区内|本市|本县|本区|居住地|不外出|未外出/

/** 在岗, 在本地 or 外出 by the words used; shown for checking. */
export function readStay(text: string): Stay {
  if (ON_DUTY.test(text)) return 'on_duty'
  return LOCAL.test(text) ? 'local' : 'away'
}

interface Piece {
  readonly from: string | null
  readonly to: string | null
  readonly place: string
}

/** The clock that stands right behind a date, and how long it is. */
function clockBehind(text: string): { readonly clock: string; readonly length: number } | null {
  const [word] = /^\s*(?:上午|下午|晚|早)?\s*\d{1,2}\s*(?::\s*\d{2}|[时点]\s*(?:\d{1,2}\s*分?|半)?)/.exec(text) ?? []
  if (word === undefined) return null
  const clock = readClock(word)
  if (clock === null) return null
  const hour = Number(clock.slice(0, 2))
  const isLate = /下午|晚/.test(word) && hour < 12
  return { clock: isLate ? `${hour + 12}${clock.slice(2)}` : clock, length: word.length }
}

interface Moment {
  readonly day: PlainDate
  readonly clock: string | null
  readonly rest: string
}

function takeMoment(text: string, block: HolidayBlock, before: PlainDate | null): Moment | null {
  const found = findDay(text, block, before)
  if (found === null || found.day === null) return null
  const behind = text.slice(found.index + found.length)
  const clock = clockBehind(behind)
  const rest = `${text.slice(0, found.index)}${behind.slice(clock?.length ?? 0)}`
  return { day: found.day, clock: clock?.clock ?? null, rest }
}

/** One leg of a journey: from when to when, and where to. */
function readPiece(text: string, block: HolidayBlock): Piece {
  const first = takeMoment(text, block, null)
  if (first === null) return { from: null, to: null, place: text.trim() }
  const isSpan = /^[\s,，]*(?:至|到|—+|–|-|~)/.test(first.rest.trimStart())
  const second = isSpan ? takeMoment(first.rest, block, first.day) : null
  const last = second ?? first
  const place = last.rest
    .replace(/^[\s,，]*(?:至|到|—+|–|-|~)/, '')
    .replace(/^[\s,，::、()（）]+|[\s,，::、()（）]+$/g, '')
    .replace(/^期间/, '')
  const until = second === null ? '23:59' : (second.clock ?? '23:59')
  return { from: `${first.day}T${first.clock ?? '00:00'}`, to: `${last.day}T${until}`, place }
}

/** 去向 as it is written in one cell, a leg a piece. */
export function readLegs(text: string, block: HolidayBlock): Piece[] {
  return text
    .normalize('NFKC')
    .split(/[;；。\n]+/)
    .map((piece) => piece.trim())
    .filter((piece) => piece !== '')
    .map((piece) => readPiece(piece, block))
}

function findHead(rows: readonly SourceRow[]) {
  for (const [index, { cells }] of rows.entries()) {
    const columns = whereaboutsColumns(cells)
    if (columns !== null) return { columns, start: index + 1 }
  }
  return null
}

function legsOf(
  of: (column: WhereaboutsColumn) => string,
  block: HolidayBlock,
): readonly { readonly from: string | null; readonly to: string | null; readonly place: string }[] {
  const whole = of('whole')
  const [start, end, place] = [of('from'), of('to'), of('place')]
  if (start === '' && end === '') return readLegs(whole === '' ? place : whole, block)
  const [span] = readLegs(end === '' ? start : `${start}至${end}`, block)
  return [{ from: span?.from ?? null, to: span?.to ?? null, place: place === '' ? whole : place }]
}

/** Where the first of some columns that is there stands. */
function placeOf(
  places: ReadonlyMap<WhereaboutsColumn, number>,
  ...columns: readonly WhereaboutsColumn[]
): number | undefined {
  return columns.flatMap((column) => places.get(column) ?? [])[0]
}

/**
 * 附件1 out of the rows of a file or of what was pasted. 去向 is taken apart into legs with their times; one without a time is for the
 * unit to complete.
 */
export function readWhereabouts(rows: readonly SourceRow[], block: HolidayBlock): ReadForm<WhereaboutsContent> {
  const problems: ReadProblem[] = []
  const head = findHead(rows)
  const columns: Columns<WhereaboutsColumn> = head?.columns ?? WHEREABOUTS_ORDER
  const places = new Map([...columns].map(([place, column]) => [column, place]))
  const around = readAround(rows, block)
  const read: WhereaboutsRow[] = []
  let person = { name: '', post: '' }
  for (const row of rows.slice(head?.start ?? 0)) {
    if (isFoot(row) && read.length > 0) break
    const filled = row.cells.filter((cell) => cell.trim() !== '').length
    if (filled === 0 || (head === null && filled < 3)) continue
    const of = (column: WhereaboutsColumn): string => (row.cells[places.get(column) ?? -1] ?? '').trim()
    // A merged name stands once for all its legs.
    if (of('name') !== '') person = { name: of('name').replace(/[\s\u3000]/g, ''), post: of('post') }
    if (person.name === '') problems.push(readProblem('name_missing', row, placeOf(places, 'name')))
    const legs = legsOf(of, block)
    const place = placeOf(places, 'whole', 'from', 'place')
    for (const leg of legs.length === 0 ? [{ from: null, to: null, place: '' }] : legs) {
      if (leg.from === null) problems.push(readProblem('time_unreadable', row, place))
      read.push({ ...person, ...leg, stay: readStay(leg.place) })
    }
  }
  if (read.length === 0) problems.unshift(readProblem('nothing_read', null))
  else if (head === null) problems.unshift(readProblem('head_assumed', null))
  if (read.length > MAX_FORM_ROWS) problems.unshift(readProblem('rows_cut', null, null, String(read.length)))
  if (around.holiday !== null && around.holiday !== block.name) {
    problems.unshift(readProblem('other_holiday', null, null, around.holiday))
  }
  const { filledBy, phone } = around
  return { content: { form: 'whereabouts', filledBy, phone, rows: read.slice(0, MAX_FORM_ROWS) }, problems }
}
