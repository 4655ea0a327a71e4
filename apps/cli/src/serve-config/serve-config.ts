import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto'
import { statSync } from 'node:fs'
import { isIP, isIPv4 } from 'node:net'
import { isLoopback, type ListenAddress, LOG_LEVELS, type LogLevel, type TlsFiles } from '@zhidu/server'
import type { ConfigProblem } from './config-problem.ts'
import { parseSecret } from './installation-secret.ts'
import { type Env, SettingReader } from './setting-reader.ts'

const PASSWORD_PROFILES = ['mlps', 'asvs'] as const
const MODES = ['production', 'development', 'test'] as const

/** What `zhidu serve` runs with; docs/configuration.md. */
export interface ServeConfig {
  readonly address: ListenAddress
  /** Where users find us, `https://zhidu.example`; undefined = the address we listen on. */
  readonly origin: string | undefined
  readonly tls: TlsFiles | undefined
  /** Addresses or networks whose word on a client's address is believed. */
  readonly trustedProxies: readonly string[]
  /** 32 bytes; null = the one in the data folder. */
  readonly secret: Buffer | null
  readonly logLevel: LogLevel
  readonly passwordProfile: (typeof PASSWORD_PROFILES)[number]
  readonly sessions: { readonly idleMinutes: number; readonly hours: number; readonly perAccount: number }
  readonly singleSignOn: { readonly issuer: string; readonly clientId: string; readonly clientSecret: string } | null
  /** What a program elsewhere bears to read /metrics; undefined = only those of this machine may. */
  readonly metricsToken: string | undefined
  /** Somebody on another machine can reach us. */
  readonly isExposed: boolean
}

/** What the settings are judged by, beside themselves. */
export interface ServeSituation {
  /** Folder against which paths are meant. */
  readonly cwd: string
  readonly withDemonstration: boolean
  readonly isRoot: boolean
  /** Epoch ms. */
  readonly now: number
}

function readAddress(reader: SettingReader): ListenAddress {
  const host = reader.text('HOST') ?? '127.0.0.1'
  const isHost = isIP(host) !== 0 || host.toLowerCase() === 'localhost'
  if (!isHost) reader.refuse('HOST', 'host')
  const text = reader.text('PORT') ?? '3000'
  const port = /^\d{1,5}$/.test(text) && Number(text) <= 65_535 ? Number(text) : null
  if (port === null) reader.refuse('PORT', 'port')
  return { host: isHost ? host : '127.0.0.1', port: port ?? 0 }
}

function readOrigin(reader: SettingReader): URL | undefined {
  const text = reader.text('ZHIDU_ORIGIN')
  if (text === undefined) return undefined
  const url = URL.canParse(text) ? new URL(text) : null
  const isWeb = url?.protocol === 'https:' || url?.protocol === 'http:'
  if (url === null || !isWeb || url.origin !== text.replace(/\/$/, '').toLowerCase()) {
    reader.refuse('ZHIDU_ORIGIN', 'origin')
    return undefined
  }
  if (url.protocol === 'http:' && !isLoopback(url.hostname.replace(/^\[|\]$/g, ''))) {
    reader.refuse('ZHIDU_ORIGIN', 'origin_plain')
  }
  return url
}

function readKey(reader: SettingReader, key: Buffer): KeyObject | null {
  try {
    return createPrivateKey(key)
  } catch {
    reader.refuse('ZHIDU_TLS_KEY', 'key')
    return null
  }
}

function readTls(reader: SettingReader, now: number): TlsFiles | undefined {
  if (!reader.together(['ZHIDU_TLS_CERT', 'ZHIDU_TLS_KEY'])) return undefined
  const cert = reader.file('ZHIDU_TLS_CERT', { isPrivate: false })
  const key = reader.file('ZHIDU_TLS_KEY', { isPrivate: true })
  if (cert === undefined || key === undefined) return undefined
  const privateKey = readKey(reader, key)
  try {
    const certificate = new X509Certificate(cert)
    const { validFromDate: from, validToDate: to } = certificate
    if (from.getTime() > now || to.getTime() < now) {
      const day = (date: Date): string => date.toISOString().slice(0, 10)
      reader.refuse('ZHIDU_TLS_CERT', 'certificate_time', { from: day(from), to: day(to) })
    }
    if (privateKey !== null && !certificate.checkPrivateKey(privateKey)) reader.refuse('ZHIDU_TLS_KEY', 'key_mismatch')
  } catch {
    reader.refuse('ZHIDU_TLS_CERT', 'certificate')
  }
  return { cert: cert.toString(), key: key.toString() }
}

/** Prefix of a network, 0 for one that takes everybody; null for what is neither address nor network. */
function prefixOf(item: string): number | null {
  const [base = '', prefix, more] = item.split('/')
  const most = isIP(base) === 0 ? null : isIPv4(base) ? 32 : 128
  if (most === null || more !== undefined) return null
  if (prefix === undefined) return most
  return /^\d{1,3}$/.test(prefix) && Number(prefix) <= most ? Number(prefix) : null
}

function readProxies(reader: SettingReader): readonly string[] {
  const items = (reader.text('ZHIDU_TRUSTED_PROXIES') ?? '')
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '')
  for (const item of items) {
    const prefix = prefixOf(item)
    if (prefix === null) reader.refuse('ZHIDU_TRUSTED_PROXIES', 'proxies', { item })
    else if (prefix === 0) reader.refuse('ZHIDU_TRUSTED_PROXIES', 'proxies_all', { item })
  }
  return items
}

function readSecret(reader: SettingReader): Buffer | null {
  const content = reader.file('ZHIDU_SECRET_FILE', { isPrivate: true })
  if (content === undefined) return null
  const secret = parseSecret(content)
  if (Buffer.isBuffer(secret)) return secret
  reader.refuse('ZHIDU_SECRET_FILE', secret.code, secret.params)
  return null
}

function readPlaceOfData(reader: SettingReader): void {
  const folder = reader.path('ZHIDU_DATA')
  if (folder?.includes('\0') === true) reader.refuse('ZHIDU_DATA', 'folder')
  else if (folder !== undefined && statSync(folder, { throwIfNoEntry: false })?.isDirectory() === false) {
    reader.refuse('ZHIDU_DATA', 'folder')
  }
  const server = reader.text('DATABASE_URL')
  const isServer = server === undefined || (URL.canParse(server) && /^postgres(ql)?:$/.test(new URL(server).protocol))
  if (!isServer) reader.refuse('DATABASE_URL', 'database_url', {}, false)
}

function readSessions(reader: SettingReader): ServeConfig['sessions'] {
  const idleMinutes = reader.number('ZHIDU_SESSION_IDLE_MINUTES', { least: 1, most: 480, usual: 15 })
  const hours = reader.number('ZHIDU_SESSION_HOURS', { least: 1, most: 24, usual: 10 })
  const perAccount = reader.number('ZHIDU_SESSIONS_PER_ACCOUNT', { least: 1, most: 20, usual: 1 })
  if (idleMinutes > hours * 60) {
    reader.refuse('ZHIDU_SESSION_IDLE_MINUTES', 'idle_over_whole', { most: String(hours * 60) })
  }
  return { idleMinutes, hours, perAccount }
}

function readSingleSignOn(reader: SettingReader): ServeConfig['singleSignOn'] {
  const variables = ['ZHIDU_OIDC_ISSUER', 'ZHIDU_OIDC_CLIENT_ID', 'ZHIDU_OIDC_CLIENT_SECRET_FILE']
  if (!reader.together(variables)) return null
  const issuer = reader.text('ZHIDU_OIDC_ISSUER') ?? ''
  const url = URL.canParse(issuer) ? new URL(issuer) : null
  const isAllowed = url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback(url.hostname))
  if (!isAllowed || url.search !== '' || url.hash !== '' || url.username !== '') {
    reader.refuse('ZHIDU_OIDC_ISSUER', 'issuer')
  }
  const clientSecret = reader.file('ZHIDU_OIDC_CLIENT_SECRET_FILE', { isPrivate: true })?.toString().trim()
  if (clientSecret === '') reader.refuse('ZHIDU_OIDC_CLIENT_SECRET_FILE', 'empty', { what: 'client secret' })
  return { issuer, clientId: reader.text('ZHIDU_OIDC_CLIENT_ID') ?? '', clientSecret: clientSecret ?? '' }
}

/** Without blanks, so that it fits into a header, and long enough that nobody guesses it. */
function readMetricsToken(reader: SettingReader): string | undefined {
  const token = reader.file('ZHIDU_METRICS_TOKEN_FILE', { isPrivate: true })?.toString().trim()
  if (token !== undefined && !/^[\x21-\x7e]{32,200}$/.test(token)) reader.refuse('ZHIDU_METRICS_TOKEN_FILE', 'token')
  return token
}

/** What other machines may reach has to be encrypted, run by a common user, and hold no invented accounts. */
function judgeExposure(
  reader: SettingReader,
  config: Pick<ServeConfig, 'address' | 'tls' | 'trustedProxies'> & { readonly origin: URL | undefined },
  situation: ServeSituation,
): boolean {
  const { address, origin, tls, trustedProxies } = config
  const listensBeyond = !isLoopback(address.host)
  const isFoundBeyond = origin !== undefined && !isLoopback(origin.hostname.replace(/^\[|\]$/g, ''))
  const isBehindProxy = origin?.protocol === 'https:' && trustedProxies.length > 0
  if (listensBeyond && tls === undefined && !isBehindProxy) reader.refuse('HOST', 'beyond_plain')
  if (listensBeyond && origin === undefined) reader.refuse('HOST', 'beyond_origin')
  if (listensBeyond && situation.isRoot) reader.refuse('HOST', 'beyond_root')
  const isExposed = listensBeyond || isFoundBeyond
  const variable = listensBeyond ? 'HOST' : 'ZHIDU_ORIGIN'
  if (isExposed && situation.withDemonstration) reader.refuse(variable, 'beyond_demonstration')
  const mode = reader.choice('NODE_ENV', MODES, 'production')
  if (isExposed && mode !== 'production') reader.refuse('NODE_ENV', 'beyond_development')
  return isExposed
}

/** The whole configuration, or everything that is wrong with it. Reads the files it names; writes nothing. */
export function loadServeConfig(
  env: Env,
  situation: ServeSituation,
): { readonly config: ServeConfig } | { readonly problems: readonly ConfigProblem[] } {
  const reader = new SettingReader(env, situation.cwd)
  const address = readAddress(reader)
  const origin = readOrigin(reader)
  const tls = readTls(reader, situation.now)
  const trustedProxies = readProxies(reader)
  readPlaceOfData(reader)
  const config: ServeConfig = {
    address,
    origin: origin?.origin,
    tls,
    trustedProxies,
    secret: readSecret(reader),
    logLevel: reader.choice('ZHIDU_LOG_LEVEL', LOG_LEVELS, 'warn'),
    passwordProfile: reader.choice('ZHIDU_PASSWORD_PROFILE', PASSWORD_PROFILES, 'mlps'),
    sessions: readSessions(reader),
    singleSignOn: readSingleSignOn(reader),
    metricsToken: readMetricsToken(reader),
    isExposed: judgeExposure(reader, { address, origin, tls, trustedProxies }, situation),
  }
  return reader.problems.length === 0 ? { config } : { problems: reader.problems }
}
