import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { NOW } from '../testing/scope/tree.ts'
import { bodyOf, createRestWorld, type Edge, post, type RestWorld } from './testing/rest-world.ts'

const DAY = 86_400_000
const CHECK = { unit_code: 'A11', method: 'phone', checked_at: '2026-10-08T09:00:00+08:00' }

let world: RestWorld
let ask: Edge
let keyA1: string
let keyA2: string

beforeAll(async () => {
  world = await createRestWorld()
  ask = world.createEdge()
  keyA1 = await world.makeKey('A1')
  keyA2 = await world.makeKey('A2')
}, 120_000)
afterAll(() => world.database.close())

describe('an Idempotency-Key', () => {
  let serial = 0
  const someCheck = () => ({ ...CHECK, check_code: `I-${(serial += 1)}` })
  const send = (key: string, id: string, records: readonly unknown[], path = '/checks') =>
    post(ask, key, path, records, { 'idempotency-key': id })
  const replayed = (response: Response) => response.headers.get('idempotency-replayed') === 'true'

  it('brings the answer of the first request again, and nothing happens again', async () => {
    const id = randomUUID()
    const check = someCheck()
    const first = await (await send(keyA1, id, [check])).text()
    const entries = await world.auditedBy(async () => {
      const again = await send(keyA1, `"${id}"`, [check])
      expect([again.status, replayed(again), await again.text()]).toEqual([200, true, first])
    })
    expect([entries, JSON.parse(first).created]).toEqual([[], 1])
  })

  it('with another body, kind or manner is refused, once in the audit trail', async () => {
    const id = randomUUID()
    const check = someCheck()
    await send(keyA1, id, [check])
    const entries = await world.auditedBy(async () => {
      for (const response of [
        await send(keyA1, id, [someCheck()]),
        await send(keyA1, id, [check], '/checks?dryRun=true'),
        await send(keyA1, id, [check], '/reports'),
      ]) {
        expect([response.status, (await bodyOf(response))['reason']]).toEqual([422, 'idempotency_key_reused'])
      }
    })
    expect(entries).toHaveLength(3)
  })

  it('keeps a refusal of records as well, and no refusal of the key', async () => {
    const id = randomUUID()
    const bad = { ...someCheck(), method: 'x' }
    const first = await send(keyA1, id, [bad])
    const again = await send(keyA1, id, [bad])
    expect([first.status, again.status, replayed(again)]).toEqual([422, 422, true])
    expect(await again.text()).toBe(await first.text())
    expect((await send(keyA1, 'mit leer', [bad])).status).toBe(422)
  })

  it('belongs to its sender and is forgotten after a day', async () => {
    const id = randomUUID()
    const check = { ...CHECK, check_code: 'I-day', unit_code: 'A11' }
    expect(replayed(await send(keyA1, id, [check]))).toBe(false)
    const other = await send(keyA2, id, [{ ...check, check_code: 'I-other', unit_code: 'A21' }])
    expect([other.status, replayed(other)]).toEqual([200, false])
    world.setNow(NOW + DAY - 1)
    expect(replayed(await send(keyA1, id, [check]))).toBe(true)
    world.setNow(NOW + DAY)
    const late = await send(keyA1, id, [check])
    world.setNow(NOW)
    expect([replayed(late), await bodyOf(late)]).toMatchObject([false, { unchanged: 1 }])
  })

  it('of a request at work is answered with 409; what never ended is done after a quarter of an hour, once', async () => {
    const id = randomUUID()
    const check = someCheck()
    await (await send(keyA1, id, [check])).text()
    // As a process leaves it that died between the effect and its answer.
    await world.database.pool.query('update idempotency set status = null, response = null where key = $1', [id])
    const busy = await send(keyA1, id, [check])
    expect([busy.status, busy.headers.get('retry-after'), (await bodyOf(busy))['reason']]).toEqual([
      409,
      '1',
      'idempotency_in_flight',
    ])
    world.setNow(NOW + 15 * 60_000)
    const again = await send(keyA1, id, [check])
    world.setNow(NOW)
    expect([again.status, await bodyOf(again)]).toMatchObject([200, { created: 0, unchanged: 1 }])
  })

  it('keeps its answer with the effect: where one cannot be written, the other is not', async () => {
    const id = randomUUID()
    const check = someCheck()
    const { pool } = world.database
    await pool.query(`create function refuse_answer() returns trigger language plpgsql as $$
      begin raise exception 'the power went out'; end $$`)
    await pool.query(`create trigger refuse_answer before update on idempotency
      for each row when (new.key = '${id}') execute function refuse_answer()`)
    expect((await send(keyA1, id, [check])).status).toBe(500)
    const records = await pool.query('select 1 from check_record where check_code = $1', [check.check_code])
    expect([records.rows, world.logged.length]).toEqual([[], 1])
    await pool.query('drop trigger refuse_answer on idempotency')
    const again = await send(keyA1, id, [check])
    expect([again.status, replayed(again), await bodyOf(again)]).toMatchObject([200, false, { created: 1 }])
  })

  it('sent a hundred times at once, to five processes, has one effect and one answer', async () => {
    const id = randomUUID()
    const check = someCheck()
    const key = await world.makeKey('A1')
    const edges = Array.from({ length: 5 }, () => world.createEdge())
    const statuses: number[] = []
    const settle = async (index: number): Promise<string> => {
      for (;;) {
        const response = await post(edges[index % 5] ?? ask, key, '/checks', [check], { 'idempotency-key': id })
        statuses.push(response.status)
        if (response.status !== 409) return await response.text()
        await new Promise((resolve) => setTimeout(resolve, 300))
      }
    }
    const entries = await world.auditedBy(async () => {
      const answers = await Promise.all(Array.from({ length: 100 }, (_, index) => settle(index)))
      expect(new Set(answers).size).toBe(1)
      expect(JSON.parse(answers[0] ?? '')).toMatchObject({ created: 1 })
    })
    expect(entries.filter((entry) => (entry as { outcome: string }).outcome === 'done')).toHaveLength(1)
    expect([...new Set(statuses)].filter((status) => status !== 200 && status !== 409)).toEqual([])
    const { rows } = await world.database.pool.query('select 1 from check_record where check_code = $1', [
      check.check_code,
    ])
    expect(rows).toHaveLength(1)
  })
})
