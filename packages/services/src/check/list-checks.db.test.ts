import { CHECK_METHODS, toQuarter } from '@zhidu/domain'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createTestService, importExample, type TestService } from '../testing/example-quarter.ts'
import { listChecks } from './list-checks.ts'

let service: TestService
beforeAll(async () => {
  service = await createTestService()
  await importExample(service.ctx)
})
afterAll(() => service.database.close())

it('says as many as its pages hold, with and without a filter', async () => {
  const totals: number[] = []
  const filters = [{}, { passed: true }, { passed: false }, { search: '1' }, { finding: 'absent' as const }]
  for (const filter of [...filters, ...CHECK_METHODS.map((method) => ({ method }))]) {
    const input = { quarter: toQuarter('2026Q3'), ...filter }
    const first = await listChecks(service.ctx, input)
    let count = first.items.length
    for (let cursor = first.nextCursor; cursor !== null;) {
      const page = await listChecks(service.ctx, { ...input, cursor })
      count += page.items.length
      cursor = page.nextCursor
    }
    expect({ filter, total: first.total, isExact: first.isTotalExact }).toEqual({ filter, total: count, isExact: true })
    totals.push(count)
  }
  expect(new Set(totals).size).toBeGreaterThan(3)
})
