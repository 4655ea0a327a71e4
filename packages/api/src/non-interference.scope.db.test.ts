import type { TestDatabase } from '@zhidu/db/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createApp } from './create-app.ts'
import { INNARDS } from './testing/innards.ts'
import { phoneOf, type User, userOf } from './testing/scope/accounts.ts'
import { differenceOf } from './testing/scope/compare.ts'
import { personOf } from './testing/scope/facts.ts'
import { type Answer, type Ask, type Net, openWorld, type World } from './testing/scope/harness.ts'
import { DOWNLOADS, PROCEDURES, questionsOf } from './testing/scope/questions.ts'
import { asksOwnRoster } from './testing/scope/duty-log-questions.ts'
import { tellsOfPeople } from './testing/scope/people.ts'
import { listProcedures } from './testing/scope/procedures.ts'
import { REVIEWED } from './testing/scope/reviewed.ts'
import { makeUploads } from './testing/scope/uploads.ts'
import { createFrozenWorldA, createWorldB, type Inside, WORLDS_TIMEOUT_MS } from './testing/scope/worlds.ts'

const IS_LONG = process.env['ZHIDU_LONG_TESTS'] === '1'

/** Who asks, by the subtree in which both worlds are the same; in the long form everybody does, at every level. */
const ASKING: Readonly<Record<Inside, readonly User['role'][]>> = {
  A1: ['leader', 'inspector', 'clerk', 'unit_officer'],
  A11: ['clerk', 'approver'],
  A111: ['clerk', 'unit_officer'],
  A12: ['clerk'],
  A13: ['clerk'],
}
const INSIDES = Object.keys(ASKING) as Inside[]
const NETS = ['rls', 'predicates'] as const
/** Where each net is tried alone: at the top, in the middle with a sibling beside it, at the bottom; in the long form everywhere. */
const ALONE: readonly Inside[] = ['A1', 'A12', 'A111']

const UPLOADS = makeUploads()
/** Whose clerk also sends files: each is read by a process of its own, which takes its time. */
const SENDING: Inside = 'A12'
/** One net alone is tried with so many of the kinds: all go through the same check of units. */
const FEW_UPLOADS = 4
const UPLOAD: Ask = { path: 'POST /files/imports', method: 'POST', url: '/files/imports' }

let worldA: TestDatabase
const worldsB = new Map<Inside, TestDatabase>()
/** One answer of the run; kept for those who look for people in all of them. */
interface Heard {
  readonly user: User
  readonly ask: Ask
  readonly answer: Answer
}
const answers: Heard[] = []
/** The same where neither net held. */
const unguarded: Heard[] = []
const logs: string[] = []
const oddHeaders: string[] = []

beforeAll(async () => {
  worldA = await createFrozenWorldA()
  for (const inside of INSIDES) worldsB.set(inside, await createWorldB(inside))
}, WORLDS_TIMEOUT_MS)
afterAll(async () => {
  await Promise.all([worldA, ...worldsB.values()].map((database) => database?.close()))
})

function worldB(inside: Inside): TestDatabase {
  const database = worldsB.get(inside)
  if (database === undefined) throw new RangeError(inside)
  return database
}

async function withWorlds<T>(inside: Inside, net: Net, work: (a: World, b: World) => Promise<T>): Promise<T> {
  const [a, b] = [await openWorld(worldA, net), await openWorld(worldB(inside), net)]
  try {
    return await work(a, b)
  } finally {
    logs.push(...a.logged, ...b.logged)
    oddHeaders.push(...a.oddHeaders, ...b.oddHeaders)
    await Promise.all([a.close(), b.close()])
  }
}

function uploadsFor(net: Net): typeof UPLOADS {
  if (net === 'both' || IS_LONG) return UPLOADS
  return net === 'none' ? [] : UPLOADS.slice(0, FEW_UPLOADS)
}

/** Asks both worlds the same and lists what differs. */
function compare(user: User, inside: Inside, net: Net = 'both'): Promise<string[]> {
  return withWorlds(inside, net, async (a, b) => {
    const found: string[] = []
    const heard = net === 'none' ? unguarded : answers
    for (const { csv, kind } of inside === SENDING ? uploadsFor(net) : []) {
      const [one, other] = await Promise.all([a.upload(user, kind, csv), b.upload(user, kind, csv)])
      const [first, second] = [one, other].map(({ importId, text }) => text.replaceAll(importId || '?', '…'))
      heard.push({ user, ask: UPLOAD, answer: one }, { user, ask: UPLOAD, answer: other })
      if (first !== second) found.push(`${user.loginName} ${kind}: ${String(first)} ≠ ${String(second)}`)
    }
    for (const ask of questionsOf(user)) {
      const [one, other] = await Promise.all([a.ask(user, ask), b.ask(user, ask)])
      heard.push({ user, ask, answer: one }, { user, ask, answer: other })
      const difference = one.status === 500 ? 'failed' : differenceOf(ask.path, one, other)
      if (difference !== null) found.push(`${user.loginName} ${decodeURIComponent(ask.url)}: ${difference}`)
    }
    return found
  })
}

describe('what is asked', () => {
  it('is every procedure of the router and every download', () => {
    const types = Object.fromEntries(listProcedures().map(({ path, type }) => [path, type]))
    expect(Object.fromEntries(Object.entries(PROCEDURES).map(([path, { type }]) => [path, type]))).toEqual(types)
    const app = createApp({ service: {}, allowedHosts: [], origins: [], trustedProxies: [] } as never)
    const routes = app.routes
      .filter(({ method, path }) => method === 'GET' && !path.includes('*'))
      .map(({ path }) => path)
    expect([...Object.keys(DOWNLOADS), '/healthz', '/metrics', '/readyz', '/verify'].sort()).toEqual(
      [...new Set(routes)].sort(),
    )
  })
})

describe.each(INSIDES)('what lies outside %s', (inside) => {
  const everybody = ['leader', 'inspector', 'clerk', 'approver', 'unit_officer'] as const
  it.each(IS_LONG ? everybody : ASKING[inside])('does not reach its %s', async (role) => {
    expect(await compare(userOf(role, inside), inside)).toEqual([])
  })

  it.each(IS_LONG || ALONE.includes(inside) ? NETS : [])('does not reach its clerk through %s alone', async (net) => {
    expect(await compare(userOf('clerk', inside), inside, net)).toEqual([])
  })
})

it('is seen in dozens of answers where neither net holds', async () => {
  const found = await compare(userOf('clerk', 'A12'), 'A12', 'none')
  expect(found.length).toBeGreaterThan(36)
})

describe('every answer of these', () => {
  it('bears the headers of every answer and no other, files and refusals too', () => {
    expect(answers.length).toBeGreaterThan(2_000)
    expect(oddHeaders).toEqual([])
  })

  it('that refuses says nothing about how the program is made', () => {
    const refusals = answers.filter(({ answer }) => answer.status >= 400)
    expect(refusals.length).toBeGreaterThan(500)
    expect(refusals.filter(({ answer }) => INNARDS.test(answer.text)).map(({ ask }) => ask.url)).toEqual([])
  })
})

describe('what may differ all the same', () => {
  it('is reviewed, and every line of the review is needed', () => {
    const pairs = answers.flatMap(({ answer, ask }, index) => {
      const other = answers[index + 1]
      return index % 2 === 0 && other !== undefined ? [{ path: ask.path, a: answer, b: other.answer }] : []
    })
    const idle = REVIEWED.filter((field) => {
      const others = REVIEWED.filter((one) => one !== field)
      return !pairs.some(({ a, b, path }) => path === field.path && differenceOf(path, a, b, others) !== null)
    })
    expect(idle).toEqual([])
  })
})

describe('names and numbers of people', () => {
  const isReveal = ({ answer, ask }: Heard): boolean => ask.path === 'personal.reveal' && answer.status === 200
  /** What an inspector takes along: whole names and numbers of units that the own office checks. */
  const isKit = ({ answer, ask }: Heard): boolean => ask.path === 'inspection.kit' && answer.status === 200

  /** A unit reads the forms it filed itself as it filed them. */
  const isOwnForm = ({ ask, user }: Heard): boolean => {
    const isForm = ask.path === 'filing.get' || ask.path.endsWith('/form.docx')
    const [, unitCode = user.unitCode] = /(?:"unitCode":"|[?&]unit=)([^"&]+)/.exec(decodeURIComponent(ask.url)) ?? []
    return isForm && user.unitCode !== null && unitCode === user.unitCode
  }
  /** The own roster, which its own people write. */
  const isOwnRoster = ({ ask, user }: Heard): boolean =>
    /roster\.(get|hours|ask)$|rosters\/:unitCode\/hours\.xlsx$/.test(ask.path) &&
    ['inspector', 'clerk', 'unit_officer'].includes(user?.role ?? '') &&
    new RegExp(`(%3A%22|/rosters/)${user?.unitCode ?? '-'}(%22|/)`).test(ask.url)
  /** The names of a shift, which whoever hands over or takes over has to know. */
  const isOwnShift = ({ ask, user }: Heard): boolean => asksOwnRoster(user, ask)

  beforeAll(async () => {
    const world = await openWorld(worldA)
    for (const role of ['system_admin', 'security_admin', 'audit_admin'] as const) {
      const user = userOf(role)
      for (const ask of questionsOf(user)) answers.push({ user, ask, answer: await world.ask(user, ask) })
    }
    logs.push(...world.logged)
    await world.close()
  })

  it('are what the scanner finds', () => {
    expect(
      [`电话${personOf('A').phone}。`, personOf('A11').identity, phoneOf(userOf('clerk', 'A1'))].every(tellsOfPeople),
    ).toBe(true)
    expect(answers.filter(isReveal).every(({ answer }) => tellsOfPeople(answer.text))).toBe(true)
  })

  it('are in no answer, no file, no log and no audit entry', async () => {
    // The preview of a file shows its sender what it holds.
    const others = answers.filter(
      (one) => ![isReveal, isKit, isOwnRoster, isOwnShift, isOwnForm].some((isOwn) => isOwn(one)) && one.ask !== UPLOAD,
    )
    const told = others.filter((one) => tellsOfPeople(one.answer.text)).map(({ ask }) => ask.url)
    expect(told).toEqual([])
    expect(logs.filter(tellsOfPeople)).toEqual([])
    for (const { pool } of [worldA, ...worldsB.values()]) {
      const { rows } = await pool.query<{ text: string }>('select text from audit_entry')
      expect(rows.filter(({ text }) => tellsOfPeople(text))).toEqual([])
    }
  })

  it('are told for a reason alone, and each telling is one audit entry', async () => {
    let entries = 0
    for (const { pool } of [worldA, ...worldsB.values()]) {
      const { rows } = await pool.query<{ n: number }>(
        `select count(*)::int as n from audit_entry where action = 'personal.reveal' and outcome = 'done'
           and text::jsonb #>> '{detail,reason}' = '核对检查人员' and actor_id is not null and address is not null`,
      )
      entries += rows[0]?.n ?? 0
    }
    expect(entries).toBeGreaterThan(80)
    expect(entries).toBe([...answers, ...unguarded].filter(isReveal).length)
  })

  it('are taken along by inspectors, and each taking is one audit entry', async () => {
    let entries = 0
    for (const { pool } of [worldA, ...worldsB.values()]) {
      const { rows } = await pool.query<{ n: number }>(
        `select count(*)::int as n from audit_entry where action = 'inspection.kit' and outcome = 'done' and actor_id is not null`,
      )
      entries += rows[0]?.n ?? 0
    }
    const kits = [...answers, ...unguarded].filter(isKit)
    expect(kits.some(({ answer }) => tellsOfPeople(answer.text))).toBe(true)
    expect(entries).toBe(kits.length)
  })
})
