import { quarterRange, SECOND_MS, toLocalIso, toQuarter } from '@zhidu/domain'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createTestService, importExample, type TestService } from '../testing/example-quarter.ts'
import { listEvents } from './list-events.ts'

let service: TestService
beforeAll(async () => {
  service = await createTestService()
  await importExample(service.ctx)
})
afterAll(() => service.database.close())

const QUARTER = toQuarter('2026Q3')

it('says as many as its pages hold, at every moment, with and without a filter', async () => {
  const { from, to } = quarterRange(QUARTER)
  const totals: number[] = []
  for (const asOf of [from - SECOND_MS, from + (to - from) / 3, to - SECOND_MS, to + 86_400_000]) {
    for (const filter of [{}, { outcome: 'late' as const }, { level: 'III' as const }, { search: '1' }]) {
      const input = { quarter: QUARTER, asOf: toLocalIso(asOf), ...filter }
      const first = await listEvents(service.ctx, input)
      let count = first.items.length
      for (let cursor = first.nextCursor; cursor !== null;) {
        const page = await listEvents(service.ctx, { ...input, cursor })
        count += page.items.length
        cursor = page.nextCursor
      }
      expect({ asOf, filter, total: first.total }).toEqual({ asOf, filter, total: count })
      totals.push(count)
    }
  }
  expect(new Set(totals).size).toBeGreaterThan(6)
})
