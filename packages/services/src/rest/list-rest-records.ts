import { type CellValue, type Kind, KIND_SHEETS } from '@zhidu/contract'
import { keyOfRecord, listRecordPage, recordKeyOf, type RecordRow } from '@zhidu/db'
import { localDateOf, type Quarter, toLocalIso } from '@zhidu/domain'
import type { ServiceContext } from '../context.ts'
import { masked, toFilter, toValue } from '../export/export-kind.ts'
import { ServiceError } from '../service-error.ts'
import { scopeDay, withReach } from '../snapshot.ts'
import { assertTokenReads } from './token-of.ts'

export interface RestPageArgs {
  readonly kind: Kind
  /** undefined = everything. */
  readonly quarter?: Quarter | undefined
  readonly limit: number
  /** `next` of the page before. */
  readonly cursor?: string | undefined
}

export type RestRecord = Readonly<Record<string, CellValue>>

export interface RestPage {
  readonly records: readonly RestRecord[]
  /** null = there is no further page. */
  readonly next: string | null
}

const DATE = /^(?!0000)\d{4}-\d{2}-\d{2}$/
const MAX_INTEGER = 2_147_483_647

type Key = readonly (string | number | null)[]

/** True for a day of the calendar: no 30th of February. */
function isDay(text: string): boolean {
  const at = Date.parse(text)
  return DATE.test(text) && !Number.isNaN(at) && new Date(at).toISOString().startsWith(text)
}

/** Instants of pages, epoch ms: the years 2000 to 9999. */
const FIRST_INSTANT = Date.UTC(2000, 0, 1)
const LAST_INSTANT = Date.UTC(9999, 11, 31)

function isOfType(value: unknown, type: string): value is string | number | null {
  if (type === 'integer') return Number.isInteger(value) && Math.abs(Number(value)) <= MAX_INTEGER
  if (type === 'timestamptz') {
    return Number.isInteger(value) && FIRST_INSTANT <= Number(value) && Number(value) <= LAST_INSTANT
  }
  if (type === 'date') return value === null || (typeof value === 'string' && isDay(value))
  return typeof value === 'string' && !value.includes('\0')
}

/** Throws ServiceError `invalid` for a text that no page of this kind gave. */
function readCursor(kind: Kind, cursor: string): Key {
  const types = recordKeyOf(kind).map(({ type }) => type)
  let place: unknown
  try {
    place = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
  } catch (error) {
    throw new ServiceError('invalid', 'cursor_unknown', {}, { cause: error })
  }
  if (!Array.isArray(place) || place.length !== types.length) throw new ServiceError('invalid', 'cursor_unknown')
  return place.map((value: unknown, index) => {
    if (!isOfType(value, types[index] ?? '')) throw new ServiceError('invalid', 'cursor_unknown')
    return value
  })
}

function toRecord(kind: Kind, row: RecordRow): RestRecord {
  const entries = KIND_SHEETS[kind].columns.map((column): [string, CellValue] => {
    const value = masked(column, toValue(kind, column, row))
    return [column.key, column.value.type === 'instant' && typeof value === 'number' ? toLocalIso(value) : value]
  })
  return Object.fromEntries(entries)
}

/**
 * Current records of a kind in the key's reach, one page in the order of exports, people masked. Throws ServiceError
 * `forbidden` for a kind the key was not made for, `invalid` for a cursor that is none.
 */
export async function listRestRecords(ctx: ServiceContext, args: RestPageArgs): Promise<RestPage> {
  const { cursor, kind, limit, quarter } = args
  assertTokenReads(ctx, [kind])
  const after = cursor === undefined ? null : readCursor(kind, cursor)
  const now = ctx.clock()
  const day = quarter === undefined ? localDateOf(now) : scopeDay(quarter, now)
  return await withReach(
    ctx,
    day,
    async (trx) => {
      const filter = quarter === undefined ? null : await toFilter(trx, quarter)
      const rows = await listRecordPage(trx, kind, { filter, after, limit: limit + 1 })
      const page = rows.slice(0, limit)
      const end = rows.length > limit ? page.at(-1) : undefined
      return {
        records: page.map((row) => toRecord(kind, row)),
        next: end === undefined ? null : Buffer.from(JSON.stringify(keyOfRecord(kind, end))).toString('base64url'),
      }
    },
    { isolation: 'repeatable read', isReadOnly: true },
  )
}
