import { createTestDatabase, type TestDatabase } from '@zhidu/db/testing'
import { ROLES } from '@zhidu/domain'
import { createIdentity, loadSession, type ServiceContext, signIn } from '@zhidu/services'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { ensureDemonstrationAccounts } from './demonstration-accounts.ts'

const SECRET = Buffer.alloc(32, 9)
const NOW = Date.parse('2026-11-24T09:00:00+08:00')

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
  await database.pool.query(`insert into unit values ('S00', 1), ('C01', 2), ('D02', 3)`)
})
afterAll(() => database.close())

function contextAt(now: number): ServiceContext {
  return { db: database.db, report: database.report, clock: () => now, actor: { kind: 'system' } }
}

async function enter(loginName: string, password: string, options: { now?: number; isExposed?: boolean } = {}) {
  const identity = createIdentity({ secret: SECRET, isExposed: options.isExposed ?? false })
  const ctx = { ...contextAt(options.now ?? NOW), db: database.app, identity }
  const result = await signIn(ctx, { loginName, password, address: '127.0.0.1', userAgent: 'test' })
  if (result.state !== 'signed_in') throw new Error(result.state)
  return loadSession(ctx, { token: result.token, address: '127.0.0.1' })
}

it('are one of every role, sign in at once and for ever, and never where other machines can reach us', async () => {
  const accounts = await ensureDemonstrationAccounts(contextAt(NOW), SECRET)
  expect(new Set(accounts.map(({ role }) => role))).toEqual(new Set(ROLES))
  for (const { loginName, password, role, unitCode } of accounts) {
    expect(await enter(loginName, password)).toMatchObject({ roles: [role], unitCode, mustChangePassword: false })
    await expect(enter(loginName, password, { isExposed: true })).rejects.toMatchObject({ reason: 'sign_in_failed' })
  }
  const [{ loginName, password } = { loginName: '', password: '' }] = accounts
  const nextYear = NOW + 366 * 86_400_000
  expect(await enter(loginName, password, { now: nextYear })).toMatchObject({ mustChangePassword: false })
})

it('have the same passwords at each start, others with another secret, and none that anybody could guess', async () => {
  const first = await ensureDemonstrationAccounts(contextAt(NOW), SECRET)
  expect(await ensureDemonstrationAccounts(contextAt(NOW + 1), SECRET)).toEqual(first)
  const other = await ensureDemonstrationAccounts(contextAt(NOW + 2), Buffer.alloc(32, 8))
  const passwords = [...first, ...other].map(({ password }) => password)
  expect(new Set(passwords).size).toBe(18)
  const [account] = first
  await expect(enter(account?.loginName ?? '', account?.password ?? '')).rejects.toMatchObject({
    reason: 'sign_in_failed',
  })
})
