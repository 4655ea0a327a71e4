import { FILING_STATES } from '@zhidu/domain'
import type { User } from './accounts.ts'
import { FILED_HOLIDAY, periodIdOf, reminderIdOf, sourceHashOf } from './filings.ts'
import { type IdField, kinOf, NO_UUID, outsideOf, type Registered, unitField } from './question-parts.ts'

const FORMS = ['whereabouts', 'roster'] as const
const PERIOD = {
  kind: 'other',
  level: null,
  title: '特护期',
  from: '2026-11-01',
  to: null,
  asksDoubleLeaders: false,
  asksDailyReport: true,
  note: '',
  basis: '通知',
}
export const WHEREABOUTS = {
  form: 'whereabouts',
  filledBy: '填表员',
  phone: '0199-0123456',
  rows: [{ name: '甲', post: '局长', stay: 'local', from: '2026-10-01T00:00', to: '2026-10-07T23:59', place: '本市' }],
}
const FILED = { holiday: FILED_HOLIDAY, content: WHEREABOUTS, sourceSha256: null }
const periodField: IdField = {
  field: 'periodId',
  foreign: (user) => outsideOf(user).map(periodIdOf),
  nothing: NO_UUID,
}
/** Named in a list; alone it is told from one that does not exist by nobody. */
export const PERIOD_CHANGE = { ...PERIOD, versions: 0, isWithdrawn: false }

/** Every procedure of holiday filings and special periods. */
export const FILING_PROCEDURES: Readonly<Record<string, Registered>> = {
  'filing.mine': { type: 'query', inputs: () => [{}] },
  'filing.waiting': { type: 'query', inputs: () => [{}] },
  'filing.holidays': { type: 'query', inputs: () => [{}] },
  'filing.settings': { type: 'query', inputs: () => [{}] },
  'filing.get': {
    type: 'query',
    inputs: (user) => [
      { holiday: FILED_HOLIDAY, form: 'roster' },
      ...kinOf(user).flatMap((unitCode) => FORMS.map((form) => ({ holiday: FILED_HOLIDAY, form, unitCode }))),
    ],
    ids: [unitField],
  },
  'filing.list': {
    type: 'query',
    inputs: () => [{ holiday: FILED_HOLIDAY }, ...FILING_STATES.map((state) => ({ holiday: FILED_HOLIDAY, state }))],
  },
  'filing.days': { type: 'query', inputs: () => [{}, { until: '2026-10-12' }] },
  'filing.saveDraft': { type: 'mutation', inputs: () => [], sample: FILED },
  'filing.submit': {
    type: 'mutation',
    inputs: () => [],
    sample: { ...FILED, acceptsWarnings: false, versions: 99, reason: null },
  },
  'filing.see': {
    type: 'mutation',
    inputs: (user) => outsideOf(user).map((code) => ({ reminderIds: [reminderIdOf(code)] })),
    sample: { reminderIds: [NO_UUID] },
  },
  'filing.reportDay': {
    type: 'mutation',
    inputs: () => [],
    sample: { day: '2026-10-20', kind: 'zero', note: null, eventCode: null, versions: 99 },
    // Kept as the unit typed it, and looked up nowhere.
    ofInstallation: ['eventCode'],
  },
  'filing.remind': {
    type: 'mutation',
    inputs: () => [{ holiday: FILED_HOLIDAY, unitCode: 'Z-NOTHING-99' }],
    ids: [unitField],
  },
  'filing.setDuty': {
    type: 'mutation',
    inputs: () => [],
    sample: { versions: 99, reminderDays: [5], dailyUntil: '15:00', fromOn: '2026-10-21' },
  },
  'calendar.periods': { type: 'query', inputs: () => [{}] },
  'calendar.previewPeriods': { type: 'query', inputs: () => [], sample: { periods: [PERIOD] } },
  'calendar.recordPeriod': {
    type: 'mutation',
    inputs: () => [{ ...PERIOD_CHANGE, versions: 99, periodId: NO_UUID }],
    ids: [periodField],
  },
  'calendar.recordPeriods': {
    type: 'mutation',
    inputs: () => [],
    sample: { periods: [{ ...PERIOD, basis: '  通知' }] },
  },
}

const at = `/files/filings/${encodeURIComponent(FILED_HOLIDAY)}`

/** Every download of filings and calendars. */
export const FILING_DOWNLOADS: Readonly<Record<string, (user: User) => readonly string[]>> = {
  '/files/filings/:holiday/:form/form.docx': (user) =>
    kinOf(user).map((unitCode) => `${at}/roster/form.docx?unit=${encodeURIComponent(unitCode)}`),
  '/files/filings/:holiday/:form/sources/:sha256': (user) =>
    kinOf(user).map((unitCode) => `${at}/roster/sources/${sourceHashOf(unitCode)}`),
  '/files/filings/:holiday/list.xlsx': () => [`${at}/list.xlsx`],
  '/files/calendar/years/:file': () => ['csv', 'json', 'xlsx'].map((format) => `/files/calendar/years/2026.${format}`),
  '/files/calendar/periods.csv': () => ['/files/calendar/periods.csv'],
  '/files/calendar/periods.xlsx': () => ['/files/calendar/periods.xlsx'],
}

export const FILING_DOWNLOADS_OF: readonly (readonly [path: string, toUrl: (id: string) => string, id: IdField])[] = [
  [
    '/files/filings/:holiday/:form/form.docx',
    (id) => `${at}/whereabouts/form.docx?unit=${encodeURIComponent(id)}`,
    unitField,
  ],
]
