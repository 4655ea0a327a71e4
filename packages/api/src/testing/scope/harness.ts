import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Kind } from '@zhidu/contract'
import type { TestDatabase } from '@zhidu/db/testing'
import {
  createIdentity,
  createImportJobs,
  type ImportJobs,
  loadSession,
  openAuditKey,
  type ServiceContext,
} from '@zhidu/services'
import { createApp } from '../../create-app.ts'
import { EVIDENCE_POLICY } from '../../files/parts-request.ts'
import { securityHeaders } from '../../headers.ts'
import type { User } from './accounts.ts'
import { readAnswer } from './read-answer.ts'
import { NOW } from './tree.ts'

const HOST = 'zhidu.example'
const MAX_UPLOAD_BYTES = 1_000_000

/** One question to the edge, the same in every world. */
export interface Ask {
  /** Path of the procedure, or `GET /files/…` with its place holders. */
  readonly path: string
  readonly method: 'GET' | 'POST' | 'PUT'
  /** With the query. */
  readonly url: string
  readonly body?: string
}

export interface Answer {
  readonly status: number
  readonly text: string
}

export interface World {
  readonly database: TestDatabase
  readonly jobs: ImportJobs
  /** Everything the process would have logged. */
  readonly logged: readonly string[]
  /** Answers that did not bear exactly the headers every answer bears. */
  readonly oddHeaders: readonly string[]
  /** How often the upkeep was told to begin at once. */
  nudges(): number
  ask(user: User | null, ask: Ask): Promise<Answer>
  /** As another system asks, with its key and no cookie; null = without one. */
  askWithKey(token: string | null, ask: Ask): Promise<Answer>
  request(user: User | null, url: string, init?: RequestInit): Promise<Response>
  /** Sends a file and gives the job when nothing of it runs any more. */
  upload(user: User, kind: Kind, csv: string): Promise<Answer & { readonly importId: string }>
  close(): Promise<void>
}

/** What an answer bears besides, because it says something about this answer alone. */
const OF_THE_ANSWER = new Set([
  'allow',
  'content-disposition',
  'content-encoding',
  'content-length',
  'content-type',
  'idempotency-replayed',
  'location',
  'retry-after',
  'set-cookie',
  'transfer-encoding',
  'vary',
  'www-authenticate',
])
const EVERY_ANSWER = textOf({})
/** What somebody brought is shown under a stricter policy. */
const EVIDENCE = textOf({ 'content-security-policy': EVIDENCE_POLICY })
const EVIDENCE_URL = /^\/files\/(cases|inspections)\/[^/]+\/[0-9a-f]{64}$/

function textOf(own: Readonly<Record<string, string>>): string {
  const all = { ...securityHeaders(false), 'cache-control': 'no-store', ...own }
  return JSON.stringify(Object.entries(all).toSorted(([a], [b]) => (a < b ? -1 : 1)))
}

function bearsHeaders({ headers, status }: Response, url: string): boolean {
  const wanted = status === 200 && EVIDENCE_URL.test(url) ? EVIDENCE : EVERY_ANSWER
  return JSON.stringify([...headers].filter(([name]) => !OF_THE_ANSWER.has(name))) === wanted
}

/** Which of the two nets holds: `rls` leaves every predicate out, `predicates` connects as a superuser. */
export type Net = 'both' | 'rls' | 'predicates' | 'none'

function readerOf(database: TestDatabase, net: Net): Omit<ServiceContext, 'actor'> {
  // A superuser passes every policy; its transactions are bound all the same.
  const db = net === 'predicates' || net === 'none' ? database.db : database.app
  const isBound = net === 'both' || net === 'predicates'
  return { db, report: database.report, clock: () => NOW, ...(isBound ? {} : { without: '*' }) }
}

/** `close` leaves the database. */
export async function openWorld(database: TestDatabase, net: Net = 'both'): Promise<World> {
  const service = readerOf(database, net)
  const jobs = await createImportJobs(service.clock, { maxUploadBytes: MAX_UPLOAD_BYTES })
  const folder = await mkdtemp(join(tmpdir(), 'zhidu-key-'))
  const key = await openAuditKey(join(folder, 'key'))
  await rm(folder, { recursive: true, force: true })
  const logged: string[] = []
  let nudges = 0
  const identity = createIdentity({ secret: Buffer.alloc(32, 7), isExposed: false })
  const app = createApp({
    service,
    identity,
    auditSigners: key.signers,
    loadActor: (session) => loadSession({ ...service, identity }, session),
    importJobs: jobs,
    upkeep: { nudge: () => void (nudges += 1), running: () => null },
    log: {
      error: (fields, message) => {
        const { err } = fields
        logged.push(`${message} ${JSON.stringify(fields)} ${err instanceof Error ? (err.stack ?? '') : ''}`)
      },
    },
    version: '0.0.0-test',
    maxUploadBytes: MAX_UPLOAD_BYTES,
    allowedHosts: [HOST],
    origins: [`http://${HOST}`],
    isHttps: false,
    trustedProxies: [],
  })
  const oddHeaders: string[] = []
  const send = async (url: string, init: RequestInit, from: Readonly<Record<string, string>>): Promise<Response> => {
    const headers = new Headers({ ...Object.fromEntries(new Headers(init.headers)), ...from, host: HOST })
    const response = await app.request(`http://${HOST}${url}`, { ...init, headers })
    if (!bearsHeaders(response, url)) oddHeaders.push(`${init.method ?? 'GET'} ${url.slice(0, 80)}`)
    return response
  }
  const request: World['request'] = (user, url, init = {}) => {
    const cookie = user === null ? {} : { cookie: `zhidu_session=${user.loginName}` }
    return send(url, init, { origin: `http://${HOST}`, ...cookie })
  }
  const toInit = ({ body, method }: Ask): RequestInit => ({
    method,
    ...(body === undefined ? {} : { body, headers: { 'content-type': 'application/json' } }),
  })
  const toAnswer = async (response: Response): Promise<Answer> => ({
    status: response.status,
    text: await readAnswer(response),
  })
  const ask: World['ask'] = async (user, question) => toAnswer(await request(user, question.url, toInit(question)))
  const askWithKey: World['askWithKey'] = async (token, question) => {
    const bearer: Record<string, string> = token === null ? {} : { authorization: `Bearer ${token}` }
    return toAnswer(await send(question.url, toInit(question), bearer))
  }
  return {
    database,
    jobs,
    logged,
    oddHeaders,
    nudges: () => nudges,
    request,
    ask,
    askWithKey,
    upload: async (user, kind, csv) => {
      const headers = { 'content-type': 'text/csv' }
      const init = { method: 'POST', body: csv, headers }
      const response = await request(user, `/files/imports?kind=${kind}&fileName=${kind}.csv`, init)
      const text = await response.text()
      if (response.status !== 201) return { status: response.status, text, importId: '' }
      // Safe: what the route answers.
      const { importId } = JSON.parse(text) as { readonly importId: string }
      return { ...(await waitForJob({ ask }, user, importId)), importId }
    },
    close: () => jobs.close(),
  }
}

const AT_WORK = ['reading', 'checking', 'writing']

interface JobAnswer {
  readonly result?: { readonly data: { readonly phase: string } }
}

/** Asks for a job until nothing of it runs any more. */
export async function waitForJob(
  world: Pick<World, 'ask'>,
  user: User,
  importId: string,
  everyMs: number = 5,
): Promise<Answer> {
  for (;;) {
    const answer = await world.ask(user, askProcedure('import.job', 'query', { importId }))
    // Safe: the answer of a procedure.
    const { result } = JSON.parse(answer.text) as JobAnswer
    if (result === undefined || !AT_WORK.includes(result.data.phase)) return answer
    await new Promise((resolve) => setTimeout(resolve, everyMs))
  }
}

/** A call of a procedure as a browser makes it. */
export function askProcedure(path: string, type: 'query' | 'mutation', input: unknown): Ask {
  if (type === 'mutation') return { path, method: 'POST', url: `/trpc/${path}`, body: JSON.stringify(input ?? {}) }
  const query = input === undefined ? '' : `?input=${encodeURIComponent(JSON.stringify(input))}`
  return { path, method: 'GET', url: `/trpc/${path}${query}` }
}

export function askFile(path: string, url: string): Ask {
  return { path: `GET ${path}`, method: 'GET', url }
}
