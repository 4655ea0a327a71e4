import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { request as httpsRequest } from 'node:https'
import { type AddressInfo, connect, createServer } from 'node:net'
import { networkInterfaces, tmpdir } from 'node:os'
import { join } from 'node:path'
import { securityHeaders } from '@zhidu/api'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type RunningServer, serve } from './serve.ts'
import { makeCertificate } from './testing/make-certificate.ts'

const folder = mkdtempSync(join(tmpdir(), 'zhidu-serve-'))
const webRoot = join(folder, 'web')
const SECRET = 'nobody may read this'
mkdirSync(join(webRoot, 'assets'), { recursive: true })
writeFileSync(join(webRoot, 'index.html'), '<!doctype html><title>值督</title>')
writeFileSync(join(webRoot, 'assets', 'index-1.js'), 'export {}')
writeFileSync(join(webRoot, 'favicon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>')
mkdirSync(join(webRoot, 'm', 'assets'), { recursive: true })
writeFileSync(join(webRoot, 'm', 'index.html'), '<!doctype html><title>phone</title>')
writeFileSync(join(webRoot, 'm', 'sw.js'), 'export {}')
writeFileSync(join(webRoot, 'm', 'assets', 'index-2.js'), 'export {}')
writeFileSync(join(folder, 'secret.txt'), SECRET)
writeFileSync(join(folder, 'secret.svg'), SECRET)

type ServeArgs = Parameters<typeof serve>[0]
// Safe: nothing that is asked for here goes behind the edge.
const api = {
  service: {},
  importJobs: {},
  log: { error: () => undefined },
  version: '9.8.7',
  maxUploadBytes: 1_000,
  trustedProxies: [],
} as unknown as ServeArgs['api']
const address = { host: '127.0.0.1', port: 0 }

let server: RunningServer
let port: number
beforeAll(async () => {
  server = await serve({ address, webRoot, api, patience: { headersMs: 600, requestMs: 1_200 } })
  port = Number(new URL(server.url).port)
})
afterAll(async () => {
  await server.stop(0)
  rmSync(folder, { recursive: true, force: true })
})

/** Bytes as they are sent and as they come back, for what no well-behaved client would send. */
function speak(
  text: string,
  pause: (send: (more: string) => void) => NodeJS.Timeout | undefined = () => undefined,
  at = port,
  host = '127.0.0.1',
): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(at, host)
    let heard = ''
    socket.setEncoding('utf8')
    socket.write(text)
    const timer = pause((more) => socket.write(more))
    socket.on('data', (data: string) => (heard += data))
    socket.on('error', (error: NodeJS.ErrnoException) =>
      error.code === 'ECONNRESET' || error.code === 'EPIPE' ? undefined : reject(error),
    )
    socket.on('close', () => {
      clearInterval(timer)
      resolve(heard)
    })
  })
}

interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

function parseAnswer(text: string): Answer {
  const [head = '', ...rest] = text.split('\r\n\r\n')
  const [line = '', ...lines] = head.split('\r\n')
  const pairs = lines.map((one) => [
    one.slice(0, one.indexOf(':')).toLowerCase(),
    one.slice(one.indexOf(':') + 1).trim(),
  ])
  return { status: Number(line.split(' ')[1]), headers: Object.fromEntries(pairs), body: rest.join('\r\n\r\n') }
}

const ask = async (line: string, more = ''): Promise<Answer> =>
  parseAnswer(await speak(`${line} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: close\r\n${more}\r\n`))

const OWN = new Set([
  'accept-ranges',
  'allow',
  'cache-control',
  'connection',
  'content-encoding',
  'content-length',
  'content-type',
  'date',
  'keep-alive',
  'last-modified',
  'transfer-encoding',
  'vary',
])
function assertHeaders(answer: Answer, cacheControl = 'no-store'): void {
  const borne = Object.entries(answer.headers).filter(([name]) => !OWN.has(name))
  expect(Object.fromEntries(borne)).toEqual(securityHeaders(false))
  expect(answer.headers['cache-control']).toBe(cacheControl)
}

describe('every answer bears the headers', () => {
  it.each([
    [200, 'GET /', 'no-cache'],
    [200, 'HEAD /', 'no-cache'],
    [200, 'GET /units/C01', 'no-cache'],
    [200, 'GET /assets/index-1.js', 'public, max-age=31536000, immutable'],
    [200, 'GET /favicon.svg', 'no-store'],
    [404, 'GET /assets/none.js', 'no-store'],
    [404, 'GET /files/none', 'no-store'],
    [200, 'GET /healthz', 'no-store'],
    [405, 'TRACE /', 'no-store'],
    [405, 'PROPFIND /', 'no-store'],
    [400, 'GET no-path', 'no-store'],
  ])('%i: %s', async (status, line, cacheControl) => {
    const answer = await ask(line)
    expect(answer.status).toBe(status)
    assertHeaders(answer, cacheControl)
  })

  it.each([
    ['what is no HTTP', 400, 'nonsense\r\n\r\n'],
    ['a method of no standard', 400, 'BREW / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n'],
    ['too many headers', 431, `GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-A: ${'a'.repeat(17_000)}\r\n\r\n`],
    ['no host', 400, 'GET / HTTP/1.1\r\nConnection: close\r\n\r\n'],
    ['a foreign host', 403, 'GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n'],
    ['an expectation', 417, 'GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nExpect: tea\r\nConnection: close\r\n\r\n'],
    [
      'two lengths',
      400,
      'POST /trpc/a HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabc',
    ],
    [
      'a length and chunks',
      400,
      'POST /trpc/a HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    ],
  ])('also to %s, which is refused', async (_, status, text) => {
    const answer = parseAnswer(await speak(text))
    expect(answer.status).toBe(status)
    assertHeaders(answer)
    expect(answer.body).not.toMatch(/node|at \S+ \(|\.ts/)
  })
})

describe('a client that takes its time', () => {
  it('with its headers is sent away, while others are answered', async () => {
    const slow = Array.from({ length: 50 }, () =>
      speak('GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n', (send) => setInterval(() => send('X-A: 1\r\n'), 100)),
    )
    for (let round = 0; round < 10; round += 1) expect((await ask('GET /healthz')).status).toBe(200)
    for (const answer of (await Promise.all(slow)).map(parseAnswer)) {
      expect(answer.status).toBe(408)
      assertHeaders(answer)
    }
  })

  it('with its body as well', async () => {
    const head =
      'POST /trpc/a.b HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n'
    const heard = await speak(head, (send) => setInterval(() => send('1\r\n \r\n'), 100))
    expect(parseAnswer(heard).status).toBe(408)
  })
})

describe("the inspector's pages", () => {
  it.each([
    [200, '/m', 'no-cache', '<title>phone'],
    [200, '/m/check', 'no-cache', '<title>phone'],
    [200, '/m/index.html', 'no-cache', '<title>phone'],
    [200, '/m/sw.js', 'no-cache', 'export'],
    [200, '/m/assets/index-2.js', 'public, max-age=31536000, immutable', 'export'],
    [404, '/m/assets/none.js', 'no-store', ''],
    [200, '/m/../../secret.txt', 'no-cache', ''],
    [200, '/members', 'no-cache', '<title>值督'],
  ])('%i: %s', async (status, path, cacheControl, words) => {
    const answer = await ask(`GET ${path}`)
    expect([answer.status, answer.headers['cache-control']]).toEqual([status, cacheControl])
    expect(answer.body).toContain(words)
    expect(answer.body).not.toContain(SECRET)
  })

  it('alone may ask for microphone and place; nobody for the camera', async () => {
    const policyOf = async (path: string) => (await ask(`GET ${path}`)).headers['permissions-policy']
    const [none, own] = [await policyOf('/members'), await policyOf('/m/check')]
    expect(none).not.toContain('self')
    expect(own).toBe(none?.replace(/(geolocation|microphone)=\(\)/g, '$1=(self)'))
    expect(own).toContain('camera=()')
  })
})

describe('files', () => {
  const CLIMBS = [
    '/../secret.txt',
    '/assets/../../secret.txt',
    '/assets/..%2f..%2fsecret.txt',
    '/assets/%2e%2e/%2e%2e/secret.txt',
    '/assets/..%5c..%5csecret.txt',
    '/assets/..\\..\\secret.txt',
    '/assets//../../secret.txt',
    '//secret.svg',
    '/%2e%2e/secret.svg',
    '/..%2fsecret.svg',
    '/..%252fsecret.svg',
    '/%c0%ae%c0%ae/secret.svg',
    '/assets/....//....//secret.txt',
    '/./../secret.svg',
    '/assets/index-1.js/../../../secret.txt',
    '/%00/../secret.svg',
    '/..;/secret.svg',
    `${folder}/secret.svg`,
    `/assets/${folder}/secret.txt`,
    '/assets/%2e%2e%5c%2e%2e%5csecret.txt',
    '/favicon.svg/../../secret.svg',
    '/.\\..\\secret.svg',
  ]
  it.each(CLIMBS)('outside the dashboard are never given: %s', async (path) => {
    const answer = await ask(`GET ${path}`)
    expect(answer.body).not.toContain(SECRET)
    assertHeaders(answer, answer.status === 200 ? 'no-cache' : 'no-store')
  })
})

describe('over https', () => {
  it('with a certificate of its own it speaks TLS 1.2 at least and tells browsers to stay', async () => {
    const tls = makeCertificate({ name: 'localhost', from: Date.now() - 60_000, to: Date.now() + 3_600_000 })
    const secure = await serve({ address, webRoot, api, tls })
    try {
      expect(secure.url).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/)
      const get = (options: object) =>
        new Promise<{ status: number | undefined; headers: NodeJS.Dict<string | string[]> }>((resolve, reject) => {
          httpsRequest(`${secure.url}/healthz`, { ca: tls.cert, servername: 'localhost', ...options }, (response) => {
            response.resume()
            resolve({ status: response.statusCode, headers: response.headers })
          })
            .on('error', reject)
            .end()
        })
      const answer = await get({})
      expect(answer.status).toBe(200)
      expect(answer.headers).toMatchObject(securityHeaders(true))
      expect(answer.headers['strict-transport-security']).toBe('max-age=31536000; includeSubDomains')
      await expect(get({ maxVersion: 'TLSv1.1', minVersion: 'TLSv1' })).rejects.toThrow(/./)
      const elsewhere = await get({
        method: 'POST',
        headers: { origin: `http://127.0.0.1:${new URL(secure.url).port}` },
      })
      expect(elsewhere.status).toBe(403)
    } finally {
      await secure.stop(0)
    }
  })

  it('behind a proxy that speaks it, changes come from the pages that users see', async () => {
    const probe = createServer().listen(0, '127.0.0.1')
    await once(probe, 'listening')
    const { port: at } = probe.address() as AddressInfo
    probe.close()
    await once(probe, 'close')
    const behind = await serve({ address: { ...address, port: at }, webRoot, api, origin: 'https://zhidu.example' })
    const change = async (host: string, origin: string): Promise<Answer> =>
      parseAnswer(
        await speak(
          `POST /trpc/no.such HTTP/1.1\r\nHost: ${host}\r\nOrigin: ${origin}\r\nContent-Type: application/json\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}`,
          undefined,
          at,
        ),
      )
    try {
      expect(behind.url).toBe('https://zhidu.example')
      const seen = await change('zhidu.example', 'https://zhidu.example')
      expect([seen.status, seen.headers]).toMatchObject([404, securityHeaders(true)])
      expect((await change('zhidu.example', 'http://zhidu.example')).status).toBe(403)
      expect((await change('evil.example', 'https://zhidu.example')).status).toBe(403)
    } finally {
      await behind.stop(0)
    }
  })
  const outer = Object.values(networkInterfaces())
    .flat()
    .find((one) => one?.family === 'IPv4' && !one.internal)?.address

  it.runIf(outer !== undefined)('nobody goes round it: plain HTTP is spoken with the proxy alone', async () => {
    const hello = 'GET /healthz HTTP/1.1\r\nHost: zhidu.example\r\nConnection: close\r\n\r\n'
    for (const [trustedProxies, status] of [
      [['192.0.2.1'], Number.NaN],
      [[outer ?? ''], 200],
    ] as const) {
      const behind = await serve({
        address: { host: '0.0.0.0', port: 0 },
        webRoot,
        api: { ...api, trustedProxies },
      })
      try {
        const at = Number(new URL(behind.url).port)
        const named = hello.replace('zhidu.example', '127.0.0.1')
        expect(parseAnswer(await speak(named, undefined, at, outer)).status).toBe(status)
        expect(parseAnswer(await speak(named, undefined, at)).status).toBe(200)
      } finally {
        await behind.stop(0)
      }
    }
  })
})
