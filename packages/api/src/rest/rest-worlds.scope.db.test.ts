import { type Kind, KINDS } from '@zhidu/contract'
import { createTestDatabase, type TestDatabase } from '@zhidu/db/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { INNARDS } from '../testing/innards.ts'
import { differenceOf } from '../testing/scope/compare.ts'
import {
  type Answer,
  type Ask,
  askFile,
  askProcedure,
  type Net,
  openWorld,
  type World,
} from '../testing/scope/harness.ts'
import { insertKeys, type Key, keyOf, keysOf } from '../testing/scope/keys.ts'
import { tellsOfPeople } from '../testing/scope/people.ts'
import { DOWNLOADS, PROCEDURES } from '../testing/scope/questions.ts'
import { restMatrix, restQuestions, writeOf, WRITES } from '../testing/scope/rest-questions.ts'
import { REVIEWED_REST } from '../testing/scope/reviewed.ts'
import { userOf } from '../testing/scope/accounts.ts'
import { createFrozenWorldA, createWorldB, type Inside, WORLDS_TIMEOUT_MS } from '../testing/scope/worlds.ts'

const INSIDES = ['A1', 'A11', 'A12', 'A13', 'A111'] as const satisfies readonly Inside[]
/** Whose keys for single kinds are asked as well, and whose key writes. */
const EACH_KIND: Inside = 'A12'
const IS_LONG = process.env['ZHIDU_LONG_TESTS'] === '1'

let worldA: TestDatabase
const worldsB = new Map<Inside, TestDatabase>()
/** Both worlds once more, to be written to. */
let written: readonly [TestDatabase, TestDatabase]
const foreign = new Map<Kind, string>()

interface Heard {
  readonly ask: Ask
  readonly a: Answer
  readonly b: Answer
}
const heard: Heard[] = []
const logs: string[] = []
const oddHeaders: string[] = []

beforeAll(async () => {
  worldA = await createFrozenWorldA()
  for (const inside of INSIDES) worldsB.set(inside, await createWorldB(inside))
  const keys = [...INSIDES, 'A', 'A3'].flatMap(keysOf)
  for (const database of [worldA, ...worldsB.values()]) await insertKeys(database, keys)
  const world = await openWorld(worldA)
  for (const kind of KINDS) {
    const ask: Ask = { path: '', method: 'GET', url: `/api/v1/${kind}?limit=3` }
    foreign.set(kind, nextOf(await world.askWithKey(keyOf('reading', 'A3').token, ask)) ?? '')
  }
  await world.close()
  written = [await createTestDatabase({ copyOf: worldA }), await createTestDatabase({ copyOf: worldB(EACH_KIND) })]
}, WORLDS_TIMEOUT_MS)
afterAll(async () => {
  await Promise.all([worldA, ...worldsB.values(), ...(written ?? [])].map((database) => database?.close()))
})

function worldB(inside: Inside): TestDatabase {
  const database = worldsB.get(inside)
  if (database === undefined) throw new RangeError(inside)
  return database
}

/** The place of the next page; null = there is none. */
function nextOf({ status, text }: Answer): string | null {
  if (status !== 200) return null
  // Safe: a page says so itself, and anything else has no such field.
  return (JSON.parse(text) as { readonly next?: string | null }).next ?? null
}

async function withWorlds<T>(
  databases: readonly [TestDatabase, TestDatabase],
  net: Net,
  work: (a: World, b: World) => Promise<T>,
): Promise<T> {
  const [a, b] = [await openWorld(databases[0], net), await openWorld(databases[1], net)]
  try {
    return await work(a, b)
  } finally {
    logs.push(...a.logged, ...b.logged)
    oddHeaders.push(...a.oddHeaders, ...b.oddHeaders)
    await Promise.all([a.close(), b.close()])
  }
}

/** Asks both worlds the same, lists to their end, and tells what differs. */
function compare(
  key: Key,
  asks: readonly Ask[],
  databases: readonly [TestDatabase, TestDatabase],
  net: Net = 'both',
): Promise<string[]> {
  return withWorlds(databases, net, async (a, b) => {
    const found: string[] = []
    for (const first of asks) {
      let ask: Ask | null = first
      while (ask !== null) {
        const question: Ask = ask
        const one: Answer = await a.askWithKey(key.token, question)
        const other: Answer = await b.askWithKey(key.token, question)
        if (net !== 'none') heard.push({ ask: question, a: one, b: other })
        const isNone = one.status === 500 || one.status === 429
        const difference = isNone ? `failed ${one.status}` : differenceOf(question.path, one, other, REVIEWED_REST)
        if (difference !== null) {
          found.push(`${key.token} ${question.method} ${decodeURIComponent(question.url)}: ${difference}`)
        }
        const next: string | null = difference === null && question.method === 'GET' ? nextOf(one) : null
        ask = next === null ? null : { ...first, url: `${first.url.replace(/&cursor=.*/, '')}&cursor=${next}` }
      }
    }
    return found
  })
}

describe.each(INSIDES)('what lies outside %s', (inside) => {
  const databases = (): readonly [TestDatabase, TestDatabase] => [worldA, worldB(inside)]
  const all = keyOf('all', inside)
  // Each write is read by a process of its own, which takes its time.
  const [, some] = WRITES
  const writes = IS_LONG || inside === EACH_KIND ? WRITES : [some]
  const alone = IS_LONG || inside === EACH_KIND ? [some] : []

  it('does not reach a key for everything', async () => {
    expect(await compare(all, restQuestions(foreign, writes), databases())).toEqual([])
  })

  it('does not reach it through row-level security alone', async () => {
    expect(await compare(all, restQuestions(foreign, alone), databases(), 'rls')).toEqual([])
  })

  it('does not reach it through the predicates alone', async () => {
    expect(await compare(all, restQuestions(foreign, alone), databases(), 'predicates')).toEqual([])
  })
})

describe('what lies outside', () => {
  const databases = (): readonly [TestDatabase, TestDatabase] => [worldA, worldB(EACH_KIND)]

  it.each(keysOf(EACH_KIND).slice(1))('does not reach the key $token', async (key) => {
    const asks = [...restQuestions(foreign, WRITES.slice(1)), ...restMatrix().map(({ ask }) => ask)]
    expect(await compare(key, asks, databases())).toEqual([])
  })

  it('is seen in every kind of answer where neither net holds', async () => {
    const found = await compare(keyOf('all', EACH_KIND), restQuestions(foreign, WRITES.slice(1)), databases(), 'none')
    const told = KINDS.filter((kind) => found.some((line) => line.includes(`GET /api/v1/${kind}?`)))
    expect(told).toEqual(KINDS)
    expect(found.filter((line) => line.includes('POST')).length).toBeGreaterThan(0)
  })

  it('reaches nobody who writes either, nor the answers after it', async () => {
    const key = keyOf('all', EACH_KIND)
    const writes = KINDS.map((kind) => writeOf(kind, 'acceptValid=true'))
    expect(await compare(key, [...writes, ...restQuestions(foreign, [])], written)).toEqual([])
    const done = heard.filter(({ a, ask }) => ask.method === 'POST' && !ask.url.includes('dryRun') && a.status === 200)
    expect(done.length).toBeGreaterThan(4)
  })
})

it('what may differ all the same is reviewed, and every line of the review is needed', () => {
  const idle = REVIEWED_REST.filter((field) => {
    const others = REVIEWED_REST.filter((one) => one !== field)
    return !heard.some(({ a, ask, b }) => ask.path === field.path && differenceOf(ask.path, a, b, others) !== null)
  })
  expect(idle).toEqual([])
})

describe('every answer to a key', () => {
  const answers = (): { ask: Ask; answer: Answer }[] =>
    heard.flatMap(({ a, ask, b }) => [
      { ask, answer: a },
      { ask, answer: b },
    ])

  it('holds no name and no number of anybody but what its sender wrote, nor does the log', () => {
    const read = answers().filter(({ ask }) => ask.method === 'GET')
    expect(read.length).toBeGreaterThan(1_000)
    expect(read.filter(({ answer }) => tellsOfPeople(answer.text)).map(({ ask }) => ask.url)).toEqual([])
    expect(read.some(({ answer }) => answer.text.includes('验*'))).toBe(true)
    expect(logs).toEqual([])
  })

  it('bears the headers of every answer, and a refusal says nothing about how the program is made', () => {
    expect(oddHeaders).toEqual([])
    const refusals = answers().filter(({ answer }) => answer.status >= 400)
    expect(refusals.length).toBeGreaterThan(200)
    expect(refusals.filter(({ answer }) => INNARDS.test(answer.text)).map(({ answer }) => answer.text)).toEqual([])
  })
})

describe('a key', () => {
  let world: World
  let lastSeq = 0
  beforeAll(async () => {
    world = await openWorld(worldA)
    await newEntries()
  })
  afterAll(() => world?.close())

  async function newEntries(): Promise<{ outcome: string; reason: string | null }[]> {
    const { rows } = await worldA.pool.query<{ seq: string; outcome: string; reason: string | null }>(
      'select seq, outcome, reason from audit_entry where seq > $1 order by seq',
      [lastSeq],
    )
    lastSeq = Math.max(lastSeq, ...rows.map(({ seq }) => Number(seq)))
    return rows.map(({ outcome, reason }) => ({ outcome, reason }))
  }

  it('may what it was made for and nothing else, each refusal one entry in the audit trail', async () => {
    const odd: string[] = []
    for (const key of ['A', 'A12'].flatMap(keysOf)) {
      for (const { ask, mayAsk } of restMatrix()) {
        const { status, text } = await world.askWithKey(key.token, ask)
        const isRefused = status === 403
        const entries = await newEntries()
        const isAsExpected = isRefused === !mayAsk(key) && entries.length === (isRefused ? 1 : 0)
        if (!isAsExpected || status === 401) odd.push(`${key.token} ${ask.path} ${status} ${entries.length} ${text}`)
      }
    }
    expect(odd).toEqual([])
  })

  it('is asked for everywhere: without one, and with one that is unknown, revoked or over, all is 401 and one entry', async () => {
    const [revoked, over] = [keyOf('all', 'A3'), keyOf('reading', 'A3')]
    await worldA.pool.query('update api_token set revoked_at = created_at where name = $1', [revoked.token])
    await worldA.pool.query('update api_token set expires_at = created_at where name = $1', [over.token])
    for (const token of [null, 'zhidu_nobody', revoked.token, over.token, userOf('clerk', 'A1').loginName]) {
      for (const { ask } of restMatrix()) {
        const { status } = await world.askWithKey(token, ask)
        const outcomes = (await newEntries()).map(({ outcome }) => outcome)
        expect([token, ask.path, status, outcomes]).toEqual([token, ask.path, 401, ['refused']])
      }
    }
  })

  it('opens nothing but /api/v1', async () => {
    const { token } = keyOf('all', 'A')
    const clerk = userOf('clerk', 'A1')
    const asks = [
      ...Object.entries(PROCEDURES).map(([path, { inputs, sample, type }]) =>
        askProcedure(path, type, sample ?? inputs(clerk)[0]),
      ),
      ...Object.entries(DOWNLOADS).flatMap(([path, urls]) => urls(clerk).map((url) => askFile(path, url))),
    ]
    const statuses = new Map<string, number>()
    for (const ask of asks) statuses.set(ask.path, (await world.askWithKey(token, ask)).status)
    const answered = [...statuses].filter(([, status]) => status !== 401).map(([path]) => path)
    expect(answered.sort()).toEqual([
      'GET /auth/oidc/begin',
      'GET /auth/oidc/callback',
      'informant.checkLink',
      'informant.send',
      'session.get',
      'session.signIn',
    ])
  })

  it('writes nothing where the audit trail cannot be written', async () => {
    const { token } = keyOf('all', 'A1')
    const record = { check_code: 'R-AUDIT', unit_code: 'A11', method: 'phone', checked_at: '2026-10-08T09:00:00+08:00' }
    const ask = writeOf('checks', '', [record])
    const count = async (): Promise<number> => {
      const { rows } = await worldA.pool.query<{ n: number }>(
        `select count(*)::int as n from check_record where check_code = 'R-AUDIT'`,
      )
      return rows[0]?.n ?? 0
    }
    await newEntries()
    await worldA.pool.query('revoke execute on function append_audit(text) from zhidu_app')
    const failed = await world.askWithKey(token, ask)
    await worldA.pool.query('grant execute on function append_audit(text) to zhidu_app')
    expect([failed.status, await count(), await newEntries()]).toEqual([500, 0, []])
    expect((await world.askWithKey(token, ask)).status).toBe(200)
    expect([await count(), await newEntries()]).toEqual([1, [{ outcome: 'done', reason: null }]])
  })
})
