import { KINDS } from '@zhidu/contract'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { subtreeOf, TODAY } from '../testing/scope/tree.ts'
import { recordBodySchema, RestError } from './record-schema.ts'
import {
  bodyOf,
  createRestWorld,
  type Edge,
  exported,
  post,
  readAll,
  type RestWorld,
  type Row,
} from './testing/rest-world.ts'

let world: RestWorld
let ask: Edge
let keyA: string
let keyA1: string

beforeAll(async () => {
  world = await createRestWorld()
  ask = world.createEdge()
  keyA = await world.makeKey('A')
  keyA1 = await world.makeKey('A1')
}, 120_000)
afterAll(() => world.database.close())

const CHECK = { check_code: 'R-1', unit_code: 'A11', method: 'phone', checked_at: '2026-10-08T09:00:00+08:00' }

describe('a write', () => {
  it('about a unit out of reach is answered as about one that does not exist', async () => {
    const answers = []
    for (const unit_code of ['A21', 'NOWHERE']) {
      const response = await post(ask, keyA1, '/filings?lang=en', [
        { unit_code, holiday: '2026-国庆节', form: 'roster' },
      ])
      const { errors } = await bodyOf<{ errors: Row[] }>(response)
      answers.push([response.status, errors.map(({ code, column, row }) => [code, column, row])])
    }
    expect(answers[0]).toEqual([422, [['unit_unknown', 'unit_code', 1]]])
    expect(answers[1]).toEqual(answers[0])
  })

  it('judges units one level below only', async () => {
    for (const [unit_code, code] of [
      ['A1', 'unit_not_below'],
      ['A111', 'unit_not_below'],
      ['A2', 'unit_unknown'],
    ]) {
      const response = await post(ask, keyA1, '/checks', [{ ...CHECK, check_code: `R-${unit_code}`, unit_code }])
      const { errors } = await bodyOf<{ errors: Row[] }>(response)
      expect([response.status, errors.map((error) => error['code'])]).toEqual([422, [code]])
    }
    expect((await post(ask, keyA1, '/units', [{ unit_code: 'A14' }])).status).toBe(403)
  })

  it('is one entry in the audit trail, done or refused; a dry run is none', async () => {
    const done = await world.auditedBy(async () => {
      const response = await post(ask, keyA1, '/checks', [CHECK])
      const counts = { kind: 'checks', rows: 1, created: 1, updated: 0, unchanged: 0, rejected: 0 }
      expect([response.status, await bodyOf(response)]).toEqual([200, { ...counts, errors: [], warnings: [] }])
    })
    expect(done).toEqual([{ action: 'import.commit', outcome: 'done', reason: null, actor: 'token' }])
    const refused = await world.auditedBy(() => post(ask, keyA1, '/checks', [{ ...CHECK, method: 'x' }]))
    expect(refused).toMatchObject([{ action: 'import.commit', outcome: 'refused' }])
    const tried = await world.auditedBy(async () => {
      const response = await post(ask, keyA1, '/checks?dryRun=true', [{ ...CHECK, check_code: 'R-DRY' }])
      expect(await bodyOf(response)).toMatchObject({ created: 1 })
    })
    expect(tried).toEqual([])
    expect((await readAll(ask, keyA1, 'checks')).filter((record) => record['check_code'] === 'R-DRY')).toEqual([])
  })

  it('is all or nothing unless valid ones are to be taken; rows are counted from 1, in messages too', async () => {
    const records = [
      { ...CHECK, check_code: 'R-2' },
      { ...CHECK, check_code: 'R-3', method: 'x', extra: undefined },
    ]
    const whole = await post(ask, keyA1, '/checks?lang=en', records)
    const result = await bodyOf<{ errors: Row[] }>(whole)
    expect([whole.status, result]).toMatchObject([422, { rows: 2, created: 0, rejected: 1 }])
    expect(result.errors).toMatchObject([{ row: 2, column: 'method', value: 'x' }])
    const some = await post(ask, keyA1, '/checks?acceptValid=true', records)
    expect([some.status, await bodyOf(some)]).toMatchObject([200, { created: 1, rejected: 1 }])
    const twice = await post(ask, keyA1, '/checks?lang=en', [CHECK, CHECK])
    const { errors } = await bodyOf<{ errors: Row[] }>(twice)
    expect(errors.map(({ reason, row }) => [row, reason])).toEqual([
      [1, 'The same as row 2: R-1'],
      [2, 'The same as row 1: R-1'],
    ])
  })

  it('names fields that the kind does not have', async () => {
    const response = await post(ask, keyA1, '/checks', [{ ...CHECK, colour: 'red' }])
    expect([response.status, await bodyOf(response)]).toMatchObject([
      422,
      { errors: [{ row: 0, value: 'colour', code: 'column_unknown' }] },
    ])
  })

  it.each([
    [[], 'records_wanted'],
    [Array.from({ length: 1_001 }, () => CHECK), 'records_wanted'],
    [['text'], 'record_form'],
    [[CHECK, {}], 'record_empty'],
    [[{ ...CHECK, note: { a: 1 } }], 'record_value'],
    [[{ ...CHECK, note: '\ud800' }], 'record_value'],
    [[{ ...CHECK, check_code: 1e20 }], 'record_value'],
    [[{ ...CHECK, inspectors: ['张*'] }], 'masked_value'],
    [[{ ...CHECK, note: '电话 139****0077' }], 'masked_value'],
  ])('refuses what no file could say: %#', async (records, reason) => {
    const response = await post(ask, keyA1, '/checks', records)
    expect([response.status, RestError.parse(await bodyOf(response)).reason]).toEqual([422, reason])
  })

  it.each([
    ['rosters', { person: '验*' }],
    ['rosters', { phone: '139****0077' }],
    ['duty_lines', { number: '****0077' }],
    ['duty_lines', { number: '**** 801' }],
    ['duty_lines', { forwarding_reason: '检修，联系139****0077' }],
    ['pre_reports', { reason: '联系139****0077' }],
  ] as const)('takes no mask for a name or a number of %s: %j', async (kind, record) => {
    const response = await post(ask, keyA1, `/${kind}`, [{ unit_code: 'A11', ...record }])
    expect([response.status, RestError.parse(await bodyOf(response))]).toMatchObject([
      422,
      { reason: 'masked_value', params: { row: '1', field: Object.keys(record)[0] } },
    ])
  })

  it('keeps text as it is, formulas and example marks too', async () => {
    const texts = ['=1+1', "'=1+1", '+86 1', '@x', '示例（本行不导入）', 'a,"b"\nc']
    const records = texts.map((note, index) => ({ ...CHECK, check_code: `示例（本行不导入）${index}`, note }))
    expect(await bodyOf(await post(ask, keyA1, '/checks', records))).toMatchObject({ created: 6, rejected: 0 })
    const [mark] = [{ ...CHECK, check_code: 'EXAMPLE (not imported)' }]
    expect(await bodyOf(await post(ask, keyA1, '/checks', [mark]))).toMatchObject({ rows: 1, created: 1 })
    const back = (await readAll(ask, keyA1, 'checks')).filter((row) => String(row['check_code']).startsWith('示例'))
    expect(back.map((row) => row['note'])).toEqual(texts)
  })

  it.each(KINDS)('of what an export holds changes nothing: %s', async (kind) => {
    const isJudging = kind === 'checks' || kind === 'misreports' || kind === 'adoptions'
    const reach = kind === 'units' ? null : isJudging ? ['A11', 'A12', 'A13'] : subtreeOf('A1', TODAY)
    const records = (await exported(world.owner, { kind }))
      .filter((record) => reach === null || reach.includes(record['unit_code'] ?? ''))
      .slice(0, 1_000)
    expect(records.length).toBeGreaterThan(1)
    const response = await post(ask, kind === 'units' ? keyA : keyA1, `/${kind}`, records)
    const unchanged = { created: 0, updated: 0, rejected: 0, unchanged: records.length, errors: [] }
    expect([response.status, await bodyOf(response)]).toMatchObject([200, unchanged])
  })

  it('of what a read gave changes nothing either, for kinds that name nobody', async () => {
    for (const kind of ['reports', 'filings', 'bonuses'] as const) {
      const records = (await readAll(ask, keyA1, kind)).slice(0, 1_000)
      expect(recordBodySchema(kind).safeParse({ records }).success).toBe(true)
      const response = await post(ask, keyA1, `/${kind}`, records)
      expect([response.status, await bodyOf(response)]).toMatchObject([200, { unchanged: records.length, created: 0 }])
    }
  })
})

it('takes fifty writes at once', async () => {
  const key = await world.makeKey('A1')
  const writes = Array.from({ length: 50 }, (_, index) =>
    post(ask, key, '/checks', [{ ...CHECK, check_code: `P-${index}` }]),
  )
  const answers = await Promise.all(writes.map(async (write) => [(await write).status, await bodyOf(await write)]))
  for (const answer of answers) expect(answer).toMatchObject([200, { created: 1 }])
})
