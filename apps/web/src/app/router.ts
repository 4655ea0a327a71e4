import { createRouter, type RouteRecordRaw, type RouterHistory } from 'vue-router'
import UnknownPage from './pages/UnknownPage.vue'
import { useTabs } from './shell/use-tabs.ts'
import { useMissedPage } from './use-missed-page.ts'

/** px under the bar of tabs. */
const SECTION_OFFSET = 60

/** `name` is a key under `shell.page`. */
export const routes: RouteRecordRaw[] = [
  { path: '/', name: 'overview', component: () => import('../features/overview/OverviewPage.vue') },
  { path: '/league', name: 'league', component: () => import('../features/league/LeaguePage.vue') },
  { path: '/units', name: 'units', component: () => import('../features/units/UnitsPage.vue') },
  { path: '/units/:unitCode', name: 'unit', component: () => import('../features/units/UnitPage.vue'), props: true },
  { path: '/events', name: 'events', component: () => import('../features/events/EventsPage.vue') },
  {
    path: '/events/:eventCode',
    name: 'event',
    component: () => import('../features/events/EventPage.vue'),
    props: true,
  },
  { path: '/checks', name: 'checks', component: () => import('../features/checks/ChecksPage.vue') },
  {
    path: '/checks/:checkCode',
    name: 'check',
    component: () => import('../features/checks/CheckPage.vue'),
    props: true,
  },
  { path: '/imports', name: 'imports', component: () => import('../features/imports/ImportsPage.vue') },
  { path: '/:rest(.*)*', name: 'unknown', component: UnknownPage },
]

const SECTION_WAIT_MS = 5_000
/** Pages that can be asked as of a moment. */
const PAGES_AS_OF = /^\/(?:$|league|units\/|events)/

/** A section appears with its page's data; wait for it a little, then leave the page where it is. */
async function scrollToSection(hash: string) {
  const id = decodeURIComponent(hash.slice(1))
  const givenUpAt = Date.now() + SECTION_WAIT_MS
  while (document.getElementById(id) === null) {
    if (Date.now() > givenUpAt) return false
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  return { el: `#${CSS.escape(id)}`, top: SECTION_OFFSET }
}

export function createAppRouter(history: RouterHistory) {
  const router = createRouter({
    history,
    routes,
    scrollBehavior(to, from, saved) {
      if (saved !== null) return saved
      if (to.hash !== '') return scrollToSection(to.hash)
      // A changed filter keeps the place on the page.
      return to.path === from.path ? false : { top: 0 }
    },
  })
  // The moment asked about stays with the reader from a figure to its evidence, until it is taken back.
  router.beforeEach((to, from) => {
    const { asOf } = from.query
    if (asOf === undefined || to.path === from.path || 'asOf' in to.query || !PAGES_AS_OF.test(to.path)) return true
    return { path: to.path, query: { ...to.query, asOf }, hash: to.hash }
  })
  useMissedPage().watchRouter(router)
  router.afterEach((to) => {
    if (to.name === 'unknown') return
    useTabs().visit({ path: to.path, fullPath: to.fullPath, title: null, name: String(to.name) })
  })
  return router
}
