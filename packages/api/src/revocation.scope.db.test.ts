import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestDatabase } from '@zhidu/db/testing'
import { importFile } from '@zhidu/services'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type User, userOf, USERS } from './testing/scope/accounts.ts'
import { type Answer, type Ask, askFile, askProcedure, openWorld, type World } from './testing/scope/harness.ts'
import { insertKeys, keyOf, keysOf } from './testing/scope/keys.ts'
import { NOW } from './testing/scope/tree.ts'
import { createWorldA } from './testing/scope/worlds.ts'

/** From the answer to who revokes until the refusal of who is revoked. */
const WITHIN_MS = 1_000

const SYSTEM = userOf('system_admin')
const SECURITY = userOf('security_admin')

let database: TestDatabase
let world: World
beforeAll(async () => {
  database = await createWorldA()
  await insertKeys(database, keysOf('A2'))
  world = await openWorld(database)
})
afterAll(async () => {
  await world?.close()
  await database?.close()
})

/** Another session of the same account. */
async function again(user: User, sessionId: string): Promise<User> {
  const loginName = `again-${user.loginName}`
  await database.pool.query(
    `insert into session (session_id, account_id, token_hash, created_at, last_seen_at, idle_until, absolute_until, address,
       user_agent, auth_level)
     select $1, account_id, sha256(convert_to($2, 'UTF8')), created_at, last_seen_at, idle_until, absolute_until, address,
       user_agent, auth_level from session where session_id = $3`,
    [sessionId, loginName, user.sessionId],
  )
  return { ...user, sessionId, loginName }
}

const READING = askProcedure('check.list', 'query', { quarter: '2026Q3' })
const EXPORT = askFile('/files/export/:file', '/files/export/checks.csv')

function call(user: User, path: string, input: object): Promise<Answer> {
  return world.ask(user, askProcedure(path, 'mutation', input))
}

const SAME = { displayName: '测试', staffNumber: null }

interface Cause {
  readonly cause: string
  readonly act: (user: User, other: User) => Promise<Answer>
  /** Sessions that go on. */
  readonly lives?: 'own'
}

const CAUSES: readonly Cause[] = [
  {
    cause: 'disabled',
    act: ({ accountId, unitCode }) =>
      call(SYSTEM, 'account.update', { ...SAME, accountId, unitCode, isDisabled: true }),
  },
  {
    cause: 'moved to another unit',
    act: ({ accountId }) => call(SYSTEM, 'account.update', { ...SAME, accountId, unitCode: 'A33', isDisabled: false }),
  },
  { cause: 'given a role', act: ({ accountId }) => call(SECURITY, 'access.grant', { accountId, role: 'leader' }) },
  {
    cause: 'robbed of its role',
    act: ({ accountId }) => call(SECURITY, 'access.revoke', { accountId, role: 'clerk' }),
  },
  { cause: 'given a new password', act: ({ accountId }) => call(SYSTEM, 'account.resetPassword', { accountId }) },
  { cause: 'shown the door', act: ({ accountId }) => call(SECURITY, 'access.endSessions', { accountId }) },
  {
    cause: 'signed out in one window',
    act: (user, other) => call(other, 'session.signOut', {}),
    lives: 'own',
  },
  {
    cause: 'ended by its owner elsewhere',
    act: (user, other) => call(user, 'session.revoke', { sessionId: other.sessionId }),
    lives: 'own',
  },
]

describe('the next request of an account that was', () => {
  const units = ['A11', 'A12', 'A13', 'A21', 'A22', 'A23', 'A31', 'A32']

  it.each(CAUSES.map((one, index) => ({ ...one, index })))(
    '$cause is refused within a second, in each of its sessions that this ended',
    async ({ act, index, lives }) => {
      const user = userOf('clerk', units[index] ?? 'A')
      const other = await again(user, `00000009-0000-4000-8000-00000000000${index}`)
      for (const one of [user, other]) expect((await world.ask(one, READING)).status).toBe(200)
      const done = await act(user, other)
      expect([done.status, done.text.includes('"error"')]).toEqual([200, false])
      const since = performance.now()
      const ask = async (one: User): Promise<number[]> => [
        (await world.ask(one, READING)).status,
        (await world.ask(one, EXPORT)).status,
      ]
      expect(await ask(other)).toEqual([401, 401])
      expect(await ask(user)).toEqual(lives === 'own' ? [200, 200] : [401, 401])
      expect(performance.now() - since).toBeLessThan(WITHIN_MS)
    },
  )
})

it('the next request with a key that was revoked is refused within a second', async () => {
  const { token } = keyOf('all', 'A2')
  const list: Ask = { path: '', method: 'GET', url: '/api/v1/checks' }
  expect((await world.askWithKey(token, list)).status).toBe(200)
  const { rows } = await database.pool.query<{ id: string }>('select token_id as id from api_token where name = $1', [
    token,
  ])
  expect((await call(SECURITY, 'token.revoke', { tokenId: rows[0]?.id ?? '' })).status).toBe(200)
  const since = performance.now()
  expect((await world.askWithKey(token, list)).status).toBe(401)
  expect(performance.now() - since).toBeLessThan(WITHIN_MS)
})

describe('after a unit moved in the tree', () => {
  const CHECK = 'K-A312-2'
  const check = askProcedure('check.get', 'query', { checkCode: CHECK })
  const page = askProcedure('unit.get', 'query', { unitCode: 'A312', quarter: '2026Q4' })

  it('who stood above it reaches nothing of it with the next request, and who stands there now does', async () => {
    const [before, after] = [userOf('leader', 'A31'), userOf('leader', 'A22')]
    const ask = async (user: User): Promise<number[]> => [
      (await world.ask(user, check)).status,
      (await world.ask(user, page)).status,
    ]
    expect([await ask(before), await ask(after)]).toEqual([
      [200, 200],
      [404, 404],
    ])
    const folder = await mkdtemp(join(tmpdir(), 'zhidu-move-'))
    const path = join(folder, 'units.csv')
    await writeFile(
      path,
      `unit_code,name,short_name,parent_code,tier,peer_group,duty_mode,valid_from,valid_to
A312,单位A312,A312,A31,township,乡镇组,room,2020-01-01,2026-10-01
A312,单位A312,A312,A22,township,乡镇组,room,2026-10-01,
`,
    )
    const ctx = {
      db: database.db,
      report: database.db,
      clock: () => NOW,
      actor: { kind: 'local', name: 'test' },
    } as const
    const file = { kind: 'units', path, fileName: 'u.csv', dryRun: false, acceptValid: false, language: 'en' } as const
    expect(await importFile(ctx, file)).toMatchObject({ rejected: 0, errors: [] })
    await rm(folder, { recursive: true })
    expect([await ask(before), await ask(after)]).toEqual([
      [404, 404],
      [200, 200],
    ])
  })
})

it('a dump of all tables holds nothing that opens a session or /api/v1', async () => {
  const user = userOf('clerk', 'A3')
  expect((await world.ask(user, READING)).status).toBe(200)
  const { rows: tables } = await database.pool.query<{ name: string }>(
    `select quote_ident(relname) as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'`,
  )
  const input = { name: '值班系统', unitCode: 'A2', kinds: ['checks'], mayWrite: false, days: 9 }
  const made = await call(SECURITY, 'token.create', input)
  const [, key = ''] = /"zhidu_([\w-]{43})"/.exec(made.text) ?? []
  const secrets = [key, Buffer.from(key).toString('hex'), Buffer.from(key, 'base64url').toString('hex')]
  expect(key).toHaveLength(43)
  // The tokens of these tests are names; a real one, as the one just made, is 32 random bytes.
  const names = new Set([...USERS.map(({ loginName }) => loginName), ...keysOf('A2').map(({ token }) => token)])
  const candidates = new Set<string>()
  for (const { name } of tables) {
    const { rows } = await database.pool.query<{ row: Record<string, unknown> }>(
      `select to_jsonb(t) as row from ${name} t`,
    )
    const text = JSON.stringify(rows)
    expect(secrets.filter((secret) => text.includes(secret))).toEqual([])
    for (const value of rows.flatMap(({ row }) => Object.values(row))) {
      if (typeof value !== 'string' || names.has(value)) continue
      const bytes = Buffer.from(value.replace(/^\\x/, ''), 'hex')
      for (const form of [value, bytes.toString('hex'), bytes.toString('base64url'), bytes.toString('base64')]) {
        if (form.length >= 16 && /^[\w+/=.-]+$/.test(form)) candidates.add(form)
      }
    }
  }
  expect(candidates.size).toBeGreaterThan(500)
  const usable: string[] = []
  const list: Ask = { path: '', method: 'GET', url: '/api/v1/openapi.json' }
  for (const candidate of candidates) {
    const answers = [
      await world.request(null, '/trpc/meta.get', { headers: { cookie: `zhidu_session=${candidate}` } }),
      await world.askWithKey(candidate, list),
    ]
    if (answers.some(({ status }) => status !== 401)) usable.push(candidate)
  }
  expect(usable).toEqual([])
})
