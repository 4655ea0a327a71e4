import { DIMENSIONS, toQuarter } from '@zhidu/domain'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { getCheckPage } from '../check/get-check-page.ts'
import { listChecks } from '../check/list-checks.ts'
import { getEventPage } from '../event/get-event-page.ts'
import { listEvents } from '../event/list-events.ts'
import { getLeague } from '../league/get-league.ts'
import { listGroups } from '../league/list-groups.ts'
import { getOverview } from '../overview/get-overview.ts'
import { searchAll } from '../search/search-all.ts'
import { createTestService, importExample, type TestService } from '../testing/example-quarter.ts'
import { getUnitPage } from './get-unit-page.ts'
import { listUnits } from './list-units.ts'

const QUARTER = toQuarter('2026Q3')
let service: TestService

beforeAll(async () => {
  service = await createTestService()
  await importExample(service.ctx)
})
afterAll(() => service.database.close())

async function allRows() {
  const leagues = []
  const groups = await listGroups(service.ctx, { quarter: QUARTER })
  for (const { group } of groups) leagues.push(await getLeague(service.ctx, { quarter: QUARTER, group }))
  return leagues.flatMap((league) => league.rows)
}

const cents = (points: number): number => Math.round(points * 100)

describe('the page of every unit of the example quarter', () => {
  it('says what the table says, and its parts add up to the score', async () => {
    const rows = await allRows()
    expect(rows.length).toBeGreaterThan(30)
    for (const row of rows) {
      const page = await getUnitPage(service.ctx, { unitCode: row.unitCode, quarter: QUARTER })
      expect(page.row).toMatchObject({
        rank: row.rank,
        score: row.score,
        dimensions: row.dimensions,
        previousRank: row.previousRank,
      })
      expect(page.deductions.map(({ clause: _c, evidence: _e, ...deduction }) => deduction)).toEqual(row.deductions)
      for (const dimension of DIMENSIONS) {
        const lost = page.deductions
          .filter((one) => one.dimension === dimension)
          .reduce((sum, one) => sum + cents(one.points), 0)
        expect(cents(page.base[dimension]) - lost, `${row.unitCode} ${dimension}`).toBeLessThanOrEqual(
          cents(row.dimensions[dimension]),
        )
        expect(cents(row.dimensions[dimension])).toBe(Math.max(cents(page.base[dimension]) - lost, 0))
      }
      const sum = DIMENSIONS.reduce((total, dimension) => total + cents(row.dimensions[dimension]), 0)
      if (row.score !== null) expect(cents(row.score)).toBe(sum + cents(row.bonus))
      expect(cents(row.bonus)).toBe(
        Math.min(
          page.bonuses.reduce((total, one) => total + cents(one.points), 0),
          500,
        ),
      )
    }
  })

  it('leads every deduction to a fact that is on the page, and every event to one that can be opened', async () => {
    for (const row of await allRows()) {
      const page = await getUnitPage(service.ctx, { unitCode: row.unitCode, quarter: QUARTER })
      const events = new Map(page.events.map((event) => [event.eventCode, event]))
      for (const { code, dimension, evidence, points, ref } of page.deductions) {
        if (evidence.kind === 'event') {
          const event = events.get(ref)
          expect(event?.absorbedBy).toEqual([])
          expect(
            event?.deductions.some((one) => one.code === code && one.dimension === dimension && one.points === points),
          ).toBe(true)
          if (code === 'written_late') expect(evidence.lateSeconds).toBe(event?.written.lateSeconds)
        } else if (evidence.kind === 'check') {
          expect(page.checks.find((check) => check.checkCode === ref)?.findings).toContainEqual({
            finding: code,
            points,
          })
        } else if (evidence.kind === 'filing') {
          expect(
            page.filings.some((filing) => `${filing.holiday}/${filing.form}` === ref && filing.outcome !== 'on_time'),
          ).toBe(true)
        } else if (evidence.kind === 'misreport') {
          expect(evidence.misreportKind).toBe(code)
        }
      }
      const lost = page.events.reduce((sum, event) => sum + cents(event.lost), 0)
      const listed = page.deductions
        .filter(({ evidence }) => evidence.kind === 'event')
        .reduce((sum, { points }) => sum + cents(points), 0)
      expect(lost).toBe(listed)
    }
  })

  it('is refused for a unit nobody knows, and says of a closed one that it is in no table', async () => {
    await expect(getUnitPage(service.ctx, { unitCode: 'none', quarter: QUARTER })).rejects.toMatchObject({
      reason: 'unit_unknown',
    })
    const { units } = await listUnits(service.ctx, { quarter: QUARTER })
    const closed = units.find((unit) => !unit.isOpen)
    expect(closed).toBeDefined()
    const page = await getUnitPage(service.ctx, { unitCode: closed?.unitCode ?? '', quarter: QUARTER })
    expect([page.row, page.previousUnit, page.nextUnit]).toEqual([null, null, null])
  })
})

describe('the list of events', () => {
  async function pages(filter: Partial<Parameters<typeof listEvents>[1]>) {
    const items = []
    let cursor: string | undefined
    let total = 0
    do {
      const page = await listEvents(service.ctx, {
        quarter: QUARTER,
        ...filter,
        ...(cursor === undefined ? {} : { cursor }),
      })
      items.push(...page.items)
      total = page.total
      cursor = page.nextCursor ?? undefined
    } while (cursor !== undefined)
    return { items, total }
  }

  it('comes page by page, newest first, each event once, as many as are owed', async () => {
    const { items, total } = await pages({})
    const { items: mine } = await pages({ unitCode: 'D19' })
    const [row] = (await allRows()).filter(({ unitCode }) => unitCode === 'D19')
    expect(new Set(items.map((item) => `${item.eventCode} ${item.unitCode}`)).size).toBe(total)
    expect(items.map((item) => item.learnedAt)).toEqual(
      items
        .map((item) => item.learnedAt)
        .toSorted()
        .toReversed(),
    )
    expect(mine.length).toBe(row?.timeliness.owed)
    expect(mine).toEqual(items.filter((item) => item.unitCode === 'D19'))
  })

  it('filtered by outcome, level and code holds exactly those', async () => {
    const { items } = await pages({})
    for (const outcome of ['on_time', 'late', 'missing', 'not_yet_due'] as const) {
      const some = await pages({ outcome })
      expect(some.items).toEqual(items.filter((item) => item.outcome === outcome))
      expect(some.total).toBe(some.items.length)
    }
    expect((await pages({ level: 'II' })).items).toEqual(items.filter((item) => item.level === 'II'))
    expect((await pages({ search: '0010' })).items).toEqual(items.filter((item) => item.eventCode.includes('0010')))
  })

  it('refuses a cursor it never gave', async () => {
    for (const cursor of ['x', 'W10', 'WzEsMl0', btoa('["a","b","c"]')]) {
      await expect(listEvents(service.ctx, { quarter: QUARTER, cursor })).rejects.toMatchObject({
        reason: 'cursor_unknown',
      })
    }
  })

  it('opens each event as its unit was judged', async () => {
    const { items } = await pages({ outcome: 'late' })
    for (const item of items.slice(0, 10)) {
      const page = await getEventPage(service.ctx, { eventCode: item.eventCode })
      const own = page.judgements.find((judgement) => judgement.unitCode === item.unitCode)
      expect([own?.written.lateSeconds, own?.lost, own?.level]).toEqual([item.lateSeconds, item.lost, item.level])
    }
    await expect(getEventPage(service.ctx, { eventCode: 'none' })).rejects.toMatchObject({ reason: 'event_unknown' })
  })
})

describe('the list of checks', () => {
  it('holds every check of the quarter once, and passed and failed ones are all of them', async () => {
    const items = []
    let cursor: string | undefined
    do {
      const page = await listChecks(service.ctx, { quarter: QUARTER, ...(cursor === undefined ? {} : { cursor }) })
      items.push(...page.items)
      cursor = page.nextCursor ?? undefined
    } while (cursor !== undefined)
    const passed = await listChecks(service.ctx, { quarter: QUARTER, passed: true })
    const failed = await listChecks(service.ctx, { quarter: QUARTER, passed: false })
    expect(passed.total + failed.total).toBe(items.length)
    const counted = (await allRows()).reduce((sum, row) => sum + row.checks.total, 0)
    const members = new Set((await allRows()).map((row) => row.unitCode))
    expect(items.filter((item) => item.counts && members.has(item.unitCode)).length).toBe(counted)
    const [first] = items
    const page = await getCheckPage(service.ctx, { checkCode: first?.checkCode ?? '' })
    expect(page.check).toEqual(first)
    await expect(getCheckPage(service.ctx, { checkCode: 'none' })).rejects.toMatchObject({ reason: 'check_unknown' })
  })
})

describe('the overview', () => {
  it('sums what the tables hold, and lists what is not there', async () => {
    const overview = await getOverview(service.ctx, { quarter: QUARTER })
    const everybody = await allRows()
    const sum = (pick: (row: (typeof everybody)[number]) => number): number =>
      everybody.reduce((total, row) => total + pick(row), 0)
    expect(overview.timeliness.now).toEqual({
      part: sum((row) => row.timeliness.onTime),
      whole: sum((row) => row.timeliness.owed - row.timeliness.notYetDue),
    })
    expect(overview.checks.now).toEqual({
      part: sum((row) => row.checks.passed),
      whole: sum((row) => row.checks.total),
    })
    const missing = everybody.flatMap((row) => row.deductions.filter(({ code }) => code === 'filing_missing')).length
    expect(overview.overdueCount).toBe(sum((row) => row.timeliness.missing) + missing)
    expect(overview.overdue.every((item) => item.state === 'overdue')).toBe(true)
    const sizes = overview.groups.map(({ group, unitCount }) => ({ group, unitCount }))
    expect(sizes).toEqual(await listGroups(service.ctx, { quarter: QUARTER }))
    for (const { notMeasured, rankedCount, unitCount } of overview.groups)
      expect(unitCount - rankedCount).toBe(notMeasured)
    expect(overview.unannouncedYears).toEqual([2027])
  })
})

describe('search', () => {
  it('finds units by name or code, events and checks by the beginning of their code', async () => {
    expect((await searchAll(service.ctx, { text: '第17局' })).hits).toMatchObject([{ kind: 'unit', code: 'D17' }])
    expect(
      (await searchAll(service.ctx, { text: 'E0010' })).hits.every(
        ({ kind, code }) => kind === 'event' && code.startsWith('E0010'),
      ),
    ).toBe(true)
    expect((await searchAll(service.ctx, { text: 'KC01' })).hits.some(({ kind }) => kind === 'check')).toBe(true)
    expect((await searchAll(service.ctx, { text: '%' })).hits).toEqual([])
  })
})
