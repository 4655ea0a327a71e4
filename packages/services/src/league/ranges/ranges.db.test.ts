import { type RankedTally, SAMPLE_REGULATION, toQuarter } from '@zhidu/domain'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { freezeQuarter } from '../../quarter/freeze-quarter.ts'
import { createTestService, EXAMPLE_AS_OF, importExample, type TestService } from '../../testing/example-quarter.ts'
import { getLeague } from '../get-league.ts'
import { getLeagueTable } from '../get-league-table.ts'
import type { DrawnRanges } from './drawn-ranges.ts'
import { getLeagueStanding, getPairStanding } from './get-standing.ts'
import { keepRanges } from './keep-ranges.ts'
import { redrawInThread } from './redraw-in-thread.ts'

const quarter = toQuarter('2026Q3')
const group = '县区组'
let service: TestService

beforeAll(async () => {
  service = await createTestService()
  await importExample(service.ctx)
})
afterAll(() => service.database.close())

describe('how sure the places of the example quarter are', () => {
  it('is the same in the document, in the table with ranges and on its own', async () => {
    const input = { quarter, group, asOf: EXAMPLE_AS_OF }
    const standing = await getLeagueStanding(service.ctx, input)
    const league = await getLeague(service.ctx, input)
    const table = await getLeagueTable(service.ctx, input, { withIntervals: true })
    const measured = league.rows.filter(({ rank }) => rank !== null)
    expect(measured.length).toBeGreaterThan(2)
    expect(standing.rows.map(({ rankInterval, unitCode }) => [unitCode, rankInterval])).toEqual(
      measured.map(({ rankInterval, unitCode }) => [unitCode, rankInterval]),
    )
    expect(table.rows.map((row) => row.rankInterval)).toEqual(league.rows.map((row) => row.rankInterval))
    for (const { rank, rankInterval } of league.rows) {
      if (rank === null) expect(rankInterval).toBeNull()
      else {
        expect(rankInterval).toMatchObject({ level: 0.9 })
        expect(rankInterval?.low).toBeLessThanOrEqual(rank)
        expect(rankInterval?.high).toBeGreaterThanOrEqual(rank)
      }
    }
    const unasked = await getLeagueTable(service.ctx, input)
    expect(unasked.rows.every((row) => row.rankInterval === null)).toBe(true)
  })

  it('tells of two units how surely one is above the other', async () => {
    const input = { quarter, group, asOf: EXAMPLE_AS_OF }
    const { rows } = await getLeagueStanding(service.ctx, input)
    const [first, second] = rows
    if (first === undefined || second === undefined) throw new RangeError('no rows')
    const pair = await getPairStanding(service.ctx, { ...input, above: first.unitCode, below: second.unitCode })
    expect(pair.probability).toBeCloseTo(first.aboveNext ?? Number.NaN, 5)
    const unknown = { ...input, above: first.unitCode, below: 'NOBODY' }
    await expect(getPairStanding(service.ctx, unknown)).rejects.toMatchObject({ reason: 'unit_unknown' })
  })

  it('is the same after the quarter is frozen, from the frozen facts', async () => {
    const before = await getLeagueStanding(service.ctx, { quarter, group, asOf: EXAMPLE_AS_OF })
    await freezeQuarter(service.ctx, { quarter, asOf: EXAMPLE_AS_OF, supplement: null, programVersion: 'test' })
    const after = await getLeagueStanding(service.ctx, { quarter, group })
    expect(after.provenance.frozen).toBeDefined()
    expect(after.seed).toBe(before.seed)
    expect(after.rows).toEqual(before.rows)
    const league = await getLeague(service.ctx, { quarter, group })
    expect(league.rows.flatMap(({ rankInterval }) => rankInterval ?? [])).toEqual(
      before.rows.map(({ rankInterval }) => rankInterval),
    )
  })
})

describe('what is drawn', () => {
  const units = (score: number): RankedTally[] =>
    ['A', 'B'].map((unitCode, index) => ({
      unitCode,
      score: score - index,
      rank: index + 1,
      tally: { workload: 0, bonus: 0, itemCount: 0, itemPoints: 0, periods: [] },
    }))

  it('is drawn once for all who ask at once, again for other data, and not kept when it failed', async () => {
    let calls = 0
    const fails = (): Promise<DrawnRanges> => {
      calls += 1
      return Promise.reject(new Error('no thread'))
    }
    await expect(keepRanges(units(1), SAMPLE_REGULATION, fails)).rejects.toThrow('no thread')
    const works: typeof redrawInThread = (some, regulation) => {
      calls += 1
      return redrawInThread(some, regulation)
    }
    const [first, same] = await Promise.all([
      keepRanges(units(1), SAMPLE_REGULATION, works),
      keepRanges(units(1), SAMPLE_REGULATION, works),
    ])
    expect(first).toBe(same)
    await keepRanges(units(2), SAMPLE_REGULATION, works)
    expect(calls).toBe(3)
  })

  it('leaves the event loop free while it is drawn', async () => {
    const many = Array.from({ length: 300 }, (_, unit): RankedTally => {
      const count = unit % 7
      const chances = { phone: 0, written: 20, follow_up: 0, final: 0, elements: 20, check: 5, filing: 2, event: 20 }
      const faults =
        count === 0
          ? []
          : [{ code: 'written_late' as const, dimension: 'timeliness' as const, count, points: 100 * count }]
      const tally = {
        workload: 0,
        bonus: 0,
        itemCount: 0,
        itemPoints: 0,
        periods: [{ isZeroed: false, chances, faults }],
      }
      return { unitCode: `U${unit}`, score: 10_000 - 100 * count, rank: 1 + count * 43, tally }
    })
    let beats = 0
    const timer = setInterval(() => (beats += 1), 5)
    const drawn = await keepRanges(many, SAMPLE_REGULATION)
    clearInterval(timer)
    expect(drawn.ranges).toHaveLength(300)
    expect(drawn.pairs).toHaveLength(300 * 300)
    expect(beats).toBeGreaterThan(5)
  })
})
