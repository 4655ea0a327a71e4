import { toLocalIso, toQuarter } from '@zhidu/domain'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { getEventPage } from '../event/get-event-page.ts'
import { getLeagueTable } from '../league/get-league-table.ts'
import { freezeQuarter } from '../quarter/freeze-quarter.ts'
import { createTestService, importExample, type TestService } from '../testing/example-quarter.ts'
import { getObligation } from './get-obligation.ts'
import { listObligations } from './list-obligations.ts'
import { reopenObligation } from './reopen-obligation.ts'

const QUARTER = toQuarter('2026Q3')
let service: TestService
beforeAll(async () => {
  service = await createTestService()
  await importExample(service.ctx)
})
afterAll(() => service.database.close())

it('pages through all that is owed once, in every order, with totals that sum to it', async () => {
  for (const sort of ['due', 'unit', 'outcome'] as const) {
    const input = { quarter: QUARTER, sort }
    const first = await listObligations(service.ctx, input)
    const { late, missing, notYetDue, onTime, owed } = first.totals
    expect(late + missing + notYetDue + onTime).toBe(owed)
    const items = [...first.items]
    for (let cursor = first.nextCursor; cursor !== null;) {
      const page = await listObligations(service.ctx, { ...input, cursor })
      items.push(...page.items)
      cursor = page.nextCursor
    }
    expect(items).toHaveLength(owed)
    expect(new Set(items.map(({ kind, ref, unitCode }) => `${unitCode}/${kind}/${ref}`)).size).toBe(owed)
    expect(items.filter(({ outcome }) => outcome === 'late')).toHaveLength(late)
    if (sort === 'due') expect(items.map((one) => one.ruleDueAt)).toEqual(items.map((one) => one.ruleDueAt).toSorted())
  }
  const due = await listObligations(service.ctx, { quarter: QUARTER })
  const wrong = listObligations(service.ctx, { quarter: QUARTER, sort: 'unit', cursor: due.nextCursor ?? '' })
  await expect(wrong).rejects.toMatchObject({ reason: 'cursor_unknown' })
})

it('moves the limit from when it was made, by whom and why, with the score; the past stays', async () => {
  const now = service.ctx.clock()
  const list = await listObligations(service.ctx, { quarter: QUARTER, kind: 'written', outcome: 'missing' })
  const [missing] = list.items
  if (missing === undefined) throw new RangeError('nothing is missing in the example')
  const { kind, quarter, ref, unitCode } = missing
  const group = unitCode.startsWith('C') ? '县区组' : '市直组'
  const lostOf = async (): Promise<number | undefined> => {
    const table = await getLeagueTable(service.ctx, { quarter, group })
    return table.rows.find((row) => row.unitCode === unitCode)?.timeliness.missing
  }
  const before = await lostOf()
  const asked = { kind, quarter, ref, unitCode, until: toLocalIso(now + 3_600_000), reason: '电信线路中断，已核实' }
  await expect(reopenObligation(service.ctx, { ...asked, until: toLocalIso(now) })).rejects.toMatchObject({
    reason: 'reopening_until_past',
  })
  const { obligation } = await reopenObligation(service.ctx, asked)
  expect(obligation).toMatchObject({ outcome: 'not_yet_due', dueAt: asked.until, isReopened: true })
  expect(obligation.milestones.map((one) => one.kind)).toEqual(['arises', 'due', 'closed', 'reopened'])
  expect(obligation.milestones.at(-1)).toMatchObject({ by: 'test', reason: asked.reason, until: asked.until })
  expect(await lostOf()).toBe((before ?? 0) - 1)

  const asOf = toLocalIso(now - 1000)
  const past = await getObligation(service.ctx, { kind, quarter, ref, unitCode, asOf })
  expect(past.obligation).toMatchObject({ outcome: 'missing', isReopened: false })
  const reopened = await listObligations(service.ctx, { quarter, reopened: true })
  expect(reopened.items.map((one) => one.ref)).toEqual([ref])
  expect((await listObligations(service.ctx, { quarter, reopened: true, asOf })).items).toEqual([])

  // A later one adds; the first stays.
  service.setNow(now + 2 * 3_600_000)
  const later = { ...asked, until: toLocalIso(now + 9 * 3_600_000), reason: '线路仍未修复' }
  const again = await reopenObligation(service.ctx, later)
  expect(again.obligation.reopenings.map(({ until }) => until)).toEqual([asked.until, later.until])
  const { rows } = await service.database.pool.query<{ action: string; object: string }>(
    `select action, object from audit_entry where action = 'obligation.reopen' order by seq`,
  )
  expect(rows).toHaveLength(2)
  expect(rows[0]?.object).toBe(`obligation/${unitCode}/written/${ref}`)
  service.setNow(now)
})

it('shows every clock of an event with who brought it, and every version of its reports', async () => {
  const list = await listObligations(service.ctx, { quarter: QUARTER, kind: 'written', outcome: 'late' })
  const [item] = list.items
  const page = await getEventPage(service.ctx, { eventCode: item?.ref ?? '' })
  const [record] = page.records
  expect(page.records.map(({ unitCode }) => unitCode)).toEqual(page.judgements.map(({ unitCode }) => unitCode))
  expect(record?.clocks.map(({ clock }) => clock)).toEqual(['occurred', 'learned', 'phoned', 'written', 'received'])
  const received = record?.clocks.at(-1)
  expect(received).toMatchObject({ source: 'system', grade: 'A', fileName: 'reports.csv' })
  expect(record?.clocks[0]).toMatchObject({ source: 'machine', grade: 'C', fileName: 'reports.csv' })
  expect(record?.receiptLagSeconds).toBeGreaterThan(0)
  expect(record?.trail[0]?.versions[0]?.changes).toEqual([])
  expect(record?.obligations.map(({ kind }) => kind)).toContain('written')
})

it('is refused for what was done on time, and in a frozen quarter', async () => {
  const ask = async (outcome: 'late' | 'on_time'): Promise<unknown> => {
    const list = await listObligations(service.ctx, { quarter: QUARTER, kind: 'written', outcome })
    const [item] = list.items
    if (item === undefined) throw new RangeError(`nothing is ${outcome}`)
    const { kind, quarter, ref, unitCode } = item
    const until = toLocalIso(service.ctx.clock() + 3_600_000)
    return reopenObligation(service.ctx, { kind, quarter, ref, unitCode, until, reason: '电信线路中断' })
  }
  await expect(ask('on_time')).rejects.toMatchObject({ reason: 'reopening_already_on_time' })
  await freezeQuarter(service.ctx, { quarter: QUARTER, supplement: null, programVersion: 'test' })
  await expect(ask('late')).rejects.toMatchObject({ reason: 'quarter_frozen' })
})
