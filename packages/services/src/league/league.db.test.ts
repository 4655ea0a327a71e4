import { asReadonly, listUnitQuarters } from '@zhidu/db'
import { toQuarter } from '@zhidu/domain'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  createTestService,
  EXAMPLE_AS_OF,
  importExample,
  readExpected,
  type TestService,
  toExpected,
} from '../testing/example-quarter.ts'
import { getLeague } from './get-league.ts'
import { getLeagueTable } from './get-league-table.ts'
import { summarizeUnits } from './assess-units.ts'
import { loadRoster } from './load-roster.ts'
import { quarterEndOf, toUnitQuarterRow } from './rollup.ts'
import { loadRules } from '../rules/load-rules.ts'

const QUARTER = toQuarter('2026Q3')
let service: TestService

beforeAll(async () => {
  service = await createTestService()
  await importExample(service.ctx)
})
afterAll(() => service.database.close())

describe('the example quarter of the contract, imported from its files', () => {
  it.each(['县区组', '市直组'])('gives the expected rows of %s', async (group) => {
    const league = await getLeague(service.ctx, { quarter: QUARTER, group, asOf: EXAMPLE_AS_OF })
    expect(league.rows.map(toExpected)).toEqual(readExpected(group))
  })

  it.each(['县区组', '市直组'])('shows the same on the dashboard of %s as in the document', async (group) => {
    const input = { quarter: QUARTER, group, asOf: EXAMPLE_AS_OF }
    const table = await getLeagueTable(service.ctx, input, { withIntervals: true })
    const league = await getLeague(service.ctx, input)
    expect(
      table.rows.map(
        ({ lost: _l, shortName: _s, trend: _t, breaks: _b, present: _p, deductionCount: _d, ...row }) => row,
      ),
    ).toEqual(league.rows.map(({ deductions: _, ...row }) => row))
    for (const [index, row] of table.rows.entries()) {
      expect(row.deductionCount).toBe(league.rows[index]?.deductions.length)
    }
  })

  it('tells apart a unit that was closed within the quarter, with what it owed until then', async () => {
    const input = { quarter: QUARTER, group: '县区组', asOf: EXAMPLE_AS_OF }
    const { closed, rows } = await getLeagueTable(service.ctx, input)
    expect(rows.map(({ unitCode }) => unitCode)).not.toContain('C08')
    const few = { onTime: 1, late: 0, missing: 0, notYetDue: 0, owed: 1 }
    const counts = { onTime: 5, late: 2, missing: 2, notYetDue: 0, owed: 9 }
    expect(closed).toEqual([
      { unitCode: 'C06', name: '撤并县', closedOn: '2026-08-15', counts: few },
      { unitCode: 'C08', name: '末日撤县', closedOn: '2026-09-30', counts },
    ])
    expect((await getLeagueTable(service.ctx, { ...input, tree: 'now' })).closed).toEqual([])
  })

  it('refuses a group nobody is in', async () => {
    await expect(getLeague(service.ctx, { quarter: QUARTER, group: '没有' })).rejects.toMatchObject({
      code: 'not_found',
      reason: 'group_unknown',
    })
  })
})

describe('rollups', () => {
  it('equal the recomputation from the facts, at present and at the end of the quarter', async () => {
    const db = asReadonly(service.database.db)
    const roster = await loadRoster(db)
    const rows = await listUnitQuarters(db, [QUARTER])
    const rules = await loadRules(db, QUARTER)
    expect(rows.length).toBeGreaterThan(60)
    const unitCodes = [...new Set(rows.map((row) => row.unitCode))]
    const asOf = [service.ctx.clock(), quarterEndOf(QUARTER)]
    const expected = []
    for await (const batch of summarizeUnits(db, {
      unitCodes,
      periodsOf: roster.periodsOf,
      quarter: QUARTER,
      rules,
      asOf,
    })) {
      for (const [latest, atEnd] of batch) {
        if (latest !== undefined) expected.push(toUnitQuarterRow(latest, 'latest', rules.regulation))
        if (atEnd !== undefined) expected.push(toUnitQuarterRow(atEnd, 'quarter_end', rules.regulation))
      }
    }
    const order = (a: { basis: string; unitCode: string }, b: { basis: string; unitCode: string }): number =>
      a.basis < b.basis || (a.basis === b.basis && a.unitCode < b.unitCode) ? -1 : 1
    expect([...rows].sort(order)).toEqual(expected.sort(order))
  })
})
