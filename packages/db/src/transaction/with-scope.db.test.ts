import { randomUUID } from 'node:crypto'
import { toPlainDate } from '@zhidu/domain'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { type Connection, connect } from '../connection/connect.ts'
import { loginsOf } from '../engine/logins.ts'
import { createTestDatabase, type TestDatabase } from '../testing/create-test-database.ts'
import '../testing/test-context.ts'
import { makeScopeTree } from '../testing/scope-tree.ts'
import { findScope } from './scope.ts'
import { type ScopeRequest, withScope } from './with-scope.ts'

let database: TestDatabase
let accounts: ReadonlyMap<string, string>
/** The log-in of requests with a single connection: what one transaction leaves behind, the next one finds. */
let app: Connection
beforeAll(async () => {
  database = await createTestDatabase()
  accounts = await makeScopeTree(database)
  const { template: _, ...engine } = inject('zhiduTestEngine')
  const logins = loginsOf({ ...engine, database: database.name }, engine.password)
  app = connect({ ...logins.app, max: 1 }, { isScoped: true })
})
afterAll(async () => {
  await app?.close()
  await database?.close()
})

function requestOf(unitCode: string, more: Partial<ScopeRequest> = {}): ScopeRequest {
  const id = accounts.get(unitCode) ?? ''
  return { kind: 'account', id, unitCode, isInstallationWide: false, onDate: toPlainDate('2026-09-30'), ...more }
}

const READING = { isolation: 'repeatable read', isReadOnly: true } as const

interface State {
  readonly scope: string
  readonly isolation: string
  readonly access: string
}

test('the transaction begins as asked, with the settings of the asker, and they end with it', async () => {
  const read = sql<State>`select current_setting('zhidu.scope', true) as scope,
    current_setting('transaction_isolation') as isolation, current_setting('transaction_read_only') as access`
  const within = await withScope(app.db, requestOf('A11'), async (trx) => (await read.execute(trx)).rows, READING)
  expect(within).toEqual([{ scope: `account:${accounts.get('A11')}`, isolation: 'repeatable read', access: 'on' }])
  const writing = await withScope(app.db, requestOf('A11'), async (trx) => (await read.execute(trx)).rows)
  expect(writing).toMatchObject([{ isolation: 'read committed', access: 'off' }])
  expect((await read.execute(app.db)).rows).toMatchObject([{ scope: '' }])
})

test('the predicates reach the subtree of the day, and the units one level below are named', async () => {
  const scope = await withScope(app.db, requestOf('A11'), async (trx) => findScope(trx))
  expect(scope?.unitCodes?.toSorted()).toEqual(['A11', 'A111', 'A112', 'A113'])
  expect(scope?.below?.toSorted()).toEqual(['A111', 'A112', 'A113'])
  expect(await withScope(app.db, requestOf('A'), async (trx) => findScope(trx)?.unitCodes)).toBeNull()
})

test.each([
  ['no uuid', { id: "x' or true --" }],
  ['no day', { onDate: "2026-09-31'" as ScopeRequest['onDate'] }],
])('a beginning that fails leaves the connection as it was: %s', async (_, more) => {
  await expect(withScope(app.db, requestOf('A11', more), async () => 'never', READING)).rejects.toThrow(/invalid|range/)
  const { rows } = await sql`select current_setting('transaction_read_only') as access`.execute(app.db)
  expect(rows).toEqual([{ access: 'off' }])
  expect(await withScope(app.db, requestOf('A11'), async () => 'done', READING)).toBe('done')
})

test('who is unknown reaches nothing', async () => {
  const request = requestOf('A11', { id: randomUUID() })
  const seen = await withScope(app.db, request, async (trx) => (await sql`select from report`.execute(trx)).rows.length)
  expect(seen).toBe(0)
})
