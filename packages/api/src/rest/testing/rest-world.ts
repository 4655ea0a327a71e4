import { type Kind, KIND_SHEETS, KINDS, unescapeCellText } from '@zhidu/contract'
import type { TestDatabase } from '@zhidu/db/testing'
import { createToken, type ExportArgs, exportKind, loadToken, type ServiceContext } from '@zhidu/services'
import { createApp } from '../../create-app.ts'
import { NOW } from '../../testing/scope/tree.ts'
import { createWorldA } from '../../testing/scope/worlds.ts'

const HOST = 'zhidu.example'

/** Which of the two nets holds: `rls` leaves every predicate out, `predicates` connects as a superuser. */
export type Net = 'both' | 'rls' | 'predicates'
export type Row = Record<string, unknown>
/** Asks /api/v1 with a key. */
export type Edge = (key: string | null, path: string, init?: RequestInit) => Promise<Response>

export interface RestWorld {
  readonly database: TestDatabase
  /** Everything the process would have logged. */
  readonly logged: readonly unknown[]
  /** Work at the machine. */
  readonly owner: ServiceContext
  setNow(now: number): void
  /** With a count of requests of its own. */
  createEdge(net?: Net): Edge
  /** The services as the bearer of a key may use them. */
  serviceOf(key: string): Promise<ServiceContext>
  makeKey(unitCode: string, kinds?: readonly Kind[], mayWrite?: boolean): Promise<string>
  /** What `work` adds to the audit trail. */
  auditedBy(work: () => Promise<unknown>): Promise<AuditLine[]>
}

export interface AuditLine {
  readonly action: string
  readonly outcome: string
  readonly reason: string | null
  readonly actor: string
}

/** The tree of 40 units below A with facts of every kind; close `database` afterwards. */
export async function createRestWorld(): Promise<RestWorld> {
  const database = await createWorldA()
  let now = NOW
  const logged: unknown[] = []
  const clock = () => now
  const serviceOfNet = (net: Net): Omit<ServiceContext, 'actor'> => {
    // A superuser passes every policy; its transactions are bound all the same.
    const db = net === 'predicates' ? database.db : database.app
    return { db, report: database.report, clock, ...(net === 'rls' && { without: '*' }) }
  }
  const owner: ServiceContext = {
    db: database.db,
    report: database.report,
    clock,
    actor: { kind: 'local', name: 'test' },
  }
  const audits = async (): Promise<AuditLine[]> => {
    const columns = 'action, outcome, reason, actor_kind as actor'
    return (await database.pool.query<AuditLine>(`select ${columns} from audit_entry order by seq`)).rows
  }
  return {
    database,
    logged,
    owner,
    setNow: (next) => {
      now = next
    },
    createEdge: (net = 'both') => {
      const app = createApp({
        service: serviceOfNet(net),
        loadActor: () => Promise.reject(new Error('a cookie was looked at')),
        log: { error: (fields: unknown) => logged.push(fields) },
        version: '0.0.0-test',
        maxUploadBytes: 1_000_000,
        allowedHosts: [HOST],
        origins: [`http://${HOST}`],
        isHttps: false,
        trustedProxies: [],
      } as never)
      return async (key, path, init = {}) => {
        const headers = new Headers(init.headers)
        headers.set('host', HOST)
        if (key !== null) headers.set('authorization', `Bearer ${key}`)
        return await app.request(`http://${HOST}/api/v1${path}`, { ...init, headers })
      }
    },
    serviceOf: async (key) => {
      const actor = await loadToken(owner, { token: key, address: '' })
      if (actor === undefined) throw new Error('the key is unknown')
      return { ...serviceOfNet('both'), actor }
    },
    makeKey: async (unitCode, kinds = KINDS, mayWrite = true) => {
      const input = { name: `系统${unitCode}`, unitCode, kinds: [...kinds], mayWrite, days: 366 }
      return (await createToken(owner, input)).token
    },
    auditedBy: async (work) => {
      const before = (await audits()).length
      await work()
      return (await audits()).slice(before)
    },
  }
}

export async function bodyOf<T = Row>(response: Response): Promise<T> {
  // Safe: the assertions that follow fail on anything else.
  return (await response.json()) as T
}

export function post(
  ask: Edge,
  key: string | null,
  path: string,
  records: readonly unknown[],
  headers: Readonly<Record<string, string>> = {},
): Promise<Response> {
  const init = { method: 'POST', body: JSON.stringify({ records }) }
  return ask(key, path, { ...init, headers: { 'content-type': 'application/json', ...headers } })
}

/** Every record of a kind, page by page. */
export async function readAll(ask: Edge, key: string, kind: Kind, query = 'limit=200'): Promise<Row[]> {
  const records: Row[] = []
  for (let next: string | null = ''; next !== null;) {
    const response = await ask(key, `/${kind}?${query}${next === '' ? '' : `&cursor=${next}`}`)
    if (response.status !== 200) throw new Error(`${kind}: ${response.status} ${await response.text()}`)
    const page: { records: Row[]; next: string | null } = await bodyOf(response)
    records.push(...page.records)
    next = page.next
  }
  return records
}

/** The rows of an export as records of text; empty cells are ''. */
export async function exported(
  ctx: ServiceContext,
  args: Omit<ExportArgs, 'format'>,
): Promise<Record<string, string>[]> {
  const { body } = await exportKind(ctx, { ...args, format: 'csv' })
  const text = (await new Response(body).text()).replace('\uFEFF', '')
  const rows: string[][] = [[]]
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^,\r\n]*))(,|\r\n|$)/g)) {
    rows.at(-1)?.push(unescapeCellText(quoted?.replaceAll('""', '"') ?? plain ?? ''))
    if (end === '\r\n') rows.push([])
  }
  const [header = []] = rows
  // A column that came later is in the file only where a record has something in it.
  const columns = KIND_SHEETS[args.kind].columns.map(({ isLate, key }) => ({ key, isLate, at: header.indexOf(key) }))
  return rows
    .slice(1, -1)
    .map((cells) =>
      Object.fromEntries(columns.map(({ at, isLate, key }) => [key, cells[at] ?? (isLate === true ? '' : '?')])),
    )
}

/** A record of an answer with the text of an export in each field. */
export function toExported(kind: Kind, record: Row): Record<string, string> {
  const fields = KIND_SHEETS[kind].columns.map(({ key, value: { type } }): [string, string] => {
    const value = record[key]
    if (value === null) return [key, '']
    if (Array.isArray(value)) return [key, value.join(';')]
    const text = typeof value === 'string' ? value : JSON.stringify(value)
    return [key, type === 'instant' ? text.slice(0, 19).replace('T', ' ') : text]
  })
  return Object.fromEntries(fields)
}
