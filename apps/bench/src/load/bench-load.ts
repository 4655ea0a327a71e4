import { randomUUID } from 'node:crypto'
import { instant, type OpenDatabase, withTransaction } from '@zhidu/db'
import { addUser, createIdentity } from '@zhidu/services'
import autocannon from 'autocannon'
import { sql } from 'kysely'
import { withBenchData } from '../bench-data.ts'
import { toCount, toMilliseconds, toTextTable } from '../report/print-table.ts'
import { COUNTY, makeTree } from '../scope/make-tree.ts'
import { startServer } from './running-server.ts'

const LOGIN = 'bench-inspector'
const PASSWORD = 'Huang-He-2026-rush'
const CONNECTIONS = 20
const CHECKS = 200
const AT = Date.parse('2026-09-01T09:00:00+08:00')

async function makeInspector(database: OpenDatabase): Promise<string> {
  const actor = { kind: 'local', name: 'bench' } as const
  const identity = createIdentity({ secret: Buffer.alloc(32, 1), isExposed: false })
  const ctx = { db: database.db, report: database.report, clock: Date.now, actor, identity }
  const names = { loginName: LOGIN, displayName: 'bench', staffNumber: null, phone: null, unitCode: COUNTY }
  const { initialPassword } = await addUser(ctx, { ...names, roles: ['inspector'] })
  return initialPassword ?? ''
}

/** Checks of the county's units, for the lists and for what is revealed. */
async function makeChecks(database: OpenDatabase): Promise<void> {
  const importId = randomUUID()
  await withTransaction(database.db, async (trx) => {
    await sql`insert into import_file (import_id, kind, file_name, sha256, row_count, created_count, updated_count,
        unchanged_count, rejected_count, imported_at)
      values (${importId}::uuid, 'checks', 'bench', '', 0, 0, 0, 0, 0, ${instant(AT)})`.execute(trx)
    await sql`insert into check_record (check_code, unit_code, method, checked_at, inspectors, findings, note, import_id, recorded_at)
      select 'Z' || n, descendant_code, 'phone', ${instant(AT)}::timestamptz + n * interval '1 minute', array['某某'], '{}', null,
        ${importId}::uuid, ${instant(AT)}
      from generate_series(1, ${CHECKS}::int) n
      join (select descendant_code, row_number() over () - 1 as place, count(*) over () as total from unit_closure
        where ancestor_code = ${COUNTY}) c on c.place = n % c.total`.execute(trx)
  })
}

async function post(url: string, procedure: string, input: object, cookie: string): Promise<string> {
  const headers = { 'content-type': 'application/json', origin: url, cookie }
  const response = await fetch(`${url}/trpc/${procedure}`, { method: 'POST', headers, body: JSON.stringify(input) })
  if (!response.ok) throw new Error(`${procedure}: ${await response.text()}`)
  return response.headers.get('set-cookie')?.split(';')[0] ?? ''
}

function get(procedure: string, input: object): autocannon.Request {
  return { method: 'GET', path: `/trpc/${procedure}?input=${encodeURIComponent(JSON.stringify(input))}` }
}

/** Nine reads and one audited write, as an inspector's day goes. */
function mix(): autocannon.Request[] {
  const quarter = '2026Q3'
  const reveal = { kind: 'check', id: 'Z7', reason: 'benchmark' }
  return [
    get('event.list', { quarter }),
    get('check.list', { quarter }),
    get('search.find', { text: 'E0000' }),
    get('event.list', { quarter, level: 'II' }),
    get('unit.list', { quarter }),
    get('check.get', { checkCode: 'Z9' }),
    get('event.list', { quarter, search: '77' }),
    get('session.list', {}),
    get('check.list', { quarter, method: 'phone' }),
    { method: 'POST', path: '/trpc/personal.reveal', body: JSON.stringify(reveal) },
  ]
}

/** A server over so many reports, asked by a county for so many seconds from twenty connections. */
export function benchLoad(reportCount: number, seconds: number, say: (line: string) => void): Promise<string> {
  return withBenchData(async ({ dataDir, observer }) => {
    say(`2,577 units, ${toCount(reportCount)} reports: writing them`)
    await makeTree(observer, reportCount)
    await makeChecks(observer)
    const initial = await makeInspector(observer)
    const server = await startServer(dataDir)
    try {
      const first = await post(server.url, 'session.signIn', { loginName: LOGIN, password: initial }, '')
      const cookie = await post(server.url, 'session.changePassword', { current: initial, next: PASSWORD }, first)
      const headers = { 'content-type': 'application/json', origin: server.url, cookie }
      const ask = (duration: number) =>
        autocannon({ url: server.url, connections: CONNECTIONS, duration, headers, requests: mix() })
      say('warming up')
      await ask(Math.min(5, seconds))
      say(`asking for ${seconds} s from ${CONNECTIONS} connections`)
      const { errors, latency, non2xx, requests } = await ask(seconds)
      const header = ['mixed requests', 'a second', 'median ms', 'p97.5 ms', 'p99 ms', 'refused or failed']
      const { average, p50, p97_5, p99 } = { ...latency, average: requests.average }
      const row = [toCount(requests.total), toCount(average), ...[p50, p97_5, p99].map(toMilliseconds)]
      return toTextTable(header, [[...row, String(errors + non2xx)]])
    } finally {
      await server.stop()
    }
  })
}
