import { toPlainDate } from '@zhidu/domain'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { asReadonly } from '../db.ts'
import { makeFactRows } from '../testing/fact-rows.ts'
import { createTestDatabase, type TestDatabase } from '../testing/index.ts'
import { listSuccessions, successionsQuery } from './list-successions.ts'
import { addSuccessions, withdrawSuccession } from './put-successions.ts'
import { rebuildUnitClosure } from './rebuild-unit-closure.ts'

const at = Date.UTC(2026, 6, 1)
const act = randomUUID()
let database: TestDatabase

/** P over A and B, Q over C; A and B end on 1 July. */
beforeAll(async () => {
  database = await createTestDatabase()
  const rows = await makeFactRows(database.db)
  await rows.units('P', 'Q', 'A', 'B', 'C')
  await rows.periods(
    { unit_code: 'P' },
    { unit_code: 'Q' },
    { unit_code: 'A', parent_code: 'P', valid_to: '2026-07-01' },
    { unit_code: 'B', parent_code: 'P', valid_to: '2026-07-01' },
    { unit_code: 'C', parent_code: 'Q' },
  )
  await addSuccessions(database.db, {
    actId: act,
    pairs: [
      { fromCode: 'A', toCode: 'C' },
      { fromCode: 'B', toCode: 'C' },
    ],
    onDate: toPlainDate('2026-07-01'),
    kind: 'merge',
    reason: '机构改革',
    recordedAt: at,
    recordedBy: '某人',
  })
  await rebuildUnitClosure(database.db)
})
afterAll(() => database?.close())

async function reachOn(day: string): Promise<string[]> {
  const { rows } = await database.pool.query<{ line: string }>(
    `select ancestor_code || '>' || descendant_code || ' ' || depth as line from unit_closure
     where valid_from <= $1 and $1 < valid_to and ancestor_code <> descendant_code order by 1`,
    [day],
  )
  return rows.map(({ line }) => line)
}

describe('a merger', () => {
  it('is listed while it holds', async () => {
    expect(successionsQuery(asReadonly(database.db)).compile().sql).toMatchInlineSnapshot(
      `"select "act_id" as "actId", "unit_code" as "fromCode", "successor_code" as "toCode", "on_date" as "onDate", "kind", "reason", "recorded_at" as "recordedAt", "recorded_by" as "recordedBy" from "unit_succession" where "replaced_at" is null and ("succession_id" in (select "succession_id" from "unit_succession") or "succession_id" in (select "succession_id" from "unit_succession")) order by "on_date", "unit_code", "successor_code", "kind""`,
    )
    expect(await listSuccessions(asReadonly(database.db))).toMatchObject([
      { actId: act, fromCode: 'A', toCode: 'C', onDate: '2026-07-01', kind: 'merge', recordedAt: at },
      { actId: act, fromCode: 'B', toCode: 'C' },
    ])
  })

  it('puts the merged units at the successor’s height from its day on, and not before', async () => {
    expect(await reachOn('2026-06-30')).toEqual(['P>A 1', 'P>B 1', 'Q>C 1'])
    expect(await reachOn('2026-07-01')).toEqual(['C>A 0', 'C>B 0', 'Q>A 1', 'Q>B 1', 'Q>C 1'])
  })

  it('of units that took each other in by turns comes to an end', async () => {
    const back = {
      onDate: toPlainDate('2026-08-01'),
      kind: 'merge',
      reason: '恢复',
      recordedAt: at,
      recordedBy: '某人',
    } as const
    const actId = randomUUID()
    await addSuccessions(database.db, { ...back, actId, pairs: [{ fromCode: 'C', toCode: 'A' }] })
    await rebuildUnitClosure(database.db)
    expect(await reachOn('2026-08-01')).toContain('A>C 0')
    await withdrawSuccession(database.db, { actId, at, by: '某人', reason: '录错' })
    await rebuildUnitClosure(database.db)
    expect(await reachOn('2026-08-01')).toEqual(['C>A 0', 'C>B 0', 'Q>A 1', 'Q>B 1', 'Q>C 1'])
  })

  it('that was taken back is gone from the list, not from the record, and the tree is as before', async () => {
    expect(await withdrawSuccession(database.db, { actId: act, at, by: '某人', reason: '录错' })).toBe(2)
    expect(await withdrawSuccession(database.db, { actId: act, at, by: '某人', reason: '录错' })).toBe(0)
    await rebuildUnitClosure(database.db)
    expect(await listSuccessions(asReadonly(database.db))).toEqual([])
    expect(await reachOn('2026-07-01')).toEqual(['P>A 1', 'P>B 1', 'Q>C 1'])
    const { rows } = await database.pool.query('select replaced_reason from unit_succession where act_id = $1', [act])
    expect(rows).toEqual([{ replaced_reason: '录错' }, { replaced_reason: '录错' }])
  })
})
