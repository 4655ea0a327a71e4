import { trpcServer } from '@hono/trpc-server'
import { initTRPC } from '@trpc/server'
import { type Context, Hono } from 'hono'
import { describe, expect, it } from 'vitest'
import { appRouter } from './app-router.ts'
import { clientAddress } from './client-address.ts'
import { type EdgeOptions, guardEdges } from './guards.ts'
import { clearSessionCookie, readSessionCookie, setSessionCookie } from './session-cookie.ts'
import { createBlankApp, HOST, ORIGIN } from './testing/blank-app.ts'
import { INNARDS } from './testing/innards.ts'

const EDGES: EdgeOptions = { allowedHosts: [HOST], origins: [ORIGIN], isHttps: false, trustedProxies: [] }
const COOKIE = { cookie: 'zhidu_session=abc' }

/** Header cases of a change; the first three may pass. */
const SENDERS: readonly (readonly [name: string, mayPass: boolean, headers: Record<string, string>])[] = [
  ['our page', true, { ...COOKIE, 'sec-fetch-site': 'same-origin', origin: ORIGIN }],
  ['our page in a browser without metadata', true, { ...COOKIE, origin: ORIGIN }],
  ['a program with a token', true, { authorization: 'Bearer zd_1' }],
  ['a page elsewhere', false, { ...COOKIE, 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }],
  ['a page of a sibling', false, { ...COOKIE, 'sec-fetch-site': 'same-site', origin: 'http://a.zhidu.example' }],
  ['a page elsewhere without metadata', false, { ...COOKIE, origin: 'https://evil.example' }],
  ['a page without an origin', false, { ...COOKIE, origin: 'null' }],
  ['a page of ours over another port', false, { ...COOKIE, origin: `${ORIGIN}:8080` }],
  [
    'a page that lies about its site',
    false,
    { ...COOKIE, 'sec-fetch-site': 'same-origin', origin: 'https://evil.example' },
  ],
  ['an address typed or reloaded', false, { ...COOKIE, 'sec-fetch-site': 'none' }],
  ['a cookie from nowhere', false, { ...COOKIE }],
]
const BODIES: readonly (readonly [type: string | null, body: string])[] = [
  ['application/json', '{}'],
  ['multipart/form-data; boundary=b', '--b\r\nContent-Disposition: form-data; name="x"\r\n\r\n1\r\n--b--\r\n'],
  ['application/x-www-form-urlencoded', 'x=1'],
  ['text/plain', '{}'],
  ['application/octet-stream', '{}'],
  [null, ''],
]

/** The procedures themselves by their path. */
// Safe: at run time the record is flat, `import.commit` and so on; its type tells the routers apart.
const PROCEDURES = appRouter._def.procedures as unknown as Readonly<
  Record<string, { readonly _def: { readonly type: string } }>
>
const MUTATIONS = Object.keys(PROCEDURES).filter((path) => PROCEDURES[path]?._def.type === 'mutation')

function bodyOf(type: string | null, body: string): RequestInit {
  // Text would get a type of its own.
  return type === null ? {} : { body: new TextEncoder().encode(body) }
}

async function reasonOf(response: Response): Promise<unknown> {
  return Object(await response.json()).reason
}

describe('a change from elsewhere', () => {
  it('reaches no mutation, whatever it is sent as; from our own pages in JSON it reaches every one', async () => {
    expect(MUTATIONS.length).toBeGreaterThan(0)
    const { request, touches } = createBlankApp()
    let refused = 0
    for (const path of MUTATIONS) {
      for (const [sender, mayPass, headers] of SENDERS) {
        for (const [type, body] of BODIES) {
          const before = touches()
          const response = await request(`/trpc/${path}`, {
            method: 'POST',
            headers: { ...headers, ...(type !== null && { 'content-type': type }) },
            ...bodyOf(type, body),
          })
          const what = `${path}, ${sender}, ${type}`
          if (mayPass && type === 'application/json') {
            expect(['origin_refused', 'content_type_refused'], what).not.toContain(await reasonOf(response))
            continue
          }
          refused += 1
          expect([response.status, await reasonOf(response)], what).toEqual(
            mayPass ? [415, 'content_type_refused'] : [403, 'origin_refused'],
          )
          expect(touches(), what).toBe(before)
        }
      }
    }
    expect(refused).toBe(MUTATIONS.length * (SENDERS.length * BODIES.length - 3))
  })

  it.each(MUTATIONS)('is not made by reading an address: %s', async (path) => {
    const { request, touches } = createBlankApp()
    for (const query of ['', '?input=%7B%7D', '?batch=1&input=%7B%220%22%3A%7B%7D%7D']) {
      const response = await request(`/trpc/${path}${query}`, { headers: COOKIE })
      expect(response.status).toBeGreaterThanOrEqual(400)
    }
    expect(touches()).toBe(0)
  })

  it('cannot fire even a mutation that takes nothing, nor put a file on its way', async () => {
    let fired = 0
    const t = initTRPC.create()
    const router = t.router({ fire: t.procedure.mutation(() => (fired += 1)) })
    const app = new Hono()
    for (const guard of guardEdges(EDGES, async () => undefined)) app.use(guard)
    app.use('/trpc/*', trpcServer({ router, endpoint: '/trpc' }))
    app.post('/files/imports', () => {
      fired += 1
      return new Response()
    })
    const send = async (path: string, headers: Record<string, string>, type: string | null, body: string) =>
      await app.request(`${ORIGIN}${path}`, {
        method: 'POST',
        headers: { host: HOST, ...headers, ...(type !== null && { 'content-type': type }) },
        ...bodyOf(type, body),
      })
    for (const path of ['/trpc/fire', '/trpc/fire?batch=1', '/files/imports']) {
      for (const [, mayPass, headers] of SENDERS) {
        for (const [type, body] of BODIES) {
          if (mayPass && (path === '/files/imports' || type === 'application/json')) continue
          await send(path, headers, type, body)
        }
      }
    }
    await app.request(`${ORIGIN}/trpc/fire`, { headers: { host: HOST, ...COOKIE } })
    await app.request(`${ORIGIN}/trpc/fire`, { method: 'HEAD', headers: { host: HOST, ...COOKIE } })
    expect(fired).toBe(0)
    await send('/trpc/fire', SENDERS[0]?.[2] ?? {}, 'application/json', '')
    await send('/files/imports', SENDERS[0]?.[2] ?? {}, 'text/csv', 'a,b\n')
    await send('/files/imports', SENDERS[0]?.[2] ?? {}, 'text/plain', 'a,b\n')
    expect(fired).toBe(2)
  })
})

const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline'; style-src-elem 'self'; " +
  "img-src 'self' data: blob:; media-src 'self' blob:; connect-src 'self'; font-src 'self'; object-src 'none'; base-uri 'none'; " +
  "form-action 'self'; frame-ancestors 'none'; manifest-src 'self'; worker-src 'self'"
const EXPECTED: Readonly<Record<string, string>> = {
  'cache-control': 'no-store',
  'content-security-policy': POLICY,
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy':
    'accelerometer=(), camera=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), usb=()',
  'referrer-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'x-permitted-cross-domain-policies': 'none',
}
/** What an answer may bear besides, because it says something about this answer alone. */
const OF_THE_ANSWER = new Set([
  'allow',
  'content-length',
  'content-type',
  'content-encoding',
  'vary',
  'transfer-encoding',
])

const DEEP = '['.repeat(400_000)
const post = (body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json', ...headers },
  body,
})
function chunked(bytes: number): RequestInit {
  const body = new ReadableStream({
    start(controller) {
      for (let sent = 0; sent < bytes; sent += 100_000) controller.enqueue(new Uint8Array(100_000).fill(0x20))
      controller.close()
    },
  })
  return { ...post(''), body, duplex: 'half' } as RequestInit
}

/** As a browser opens an address in a window. */
const BY_HAND = { headers: { accept: 'text/html,application/xhtml+xml,*/*;q=0.8', 'accept-language': 'zh-CN,zh' } }

/** One request for every way in which the edge answers. */
const answers = (): readonly (readonly [status: number, path: string, init: RequestInit])[] => [
  [200, '/healthz', {}],
  [404, '/files/nothing', {}],
  [401, '/files/templates/nothing.xlsx', {}],
  [404, '/%2e%2e/%2e%2e/etc/passwd', {}],
  [403, '/healthz', { headers: { host: 'evil.example' } }],
  [403, '/trpc/import.commit', post('{}', { origin: 'https://evil.example' })],
  [405, '/healthz', { method: 'OPTIONS', headers: { origin: 'https://evil.example' } }],
  [405, '/healthz', { method: 'PROPFIND' }],
  [413, '/trpc/import.commit', post(new Uint8Array(1_000_001).fill(0x20))],
  [413, '/trpc/import.commit', chunked(1_200_000)],
  [413, '/anything', chunked(1_200_000)],
  [414, `/trpc/meta.get?input=${'a'.repeat(8_000)}`, {}],
  [415, '/trpc/import.commit', { method: 'POST', body: 'x=1' }],
  [404, '/trpc/no.such', {}],
  [405, '/trpc/import.commit', {}],
  [401, '/trpc/import.commit', post(DEEP)],
  [401, '/trpc/import.commit', post('{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}')],
  [401, '/trpc/unit.get?input=%7B', {}],
  [400, `/trpc/${Array.from({ length: 11 }, () => 'meta.get').join(',')}?batch=1`, {}],
  [401, '/trpc/meta.get', {}],
  [500, '/trpc/session.get', { headers: COOKIE }],
  [401, '/files/imports', { ...post('x'), headers: { 'content-type': 'text/csv' } }],
  [401, '/files/export/units.csv', {}],
  [401, '/files/export/units.csv', BY_HAND],
  [503, '/readyz', {}],
]

describe('every answer', () => {
  it.each([
    ['http', false],
    ['https', true],
  ])('bears exactly the headers that it should, over %s', async (_, isHttps) => {
    const { request } = createBlankApp({ isHttps })
    const expected = isHttps
      ? { ...EXPECTED, 'strict-transport-security': 'max-age=31536000; includeSubDomains' }
      : EXPECTED
    for (const [status, path, init] of answers()) {
      const response = await request(path, init)
      const what = `${init.method ?? 'GET'} ${path.slice(0, 60)}`
      expect(response.status, what).toBe(status)
      const borne = [...response.headers].filter(([name]) => !OF_THE_ANSWER.has(name))
      expect(Object.fromEntries(borne), what).toEqual(expected)
    }
  })

  it('to a stranger says nothing about how the program is made nor which version runs, and nobody polluted anything', async () => {
    const { request } = createBlankApp()
    for (const [, path, init] of answers()) {
      const text = await (await request(path, init)).text()
      expect(text, path.slice(0, 60)).not.toMatch(INNARDS)
      expect(text.length, path.slice(0, 60)).toBeLessThan(4_000)
    }
    expect('polluted' in {}).toBe(false)
  })
})

describe('a file that somebody opens without being signed in', () => {
  const paths = ['/files/league.xlsx', '/files/export/units.csv', '/files/audit.jsonl', '/files/access.xlsx']

  it.each(paths)('%s is refused in words, in the language asked for, with the way to sign in', async (path) => {
    const { request } = createBlankApp()
    const chinese = await request(path, BY_HAND)
    expect([chinese.status, chinese.headers.get('content-type')]).toEqual([401, 'text/html; charset=UTF-8'])
    const text = await chinese.text()
    expect(text).toContain('<html lang="zh-CN">')
    expect(text).toContain('<h1>请先登录，再下载</h1>')
    expect(text).toContain('<a href="/sign-in">登录</a>')
    const english = await (await request(`${path}?lang=en`, BY_HAND)).text()
    expect(english).toContain('<h1>Sign in to download</h1>')
    expect(english).not.toMatch(/\p{Script=Han}/u)
  })

  it('is refused in JSON to programs and to our own pages, as is everything that is no file', async () => {
    const { request } = createBlankApp()
    for (const [path, init] of [
      ['/files/league.xlsx', {}],
      ['/files/league.xlsx', { headers: { accept: '*/*' } }],
      ['/trpc/meta.get', BY_HAND],
      ['/api/v1/checks', BY_HAND],
    ] as const) {
      const response = await request(path, init)
      expect([path, response.status, response.headers.get('content-type')?.split(';')[0]]).toEqual([
        path,
        401,
        'application/json',
      ])
    }
  })
})

describe('the session cookie', () => {
  const app = new Hono()
  for (const isHttps of [true, false]) {
    app.get(`/set/${isHttps}`, (c) => {
      const answer = c.text('')
      setSessionCookie(answer.headers, { isHttps }, 'token', 36_000)
      return answer
    })
    app.get(`/clear/${isHttps}`, (c) => {
      const answer = c.text('')
      clearSessionCookie(answer.headers, { isHttps })
      return answer
    })
    app.get(`/read/${isHttps}`, (c) => c.json(readSessionCookie(c, { isHttps })))
  }
  const cookieOf = async (path: string) => (await app.request(path)).headers.get('set-cookie')

  it('is bound to https and this host where it can be, and never to be had by a script or another site', async () => {
    expect(await cookieOf('/set/true')).toBe(
      '__Host-zhidu=token; Max-Age=36000; Path=/; HttpOnly; Secure; SameSite=Strict',
    )
    expect(await cookieOf('/set/false')).toBe('zhidu_session=token; Max-Age=36000; Path=/; HttpOnly; SameSite=Strict')
    expect(await cookieOf('/clear/true')).toBe('__Host-zhidu=; Max-Age=0; Path=/; HttpOnly; Secure; SameSite=Strict')
  })

  it('over https is not taken by the name that anybody can plant', async () => {
    const read = async (path: string, cookie: string) => await (await app.request(path, { headers: { cookie } })).json()
    expect(await read('/read/true', 'zhidu_session=planted')).toBeNull()
    expect(await read('/read/true', 'zhidu_session=planted; __Host-zhidu=ours')).toBe('ours')
    expect(await read('/read/false', 'zhidu_session=ours')).toBe('ours')
    expect(await read('/read/false', 'zhidu_session=')).toBeNull()
  })
})

describe('the address of a client', () => {
  const PROXIES = ['10.0.0.1', '10.9.0.0/16', '::1']
  async function addressOf(peer: string | undefined, headers: Record<string, string> = {}): Promise<string> {
    const app = new Hono()
    app.get('/', (c: Context) => c.text(clientAddress(c, { trustedProxies: PROXIES })))
    const env = peer === undefined ? {} : { incoming: { socket: { remoteAddress: peer } } }
    return await (await app.request('/', { headers }, env)).text()
  }

  it.each([
    ['192.0.2.7', {}, '192.0.2.7'],
    ['::ffff:192.0.2.7', {}, '192.0.2.7'],
    ['192.0.2.7', { 'x-forwarded-for': '1.1.1.1', 'x-real-ip': '1.1.1.1' }, '192.0.2.7'],
    ['10.0.0.1', { 'x-real-ip': '192.0.2.9' }, '192.0.2.9'],
    ['::ffff:10.0.0.1', { 'x-forwarded-for': '192.0.2.9' }, '192.0.2.9'],
    ['10.0.0.1', { 'x-forwarded-for': '6.6.6.6, 192.0.2.9' }, '192.0.2.9'],
    ['10.0.0.1', { 'x-forwarded-for': '6.6.6.6, 192.0.2.9, 10.9.3.4' }, '192.0.2.9'],
    ['::1', { 'x-forwarded-for': '2001:db8::5', 'x-real-ip': '2001:db8::5' }, '2001:db8::5'],
    // One of the two was not written by the proxy.
    ['10.0.0.1', { 'x-forwarded-for': '192.0.2.9', 'x-real-ip': '6.6.6.6' }, '10.0.0.1'],
    ['10.0.0.1', { 'x-forwarded-for': '192.0.2.9, nonsense' }, '10.0.0.1'],
    ['10.0.0.1', { 'x-real-ip': "'; drop table" }, '10.0.0.1'],
    ['10.0.0.1', {}, '10.0.0.1'],
    [undefined, { 'x-real-ip': '6.6.6.6' }, 'unknown'],
  ])('%s with %j is %s', async (peer, headers, address) => {
    expect(await addressOf(peer, headers as Record<string, string>)).toBe(address)
  })
})
