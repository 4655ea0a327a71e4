import { createTestDatabase, makeScopeTree, type TestDatabase } from '@zhidu/db/testing'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createBlankApp, type BlankApp } from '../testing/blank-app.ts'
import { tellsOfPeople } from '../testing/scope/people.ts'

const TOKEN = 'f'.repeat(64)
const NOW = Date.parse('2026-10-20T09:00:00+08:00')
const HERE = { incoming: { socket: { remoteAddress: '127.0.0.1' } } }
const ELSEWHERE = { incoming: { socket: { remoteAddress: '192.0.2.7' } } }
const PROXY = { incoming: { socket: { remoteAddress: '10.9.9.9' } } }

let database: TestDatabase
let world: BlankApp

beforeAll(async () => {
  database = await createTestDatabase()
  await makeScopeTree(database)
  await database.pool.query(
    `set local session_replication_role = replica; update unit_period set name = '岭安第' || unit_code || '局'`,
  )
  const service = { db: database.app, report: database.report, clock: () => NOW }
  world = createBlankApp({ service, metricsToken: TOKEN, trustedProxies: ['10.9.9.9'], version: '1.2.3-"x' })
})
afterAll(() => database?.close())

async function read(env: object = HERE): Promise<string> {
  const response = await world.request('/metrics', {}, env)
  expect([response.status, response.headers.get('content-type')]).toEqual([
    200,
    'text/plain; version=0.0.4; charset=utf-8',
  ])
  return await response.text()
}

/** The value of one sample; undefined = there is none. */
function valueOf(text: string, sample: string): number | undefined {
  const line = text.split('\n').find((one) => one.startsWith(`${sample} `))
  return line === undefined ? undefined : Number(line.slice(sample.length + 1))
}

it('is answered to a program of this machine and to one that bears the token, and to nobody else', async () => {
  const asked: [env: object, headers: Record<string, string>, status: number][] = [
    [HERE, {}, 200],
    [{ incoming: { socket: { remoteAddress: '::ffff:127.0.0.1' } } }, {}, 200],
    [{ incoming: { socket: { remoteAddress: '::1' } } }, {}, 200],
    [ELSEWHERE, { authorization: `Bearer ${TOKEN}` }, 200],
    [ELSEWHERE, {}, 401],
    [ELSEWHERE, { authorization: `Bearer ${TOKEN}f` }, 401],
    [ELSEWHERE, { authorization: `Basic ${TOKEN}` }, 401],
    [{}, {}, 401],
    // A proxy on this machine that nobody told us of, and one that we know.
    [HERE, { 'x-forwarded-for': '127.0.0.1' }, 401],
    [HERE, { 'x-real-ip': '127.0.0.1' }, 401],
    [HERE, { forwarded: 'for=127.0.0.1' }, 401],
    [PROXY, { 'x-forwarded-for': '127.0.0.1' }, 401],
    [PROXY, {}, 401],
  ]
  for (const [env, headers, status] of asked) {
    expect([env, headers, (await world.request('/metrics', { headers }, env)).status]).toEqual([env, headers, status])
  }
  const { rows } = await database.pool.query<{ count: number }>(
    `select count(*)::int as count from audit_entry where action = 'metrics.read' and outcome = 'refused'`,
  )
  expect(rows[0]?.count).toBe(asked.filter(([, , status]) => status === 401).length)
})

it('is open to this machine alone where no token is set', async () => {
  const service = { db: database.app, report: database.report, clock: () => NOW }
  const { request } = createBlankApp({ service })
  expect((await request('/metrics', {}, HERE)).status).toBe(200)
  expect((await request('/metrics', { headers: { authorization: 'Bearer undefined' } }, ELSEWHERE)).status).toBe(401)
})

it('counts requests by procedure and outcome, with their times, and answers by status', async () => {
  const before = await read()
  await world.request('/trpc/league.table?input=%7B%22quarter%22%3A%222026Q3%22%7D', {}, ELSEWHERE)
  await world.request('/files/league.xlsx?quarter=2026Q3', {}, ELSEWHERE)
  await world.request('/api/v1/league', {}, ELSEWHERE)
  await world.request('/trpc/nothing.here', {}, ELSEWHERE)
  const after = await read()
  const grown = (sample: string): number => (valueOf(after, sample) ?? 0) - (valueOf(before, sample) ?? 0)
  for (const procedure of ['league.table', 'export.league', 'rest.league']) {
    expect(grown(`zhidu_requests_total{procedure="${procedure}",outcome="unauthenticated"}`), procedure).toBe(1)
    expect(grown(`zhidu_request_duration_seconds_count{procedure="${procedure}"}`)).toBe(1)
    expect(grown(`zhidu_request_duration_seconds_bucket{procedure="${procedure}",le="+Inf"}`)).toBe(1)
    expect(grown(`zhidu_request_duration_seconds_bucket{procedure="${procedure}",le="10"}`)).toBe(1)
    expect(grown(`zhidu_request_duration_seconds_sum{procedure="${procedure}"}`)).toBeGreaterThan(0)
  }
  expect(grown('zhidu_http_answers_total{status="401"}')).toBe(3)
  expect(grown('zhidu_http_answers_total{status="404"}')).toBe(1)
  // What was asked for and is none of ours makes no name of its own.
  expect(after).not.toContain('nothing.here')
})

it('tells pools, rollups that wait, the age of the head of the audit chain, and the program', async () => {
  await database.pool.query(
    `update unit_quarter set steady_until = '2099-01-01' where basis = 'latest';
     update unit_quarter set steady_until = '2026-10-20T08:58:20+08'
       where basis = 'latest' and unit_code = (select min(unit_code) from unit_quarter where basis = 'latest')`,
  )
  const { rows } = await database.pool.query<{ size: number; age: number; waiting: number }>(
    `select max(seq)::int as size, extract(epoch from $1::timestamptz - max(at))::float as age,
       (select count(*)::int from unit_quarter where basis = 'latest' and steady_until < '2026-10-21') as waiting
     from audit_entry`,
    [new Date(NOW).toISOString()],
  )
  const [stored] = rows
  const text = await read()
  expect(valueOf(text, 'zhidu_build_info{version="1.2.3-\\"x"}')).toBe(1)
  expect(valueOf(text, 'zhidu_database_up')).toBe(1)
  expect(stored?.waiting).toBeGreaterThan(0)
  expect(valueOf(text, 'zhidu_rollups_stale')).toBe(stored?.waiting)
  expect(valueOf(text, 'zhidu_rollup_lag_seconds')).toBe(100)
  expect(valueOf(text, 'zhidu_audit_entries')).toBe(stored?.size)
  expect(valueOf(text, 'zhidu_audit_unsigned_entries')).toBe(stored?.size)
  expect(valueOf(text, 'zhidu_audit_head_age_seconds')).toBeCloseTo(Math.max(0, stored?.age ?? -1), 2)
  expect(valueOf(text, 'zhidu_audit_checkpoint_age_seconds')).toBeUndefined()
  expect(valueOf(text, 'zhidu_pool_connections{pool="app",state="busy"}')).toBe(0)
  expect(valueOf(text, 'zhidu_pool_waiting{pool="report"}')).toBe(0)
})

it('is Prometheus text, and says nothing of units or people', async () => {
  const text = await read()
  for (const line of text.trimEnd().split('\n')) {
    expect(line).toMatch(
      /^(# (HELP|TYPE) [a-z_]+ .+|[a-z_]+(\{([a-z]+="([^"\\]|\\.)*",?)+\})? (-?\d+(\.\d+)?(e-?\d+)?))$/,
    )
  }
  const families = [...text.matchAll(/^# TYPE (\S+)/gm)].map(([, name]) => name)
  expect(families).toEqual([...new Set(families)])
  expect(tellsOfPeople(text)).toBe(false)
  const { rows } = await database.pool.query<{ name: string }>('select distinct name from unit_period')
  expect(rows.length).toBeGreaterThan(3)
  expect(rows.filter(({ name }) => text.includes(name))).toEqual([])
})

it('says that the database is away instead of failing', async () => {
  const away = await createTestDatabase({ isEmpty: true })
  const { request } = createBlankApp({ service: { db: away.app, report: away.report, clock: () => NOW } })
  const text = await (await request('/metrics', {}, HERE)).text()
  await away.close()
  expect(valueOf(text, 'zhidu_database_up')).toBe(0)
  expect(text).not.toContain('zhidu_audit_entries')
})
