import { createRouter, type RouteRecordRaw, type RouterHistory } from 'vue-router'
import LeaguePage from '../features/league/LeaguePage.vue'
import UnknownPage from './pages/UnknownPage.vue'
import { useTabs } from './shell/use-tabs.ts'

const pages = import.meta.glob('../features/*/*Page.vue')

function page(path: string) {
  return pages[`../features/${path}.vue`] ?? UnknownPage
}

/** `name` is a key under `shell.page`. */
export const routes: RouteRecordRaw[] = [
  { path: '/', name: 'overview', component: page('overview/OverviewPage') },
  { path: '/league', name: 'league', component: LeaguePage },
  { path: '/units', name: 'units', component: page('units/UnitsPage') },
  { path: '/units/:unitCode', name: 'unit', component: page('units/UnitPage'), props: true },
  { path: '/events', name: 'events', component: page('events/EventsPage') },
  { path: '/events/:eventCode', name: 'event', component: page('events/EventPage'), props: true },
  { path: '/checks', name: 'checks', component: page('checks/ChecksPage') },
  { path: '/checks/:checkCode', name: 'check', component: page('checks/CheckPage'), props: true },
  { path: '/imports', name: 'imports', component: page('imports/ImportsPage') },
  { path: '/:rest(.*)*', name: 'unknown', component: UnknownPage },
]

export function createAppRouter(history: RouterHistory) {
  const router = createRouter({
    history,
    routes,
    scrollBehavior(to, from, saved) {
      if (saved !== null) return saved
      if (to.hash !== '') return { el: to.hash, behavior: 'auto' }
      // A changed filter keeps the place on the page.
      return to.path === from.path ? false : { top: 0 }
    },
  })
  router.afterEach((to) => {
    if (to.name === 'unknown') return
    useTabs().visit({ path: to.path, fullPath: to.fullPath, title: null, name: String(to.name) })
  })
  return router
}
