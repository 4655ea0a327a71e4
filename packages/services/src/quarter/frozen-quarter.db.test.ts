import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { toQuarter } from '@zhidu/domain'
import { createTestService, EXAMPLE_AS_OF, importExample, type TestService } from '../testing/example-quarter.ts'
import { checkQuarter } from './check-quarter.ts'
import { freezeQuarter } from './freeze-quarter.ts'

const Q3 = toQuarter('2026Q3')
let service: TestService
beforeAll(async () => {
  service = await createTestService()
  await importExample(service.ctx)
})
afterAll(() => service?.database.close())

it('x', async () => {
  const t = performance.now()
  const report = await freezeQuarter(service.ctx, { quarter: Q3, asOf: EXAMPLE_AS_OF, supplement: null, programVersion: '1' })
  console.log(performance.now() - t, report)
  const again = await checkQuarter(service.ctx, { quarter: Q3, recomputes: true })
  console.log(performance.now() - t, again.problems)
  expect(again.equal).toBe(true)
})
