import { Validator } from '@seriousme/openapi-schema-validator'
import { KIND_SHEETS, KINDS, LeagueTable } from '@zhidu/contract'
import { toQuarter } from '@zhidu/domain'
import { getLeagueTable, loadToken, revokeToken } from '@zhidu/services'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { tellsOfPeople } from '../testing/scope/people.ts'
import { NOW, subtreeOf, TODAY } from '../testing/scope/tree.ts'
import { RestError } from './record-schema.ts'
import {
  bodyOf,
  createRestWorld,
  type Edge,
  exported,
  post,
  readAll,
  type RestWorld,
  toExported,
} from './testing/rest-world.ts'

const DAY = 86_400_000
const CHECK = { check_code: 'R-1', unit_code: 'A11', method: 'phone', checked_at: '2026-10-08T09:00:00+08:00' }

let world: RestWorld
let ask: Edge
let keyA: string
let keyA1: string
let keyA2: string

beforeAll(async () => {
  world = await createRestWorld()
  ask = world.createEdge()
  keyA = await world.makeKey('A')
  keyA1 = await world.makeKey('A1')
  keyA2 = await world.makeKey('A2')
}, 120_000)
afterAll(() => world.database.close())

describe('whoever bears no good key', () => {
  it.each([
    ['/checks', 'GET'],
    ['/checks', 'POST'],
    ['/openapi.json', 'GET'],
    ['/league', 'GET'],
    ['/nothing', 'GET'],
    ['/checks', 'DELETE'],
  ])('is told so at %s %s, once in the audit trail, whatever cookie it sends', async (path, method) => {
    const init = { method, headers: { 'content-type': 'application/json', cookie: 'zhidu_session=good' } }
    const entries = await world.auditedBy(async () => {
      const response = await ask('zhidu_wrong', path, { ...init, ...(method === 'POST' && { body: '{}' }) })
      expect([response.status, response.headers.get('www-authenticate')]).toEqual([401, 'Bearer'])
      expect(await bodyOf(response)).toMatchObject({ code: 'unauthenticated', reason: 'token_unknown' })
    })
    expect(entries).toEqual([
      expect.objectContaining({ outcome: 'refused', reason: 'token_unknown', actor: 'anonymous' }),
    ])
  })

  it('is everybody without one, with a revoked one, and with one past its day', async () => {
    expect((await ask(null, '/checks', { headers: { cookie: 'zhidu_session=good' } })).status).toBe(401)
    const key = await world.makeKey('A1')
    expect((await ask(key, '/checks')).status).toBe(200)
    const loaded = await loadToken(world.owner, { token: key, address: '' })
    await revokeToken(world.owner, { tokenId: loaded?.tokenId ?? '' })
    expect((await ask(key, '/checks')).status).toBe(401)
    world.setNow(NOW + 366 * DAY)
    const late = await ask(keyA1, '/checks')
    world.setNow(NOW)
    expect(late.status).toBe(401)
  })
})

describe('a key', () => {
  it('reads and writes the kinds it was made for, and a reading key writes none', async () => {
    const reading = await world.makeKey('A1', ['checks'], false)
    const entries = await world.auditedBy(async () => {
      for (const response of [
        await ask(reading, '/reports'),
        await ask(reading, '/league?quarter=2026Q3&group=县组'),
        await post(ask, reading, '/checks', [{ check_code: 'X' }]),
        await post(ask, reading, '/reports', [{ event_code: 'X' }]),
      ]) {
        expect([response.status, (await bodyOf(response))['reason']]).toEqual([403, 'token_forbids'])
      }
    })
    expect(entries).toHaveLength(4)
    expect((await ask(reading, '/checks')).status).toBe(200)
  })

  it.each(['both', 'rls', 'predicates'] as const)(
    'sees its own subtree in every kind and no other: %s',
    async (net) => {
      const edge = world.createEdge(net)
      for (const kind of KINDS) {
        const one = await readAll(edge, keyA1, kind)
        const other = await readAll(edge, keyA2, kind)
        const all = await readAll(edge, keyA, kind)
        for (const [records, top] of [
          [one, 'A1'],
          [other, 'A2'],
        ] as const) {
          expect(records.length).toBeGreaterThan(0)
          expect(records.length).toBeLessThan(all.length)
          const reach = subtreeOf(top, TODAY)
          expect(records.filter((record) => !reach.includes(String(record['unit_code'])))).toEqual([])
        }
      }
    },
  )

  it.each(KINDS)('reads %s as the export of its reach, row for row, in pages of any size', async (kind) => {
    const service = await world.serviceOf(keyA1)
    for (const quarter of [undefined, toQuarter('2026Q3')]) {
      const rows = await exported(service, { kind, quarter })
      const query = quarter === undefined ? '' : `&quarter=${quarter}`
      const records = await readAll(ask, keyA1, kind, `limit=7${query}`)
      expect(records.map((record) => toExported(kind, record))).toEqual(rows)
      expect(await readAll(ask, keyA1, kind, `limit=200${query}`)).toEqual(records)
      // A telephone line is of no quarter.
      expect(rows.length > 0).toBe(kind !== 'duty_lines' || quarter === undefined)
    }
  })

  it('gives instants with their offset, lists as lists, numbers as numbers, and people masked', async () => {
    const [report] = await readAll(ask, keyA1, 'reports')
    expect(Object.keys(report ?? {})).toEqual(KIND_SHEETS.reports.columns.map(({ key }) => key))
    expect(report?.['learned_at']).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+08:00$/)
    expect([typeof report?.['sequence'], Array.isArray(report?.['elements'])]).toEqual(['number', true])
    const text = JSON.stringify(await readAll(ask, keyA1, 'checks'))
    expect(text).toContain('*')
    expect(text).not.toMatch(/139\d{8}/)
  })

  it.each(['checks', 'duty_lines', 'rosters'] as const)(
    'is told no name and no number of %s, nor where a page of them ends',
    async (kind) => {
      const seen: string[] = []
      for (let cursor: string | null = ''; cursor !== null;) {
        const response = await ask(keyA, `/${kind}?limit=2${cursor === '' ? '' : `&cursor=${cursor}`}`)
        const page: { next: string | null } = await bodyOf(response)
        cursor = page.next
        seen.push(JSON.stringify(page), Buffer.from(cursor ?? '', 'base64url').toString('utf8'))
      }
      expect(seen.length).toBeGreaterThan(20)
      expect(seen.filter((text) => tellsOfPeople(text) || text.includes('某人'))).toEqual([])
      expect(seen.join('')).toMatch(kind === 'duty_lines' ? /"number":"139\*{4}\d{4}"/ : /"验\*+"/)
    },
  )

  it('reads the league as the dashboard draws it', async () => {
    const response = await ask(keyA1, `/league?quarter=2026Q3&group=${encodeURIComponent('县组')}`)
    const input = { quarter: toQuarter('2026Q3'), group: '县组' }
    const table = await getLeagueTable(await world.serviceOf(keyA1), input, { withIntervals: true })
    expect([response.status, await bodyOf(response)]).toEqual([200, JSON.parse(JSON.stringify(table))])
    expect(table.peers).not.toBeNull()
    expect(
      LeagueTable.parse(table)
        .rows.map(({ unitCode }) => unitCode)
        .sort(),
    ).toEqual(['A11', 'A12', 'A13'])
  })
})

describe('the document', () => {
  it('is valid OpenAPI 3.1 and names every address', async () => {
    const response = await ask(keyA1, '/openapi.json')
    const document = await bodyOf<{ paths: object }>(response)
    expect(await new Validator().validate(document)).toEqual({ valid: true })
    expect(Object.keys(document.paths).sort()).toEqual(
      [...KINDS.map((kind) => `/${kind}`), '/league', '/openapi.json'].sort(),
    )
  })
})

describe('what is not answered', () => {
  it.each([
    ['GET', '/nothing', 404, 'unknown_request'],
    ['GET', '/checks/1', 404, 'unknown_request'],
    ['POST', '/nothing', 404, 'unknown_request'],
    ['DELETE', '/checks', 405, 'method_refused'],
    ['PUT', '/checks', 405, 'method_refused'],
    ['POST', '/league', 405, 'method_refused'],
    ['OPTIONS', '/checks', 405, 'method_refused'],
  ])('%s %s is %i', async (method, path, status, reason) => {
    const init = { method, headers: { 'content-type': 'application/json', 'accept-language': 'en' } }
    const response = await ask(keyA1, path, init)
    const error = RestError.parse(await bodyOf(response))
    expect([response.status, error.reason]).toEqual([status, reason])
    expect(error.message).toMatch(/^[\x20-\x7e]+$/)
    expect(response.headers.has('allow')).toBe(status === 405)
  })

  it('says so in Chinese when nothing else is asked for, the guards too', async () => {
    const large = await post(ask, keyA1, '/checks', [{ ...CHECK, note: 'x'.repeat(1_000_001) }])
    const form = await ask(keyA1, '/checks', { method: 'POST', body: 'a=b', headers: { 'content-type': 'text/plain' } })
    const json = await ask(keyA1, '/checks', {
      method: 'POST',
      body: '{',
      headers: { 'content-type': 'application/json' },
    })
    expect([large.status, form.status, json.status]).toEqual([413, 415, 422])
    for (const response of [large, form, json]) {
      expect(RestError.parse(await bodyOf(response)).message).toMatch(/\p{Script=Han}/u)
    }
  })

  it('is the three hundred and first request of a minute, and one entry in the audit trail', async () => {
    const edge = world.createEdge()
    const key = await world.makeKey('A1')
    const entries = await world.auditedBy(async () => {
      for (let count = 0; count < 300; count += 1) expect((await edge(key, '/openapi.json?lang=en')).status).toBe(200)
      const refused = await edge(key, '/checks')
      expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '60'])
      expect((await edge(key, '/checks')).status).toBe(429)
      expect((await edge(keyA2, '/checks')).status).toBe(200)
    })
    expect(entries).toMatchObject([{ outcome: 'refused', reason: 'too_many_requests', actor: 'token' }])
    world.setNow(NOW + 60_000)
    expect((await edge(key, '/checks')).status).toBe(200)
    world.setNow(NOW)
  })

  it('is a parameter that is odd, and never with a failure of ours', async () => {
    const odd = [
      '',
      ' ',
      '0',
      '-1',
      '201',
      '1e2',
      '٣',
      '\0',
      '%',
      "'",
      '"; drop',
      '{}',
      '[]',
      '__proto__',
      '9999-12-31T23:59:59+14:00',
      '0000-01-01T00:00:00Z',
      '2026Q5',
      '9999Q4',
      '0000Q1',
      'x'.repeat(3_000),
    ]
    const places = [
      [],
      [1],
      ['a'],
      ['a', 'b', 'c', 'd'],
      ['a', 'b', 'c', 1e10],
      ['a', 'b', 'c', 1.5],
      ['\0'],
      ['a', '2026-13-40'],
      ['a', '2026-02-30'],
      ['a', null],
      [null, null],
      { length: 1 },
      'a',
      ['a', 2026, 'x', 'y'],
      ['a', 99_999_999_999, 'x', 'y'],
    ]
    const cursors = places.map((place) => Buffer.from(JSON.stringify(place)).toString('base64url'))
    const edges = () => world.createEdge()
    let edge = edges()
    let count = 0
    const statuses = new Set<number>()
    for (const kind of KINDS) {
      const pairs = [
        ...['quarter', 'limit', 'cursor', 'odd'].flatMap((name) => odd.map((value) => [name, value])),
        ...cursors.map((value) => ['cursor', value]),
      ]
      for (const pair of [
        ...pairs.map((one) => new URLSearchParams([one as [string, string]]).toString()),
        'limit=1&limit=2',
        'limit',
        '%00=1',
      ]) {
        count += 1
        if (count % 250 === 0) edge = edges()
        const response = await edge(keyA1, `/${kind}?${pair}`)
        statuses.add(response.status)
        if (response.status !== 200)
          expect([pair, Object.keys(await bodyOf(response))]).toEqual([pair, Object.keys(RestError.shape)])
      }
    }
    edge = edges()
    for (const value of [...odd, ...cursors]) {
      for (const name of ['quarter', 'group', 'asOf', 'lang']) {
        const query = new URLSearchParams({ quarter: '2026Q3', group: '县组', [name]: value }).toString()
        count += 1
        if (count % 250 === 0) edge = edges()
        statuses.add((await edge(keyA1, `/league?${query}`)).status)
      }
    }
    expect(statuses).toEqual(new Set([200, 404, 422]))
    expect(world.logged).toEqual([])
  })
})
