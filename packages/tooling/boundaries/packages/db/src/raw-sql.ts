import { Kysely, sql } from 'kysely'

export function findByInput(db: Kysely<unknown>, input: string) {
  const name = sql.ref(input) // breaks: oxlint/no-raw-sql
  const table = sql.table(input) // breaks: oxlint/no-raw-sql
  const id = sql.id('public', input) // breaks: oxlint/no-raw-sql
  const value = sql.lit(input) // breaks: oxlint/no-raw-sql
  const text = sql.raw(`select ${input}`) // breaks: oxlint/no-raw-sql
  const computed = sql['raw'](input) // breaks: oxlint/no-raw-sql
  const step = db.fn('x').key(input).at(0) // breaks: oxlint/no-raw-sql
  const place = db.fn('x').key('name').at(input) // breaks: oxlint/no-raw-sql
  return [name, table, id, value, text, computed, step, place, sql.ref('unit.code'), sql.raw('now()'), [1].at(-1)]
}
