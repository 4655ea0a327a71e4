// Seam: the tRPC client's last link answers; everything above it is the application's own.
import type { SessionState } from '@zhidu/contract'
import { createPinia, setActivePinia } from 'pinia'
import { describe, expect, it } from 'vitest'
import { createMemoryHistory } from 'vue-router'
import { answerLink, Refusal } from '../testing/answer-link.ts'
import { makeAccount, makeNobody, makeSession } from '../testing/make-session.ts'
import { type Api, createApi } from './api/client.ts'
import { createAppRouter } from './router.ts'
import { createSessionKeeper } from './session/session-keeper.ts'
import { toReturnPath } from './session/session-rules.ts'

const MOMENT = '2026-08-15T00:00:00+08:00'

function openRouter(session: SessionState | (() => SessionState) = makeSession()) {
  setActivePinia(createPinia())
  const keeper = createSessionKeeper((): Api => api)
  const links = [answerLink({ session: { get: session } })]
  const api = createApi({ locale: () => 'zh-CN', links, watch: keeper })
  return createAppRouter(createMemoryHistory(), keeper)
}

async function goTo(path: string, session?: SessionState | (() => SessionState)): Promise<string> {
  const router = openRouter(session)
  await router.push(path)
  return router.currentRoute.value.fullPath
}

it('the moment asked about goes along to the evidence until it is taken back, and not to where nothing is as of a moment', async () => {
  const router = openRouter()
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
  // The code of four pages is loaded.
}, 20_000)

describe('the way in', () => {
  it('leads nobody anywhere but to the sign-in page, and keeps where they wanted to go', async () => {
    expect(await goTo('/league?quarter=2026Q3', makeNobody())).toBe('/sign-in?returnTo=/league?quarter=2026Q3')
    expect(await goTo('/', makeNobody())).toBe('/sign-in')
  })

  it('leads whoever is signed in on from there, to a page of this site only', async () => {
    expect(await goTo('/sign-in?returnTo=/events/E17')).toBe('/events/E17')
    expect(await goTo('/sign-in?returnTo=//evil.example')).toBe('/')
  })

  it('leads nowhere before a password that must be changed is', async () => {
    expect(await goTo('/league', makeSession({ mustChangePassword: true }))).toBe('/my-account/password')
  })

  it('begins with an administrator’s own page', async () => {
    const pages = await Promise.all(
      (['system_admin', 'security_admin', 'audit_admin', 'unit_officer'] as const).map((role) =>
        goTo('/', makeSession({ account: makeAccount([role]) })),
      ),
    )
    expect(pages).toEqual(['/admin/users', '/admin/access', '/admin/audit', '/'])
  })

  it('lets the page say it when the server cannot be asked', async () => {
    const away = () => {
      throw new Refusal('network')
    }
    expect(await goTo('/imports', away)).toBe('/imports')
  })
})

it('takes no address of another site to return to', () => {
  const refused = ['//evil', '/\\evil', 'https://evil', '/a\\b', '/\t/evil', '/sign-in?returnTo=/', '/', '', null]
  expect(refused.map((text) => toReturnPath(text)).filter((path) => path !== null)).toEqual([])
  expect(toReturnPath('/units/D13?quarter=2026Q3#events')).toBe('/units/D13?quarter=2026Q3#events')
})
