import { toPlainDate } from '@zhidu/domain'
import { sql } from 'kysely'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, beforeEach, expect, inject, test, vi } from 'vitest'
import { loginsOf } from '../engine/logins.ts'
import { createTestDatabase, makeScopeTree, type TestDatabase } from '../testing/index.ts'
import '../testing/test-context.ts'
import { type ScopeRequest, withScope } from '../transaction/with-scope.ts'
import { clientOf } from '../transaction/with-transaction.ts'
import { type Connection, connect } from './connect.ts'

const READING = { isolation: 'repeatable read', isReadOnly: true } as const

let database: TestDatabase
let asker: ScopeRequest
/** The log-in of requests with a single connection, so that each transaction follows the one before on it. */
let app: Connection
beforeAll(async () => {
  database = await createTestDatabase()
  const accounts = await makeScopeTree(database)
  const id = accounts.get('A11') ?? ''
  asker = { kind: 'account', id, unitCode: 'A11', isInstallationWide: false, onDate: toPlainDate('2026-09-30') }
})
beforeEach(async () => {
  await app?.close()
  const { template: _, ...engine } = inject('zhiduTestEngine')
  app = connect(
    { ...loginsOf({ ...engine, database: database.name }, engine.password).app, max: 1 },
    { isScoped: true },
  )
})
afterEach(() => vi.useRealTimers())
afterAll(async () => {
  await app?.close()
  await database?.close()
})

/** Reads, and gives the process at the other end and what it is written from here on. */
async function readOnce() {
  return await withScope(
    app.db,
    asker,
    async (trx) => {
      const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(trx)
      const { stream } = clientOf(trx).connection
      return { pid: rows[0]?.pid, writes: [vi.spyOn(stream, '_write'), vi.spyOn(stream, '_writev')] }
    },
    READING,
  )
}

function callsOf(writes: readonly { readonly mock: { readonly calls: readonly unknown[] } }[]): number {
  return writes.reduce((sum, { mock }) => sum + mock.calls.length, 0)
}

async function stateOf(pid: number | undefined): Promise<string | undefined> {
  const { rows } = await database.pool.query<{ state: string }>('select state from pg_stat_activity where pid = $1', [
    pid,
  ])
  return rows[0]?.state
}

const DRAFT = sql<{ access: string; scope: string }>`select current_setting('transaction_read_only') as access,
  current_setting('zhidu.scope', true) as scope`

test('what was only read is committed in the write of the next statement, which is no part of it', async () => {
  const { writes } = await readOnce()
  const { rows } = await DRAFT.execute(app.db)
  expect(rows).toEqual([{ access: 'off', scope: '' }])
  expect(callsOf(writes)).toBe(1)
})

test('the next transaction begins in the same write, on a view of its own', async () => {
  // What is written in between may take longer than the commit waits.
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const { writes } = await readOnce()
  await database.db.insertInto('setting').values({ key: 'later', value: '1' }).execute()
  const seen = await withScope(
    app.db,
    asker,
    async (trx) => {
      const sent = callsOf(writes)
      const rows = await trx.selectFrom('setting').select('key').where('key', '=', 'later').execute()
      return { sent, rows }
    },
    READING,
  )
  expect(seen).toEqual({ sent: 1, rows: [{ key: 'later' }] })
})

test('nobody asking, it is committed within moments', async () => {
  const { pid } = await readOnce()
  await expect.poll(() => stateOf(pid), { timeout: 2_000, interval: 20 }).toBe('idle')
  expect((await DRAFT.execute(app.db)).rows).toMatchObject([{ access: 'off' }])
})

test('what was written is committed before the writer is told', async () => {
  await withScope(app.db, asker, (trx) => sql`select set_config('zhidu.test', 'x', false)`.execute(trx))
  const { rows } = await database.pool.query(
    `select from pg_stat_activity where datname = current_database() and state like 'idle in transaction%'`,
  )
  expect(rows).toEqual([])
})

test('so it is when a reading transaction of another log-in ran within it', async () => {
  const spies = await withScope(app.db, asker, async (trx) => {
    await database.report
      .transaction()
      .setAccessMode('read only')
      .execute((other) => sql`select 1`.execute(other))
    const { stream } = clientOf(trx).connection
    return [vi.spyOn(stream, '_write'), vi.spyOn(stream, '_writev')]
  })
  expect(callsOf(spies)).toBe(1)
})

test('a connection lost before it was committed is replaced', async () => {
  const { pid } = await readOnce()
  await database.pool.query('select pg_terminate_backend($1, 1000)', [pid])
  await sleep(50)
  expect((await DRAFT.execute(app.db)).rows).toMatchObject([{ access: 'off' }])
})
