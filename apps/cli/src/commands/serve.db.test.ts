import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, chownSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { request } from 'node:https'
import { networkInterfaces, tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeCertificate } from '@zhidu/server/testing'
import { afterAll, expect, it } from 'vitest'

const MAIN = join(import.meta.dirname, '../main.ts')
const NOW = Date.now()
/** A user without rights, where the tests run as root. */
const COMMON_USER = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {}
const certificate = makeCertificate({ name: 'localhost', from: NOW - 60_000, to: NOW + 3_600_000 })

const folder = mkdtempSync(join(tmpdir(), 'zhidu-serve-'))
const children: ChildProcess[] = []
afterAll(async () => {
  for (const child of children) {
    if (child.exitCode !== null || child.signalCode !== null) continue
    child.kill('SIGKILL')
    await once(child, 'exit')
  }
  rmSync(folder, { recursive: true, force: true })
})

function own(path: string): void {
  if (COMMON_USER.uid !== undefined) chownSync(path, COMMON_USER.uid, COMMON_USER.gid)
}
chmodSync(folder, 0o755)
const files = { ZHIDU_TLS_CERT: join(folder, 'cert.pem'), ZHIDU_TLS_KEY: join(folder, 'key.pem') }
writeFileSync(files.ZHIDU_TLS_CERT, certificate.cert)
writeFileSync(files.ZHIDU_TLS_KEY, certificate.key, { mode: 0o600 })
own(files.ZHIDU_TLS_KEY)
const data = join(folder, 'data')
mkdirSync(data)
own(data)

interface Started {
  readonly url: string | null
  readonly said: string
  stop(): Promise<number | null>
}

/** Waits until it says where it is, or has ended. */
async function start(
  env: Readonly<Record<string, string>>,
  options: { readonly args?: readonly string[]; readonly user?: typeof COMMON_USER } = {},
): Promise<Started> {
  const { DATABASE_URL: _d, HOME: _h, NODE_ENV: _e, NODE_OPTIONS: _n, ...outside } = process.env
  const child = spawn(process.execPath, [MAIN, 'serve', '--lang', 'en', ...(options.args ?? [])], {
    cwd: folder,
    env: { ...outside, HOME: folder, INIT_CWD: folder, ZHIDU_DATA: data, PORT: '0', ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
    ...(options.user ?? COMMON_USER),
  })
  children.push(child)
  let said = ''
  const ended = once(child, 'close')
  const ready = new Promise<void>((resolve) => {
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said += text
      if (/stops it\./.test(said)) resolve()
    })
  })
  await Promise.race([ready, ended])
  return {
    url: /running: (\S+)/.exec(said)?.[1] ?? null,
    said,
    stop: async () => {
      child.kill('SIGTERM')
      await ended
      return child.exitCode
    },
  }
}

function ask(url: string, host: string): Promise<{ status: number | undefined; hsts: unknown }> {
  return new Promise((resolve, reject) => {
    const options = { ca: certificate.cert, servername: 'localhost', headers: { host } }
    request(`${url}/healthz`, options, (response) => {
      response.resume()
      resolve({ status: response.statusCode, hsts: response.headers['strict-transport-security'] })
    })
      .on('error', reject)
      .end()
  })
}

it('serves https with a certificate of its own, over a secret that it makes once and keeps', async () => {
  const secret = join(data, 'installation-secret')
  const seen: string[] = []
  for (let round = 0; round < 2; round += 1) {
    const server = await start(files)
    expect(server.url, server.said).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/)
    const at = new URL(server.url ?? '')
    expect(await ask(at.origin, at.host)).toEqual({ status: 200, hsts: 'max-age=31536000; includeSubDomains' })
    expect((await ask(at.origin, 'evil.example')).status).toBe(403)
    expect(statSync(secret).mode & 0o777).toBe(0o600)
    seen.push(readFileSync(secret, 'utf8'))
    expect(await server.stop()).toBe(0)
  }
  expect(seen[0]).toMatch(/^[0-9a-f]{64}\n$/)
  expect(seen[1]).toBe(seen[0])
})

it('serves other machines under the name that is configured, encrypted and as a common user', async () => {
  const server = await start({ ...files, HOST: '0.0.0.0', ZHIDU_ORIGIN: 'https://zhidu.example', PORT: '39472' })
  expect(server.url, server.said).toBe('https://zhidu.example')
  expect(server.said).toContain('Other machines can reach it')
  const address = Object.values(networkInterfaces())
    .flat()
    .find((one) => one?.family === 'IPv4' && !one.internal)?.address
  const at = `https://${address ?? '127.0.0.1'}:39472`
  expect((await ask(at, 'zhidu.example')).status).toBe(200)
  expect((await ask(at, `${address ?? '192.0.2.1'}:39472`)).status).toBe(403)
  expect(await server.stop()).toBe(0)
})

it.runIf(COMMON_USER.uid !== undefined)('serves no other machine as root', async () => {
  const exposed = { ...files, HOST: '0.0.0.0', ZHIDU_ORIGIN: 'https://zhidu.example' }
  const server = await start(exposed, { user: {} })
  expect(server.url).toBeNull()
  expect(server.said).toMatch(/HOST=0\.0\.0\.0: .*root/)
})
