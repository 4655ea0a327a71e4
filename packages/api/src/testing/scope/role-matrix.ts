import { userOf } from './accounts.ts'
import { type Ask, askFile, askProcedure } from './harness.ts'
import { listProcedures } from './procedures.ts'
import { NO_UUID } from './question-parts.ts'
import { DOWNLOADS, PROCEDURES } from './questions.ts'

/** One line of the role matrix: what is asked, about nothing in particular, so that only who asks decides. */
export interface MatrixRow {
  readonly name: string
  readonly ask: Ask
  readonly type: 'query' | 'mutation'
}

const SOMEBODY = userOf('clerk', 'A1')

/** What one procedure answers differently by what it is asked about. */
const VARIANTS: readonly MatrixRow[] = [
  {
    name: 'personal.reveal account',
    ask: askProcedure('personal.reveal', 'mutation', { kind: 'account', id: NO_UUID, reason: '核对号码' }),
    type: 'mutation',
  },
  {
    name: 'GET /files/export/:file reason',
    ask: askFile('/files/export/:file', `/files/export/checks.csv?reason=${encodeURIComponent('核对号码')}`),
    type: 'mutation',
  },
  ...(['inspections/:inspectionId', 'cases/:caseId'] as const).map((place): MatrixRow => {
    const path = `PUT /files/${place}/:sha256`
    const url = `/files/${place.replace(/:.*/, NO_UUID)}/${'0'.repeat(64)}?offset=0`
    return { name: path, ask: { path, method: 'PUT', url, body: 'x' }, type: 'mutation' }
  }),
  {
    name: 'PUT /files/duty-rooms/:unitCode/:sha256',
    ask: {
      path: 'PUT /files/duty-rooms/:unitCode/:sha256',
      method: 'PUT',
      url: `/files/duty-rooms/Z-NOTHING-99/${'0'.repeat(64)}?offset=0`,
      body: 'x',
    },
    type: 'mutation',
  },
  ...(
    [
      ['/files/filings/:holiday/:form', `/files/filings/${encodeURIComponent('2026-国庆节')}/roster`],
      ['/files/calendar/pack', '/files/calendar/pack'],
    ] as const
  ).map(([path, url]): MatrixRow => {
    const name = `POST ${path}`
    // What a calendar says is looked at, and kept nowhere.
    const type = path.endsWith('pack') ? 'query' : 'mutation'
    return { name, ask: { path: name, method: 'POST', url, body: 'x' }, type }
  }),
  ...(['checks', 'units'] as const).map((kind): MatrixRow => {
    const ask: Ask = {
      path: 'POST /files/imports',
      method: 'POST',
      url: `/files/imports?kind=${kind}&fileName=x.csv`,
      body: 'x',
    }
    return { name: `POST /files/imports ${kind}`, ask, type: 'mutation' }
  }),
]

/** Every procedure, every download, uploads; ending the own session last. */
export function listMatrixRows(): MatrixRow[] {
  const procedures = listProcedures().map(({ path, type }): MatrixRow => {
    const known = PROCEDURES[path]
    if (known === undefined) throw new RangeError(`nobody registered an input for ${path}`)
    return { name: path, ask: askProcedure(path, type, known.sample ?? known.inputs(SOMEBODY)[0]), type }
  })
  const downloads = Object.entries(DOWNLOADS).map(([path, urls]): MatrixRow => {
    const [url = ''] = urls(SOMEBODY)
    return { name: `GET ${path}`, ask: askFile(path, url), type: 'query' }
  })
  const rows = [...procedures, ...downloads, ...VARIANTS].sort((a, b) => (a.name < b.name ? -1 : 1))
  const isLast = ({ name }: MatrixRow): boolean => name === 'session.signOut'
  return [...rows.filter((row) => !isLast(row)), ...rows.filter(isLast)]
}
