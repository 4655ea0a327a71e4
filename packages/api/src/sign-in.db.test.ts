import { createTestDatabase, type TestDatabase } from '@zhidu/db/testing'
import {
  addUser,
  createIdentity,
  createImportJobs,
  type Identity,
  type ImportJobs,
  installSampleRules,
  loadSession,
} from '@zhidu/services'
import type { Hono } from 'hono'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createApp } from './create-app.ts'

const HOST = 'zhidu.example'
const ORIGIN = `http://${HOST}`
let now = Date.parse('2026-10-05T09:00:00+08:00')

let database: TestDatabase
let importJobs: ImportJobs
let identity: Identity
let app: Hono
let initialPassword: string

beforeAll(async () => {
  database = await createTestDatabase()
  await installSampleRules(database.db)
  const service = { db: database.app, report: database.report, clock: () => now }
  identity = createIdentity({ secret: Buffer.alloc(32, 7), isExposed: false })
  importJobs = await createImportJobs(service.clock, { maxUploadBytes: 1_000 })
  app = createApp({
    service,
    identity,
    auditSigners: [],
    loadActor: (session) => loadSession({ ...service, identity }, session),
    importJobs,
    upkeep: { nudge: () => undefined, running: () => null },
    log: {
      error: (fields) => {
        throw new Error('unexpected', { cause: fields['err'] })
      },
    },
    version: '0',
    maxUploadBytes: 1_000,
    allowedHosts: [HOST],
    origins: [ORIGIN],
    isHttps: false,
    trustedProxies: [],
  })
  const local = { ...service, db: database.db, actor: { kind: 'local', name: 'test' } as const, identity }
  const names = { loginName: 'xitong', displayName: '某某', staffNumber: 'G1', phone: null, unitCode: null }
  const created = await addUser(local, { ...names, roles: ['system_admin'] })
  initialPassword = created.initialPassword ?? ''
})
afterAll(async () => {
  await importJobs.close()
  await database.close()
})

async function call(path: string, input?: object, cookie = ''): Promise<Response> {
  const headers = { host: HOST, origin: ORIGIN, cookie, 'content-type': 'application/json' }
  const init = input === undefined ? { headers } : { method: 'POST', headers, body: JSON.stringify(input) }
  return await app.request(`${ORIGIN}/trpc/${path}`, init)
}

async function reasonOf(response: Response): Promise<[number, string]> {
  const body: { error?: { data: { error: { reason: string } } } } = JSON.parse(await response.text())
  return [response.status, body.error?.data.error.reason ?? 'answered']
}

function cookieOf(response: Response): string {
  return response.headers.get('set-cookie')?.split(';')[0] ?? ''
}

it('an initial password opens nothing but its own change, at the API as well; then the role counts; then nothing does', async () => {
  const signedIn = await call('session.signIn', { loginName: 'XITONG', password: initialPassword })
  expect(await signedIn.json()).toMatchObject({ result: { data: { state: 'signed_in' } } })
  const cookie = cookieOf(signedIn)
  expect(signedIn.headers.get('set-cookie')).toMatch(
    /^zhidu_session=[\w-]{43}; Max-Age=36000; Path=\/; HttpOnly; SameSite=Strict$/,
  )
  expect(await reasonOf(await call('account.list?input={}', undefined, cookie))).toEqual([
    403,
    'password_change_needed',
  ])
  expect(await reasonOf(await call('meta.get', undefined, cookie))).toEqual([403, 'password_change_needed'])

  const next = 'Chang-Dian-7731'
  const changed = await call('session.changePassword', { current: initialPassword, next }, cookie)
  const renewed = cookieOf(changed)
  expect(renewed).not.toBe(cookie)
  expect(await reasonOf(await call('account.list?input={}', undefined, cookie))).toEqual([401, 'session_ended'])
  expect(await reasonOf(await call('account.list?input={}', undefined, renewed))).toEqual([200, 'answered'])
  expect(await reasonOf(await call('audit.list?input={}', undefined, renewed))).toEqual([403, 'role_forbids'])

  now += 14 * 60_000
  expect(await reasonOf(await call('meta.get', undefined, renewed))).toEqual([200, 'answered'])
  const out = await call('session.signOut', {}, renewed)
  expect(out.headers.get('set-cookie')).toMatch(/^zhidu_session=; Max-Age=0/)
  expect(await reasonOf(await call('meta.get', undefined, renewed))).toEqual([401, 'session_ended'])
})

it('a session nobody used for a quarter of an hour has ended, to the second', async () => {
  const signIn = () => call('session.signIn', { loginName: 'G1', password: 'Chang-Dian-7731' })
  const first = cookieOf(await signIn())
  now += 15 * 60_000 - 1_000
  expect(await reasonOf(await call('meta.get', undefined, first))).toEqual([200, 'answered'])
  now += 15 * 60_000
  expect(await reasonOf(await call('meta.get', undefined, first))).toEqual([401, 'session_ended'])
  // The state of the session is told to anybody, so that the page knows where to go.
  const state: { result: { data: { account: unknown } } } = JSON.parse(
    await (await call('session.get', undefined, first)).text(),
  )
  expect(state.result.data.account).toBeNull()
})

it('single sign-on that is not set up says so where one signs in', async () => {
  const response = await app.request(`${ORIGIN}/auth/oidc/begin?returnTo=//evil.example`, { headers: { host: HOST } })
  expect([response.status, response.headers.get('location')]).toEqual([303, '/sign-in?refused=sso_not_set_up'])
})
