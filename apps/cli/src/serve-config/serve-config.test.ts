import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeCertificate } from '@zhidu/server/testing'
import { afterAll, describe, expect, it } from 'vitest'
import { wordProblem } from './config-problem.ts'
import { openInstallationSecret } from './installation-secret.ts'
import { loadServeConfig, type ServeSituation } from './serve-config.ts'
import type { Env } from './setting-reader.ts'

const MAIN = join(import.meta.dirname, '../main.ts')
const NOW = Date.now()
const HOUR = 3_600_000

const folder = mkdtempSync(join(tmpdir(), 'zhidu-config-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
function put(name: string, content: string | Uint8Array, mode = 0o600): string {
  const path = join(folder, name)
  writeFileSync(path, content)
  chmodSync(path, mode)
  return path
}

const own = makeCertificate({ name: 'zhidu.example', from: NOW - HOUR, to: NOW + 24 * HOUR })
const other = makeCertificate({ name: 'other.example', from: NOW - HOUR, to: NOW + 24 * HOUR })
const past = makeCertificate({ name: 'zhidu.example', from: NOW - 48 * HOUR, to: NOW - 24 * HOUR })
const CERT = put('cert.pem', own.cert, 0o644)
const KEY = put('key.pem', own.key, 0o640)
const RANDOM = Buffer.from(Array.from({ length: 32 }, (_, index) => (index * 37 + 11) % 256))
const SECRET = put('secret', `${RANDOM.toString('hex')}\n`)
const CLIENT = put('client-secret', 'correct horse\n')
const FILE = put('file', 'x')

const TLS = { ZHIDU_TLS_CERT: CERT, ZHIDU_TLS_KEY: KEY }
const PROXY = { ZHIDU_ORIGIN: 'https://zhidu.example', ZHIDU_TRUSTED_PROXIES: '10.1.2.3, 10.2.0.0/16,::1' }
const SSO = {
  ZHIDU_OIDC_ISSUER: 'https://sso.example/realms/gov',
  ZHIDU_OIDC_CLIENT_ID: 'zhidu',
  ZHIDU_OIDC_CLIENT_SECRET_FILE: CLIENT,
}
const COMMON: ServeSituation = { cwd: folder, withDemonstration: false, isRoot: false, now: NOW }

function problemsOf(env: Env, situation: Partial<ServeSituation> = {}): string[] {
  const loaded = loadServeConfig(env, { ...COMMON, ...situation })
  if ('config' in loaded) return []
  for (const problem of loaded.problems) {
    const words = [wordProblem(problem, 'zh-CN'), wordProblem(problem, 'en')]
    for (const text of words) {
      expect(text).toContain(problem.variable)
      expect(text).not.toMatch(/[{}\n]|undefined/)
    }
    expect(words[0]).toMatch(/：.*\p{Script=Han}.*。可填：.+。$/u)
    expect(words[1]).toMatch(/^[^\p{Script=Han}]+: .+\. Accepted: [^\p{Script=Han}]+\.$/u)
  }
  return loaded.problems.map(({ code, variable }) => `${variable} ${code}`)
}

/** A start that must not happen, by the variable and the fault that are named; some need another situation. */
const BAD: readonly (readonly [fault: string, env: Env, situation?: Partial<ServeSituation>])[] = [
  ['HOST host', { HOST: 'zhidu.example' }],
  ['HOST host', { HOST: '300.1.1.1' }],
  ['PORT port', { PORT: '80a' }],
  ['PORT port', { PORT: '65536' }],
  ['HOST beyond_plain', { HOST: '0.0.0.0', ZHIDU_ORIGIN: 'https://zhidu.example' }],
  ['HOST beyond_plain', { HOST: '::', ZHIDU_ORIGIN: 'http://localhost:3000', ZHIDU_TRUSTED_PROXIES: '10.1.2.3' }],
  ['HOST beyond_origin', { HOST: '192.0.2.1', ...TLS }],
  ['HOST beyond_root', { HOST: '192.0.2.1', ...TLS, ...PROXY }, { isRoot: true }],
  ['HOST beyond_demonstration', { HOST: '192.0.2.1', ...TLS, ...PROXY }, { withDemonstration: true }],
  ['ZHIDU_ORIGIN beyond_demonstration', { ...PROXY }, { withDemonstration: true }],
  ['NODE_ENV beyond_development', { ...PROXY, NODE_ENV: 'development' }],
  ['NODE_ENV choice', { NODE_ENV: 'prod' }],
  ['ZHIDU_ORIGIN origin', { ZHIDU_ORIGIN: 'zhidu.example' }],
  ['ZHIDU_ORIGIN origin', { ZHIDU_ORIGIN: 'https://zhidu.example/app' }],
  ['ZHIDU_ORIGIN origin', { ZHIDU_ORIGIN: 'https://user:pass@zhidu.example' }],
  ['ZHIDU_ORIGIN origin', { ZHIDU_ORIGIN: 'ftp://zhidu.example' }],
  ['ZHIDU_ORIGIN origin_plain', { ZHIDU_ORIGIN: 'http://zhidu.example' }],
  ['ZHIDU_TLS_KEY missing_partner', { ZHIDU_TLS_CERT: CERT }],
  ['ZHIDU_TLS_CERT missing_partner', { ZHIDU_TLS_KEY: KEY }],
  ['ZHIDU_TLS_CERT file', { ...TLS, ZHIDU_TLS_CERT: join(folder, 'none.pem') }],
  ['ZHIDU_TLS_CERT certificate', { ...TLS, ZHIDU_TLS_CERT: FILE }],
  [
    'ZHIDU_TLS_CERT certificate_time',
    { ZHIDU_TLS_CERT: put('past.pem', past.cert), ZHIDU_TLS_KEY: put('past.key', past.key) },
  ],
  ['ZHIDU_TLS_KEY key', { ...TLS, ZHIDU_TLS_KEY: FILE }],
  ['ZHIDU_TLS_KEY key_mismatch', { ...TLS, ZHIDU_TLS_KEY: put('other.key', other.key) }],
  ['ZHIDU_TLS_KEY file_exposed', { ...TLS, ZHIDU_TLS_KEY: put('open.key', own.key, 0o644) }],
  ['ZHIDU_TRUSTED_PROXIES proxies', { ZHIDU_TRUSTED_PROXIES: '10.1.2.3, proxy.example' }],
  ['ZHIDU_TRUSTED_PROXIES proxies', { ZHIDU_TRUSTED_PROXIES: '10.0.0.0/33' }],
  ['ZHIDU_TRUSTED_PROXIES proxies_all', { ZHIDU_TRUSTED_PROXIES: '0.0.0.0/0' }],
  ['ZHIDU_SECRET_FILE file', { ZHIDU_SECRET_FILE: join(folder, 'none') }],
  ['ZHIDU_SECRET_FILE file_exposed', { ZHIDU_SECRET_FILE: put('open-secret', RANDOM, 0o604) }],
  ['ZHIDU_SECRET_FILE secret', { ZHIDU_SECRET_FILE: put('short', 'hunter2') }],
  ['ZHIDU_SECRET_FILE secret_example', { ZHIDU_SECRET_FILE: put('example', '0123456789abcdef'.repeat(4)) }],
  ['ZHIDU_SECRET_FILE secret_example', { ZHIDU_SECRET_FILE: put('zeros', Buffer.alloc(32)) }],
  ['ZHIDU_DATA folder', { ZHIDU_DATA: FILE }],
  ['DATABASE_URL database_url', { DATABASE_URL: 'mysql://root:hunter2@db/zhidu' }],
  ['ZHIDU_LOG_LEVEL choice', { ZHIDU_LOG_LEVEL: 'loud' }],
  ['ZHIDU_PASSWORD_PROFILE choice', { ZHIDU_PASSWORD_PROFILE: 'none' }],
  ['ZHIDU_SESSION_IDLE_MINUTES number', { ZHIDU_SESSION_IDLE_MINUTES: '0' }],
  ['ZHIDU_SESSION_IDLE_MINUTES idle_over_whole', { ZHIDU_SESSION_IDLE_MINUTES: '61', ZHIDU_SESSION_HOURS: '1' }],
  ['ZHIDU_SESSION_HOURS number', { ZHIDU_SESSION_HOURS: '25' }],
  ['ZHIDU_SESSIONS_PER_ACCOUNT number', { ZHIDU_SESSIONS_PER_ACCOUNT: 'many' }],
  ['ZHIDU_OIDC_CLIENT_ID missing_partner', { ...SSO, ZHIDU_OIDC_CLIENT_ID: '' }],
  ['ZHIDU_OIDC_ISSUER issuer', { ...SSO, ZHIDU_OIDC_ISSUER: 'http://sso.example' }],
  ['ZHIDU_METRICS_TOKEN_FILE file', { ZHIDU_METRICS_TOKEN_FILE: join(folder, 'none') }],
  ['ZHIDU_METRICS_TOKEN_FILE file_exposed', { ZHIDU_METRICS_TOKEN_FILE: put('open-token', 'f'.repeat(64), 0o644) }],
  ['ZHIDU_METRICS_TOKEN_FILE token', { ZHIDU_METRICS_TOKEN_FILE: put('short-token', 'f'.repeat(31)) }],
  [
    'ZHIDU_METRICS_TOKEN_FILE token',
    { ZHIDU_METRICS_TOKEN_FILE: put('two-tokens', `${'f'.repeat(32)} ${'f'.repeat(32)}`) },
  ],
  ['ZHIDU_OIDC_CLIENT_SECRET_FILE empty', { ...SSO, ZHIDU_OIDC_CLIENT_SECRET_FILE: put('blank', '\n') }],
  [
    'ZHIDU_OIDC_CLIENT_SECRET_FILE file_exposed',
    { ...SSO, ZHIDU_OIDC_CLIENT_SECRET_FILE: put('open-client', 'x', 0o666) },
  ],
]
// Windows keeps no such modes.
const judged = BAD.filter(([fault]) => process.platform !== 'win32' || !fault.endsWith('file_exposed')).map(
  ([fault, env, situation = {}]) => [fault, env, situation] as const,
)

describe('a configuration that is refused', () => {
  it.each(judged)('%s', (fault, env, situation) => {
    expect(problemsOf(env, situation)).toEqual([fault])
  })

  it('says all that is wrong at once, and no secret', () => {
    expect(problemsOf({ PORT: 'x', ZHIDU_LOG_LEVEL: 'x', ZHIDU_TRUSTED_PROXIES: 'x' })).toHaveLength(3)
    const loaded = loadServeConfig({ DATABASE_URL: 'http://root:hunter2@db' }, COMMON)
    const words = 'problems' in loaded ? loaded.problems.map((problem) => wordProblem(problem, 'en')).join() : ''
    expect(words).toContain('DATABASE_URL')
    expect(words).not.toContain('hunter2')
  })
})

describe('a configuration that is taken', () => {
  it.each([
    [{}, {}],
    [
      { HOST: 'localhost', PORT: '0', ZHIDU_LOG_LEVEL: 'info', NODE_ENV: 'test' },
      { withDemonstration: true, isRoot: true },
    ],
    [{ HOST: '::1', ...TLS }, { isRoot: true }],
    [{ HOST: '0.0.0.0', ...TLS, ZHIDU_ORIGIN: 'https://zhidu.example/' }, {}],
    [{ HOST: '10.1.2.9', ...PROXY, NODE_ENV: 'production' }, {}],
    [{ ...PROXY }, { isRoot: true }],
    [{ ZHIDU_ORIGIN: 'http://localhost:5173' }, { withDemonstration: true }],
    [{ ...SSO, ZHIDU_SECRET_FILE: SECRET, ZHIDU_PASSWORD_PROFILE: 'asvs', ZHIDU_SESSIONS_PER_ACCOUNT: '3' }, {}],
    [{ DATABASE_URL: 'postgresql://app:p@db.example:5432/zhidu', ZHIDU_DATA: join(folder, 'new') }, {}],
    [{ HOST: '', PORT: '', ZHIDU_ORIGIN: '', DATABASE_URL: '' }, {}],
  ])('%j', (env, situation) => {
    expect(problemsOf(env, situation)).toEqual([])
  })

  it('comes whole, with what is usual where nothing is set', () => {
    expect(loadServeConfig({}, COMMON)).toEqual({
      config: {
        address: { host: '127.0.0.1', port: 3000 },
        origin: undefined,
        tls: undefined,
        trustedProxies: [],
        secret: null,
        logLevel: 'warn',
        passwordProfile: 'mlps',
        sessions: { idleMinutes: 15, hours: 10, perAccount: 1 },
        singleSignOn: null,
        metricsToken: undefined,
        isExposed: false,
      },
    })
    const env = {
      HOST: '0.0.0.0',
      PORT: '8443',
      ...TLS,
      ...PROXY,
      ...SSO,
      ZHIDU_SECRET_FILE: 'secret',
      ZHIDU_METRICS_TOKEN_FILE: put('token', `${'f'.repeat(32)}\n`),
    }
    expect(loadServeConfig(env, COMMON)).toMatchObject({
      config: {
        address: { host: '0.0.0.0', port: 8443 },
        origin: 'https://zhidu.example',
        tls: own,
        trustedProxies: ['10.1.2.3', '10.2.0.0/16', '::1'],
        secret: RANDOM,
        singleSignOn: { issuer: SSO.ZHIDU_OIDC_ISSUER, clientId: 'zhidu', clientSecret: 'correct horse' },
        metricsToken: 'f'.repeat(32),
        isExposed: true,
      },
    })
  })
})

describe("the installation's own secret", () => {
  it('is made once, for nobody else to read, and stays', () => {
    const data = join(folder, 'data')
    const first = openInstallationSecret(data)
    expect(Buffer.isBuffer(first) && first.length).toBe(32)
    expect(openInstallationSecret(data)).toEqual(first)
    expect(openInstallationSecret(join(folder, 'data-2'))).not.toEqual(first)
    const path = join(data, 'installation-secret')
    if (process.platform !== 'win32') {
      expect(statSync(path).mode & 0o777).toBe(0o600)
      chmodSync(path, 0o644)
      expect(openInstallationSecret(data)).toMatchObject({ code: 'file_exposed', params: { mode: '644' } })
      chmodSync(path, 0o600)
    }
    writeFileSync(path, '')
    expect(openInstallationSecret(data)).toMatchObject({ code: 'secret', value: path })
  })
})

describe('zhidu serve', () => {
  const data = join(folder, 'untouched')

  async function start(env: Env, language: string): Promise<{ status: number | null; said: string; printed: string }> {
    const { NODE_OPTIONS: _n, NODE_ENV: _e, DATABASE_URL: _d, ...outside } = process.env
    const child = spawn(process.execPath, [MAIN, 'serve', '--lang', language], {
      env: { ...outside, INIT_CWD: folder, ZHIDU_DATA: data, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let said = ''
    let printed = ''
    child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text))
    child.stdout.setEncoding('utf8').on('data', (text: string) => (printed += text))
    await once(child, 'close')
    return { status: child.exitCode, said, printed }
  }

  function isAnswered(port: number): Promise<boolean> {
    return new Promise((resolve) => {
      const socket = connect(port, '127.0.0.1')
      socket.on('connect', () => resolve(socket.destroy().destroyed))
      socket.on('error', () => resolve(false))
    })
  }

  it('ends with status 1 and one line a fault, in the language asked for, before it opens or makes anything', async () => {
    // Faults that show whoever runs the tests, root or not, on whatever system.
    const told = new Map(
      BAD.filter(([fault, , situation]) => situation === undefined && !/file_exposed|beyond/.test(fault)).map(
        ([fault, env]) => [fault.split(' ')[0], env],
      ),
    )
    expect(told.size).toBeGreaterThanOrEqual(15)
    const queue = [...told].entries()
    const port = 39_471
    const work = async (): Promise<void> => {
      for (const [index, [variable, env]] of queue) {
        const language = index % 2 === 0 ? 'zh-CN' : 'en'
        const { printed, said, status } = await start({ PORT: String(port), ...env }, language)
        expect([status, printed], said).toEqual([1, ''])
        expect(said).toMatch(
          language === 'en' ? /^Not started; settings to put right: 1\n/ : /^没有启动，1 项设置有问题：\n/,
        )
        expect(said).toMatch(new RegExp(`^- ${variable}.*$`, 'm'))
        expect(said).not.toMatch(/hunter2|\bat \S+ \(|\.ts\b/)
      }
    }
    await Promise.all([work(), work(), work()])
    expect(await isAnswered(port)).toBe(false)
    expect(readdirSync(folder)).not.toContain('untouched')
  }, 120_000)
})
