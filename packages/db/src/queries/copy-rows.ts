import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import type { Db } from '../db.ts'
import { clientOf } from '../transaction/with-transaction.ts'

/** Instants as `toInstantText`, dates as text, jsonb as JSON text, arrays of text as arrays. */
export type CopyValue = string | number | boolean | null | readonly string[]

export interface CopyTarget {
  readonly table: string
  /** In the order of the values. */
  readonly columns: readonly string[]
}

const CHUNK_CHARACTERS = 65_536

function toArrayText(values: readonly string[]): string {
  return `{${values.map((value) => `"${value.replace(/["\\]/g, '\\$&')}"`).join(',')}}`
}

const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' }

function toField(value: CopyValue): string {
  if (value === null) return '\\N'
  const text = typeof value === 'object' ? toArrayText(value) : String(value)
  return text.replace(/[\\\n\r\t]/g, (character) => ESCAPES[character] ?? character)
}

async function* toChunks(rows: Iterable<readonly CopyValue[]> | AsyncIterable<readonly CopyValue[]>) {
  let chunk = ''
  for await (const row of rows) {
    chunk += `${row.map(toField).join('\t')}\n`
    if (chunk.length >= CHUNK_CHARACTERS) {
      yield chunk
      chunk = ''
    }
  }
  if (chunk !== '') yield chunk
}

/**
 * Appends many rows by COPY, as fast as they come and without holding them, in the transaction of `trx` (a handle
 * that `withTransaction` gave). Returns their number. An error of `rows` or of the server fails the transaction.
 */
export async function copyRows(
  trx: Db,
  target: CopyTarget,
  rows: Iterable<readonly CopyValue[]> | AsyncIterable<readonly CopyValue[]>,
): Promise<number> {
  const columns = target.columns.map((column) => pg.escapeIdentifier(column)).join(', ')
  const sink = clientOf(trx).query(copyFrom(`copy ${pg.escapeIdentifier(target.table)} (${columns}) from stdin`))
  await pipeline(Readable.from(toChunks(rows)), sink)
  return sink.rowCount
}
