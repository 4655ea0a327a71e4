// Seam: the tRPC client's last link answers; everything above it is the application's own.
import type { RulesWork as Work } from '@zhidu/contract'
import { toQuarter } from '@zhidu/domain'
import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { expectAccessible, mountApp } from '../../testing/mount-app.ts'
import RulesWork from './RulesWork.vue'

const QUARTER = toQuarter('2026Q4')

beforeEach(() => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }))
afterEach(() => vi.useRealTimers())

async function pass(): Promise<void> {
  vi.advanceTimersByTime(1_000)
  await flushPromises()
}

it('says how far it is and which figures are still by the old rules, until nothing is left', async () => {
  const told: Work[] = [
    { waiting: [QUARTER], running: null },
    { waiting: [QUARTER], running: { quarter: QUARTER, done: 1_200, total: 3_000 } },
    { waiting: [], running: null },
  ]
  const { calls, wrapper } = await mountApp(RulesWork, {
    answers: { rules: { work: () => told.shift() ?? { waiting: [], running: null } } },
  })
  await flushPromises()
  expect(wrapper.text()).toContain('2026年第四季度等待重算')
  expect(wrapper.text()).toContain('2026年第四季度的应报清单和合计仍按旧规则')
  await pass()
  expect(wrapper.text()).toContain('正在重算2026年第四季度：1,200／3,000 个单位')
  expect(wrapper.get('progress').attributes()).toMatchObject({ value: '1200', max: '3000' })
  await pass()
  expect(wrapper.text()).toBe('重算完成，应报清单和合计已按新规则。')
  await pass()
  expect(calls.filter(({ path }) => path === 'rules.work')).toHaveLength(3)
  vi.useRealTimers()
  await expectAccessible(wrapper.element.parentElement ?? wrapper.element)
})

it('draws nothing where every quarter is in line', async () => {
  const { wrapper } = await mountApp(RulesWork, { answers: { rules: { work: { waiting: [], running: null } } } })
  await flushPromises()
  expect(wrapper.text()).toBe('')
})
