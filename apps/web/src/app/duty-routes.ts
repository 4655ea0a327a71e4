import type { RouteRecordRaw } from 'vue-router'
import type { Needs } from './session/session-rules.ts'

const FACTS = { needs: ['facts.read'] } as const satisfies { needs: Needs }
const FILING = { needs: ['reports.file'] } as const satisfies { needs: Needs }
const LEADS = { needs: ['leads.read'] } as const satisfies { needs: Needs }

/** Pages of what units themselves keep and send, and of what is seen from outside. `name` is a key under `shell.page`. */
export const dutyRoutes: RouteRecordRaw[] = [
  {
    path: '/report',
    name: 'report',
    meta: FILING,
    component: () => import('../features/reporting/DeskPage.vue'),
  },
  {
    path: '/report/new',
    name: 'reportNew',
    meta: FILING,
    component: () => import('../features/reporting/FilePage.vue'),
  },
  {
    path: '/report/calls/new',
    name: 'takeCall',
    meta: { needs: ['reports.take'] },
    component: () => import('../features/reporting/TakeCallPage.vue'),
  },
  {
    path: '/report/receipts/:receiptCode',
    name: 'receipt',
    meta: FACTS,
    component: () => import('../features/reporting/ReceiptPage.vue'),
    props: true,
  },
  {
    path: '/report/:eventCode',
    name: 'reportNext',
    meta: FILING,
    component: () => import('../features/reporting/FilePage.vue'),
    props: true,
  },
  { path: '/logs', name: 'logs', meta: FACTS, component: () => import('../features/duty-log/LogsPage.vue') },
  {
    path: '/logs/:entryId',
    name: 'log',
    meta: FACTS,
    component: () => import('../features/duty-log/LogEntryPage.vue'),
    props: true,
  },
  {
    path: '/log-days/:unitCode/:day',
    name: 'logDay',
    meta: FACTS,
    component: () => import('../features/duty-log/LogDayPage.vue'),
    props: true,
  },
  {
    path: '/log-units',
    name: 'logUnits',
    meta: { needs: ['duty.oversee'] },
    component: () => import('../features/duty-log/LogUnitsPage.vue'),
  },
  {
    path: '/handovers',
    name: 'handovers',
    meta: FACTS,
    component: () => import('../features/duty-log/HandoversPage.vue'),
  },
  {
    path: '/handovers/:handoverId',
    name: 'handover',
    meta: FACTS,
    component: () => import('../features/duty-log/HandoverPage.vue'),
    props: true,
  },
  { path: '/leads', name: 'leads', meta: LEADS, component: () => import('../features/leads/LeadsPage.vue') },
  {
    path: '/leads/new',
    name: 'newLead',
    meta: { needs: ['leads.handle'] },
    component: () => import('../features/leads/NewLeadPage.vue'),
  },
  {
    path: '/leads/quiet',
    name: 'quietUnits',
    meta: LEADS,
    component: () => import('../features/leads/QuietPage.vue'),
  },
  {
    path: '/leads/places',
    name: 'leadPlaces',
    meta: LEADS,
    component: () => import('../features/leads/PlacesPage.vue'),
  },
  {
    path: '/leads/:leadCode',
    name: 'lead',
    meta: LEADS,
    component: () => import('../features/leads/LeadPage.vue'),
    props: true,
  },
  {
    path: '/inquiries',
    name: 'inquiries',
    meta: FACTS,
    component: () => import('../features/leads/InquiriesPage.vue'),
  },
  {
    path: '/informants',
    name: 'informants',
    meta: LEADS,
    component: () => import('../features/informants/InformantsPage.vue'),
  },
  {
    path: '/i',
    name: 'informantForm',
    meta: { isBare: true, isPublic: true },
    component: () => import('../features/informants/InformantFormPage.vue'),
  },
  {
    path: '/rosters',
    name: 'rosters',
    meta: FACTS,
    component: () => import('../features/rosters/RostersPage.vue'),
  },
  {
    path: '/rosters/:unitCode',
    name: 'roster',
    meta: FACTS,
    component: () => import('../features/rosters/RosterPage.vue'),
    props: true,
  },
  {
    path: '/duty-rooms',
    name: 'dutyRooms',
    meta: FACTS,
    component: () => import('../features/duty-rooms/DutyRoomsPage.vue'),
  },
  {
    path: '/duty-rooms/:unitCode',
    name: 'dutyRoom',
    meta: FACTS,
    component: () => import('../features/duty-rooms/DutyRoomPage.vue'),
    props: true,
  },
  {
    path: '/filings',
    name: 'filings',
    meta: FACTS,
    component: () => import('../features/filings/FilingsPage.vue'),
  },
  {
    path: '/filings/:holiday/:form(whereabouts|roster)',
    name: 'filing',
    meta: FACTS,
    component: () => import('../features/filings/FilingFormPage.vue'),
    props: true,
  },
]
