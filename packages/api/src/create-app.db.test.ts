import { createTestDatabase, type TestDatabase } from '@zhidu/db/testing'
import { permissionsOf } from '@zhidu/domain'
import {
  type AccountActor,
  createIdentity,
  createImportJobs,
  type ImportJobs,
  installSampleRules,
  SERVICE_ERROR_CODES,
  ServiceError,
} from '@zhidu/services'
import { createTRPCClient, httpBatchLink, TRPCClientError } from '@trpc/client'
import type { Hono } from 'hono'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { AppRouter } from './app-router.ts'
import { createApp } from './create-app.ts'

const HOST = 'zhidu.example'
const EDGES = { allowedHosts: [HOST], origins: [`http://${HOST}`], isHttps: false, trustedProxies: [] }
/** Somebody of the whole installation who may do everything that is tried here. */
const SOMEBODY: AccountActor = {
  kind: 'account',
  accountId: '00000000-0000-4000-8000-000000000001',
  sessionId: '00000000-0000-4000-8000-000000000002',
  loginName: 'somebody',
  displayName: '某人',
  unitCode: null,
  roles: ['clerk', 'system_admin'],
  permissions: permissionsOf(['clerk', 'system_admin']),
  mustChangePassword: false,
  address: '192.0.2.1',
  viewer: null,
}
const SESSIONS = {
  identity: createIdentity({ secret: Buffer.alloc(32, 7), isExposed: false }),
  auditSigners: [],
  loadActor: ({ token }: { readonly token: string }) => Promise.resolve(token === 'good' ? SOMEBODY : undefined),
}
const NOW = Date.parse('2026-10-05T09:00:00+08:00')

let database: TestDatabase
let importJobs: ImportJobs
let app: Hono
const logged: { fields: Readonly<Record<string, unknown>> }[] = []

beforeAll(async () => {
  database = await createTestDatabase()
  await installSampleRules(database.db)
  const service = { db: database.db, report: database.db, clock: () => NOW }
  importJobs = await createImportJobs(service.clock, { maxUploadBytes: 1_000_000 })
  app = createApp({
    service,
    ...SESSIONS,
    importJobs,
    upkeep: { nudge: () => undefined, running: () => null },
    log: { error: (fields) => logged.push({ fields }) },
    version: '0.0.0-test',
    maxUploadBytes: 1_000_000,
    ...EDGES,
  })
})
afterAll(async () => {
  await importJobs.close()
  await database.close()
})

function request(path: string, init: RequestInit = {}): Promise<Response> {
  const headers = new Headers(init.headers)
  if (!headers.has('host')) headers.set('host', HOST)
  if (!headers.has('cookie')) headers.set('cookie', 'zhidu_session=good')
  if (!headers.has('origin')) headers.set('origin', `http://${HOST}`)
  return Promise.resolve(app.request(`http://${HOST}${path}`, { ...init, headers }))
}

const client = createTRPCClient<AppRouter>({
  links: [
    httpBatchLink({
      url: `http://${HOST}/trpc`,
      fetch: (url, init) => request(String(url).replace(`http://${HOST}`, ''), init as RequestInit),
    }),
  ],
})

async function waitFor(importId: string): Promise<Awaited<ReturnType<typeof client.import.job.query>>> {
  for (;;) {
    const job = await client.import.job.query({ importId })
    if (!['reading', 'checking', 'writing'].includes(job.phase)) return job
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

function upload(kind: string, text: string, headers: Record<string, string> = {}): Promise<Response> {
  return request(`/files/imports?kind=${kind}&fileName=${kind}.csv`, {
    method: 'POST',
    body: text,
    headers: { 'content-type': 'application/octet-stream', ...headers },
  })
}

interface Answer {
  readonly importId: string
  readonly reason: string
}

async function answerOf(response: Response): Promise<Answer> {
  // Safe: the assertions that follow fail on anything else.
  return (await response.json()) as Answer
}

const UNITS = 'unit_code,name,tier,peer_group,duty_mode\nC01,甲县,county,县区组,room\nC02,乙县,county,县区组,phone\n'

describe('what is answered at all', () => {
  it('only for the names it was told: a page cannot point its own name at this machine', async () => {
    expect((await request('/healthz', { headers: { host: 'evil.example' } })).status).toBe(403)
    expect((await request('/healthz', { headers: { host: `${HOST}:3000` } })).status).toBe(200)
  })

  it.each([
    [{ 'sec-fetch-site': 'cross-site' }, 403],
    [{ 'sec-fetch-site': 'same-site' }, 403],
    [{ origin: 'https://evil.example' }, 403],
    [{ origin: 'null' }, 403],
    [{ 'sec-fetch-site': 'same-origin', origin: `http://${HOST}` }, 201],
    [{ origin: `http://${HOST}` }, 201],
  ])('changes only from its own pages or from programs: %j → %i', async (headers, status) => {
    const response = await upload('units', UNITS, headers)
    expect(response.status).toBe(status)
    if (status === 201) await client.import.cancel.mutate({ importId: (await answerOf(response)).importId })
  })

  it('with a policy that lets nothing in from elsewhere', async () => {
    const policy = (await request('/healthz')).headers.get('content-security-policy')
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("script-src 'self';")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).not.toContain('http')
  })

  it('as not found under any other address, in JSON', async () => {
    const response = await request('/files/nothing')
    expect([response.status, await response.json()]).toEqual([
      404,
      { code: 'not_found', reason: 'unknown_request', params: {}, errorNumber: null },
    ])
  })
})

describe('errors', () => {
  async function errorOf(call: Promise<unknown>): Promise<unknown> {
    try {
      await call
    } catch (error) {
      if (error instanceof TRPCClientError) return error.data?.error
      throw error
    }
    throw new Error('the call was expected to fail')
  }

  it('expected ones name their reason and what fills it', async () => {
    const call = client.unit.get.query({ unitCode: 'X99', quarter: '2026Q3' as never })
    expect(await errorOf(call)).toEqual({
      code: 'not_found',
      reason: 'unit_unknown',
      params: { unitCode: 'X99' },
      errorNumber: null,
    })
  })

  it('input that fits no schema is refused without an echo of it', async () => {
    const call = client.league.table.query({ quarter: '<script>' as never, group: '' })
    expect(await errorOf(call)).toEqual({ code: 'invalid', reason: 'invalid_request', params: {}, errorNumber: null })
  })

  it('unexpected ones say a number and nothing else; the log has the cause under that number', async () => {
    const secret = 'postgres://somebody:secret@db'
    const broken = createApp({
      service: {
        db: database.db,
        report: database.db,
        clock: () => {
          throw new Error(secret)
        },
      },
      ...SESSIONS,
      importJobs,
      upkeep: { nudge: () => undefined, running: () => null },
      log: { error: (fields) => logged.push({ fields }) },
      version: '0',
      maxUploadBytes: 1,
      ...EDGES,
    })
    const response = await broken.request(`http://${HOST}/trpc/meta.get`, {
      headers: { host: HOST, cookie: 'zhidu_session=good' },
    })
    const text = await response.text()
    expect(response.status).toBe(500)
    expect(text).not.toContain('secret')
    expect(text).not.toContain('stack')
    const { errorNumber } = JSON.parse(text).error.data.error
    expect(errorNumber).toMatch(/^ZD-[0-9A-F]{6}$/)
    const entry = logged.find(({ fields }) => fields['errorNumber'] === errorNumber)
    expect(String(entry?.fields['err'])).toContain(secret)
  })

  it('of every service code have an HTTP status', async () => {
    const { HTTP_STATUS_OF, TRPC_CODE_OF } = await import('./request-error.ts')
    for (const code of SERVICE_ERROR_CODES) {
      expect(HTTP_STATUS_OF[new ServiceError(code, 'x').code]).toBeGreaterThanOrEqual(400)
      expect(TRPC_CODE_OF[code]).toBeDefined()
    }
  })
})

describe('a file sent to the page', () => {
  it('is tried first, imported when told, and then ranked; twice it changes nothing', async () => {
    const first = await upload('units', UNITS)
    const { importId } = await answerOf(first)
    const ready = await waitFor(importId)
    expect([ready.phase, ready.result?.created, ready.errorTotal]).toEqual(['ready', 2, 0])
    expect(await client.league.groups.query({ quarter: '2026Q3' as never })).toEqual([])
    await client.import.commit.mutate({ importId, acceptValid: false })
    expect((await waitFor(importId)).phase).toBe('done')
    expect(await client.league.groups.query({ quarter: '2026Q3' as never })).toEqual([
      { group: '县区组', unitCount: 2 },
    ])
    const table = await client.league.table.query({ quarter: '2026Q3' as never, group: '县区组' })
    expect(table.rows.map((row) => [row.unitCode, row.rank, row.score])).toEqual([
      ['C01', null, null],
      ['C02', null, null],
    ])
    const again = await waitFor((await answerOf(await upload('units', UNITS))).importId)
    expect([again.result?.created, again.result?.updated, again.result?.unchanged]).toEqual([0, 0, 2])
    expect(await client.import.history.query()).toHaveLength(1)
  })

  it('with faults says all of them, and gives the refused rows back', async () => {
    const faulty = await upload('units', `${UNITS}C03,丙县,planet,县区组,room\n`, { 'x-zhidu-language': 'en' })
    const { importId } = await answerOf(faulty)
    const job = await waitFor(importId)
    expect(job.errorTotal).toBe(1)
    expect(job.result?.errors[0]).toMatchObject({ row: 4, column: 'tier', value: 'planet' })
    const refused = await request(`/files/imports/${importId}/refused.xlsx`)
    expect(refused.status).toBe(200)
    expect(new Uint8Array(await refused.arrayBuffer()).slice(0, 2)).toEqual(new Uint8Array([0x50, 0x4b]))
  })

  it('larger than the limit is refused before it is read', async () => {
    const response = await upload('units', UNITS, { 'content-length': '1000001' })
    expect([response.status, (await answerOf(response)).reason]).toEqual([422, 'upload_too_large'])
  })

  it.each(['kind=nothing&fileName=a.csv', 'kind=units', ''])(
    'without a known kind and a name is refused: %j',
    async (query) => {
      const headers = { 'content-type': 'text/csv' }
      const response = await request(`/files/imports?${query}`, { method: 'POST', body: 'x', headers })
      expect([response.status, (await answerOf(response)).reason]).toEqual([422, 'upload_query'])
    },
  )
})

describe('downloads', () => {
  it.each([
    ['/files/templates/reports.xlsx', 200],
    ['/files/templates/nothing.xlsx', 404],
    ['/files/templates/reports.csv', 404],
    ['/files/export/units.csv', 200],
    ['/files/export/units.exe', 404],
    ['/files/league.xlsx?quarter=2026Q3&group=%E5%8E%BF%E5%8C%BA%E7%BB%84', 200],
    ['/files/league.xlsx?quarter=2026Q3&group=none', 404],
    ['/files/league.xlsx?quarter=soon&group=a', 422],
    ['/files/units/C01/deductions.xlsx?quarter=2026Q3', 200],
    ['/files/imports/not-a-number/refused.xlsx', 404],
  ])('%s → %i', async (path, status) => {
    const response = await request(path)
    expect(response.status).toBe(status)
    if (status === 200)
      expect(response.headers.get('content-disposition')).toMatch(/^attachment; filename="[\w.-]+"; filename\*=UTF-8''/)
    await response.arrayBuffer()
  })
})
