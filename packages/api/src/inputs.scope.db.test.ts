import { KIND_SHEETS, KINDS, LeagueExportInput, UnitExportInput } from '@zhidu/contract'
import type { TestDatabase } from '@zhidu/db/testing'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { INNARDS } from './testing/innards.ts'
import { type User, userOf } from './testing/scope/accounts.ts'
import { askFile, askProcedure, openWorld, type World } from './testing/scope/harness.ts'
import { type InputField, listFields, listForms, listLoose } from './testing/scope/input-fields.ts'
import { insertKeys, keyOf, keysOf } from './testing/scope/keys.ts'
import { listProcedures } from './testing/scope/procedures.ts'
import { NO_UUID } from './testing/scope/question-parts.ts'
import { recordsOf, writeOf } from './testing/scope/rest-questions.ts'
import { createWorldA } from './testing/scope/worlds.ts'

const IS_LONG = process.env['ZHIDU_LONG_TESTS'] === '1'
/** Strings for each field, besides the hostile ones. */
const STRINGS = IS_LONG ? 1_000 : 40

/** Below what a body may weigh. */
const RECORDS_AT_ONCE = 500

/** Fields that are texts though they are named as a choice among keys, and why. */
const FREE = {
  'league.table.group': 'a name given by the office, compared as a value',
  'league.standing.group': 'the same',
  'league.pair.group': 'the same',
  'indicator.group.group': 'the same',
  'commendation.get.group': 'the same',
  'commendation.decide.group': 'the same',
  'commendation.confirm.group': 'the same',
  'commendation.return.group': 'the same',
  'rules.whatIfFacts.group': 'the same',
} as const

let database: TestDatabase
let world: World

beforeAll(async () => {
  database = await createWorldA()
  await insertKeys(database, keysOf('A'))
  world = await openWorld(database)
})
afterAll(async () => {
  await world?.close()
  await database?.close()
})

const WITH_INPUT = listProcedures().flatMap(({ input, path, type }) =>
  input === undefined ? [] : { input, path, type },
)

function asking(path: string): User {
  const [family = ''] = path.split('.')
  if (family === 'account') return userOf('system_admin')
  if (family === 'access' || family === 'token') return userOf('security_admin')
  if (family === 'quarter') return userOf('approver', 'A')
  if (path === 'rules.publish') return userOf('approver', 'A')
  if (path === 'draw.approvePlan' || path === 'assessment.approve' || /^bulletin\.(return|publish)$/.test(path))
    return userOf('approver', 'A1')
  if (/^(meeting\.(return|sign)|commendation\.(confirm|return))$/.test(path)) return userOf('approver', 'A1')
  if (family === 'rules') return userOf('clerk', 'A')
  // What is kept for all is kept at the top.
  const isForAll = family === 'calendar' || /^unit\.(preview|record|withdraw)$/.test(path)
  return family === 'audit' ? userOf('audit_admin') : userOf('clerk', isForAll ? 'A' : 'A1')
}

function valueFor({ choices, format, name, type }: InputField): unknown {
  if (choices.length > 0) return choices[0]
  if (format === 'uuid') return NO_UUID
  if (format === 'datetime') return '2026-10-01T00:00:00+08:00'
  if (name === 'year') return 2027
  if (name === 'blocks') return []
  if (name === 'onDate') return '2026-08-01'
  const ofDraws: Readonly<Record<string, unknown>> = {
    commitment: `sha256:${'0'.repeat(64)}`,
    'document.strata': [{ group: '县组', size: 1, substitutes: 0 }],
    'document.weights': [],
    'document.exclusions': [],
    'document.inspectors': [],
    nonce: '0'.repeat(32),
    seed: { kind: 'officers' },
    value: '0123456789',
  }
  if (name in ofDraws) return ofDraws[name]
  const ofChecks: Readonly<Record<string, unknown>> = {
    anchors: [],
    attempts: [],
    signals: [],
    answers: [],
    files: [],
    inspectors: ['某人'],
    unitCodes: [],
    startPlace: 'refused',
    endPlace: 'refused',
    'content.methods': ['phone'],
    'content.items': [
      { key: 'log', section: '值班', text: '日志已记', hint: null, finding: null, dutyModes: null, photo: 'none' },
    ],
  }
  if (name in ofChecks) return ofChecks[name]
  if (name === 'phone') return '0663-8768123'
  const values: Readonly<Record<string, unknown>> = {
    boolean: false,
    number: 1,
    int: 1,
    custom: '2026Q3',
    array: ['checks'],
  }
  return values[type] ?? (name === 'code' ? '000000' : 'abcd1')
}

/** The input with a value in one of its fields, also in one of an object inside. */
function withField(input: Readonly<Record<string, unknown>>, name: string, value: unknown): Record<string, unknown> {
  const [key = '', ...rest] = name.split('.')
  if (rest.length === 0) return { ...input, [key]: value }
  // Safe: made by this function alone.
  const inner = (input[key] ?? {}) as Record<string, unknown>
  return { ...input, [key]: withField(inner, rest.join('.'), value) }
}

/** An input of one form that fits the schema. */
function complete(form: readonly InputField[]): Record<string, unknown> {
  const required = form.filter(({ isRequired }) => isRequired)
  return required.reduce<Record<string, unknown>>((input, field) => withField(input, field.name, valueFor(field)), {})
}

function cursor(...place: readonly unknown[]): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url')
}

const HOSTILE = [
  `'`,
  '"; drop table report; --',
  `' or 1=1 --`,
  '%',
  '_',
  '\\',
  '\u0000',
  '\ud800',
  '$1',
  '{}',
  '[]',
  '../../etc/passwd',
  '=1+1',
  '\u202e',
  'a\u2028b',
  'a\u2029b',
  '\ufeff',
  '值班',
  '-1',
  'null',
  '__proto__',
  'constructor',
  'password_hash',
  'a'.repeat(90),
  '字'.repeat(90),
  ' ',
  '\t\n',
  '1e999',
  '999999999999999',
  '0001-01-01',
  '9999-12-31T23:59:59+08:00',
  '0001-01-01T00:00:00+08:00',
  '0001-01-02T00:00:00+08:00',
  '2026-13-01T00:00:00+08:00',
  cursor(8.64e15, 'E', 'A'),
  cursor(-8.64e15, 'E', 'A'),
  cursor(Number.MAX_SAFE_INTEGER, 'E', 'A'),
  cursor(Number.MIN_SAFE_INTEGER, 'K'),
  cursor(0, '\u0000', 'A'),
  cursor(0, '\ud800'),
  cursor(1.5, 'K'),
  cursor(0),
]

const strings = [
  ...HOSTILE,
  ...fc.sample(fc.oneof(fc.string({ unit: 'binary', maxLength: 60 }), fc.string({ unit: 'grapheme', maxLength: 60 })), {
    seed: 20_261_020,
    numRuns: STRINGS,
  }),
]

/** Whether an answer says how the program is made, but for what it says again of `sent`. */
function tellsInnards(answer: string, sent: readonly string[]): boolean {
  const own = sent.reduce((rest, text) => rest.replaceAll(JSON.stringify(text).slice(1, -1) || '\0', '…'), answer)
  return INNARDS.test(own)
}

describe('the inputs', () => {
  it('refuse keys that are not theirs, at every depth', async () => {
    const loose = WITH_INPUT.flatMap(({ input, path }) => listLoose(input).map((place) => `${path} ${place}`))
    expect([...loose, ...listLoose(LeagueExportInput), ...listLoose(UnitExportInput)]).toEqual([])
    for (const { input, path, type } of WITH_INPUT) {
      for (const form of listForms(input)) {
        const { status, text } = await world.ask(
          asking(path),
          askProcedure(path, type, { ...complete(form), isAdmin: true }),
        )
        expect([path, status, text.includes('invalid_request')]).toEqual([path, 400, true])
      }
    }
  })

  it('sort and group by keys of a list alone', () => {
    const named = WITH_INPUT.flatMap(({ input, path }) =>
      listFields(input).map((field) => ({ ...field, place: `${path}.${field.name}` })),
    )
    const exported = listFields(LeagueExportInput).map((field) => ({ ...field, place: `league.xlsx.${field.name}` }))
    const free = [...named, ...exported].filter(
      ({ choices, name, place, type }) =>
        /^(sort|order|orderBy|direction|groupBy|group|by|key|column)$/i.test(name) &&
        type === 'string' &&
        choices.length === 0 &&
        place !== 'league.xlsx.group',
    )
    expect(free.map(({ place }) => place)).toEqual(Object.keys(FREE))
  })

  it('leave the prototype of all objects alone', async () => {
    const polluted = `{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"quarter":"2026Q3"}`
    for (const { path, type } of listProcedures().filter(({ path: one }) => one !== 'session.signOut')) {
      const ask = askProcedure(path, type, undefined)
      const url = type === 'query' ? `/trpc/${path}?input=${encodeURIComponent(polluted)}` : ask.url
      const { status } = await world.ask(asking(path), { ...ask, url, ...(type === 'query' ? {} : { body: polluted }) })
      expect([path, status === 500]).toEqual([path, false])
    }
    for (const url of ['/files/league.xlsx', '/files/export/checks.csv', '/files/units/A/deductions.xlsx']) {
      const query = '?__proto__[polluted]=1&__proto__=1&constructor.prototype.polluted=1&constructor=1'
      expect((await world.ask(userOf('clerk', 'A1'), askFile(url, `${url}${query}`))).status).toBe(422)
    }
    expect(Object.keys(Object.prototype)).toEqual([])
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
  })
})

const TEXTS = WITH_INPUT.flatMap(({ input, path, type }) =>
  listForms(input).flatMap((form) => {
    const valid = complete(form)
    const kind = typeof valid['kind'] === 'string' && listForms(input).length > 1 ? `.${valid['kind']}` : ''
    return form
      .filter((field) => ['string', 'custom'].includes(field.type) && field.choices.length === 0)
      .map(({ name }) => ({ path, type, valid, field: name, place: `${path}${kind}.${name}` }))
  }),
)

describe('a text', { timeout: IS_LONG ? 1_800_000 : 120_000 }, () => {
  it.each(TEXTS.map((one) => [one.place, one] as const))('of %s never fails the program', async (_, given) => {
    const { field, path, type, valid } = given
    const user = asking(path)
    // Checking a password is slow on purpose.
    const isSlow = /password|current|loginName/.test(field) && path.startsWith('session.')
    const some = isSlow && !IS_LONG ? strings.slice(0, 12) : strings
    const failed: string[] = []
    for (const text of some) {
      const answer = await world.ask(user, askProcedure(path, type, withField(valid, field, text)))
      const { status } = answer
      if (status >= 400 && tellsInnards(answer.text, [text])) failed.push(answer.text)
      // A wrong name or link is told so; whoever is refused for a role has not been tried.
      const isSecret = path === 'session.signIn' || field === 'secret'
      const isUntried = !isSecret && (status === 401 || status === 403)
      if (status === 500 || isUntried) failed.push(`${status} ${JSON.stringify(text)}`)
    }
    expect(failed).toEqual([])
  })

  it('in an address never fails the program either', async () => {
    const urls = (text: string): string[] => {
      const value = encodeURIComponent(text.toWellFormed())
      return [
        `/files/league.xlsx?quarter=2026Q3&group=${value}`,
        `/files/league.xlsx?quarter=2026Q3&group=x&search=${value}`,
        `/files/units/${value}/deductions.xlsx?quarter=2026Q3`,
        `/files/export/${value}.csv`,
        `/files/export/checks.csv?quarter=${value}`,
        `/files/templates/${value}.xlsx`,
        `/files/imports/${value}/refused.xlsx`,
        `/trpc/${value}`,
      ]
    }
    const failed: string[] = []
    for (const text of strings) {
      for (const url of urls(text)) {
        const answer = await world.ask(userOf('clerk', 'A111'), askFile(url, url))
        const isTold = answer.status >= 400 && tellsInnards(answer.text, [text])
        if (answer.status === 500 || isTold) failed.push(`${url} ${answer.text}`)
      }
    }
    expect(failed).toEqual([])
  })

  it.each(KINDS)('of any field of %s for /api/v1 never fails the program either', async (kind) => {
    // A key of its own: none may ask more than so often a minute.
    const { token } = keyOf(`writes_${kind}`, 'A')
    const [example] = recordsOf(kind)
    const records = KIND_SHEETS[kind].columns.flatMap(({ key }) =>
      strings.filter((text) => text.isWellFormed()).map((text) => ({ ...example, [key]: text })),
    )
    for (let start = 0; start < records.length; start += RECORDS_AT_ONCE) {
      const sent = records.slice(start, start + RECORDS_AT_ONCE)
      const answer = await world.askWithKey(token, writeOf(kind, 'dryRun=true&acceptValid=true', sent))
      // Each was looked at by itself: nothing refused them all.
      expect([answer.status, JSON.parse(answer.text)]).toMatchObject([200, { rows: sent.length }])
      expect(tellsInnards(answer.text, strings)).toBe(false)
    }
    // Neither does what is no text.
    for (const value of [{}, [[]], 1e300, -0, true, null, '\ud800', '张*', '139****0077', ['\0']]) {
      for (const { key } of KIND_SHEETS[kind].columns.slice(0, 3)) {
        const { status } = await world.askWithKey(token, writeOf(kind, 'dryRun=true', [{ ...example, [key]: value }]))
        expect([key, value, status === 200 || status === 422]).toEqual([key, value, true])
      }
    }
  })

  it('of none of these was logged as an error, here or by PostgreSQL', () => {
    expect(world.logged.map((line) => line.slice(0, 600))).toEqual([])
    expect([...new Set(database.sqlErrors())]).toEqual([])
  })
})
