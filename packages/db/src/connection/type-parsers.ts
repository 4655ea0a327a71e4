import pg from 'pg'

const INT8 = 20
const DATE = 1082
const TIMESTAMPTZ = 1184
const NUMERIC = 1700

function parseInt8(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new RangeError(`int8 beyond what a number holds exactly: ${text}`)
  return value
}

const DIGIT_0 = 48

/** Epoch ms of `2026-07-03 06:05:00+00`, the form nearly all come in; null for any other. */
function parseWholeSecond(text: string): number | null {
  if (text.length !== 22 || !text.endsWith('+00') || text[10] !== ' ') return null
  const two = (at: number): number => (text.charCodeAt(at) - DIGIT_0) * 10 + text.charCodeAt(at + 1) - DIGIT_0
  const year = two(0) * 100 + two(2)
  // Date.UTC takes the years before for those of the last century.
  return year < 100 ? null : Date.UTC(year, two(5) - 1, two(8), two(11), two(14), two(17))
}

/** `2026-07-03 06:05:00.123+00` (any offset, also with seconds) to epoch ms; parts of a ms are cut. */
export function parseTimestamptz(text: string): number {
  const usual = parseWholeSecond(text)
  if (usual !== null) return usual
  if (text === 'infinity') return Infinity
  if (text === '-infinity') return -Infinity
  const match = /^(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}:\d{2})(\.\d{1,6})?([+-])(\d{2})(?::(\d{2}))?(?::(\d{2}))?$/.exec(
    text,
  )
  if (match === null) throw new RangeError(`not a timestamptz of the years 1–9999 in ISO style: ${text}`)
  const [, date, time, fraction = '', sign, hours, minutes = '0', seconds = '0'] = match
  const ms = Number(fraction.slice(1, 4).padEnd(3, '0'))
  const offset = (Number(hours) * 3_600 + Number(minutes) * 60 + Number(seconds)) * 1_000
  return Date.parse(`${date}T${time}Z`) + ms - (sign === '-' ? -offset : offset)
}

function parseText(text: string): string {
  return text
}

/**
 * How values come out of the database, in one place:
 * int8 and counts as number (throws when not exact), timestamptz as epoch ms, date as `YYYY-MM-DD`, numeric as text.
 */
export const TYPE_PARSERS: pg.CustomTypesConfig = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') => {
    if (format !== 'binary') {
      if (oid === INT8) return parseInt8
      if (oid === TIMESTAMPTZ) return parseTimestamptz
      if (oid === DATE || oid === NUMERIC) return parseText
    }
    return pg.types.getTypeParser(oid, format)
  },
}
