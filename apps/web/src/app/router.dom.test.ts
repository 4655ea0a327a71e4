import { createPinia, setActivePinia } from 'pinia'
import { expect, it } from 'vitest'
import { createMemoryHistory } from 'vue-router'
import { createAppRouter } from './router.ts'

const MOMENT = '2026-08-15T00:00:00+08:00'

it('the moment asked about goes along to the evidence until it is taken back, and not to where nothing is as of a moment', async () => {
  setActivePinia(createPinia())
  const router = createAppRouter(createMemoryHistory())
  await router.push({ path: '/league', query: { quarter: '2026Q3', asOf: MOMENT } })
  await router.push('/units/D13?quarter=2026Q3#events')
  expect(router.currentRoute.value).toMatchObject({ query: { quarter: '2026Q3', asOf: MOMENT }, hash: '#events' })
  await router.push('/events/E17')
  expect(router.currentRoute.value.query).toEqual({ asOf: MOMENT })
  await router.replace({ path: '/events/E17', query: {} })
  expect(router.currentRoute.value.query).toEqual({})
  await router.push({ path: '/', query: { asOf: MOMENT } })
  await router.push('/imports')
  expect(router.currentRoute.value.query).toEqual({})
})
