import { asReadonly, listUnitQuarters } from '@zhidu/db'
import { permissionsOf, toQuarter } from '@zhidu/domain'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadRoster } from '../league/load-roster.ts'
import { summarizeUnits } from '../league/assess-units.ts'
import { toUnitQuarterRow } from '../league/rollup.ts'
import { loadRules } from '../rules/load-rules.ts'
import { createTestService, importExample, type TestService } from '../testing/example-quarter.ts'
import { getCalendar, getCalendarYear } from './get-calendar.ts'
import { previewNotice, recordNotice } from './record-notice.ts'

const QUARTER = toQuarter('2026Q3')
let service: TestService

beforeAll(async () => {
  service = await createTestService()
  await importExample(service.ctx)
})
afterAll(() => service?.database.close())

async function noticeOf(year: number) {
  const { blocks } = await getCalendarYear(service.ctx, { year })
  return { year, blocks }
}

/** 中秋节 begins a day earlier. */
async function shifted() {
  const notice = await noticeOf(2026)
  const blocks = notice.blocks.map((block) =>
    block.name === '中秋节' ? { ...block, firstDayOff: '2026-09-24' } : block,
  )
  return { ...notice, blocks }
}

describe('the calendar of a year', () => {
  it('gives the contract’s days, and a year without a notice as such', async () => {
    const { announced, holidays } = await getCalendar(service.ctx, { year: 2026 })
    expect([announced, holidays.map(({ dueOn }) => dueOn)]).toEqual([
      true,
      ['2025-12-27', '2026-02-10', '2026-03-30', '2026-04-26', '2026-06-14', '2026-09-20', '2026-09-26'],
    ])
    expect(Object.keys(holidays[0] ?? {})).toEqual(['holiday', 'firstDayOff', 'lastDayOff', 'dueOn'])
    expect(await getCalendar(service.ctx, { year: 2027 })).toEqual({ year: 2027, announced: false, holidays: [] })
  })
})

describe('a notice', () => {
  it('is previewed: which due days move, in which quarters, for how many units', async () => {
    const preview = await previewNotice(service.ctx, await shifted())
    expect(preview).toMatchObject({
      problems: [],
      dues: [{ holiday: '2026-中秋节', before: '2026-09-20', after: '2026-09-19' }],
      quarters: [QUARTER],
      frozenQuarters: [],
    })
    expect(preview.unitQuarters).toBeGreaterThan(30)
  })

  it('brings every rollup in line in the same transaction, keeps the version before, and leaves one audit entry', async () => {
    const count = async () =>
      (await service.database.pool.query<{ n: number }>('select count(*)::int as n from audit_entry')).rows[0]?.n ?? 0
    const before = await count()
    await recordNotice(service.ctx, { ...(await shifted()), source: '更正通知' })
    expect(await count()).toBe(before + 1)
    const db = asReadonly(service.database.db)
    const rows = (await listUnitQuarters(db, [QUARTER])).filter(({ basis }) => basis === 'latest')
    const [roster, rules] = [await loadRoster(db), await loadRules(db, QUARTER)]
    expect(rules.holidays.find(({ name }) => name === '中秋节')?.firstDayOff).toBe('2026-09-24')
    const scope = {
      unitCodes: rows.map(({ unitCode }) => unitCode),
      periodsOf: roster.periodsOf,
      quarter: QUARTER,
      rules,
    }
    const expected = []
    for await (const batch of summarizeUnits(db, { ...scope, asOf: [service.ctx.clock()] })) {
      expected.push(...batch.flat().map((summary) => toUnitQuarterRow(summary, 'latest', rules.regulation)))
    }
    expect(rows).toEqual(expected)
    const { versions } = await getCalendarYear(service.ctx, { year: 2026 })
    expect(versions).toMatchObject([
      { source: '更正通知', recordedBy: 'test', replacedAt: null, blockCount: 7 },
      { source: '随程序提供', recordedBy: null, blockCount: 7 },
    ])
    expect(versions[1]?.replacedAt).not.toBeNull()
  })

  it('of a new year makes its forms owed, and taken back makes it a year that is not announced', async () => {
    const blocks = [{ name: '元旦' as const, firstDayOff: '2027-01-01', lastDayOff: '2027-01-03', makeupWorkdays: [] }]
    const made = await recordNotice(service.ctx, { year: 2027, blocks, source: '2027 年通知' })
    expect(made.dues).toEqual([{ holiday: '2027-元旦', before: null, after: '2026-12-27' }])
    expect((await getCalendar(service.ctx, { year: 2027 })).announced).toBe(true)
    await recordNotice(service.ctx, { year: 2027, blocks: [], source: '撤回' })
    expect((await getCalendar(service.ctx, { year: 2027 })).announced).toBe(false)
  })

  it('that contradicts itself is refused with the block named, and changes nothing', async () => {
    const notice = await noticeOf(2026)
    const [first, second] = notice.blocks
    if (first === undefined || second === undefined) throw new RangeError('no blocks')
    const blocks = [{ ...first, lastDayOff: '2025-12-01' }, second]
    await expect(recordNotice(service.ctx, { ...notice, blocks, source: '有误' })).rejects.toMatchObject({
      code: 'invalid',
      reason: 'notice_first_after_last',
      params: { holiday: '元旦' },
    })
    expect((await noticeOf(2026)).blocks).toEqual(notice.blocks)
  })

  it('is put in force at the top alone', async () => {
    const actor = {
      kind: 'account',
      accountId: '0190a000-0000-7000-8000-000000000001',
      sessionId: '0190a000-0000-7000-8000-000000000002',
      loginName: 'xian',
      displayName: '县',
      unitCode: 'C02',
      roles: ['clerk'],
      permissions: permissionsOf(['clerk']),
      mustChangePassword: false,
      address: '127.0.0.1',
      viewer: null,
    } as const
    const county = { ...service.ctx, actor }
    await expect(previewNotice(county, await noticeOf(2026))).rejects.toMatchObject({ reason: 'top_only' })
    await expect(recordNotice(county, { ...(await noticeOf(2026)), source: '县里' })).rejects.toMatchObject({
      code: 'forbidden',
      reason: 'top_only',
    })
  })
})
