import { createRouter, type RouteLocationNormalized, type RouteRecordRaw, type RouterHistory } from 'vue-router'
import { dutyRoutes } from './duty-routes.ts'
import UnknownPage from './pages/UnknownPage.vue'
import type { SessionKeeper } from './session/session-keeper.ts'
import { hasAny, homePath, type Needs, toReturnPath } from './session/session-rules.ts'
import { useTabs } from './shell/use-tabs.ts'
import { useMissedPage } from './use-missed-page.ts'

declare module 'vue-router' {
  interface RouteMeta {
    /** Permissions of which one is enough; none given = everybody who is signed in. */
    readonly needs?: Needs
    /** Drawn without menu and tabs. */
    readonly isBare?: boolean
    /** Asks for no session: who has nothing but a secret link. */
    readonly isPublic?: boolean
  }
}

/** px under the bar of tabs. */
const SECTION_OFFSET = 60

const FACTS = { needs: ['facts.read'] } as const satisfies { needs: Needs }

/** `name` is a key under `shell.page`. */
export const routes: RouteRecordRaw[] = [
  { path: '/', name: 'overview', meta: FACTS, component: () => import('../features/overview/OverviewPage.vue') },
  { path: '/league', name: 'league', meta: FACTS, component: () => import('../features/league/LeaguePage.vue') },
  {
    path: '/units',
    name: 'units',
    meta: { needs: ['units.read'] },
    component: () => import('../features/units/UnitsPage.vue'),
  },
  {
    path: '/units/:unitCode',
    name: 'unit',
    meta: FACTS,
    component: () => import('../features/units/UnitPage.vue'),
    props: true,
  },
  {
    path: '/units/:unitCode/move',
    name: 'move',
    meta: FACTS,
    component: () => import('../features/units/MovePage.vue'),
    props: true,
  },
  { path: '/funnel', name: 'funnel', meta: FACTS, component: () => import('../features/indicators/FunnelPage.vue') },
  { path: '/compare', name: 'compare', meta: FACTS, component: () => import('../features/indicators/ComparePage.vue') },
  { path: '/trends', name: 'trends', meta: FACTS, component: () => import('../features/indicators/TrendsPage.vue') },
  {
    path: '/sensitivity',
    name: 'sensitivity',
    meta: FACTS,
    component: () => import('../features/indicators/SensitivityPage.vue'),
  },
  { path: '/how-to-read', name: 'howToRead', component: () => import('../features/indicators/HowToReadPage.vue') },
  { path: '/events', name: 'events', meta: FACTS, component: () => import('../features/events/EventsPage.vue') },
  {
    path: '/events/:eventCode',
    name: 'event',
    meta: FACTS,
    component: () => import('../features/events/EventPage.vue'),
    props: true,
  },
  {
    path: '/obligations',
    name: 'obligations',
    meta: FACTS,
    component: () => import('../features/obligations/ObligationsPage.vue'),
  },
  { path: '/checks', name: 'checks', meta: FACTS, component: () => import('../features/checks/ChecksPage.vue') },
  {
    path: '/checks/:checkCode',
    name: 'check',
    meta: FACTS,
    component: () => import('../features/checks/CheckPage.vue'),
    props: true,
  },
  {
    path: '/inspections',
    name: 'inspections',
    meta: FACTS,
    component: () => import('../features/inspections/InspectionsPage.vue'),
  },
  {
    path: '/inspections/:inspectionId',
    name: 'inspection',
    meta: FACTS,
    component: () => import('../features/inspections/EvidencePage.vue'),
    props: true,
  },
  {
    path: '/assessment',
    name: 'assessment',
    meta: FACTS,
    component: () => import('../features/assessment/AssessmentPage.vue'),
  },
  {
    path: '/appeals',
    name: 'appeals',
    meta: FACTS,
    component: () => import('../features/assessment/AppealsPage.vue'),
  },
  {
    path: '/appeals/:appealId',
    name: 'appeal',
    meta: FACTS,
    component: () => import('../features/assessment/AppealPage.vue'),
    props: true,
  },
  {
    path: '/commendations',
    name: 'commendations',
    meta: { needs: ['bulletins.read'] },
    component: () => import('../features/commendations/CommendationPage.vue'),
  },
  {
    path: '/misreports',
    name: 'misreports',
    meta: FACTS,
    component: () => import('../features/misreports/MisreportsPage.vue'),
  },
  {
    path: '/misreports/new',
    name: 'openMisreport',
    meta: { needs: ['cases.handle'] },
    component: () => import('../features/misreports/OpenMisreportPage.vue'),
  },
  {
    path: '/misreports/:caseId',
    name: 'misreport',
    meta: FACTS,
    component: () => import('../features/misreports/MisreportPage.vue'),
    props: true,
  },
  {
    path: '/cases',
    name: 'cases',
    meta: FACTS,
    component: () => import('../features/cases/CasesPage.vue'),
  },
  {
    path: '/cases/:caseId',
    name: 'case',
    meta: FACTS,
    component: () => import('../features/cases/CasePage.vue'),
    props: true,
  },
  {
    path: '/cases/:caseId/notice',
    name: 'caseNotice',
    meta: FACTS,
    component: () => import('../features/cases/NoticePage.vue'),
    props: true,
  },
  {
    path: '/checklists',
    name: 'checklists',
    meta: { needs: ['inspections.record', 'inspections.decide'] },
    component: () => import('../features/inspections/ChecklistsPage.vue'),
  },
  {
    path: '/room-code',
    name: 'roomCode',
    meta: FACTS,
    component: () => import('../features/inspections/RoomCodePage.vue'),
  },
  {
    path: '/inspection-quality',
    name: 'inspectionQuality',
    meta: { needs: ['draws.read'] },
    component: () => import('../features/inspection-quality/InspectionQualityPage.vue'),
  },
  {
    path: '/draws',
    name: 'draws',
    meta: FACTS,
    component: () => import('../features/draws/DrawsPage.vue'),
  },
  {
    path: '/draws/:drawId',
    name: 'draw',
    meta: { needs: ['draws.read'] },
    component: () => import('../features/draws/DrawPage.vue'),
    props: true,
  },
  {
    path: '/told-draws/:drawId',
    name: 'toldDraw',
    meta: FACTS,
    component: () => import('../features/draws/ToldDrawPage.vue'),
    props: true,
  },
  {
    path: '/quarters',
    name: 'quarters',
    meta: FACTS,
    component: () => import('../features/quarters/QuartersPage.vue'),
  },
  {
    path: '/bulletins',
    name: 'bulletins',
    meta: { needs: ['bulletins.read'] },
    component: () => import('../features/bulletins/BulletinsPage.vue'),
  },
  {
    path: '/bulletins/:bulletinId',
    name: 'bulletin',
    meta: { needs: ['bulletins.read'] },
    component: () => import('../features/bulletins/BulletinPage.vue'),
    props: true,
  },
  {
    path: '/meetings',
    name: 'meetings',
    meta: FACTS,
    component: () => import('../features/meetings/MeetingsPage.vue'),
  },
  {
    path: '/meetings/:meetingId',
    name: 'meeting',
    meta: { needs: ['meetings.read'] },
    component: () => import('../features/meetings/MeetingPage.vue'),
    props: true,
  },
  {
    path: '/meetings/:meetingId/show',
    name: 'meetingShow',
    meta: { needs: ['meetings.read'], isBare: true },
    component: () => import('../features/meetings/ShowPage.vue'),
    props: true,
  },
  {
    path: '/meetings/:meetingId/units/:unitCode',
    name: 'meetingSheet',
    meta: FACTS,
    component: () => import('../features/meetings/SheetPage.vue'),
    props: true,
  },
  {
    path: '/imports',
    name: 'imports',
    meta: { needs: ['facts.import', 'units.write'] },
    component: () => import('../features/imports/ImportsPage.vue'),
  },
  {
    path: '/admin/units',
    name: 'unitTree',
    meta: { needs: ['units.read'] },
    component: () => import('../features/unit-tree/UnitTreePage.vue'),
  },
  {
    path: '/admin/calendar',
    name: 'calendar',
    meta: FACTS,
    component: () => import('../features/calendar/CalendarPage.vue'),
  },
  {
    path: '/admin/regulations',
    name: 'regulations',
    meta: FACTS,
    component: () => import('../features/regulations/RegulationsPage.vue'),
  },
  {
    path: '/admin/regulations/:id/:version',
    name: 'regulation',
    meta: FACTS,
    component: () => import('../features/regulations/RegulationPage.vue'),
    props: true,
  },
  {
    path: '/admin/users',
    name: 'users',
    meta: { needs: ['accounts.manage'] },
    component: () => import('../features/accounts/AccountsPage.vue'),
  },
  {
    path: '/admin/access',
    name: 'access',
    meta: { needs: ['roles.manage'] },
    component: () => import('../features/access/AccessPage.vue'),
  },
  {
    path: '/admin/tokens',
    name: 'tokens',
    meta: { needs: ['tokens.manage'] },
    component: () => import('../features/tokens/TokensPage.vue'),
  },
  {
    path: '/admin/audit',
    name: 'audit',
    meta: { needs: ['audit.read'] },
    component: () => import('../features/audit/AuditPage.vue'),
  },
  { path: '/my-account', name: 'myAccount', component: () => import('../features/my-account/MyAccountPage.vue') },
  {
    path: '/my-account/password',
    name: 'myPassword',
    component: () => import('../features/my-account/PasswordPage.vue'),
  },
  {
    path: '/sign-in',
    name: 'signIn',
    meta: { isBare: true },
    component: () => import('../features/sign-in/SignInPage.vue'),
  },
  ...dutyRoutes,
  { path: '/:rest(.*)*', name: 'unknown', component: UnknownPage },
]

const SECTION_WAIT_MS = 5_000
/** Pages that can be asked as of a moment. */
const PAGES_AS_OF = /^\/(?:$|league|units\/|events|obligations|funnel|compare|trends|sensitivity)/

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

/**
 * Where a reader has to go instead; null = on. Pages that a role may not see are no detour: they keep their address, and
 * the application says why in their place.
 */
async function detourOf(to: RouteLocationNormalized, session: SessionKeeper) {
  // The server that cannot be asked now is said on the page.
  const state = await session.load().catch(() => null)
  if (state === null || to.meta.isPublic === true) return null
  const { account } = state
  if (account === null) {
    if (to.name === 'signIn') return null
    return { path: '/sign-in', query: to.fullPath === '/' ? {} : { returnTo: to.fullPath } }
  }
  if (state.mustChangePassword) return to.name === 'myPassword' ? null : { path: '/my-account/password' }
  if (to.name === 'signIn') return toReturnPath(to.query['returnTo']) ?? homePath(account)
  return to.path === '/' && homePath(account) !== '/' ? homePath(account) : null
}

export function createAppRouter(history: RouterHistory, session: SessionKeeper) {
  const router = createRouter({
    history,
    routes,
    scrollBehavior(to, from, saved) {
      if (saved !== null) return saved
      if (to.hash !== '' && to.meta.isPublic !== true) return scrollToSection(to.hash)
      // A changed filter keeps the place on the page.
      return to.path === from.path ? false : { top: 0 }
    },
  })
  router.beforeEach(async (to) => {
    // A page that waits for its reader stays where it is.
    if (session.ended.value !== null) return false
    return (await detourOf(to, session)) ?? true
  })
  // The moment asked about stays with the reader from a figure to its evidence, until it is taken back.
  router.beforeEach((to, from) => {
    const { asOf } = from.query
    if (asOf === undefined || to.path === from.path || 'asOf' in to.query || !PAGES_AS_OF.test(to.path)) return true
    return { path: to.path, query: { ...to.query, asOf }, hash: to.hash }
  })
  useMissedPage().watchRouter(router)
  router.afterEach((to) => {
    const account = session.state.value?.account ?? null
    if (account === null) return
    const tabs = useTabs()
    const home = homePath(account)
    tabs.setHome(home, String(routes.find((route) => route.path === home)?.name))
    if (to.name === 'unknown' || to.meta.isBare === true || !hasAny(account, to.meta.needs ?? [])) return
    tabs.visit({ path: to.path, fullPath: to.fullPath, title: null, name: String(to.name) })
  })
  return router
}
