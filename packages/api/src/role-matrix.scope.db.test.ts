import type { TestDatabase } from '@zhidu/db/testing'
import { familyOf, ROLES } from '@zhidu/domain'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type User, userOf } from './testing/scope/accounts.ts'
import { type Answer, openWorld, type World } from './testing/scope/harness.ts'
import { listMatrixRows, type MatrixRow } from './testing/scope/role-matrix.ts'
import { NOW } from './testing/scope/tree.ts'
import { createWorldA } from './testing/scope/worlds.ts'

const MATRIX = '../../../docs/role-matrix.csv'
const ROWS = listMatrixRows()
/** Answered to strangers: who they are, signing in, signing in elsewhere. */
const PUBLIC = [
  'GET /auth/oidc/begin',
  'GET /auth/oidc/callback',
  'informant.checkLink',
  'informant.send',
  'session.get',
  'session.signIn',
]
/** Changes nothing that is kept: a file lies apart until it is committed. */
const UNKEPT = new Set(['POST /files/imports checks', 'POST /files/imports units'])

interface Entry {
  readonly actor_id: string | null
  readonly address: string
  readonly action: string
  readonly outcome: string
  readonly reason: string | null
  readonly at: string
}

interface Told {
  readonly row: MatrixRow
  readonly user: User | null
  readonly answer: Answer
  readonly entries: readonly Entry[]
}

let database: TestDatabase
let world: World
let lastSeq = 0
const told: Told[] = []

beforeAll(async () => {
  database = await createWorldA()
  world = await openWorld(database)
  await newEntries()
})
afterAll(async () => {
  await world?.close()
  await database?.close()
})

async function newEntries(): Promise<Entry[]> {
  const { rows } = await database.pool.query<Entry & { seq: string }>(
    `select seq, actor_id, address, action, outcome, reason, (extract(epoch from at) * 1000)::bigint::text as at
     from audit_entry where seq > $1 order by seq`,
    [lastSeq],
  )
  lastSeq = Math.max(lastSeq, ...rows.map(({ seq }) => Number(seq)))
  return rows
}

function ask(user: User | null, row: MatrixRow): Promise<Answer> {
  const type = row.name.startsWith('POST /files/imports')
    ? 'text/csv'
    : /^(PUT|POST) /.test(row.name)
      ? 'application/octet-stream'
      : null
  if (type === null) return world.ask(user, row.ask)
  const init = { method: row.ask.method, body: row.ask.body ?? '', headers: { 'content-type': type } }
  return world.request(user, row.ask.url, init).then(async (response) => ({
    status: response.status,
    text: await response.text(),
  }))
}

async function tell(user: User | null, row: MatrixRow): Promise<Answer> {
  const answer = await ask(user, row)
  told.push({ row, user, answer, entries: await newEntries() })
  return answer
}

function verdictOf({ status, text }: Answer): 'allow' | 'refuse' {
  return status === 401 || (status === 403 && text.includes('role_forbids')) ? 'refuse' : 'allow'
}

describe('every role, by every procedure and route', () => {
  it('may what the matrix says, and nothing else', async () => {
    const columns = new Map<string, string[]>()
    for (const role of ROLES) {
      const user = userOf(role, familyOf(role) === 'business' ? 'A1' : null)
      const verdicts: string[] = []
      for (const row of ROWS) verdicts.push(verdictOf(await tell(user, row)))
      columns.set(role, verdicts)
    }
    const lines = ROWS.map(({ name }, index) => [name, ...ROLES.map((role) => columns.get(role)?.[index])].join(','))
    await expect(`${[['procedure', ...ROLES].join(','), ...lines.sort()].join('\n')}\n`).toMatchFileSnapshot(MATRIX)
  })

  it('leaves exactly one audit entry for each change and each refusal, and none for looking', () => {
    const odd = told.flatMap(({ answer, entries, row, user }) => {
      const isRefused = [401, 403, 404, 429].includes(answer.status)
      const isKept = row.type === 'mutation' && !(UNKEPT.has(row.name) && answer.status === 201)
      if (PUBLIC.includes(row.name)) return []
      const wanted = isKept || isRefused ? 1 : 0
      return entries.length === wanted ? [] : [`${user?.role ?? ''} ${row.name} ${answer.status}: ${entries.length}`]
    })
    expect(odd).toEqual([])
  })

  it('says in each entry who, when, from where, what, and how it ended', () => {
    const bad = told.flatMap(({ answer, entries, row, user }) =>
      entries.filter((entry) => {
        const isDone = answer.status < 400
        const what = row.name.includes(' ')
          ? /^(bulletin|meeting|filing|calendar|draw|dutyRoom|inspection|case|export|import|personal|audit|access|session)\./.test(
              entry.action,
            )
          : true
        return !(
          entry.actor_id === (user?.accountId ?? null) &&
          entry.at === String(NOW) &&
          entry.address !== '' &&
          what &&
          (row.name.includes(' ') || entry.action === row.ask.path) &&
          entry.outcome === (isDone ? 'done' : 'refused') &&
          (entry.reason === null) === isDone
        )
      }),
    )
    expect(bad).toEqual([])
  })
})

describe('who is nobody', () => {
  async function ask401(user: User | null): Promise<string[]> {
    const answered: string[] = []
    for (const row of ROWS) {
      const { status } = await tell(user, row)
      if (status !== 401) answered.push(row.name)
    }
    return answered
  }

  it('is answered 401 but for the way in', async () => {
    told.splice(0)
    expect(await ask401(null)).toEqual(PUBLIC)
    const odd = told.filter(({ entries, row }) => !PUBLIC.includes(row.name) && entries.length !== 1)
    expect(odd.map(({ row }) => row.name)).toEqual([])
  })

  it.each([
    ['disabled', 'leader', 'update account set is_disabled = true where account_id = $1'],
    ['signed out', 'inspector', `update session set ended_at = now(), end_reason = 'x' where account_id = $1`],
    ['idle for too long', 'clerk', `update session set idle_until = '2026-10-20 08:59:59+08' where account_id = $1`],
    [
      'over the end of the session',
      'approver',
      `update session set absolute_until = '2026-10-20 08:59:59+08' where account_id = $1`,
    ],
  ] as const)('is also an account that is %s', async (_, role, statement) => {
    const user = userOf(role, 'A2')
    await database.pool.query(statement, [user.accountId])
    expect(await ask401(user)).toEqual(PUBLIC)
  })
})
