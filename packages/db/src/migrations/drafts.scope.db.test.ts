import { afterAll, beforeAll, expect, it } from 'vitest'
import { APP_ROLE } from '../engine/roles.ts'
import { createTestDatabase, type TestDatabase } from '../testing/create-test-database.ts'
import { makeScopeTree } from '../testing/scope-tree.ts'

let database: TestDatabase
let account: string

beforeAll(async () => {
  database = await createTestDatabase()
  account = (await makeScopeTree(database)).get('A11') ?? ''
})
afterAll(() => database?.close())

/** As the clerk of A11, undone at the end: the first column of each row, or the code of the refusal. */
async function ask(statement: string): Promise<readonly string[]> {
  const client = await database.pool.connect()
  try {
    await client.query('begin')
    await client.query(`set local role ${APP_ROLE}`)
    await client.query(`select set_config('zhidu.scope', $1, true), set_config('zhidu.on_date', '2026-09-30', true)`, [
      `account:${account}`,
    ])
    const { rows } = await client.query<{ code: string }>(statement)
    return rows.map(({ code }) => code)
  } catch (error) {
    return [error instanceof Error && 'code' in error ? String(error.code) : String(error)]
  } finally {
    await client.query('rollback')
    client.release()
  }
}

const add = (office: string) => `insert into assessment_step
  (office_code, quarter, position, kind, at, by_name, by_id, note, marks_appeals)
  values ('${office}', '2026Q3', 1, 'returned', now(), '某人', gen_random_uuid(), '缘由', false) returning office_code as code`

it('tells a draft to the office, to those above it and to its subtree', async () => {
  const seen = await ask(`select distinct office_code as code from assessment_step order by 1`)
  expect(seen.filter((code) => !code.startsWith('A11'))).toEqual(['A', 'A1'])
  expect(seen.filter((code) => code.startsWith('A11'))).toHaveLength(4)
})

it.each([
  ['A11', 'A11'],
  ['A1', '42501'],
  ['A112', '42501'],
])('lets the office alone add to it: %s', async (office, answer) => {
  expect(await ask(add(office))).toEqual([answer])
})
