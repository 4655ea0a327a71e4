import { KINDS } from '@zhidu/contract'
import { type User, userOf } from './accounts.ts'
import { CASE_PROCEDURES, caseField, caseFilesOf } from './case-questions.ts'
import { SHARED_EVENTS } from './facts.ts'
import { type Ask, askFile, askProcedure } from './harness.ts'
import { APPEAL_PROCEDURES } from './appeal-questions.ts'
import { FILING_DOWNLOADS, FILING_DOWNLOADS_OF, FILING_PROCEDURES } from './filing-questions.ts'
import { MEETING_PROCEDURES, meetingField, minutesFilesOf, sheetFilesOf } from './meeting-questions.ts'
import { COMMENDATION_PROCEDURES } from './commendation-questions.ts'
import { LEAD_PROCEDURES } from './lead-questions.ts'
import { MISREPORT_PROCEDURES } from './misreport-questions.ts'
import { REPORT_PROCEDURES } from './report-questions.ts'
import { annexFilesOf, bulletinField, bulletinProcedures, wordFilesOf } from './bulletin-questions.ts'
import { DUTY_PROCEDURES, hoursFilesOf, roomFilesOf } from './duty-questions.ts'
import { DRAW_PROCEDURES, drawField, drawFilesOf } from './draw-questions.ts'
import { DUTY_LOG_PROCEDURES, handoverField, handoverFilesOf, logFilesOf } from './duty-log-questions.ts'
import { evidenceOf, INSPECTION_PROCEDURES, inspectionField } from './inspection-questions.ts'
import { LEAGUE_PROCEDURES } from './league-questions.ts'
import {
  FROZEN_QUARTER,
  type IdField,
  kinOf,
  NO_UUID,
  NOBODY,
  outsideOf,
  perQuarter,
  type Registered,
  unitField,
} from './question-parts.ts'
import { RULES_PROCEDURES } from './rules-questions.ts'
import { CLOSED, MOVED } from './tree.ts'

const checkField: IdField = {
  field: 'checkCode',
  foreign: (user) => outsideOf(user).map((code) => `K-${code}-1`),
  nothing: NOBODY,
}
const eventField: IdField = {
  field: 'eventCode',
  foreign: (user) => outsideOf(user).map((code) => `E-${code}-11`),
  nothing: NOBODY,
}

const jobField: IdField = { field: 'importId', foreign: (_, jobs) => jobs, nothing: NO_UUID }

function cursorAt(...place: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url')
}

/** A place that only somebody else's list has. */
const FOREIGN_EVENT_PLACE = cursorAt(Date.parse('2026-07-12T00:00:00+08:00'), 'E-A312-11', 'A312')
const FOREIGN_CHECK_PLACE = cursorAt(Date.parse('2026-07-12T00:00:00+08:00'), 'K-A312-1')

const FOREIGN_OBLIGATION_PLACE = cursorAt(
  Date.parse('2026-07-12T00:00:00+08:00'),
  'due',
  '0',
  'A312',
  'written',
  'E-A312-11',
)

/** The form every unit owes. */
function owedBy(unitCode: string): {
  readonly quarter: string
  readonly unitCode: string
  readonly kind: string
  readonly ref: string
} {
  return { quarter: '2026Q3', unitCode, kind: 'filing', ref: '2026-国庆节/roster' }
}

const ofNobody = (): readonly object[] => [{ accountId: NO_UUID }]

/** A closed unit into one that is open. */
const MERGER = { kind: 'merge', fromCodes: [CLOSED.unitCode], toCodes: ['A21'], onDate: CLOSED.on } as const

const NOTICE = {
  year: 2027,
  blocks: [{ name: '元旦', firstDayOff: '2027-01-01', lastDayOff: '2027-01-03', makeupWorkdays: [] }],
} as const

/** Every procedure of the router, by its path. One that is missing here fails the tests. */
export const PROCEDURES: Readonly<Record<string, Registered>> = {
  'meta.get': { type: 'query', inputs: () => [{}] },
  ...LEAGUE_PROCEDURES,
  'overview.get': { type: 'query', inputs: () => [...perQuarter(), { quarter: '2026Q2', tree: 'now' }] },
  'unit.list': { type: 'query', inputs: () => [...perQuarter(), { quarter: '2026Q2', tree: 'now' }] },
  'unit.get': {
    type: 'query',
    inputs: (user) => [
      ...kinOf(user).map((unitCode) => ({ unitCode, quarter: '2026Q3' })),
      { unitCode: MOVED.unitCode, quarter: '2026Q2' },
      { unitCode: MOVED.unitCode, quarter: '2026Q2', tree: 'now' },
      ...kinOf(user).map((unitCode) => ({ unitCode, quarter: FROZEN_QUARTER })),
    ],
    ids: [unitField],
  },
  'unit.tree': { type: 'query', inputs: () => [{}, { onDate: '2026-06-30' }] },
  'unit.history': { type: 'query', inputs: (user) => kinOf(user).map((unitCode) => ({ unitCode })), ids: [unitField] },
  'unit.preview': {
    type: 'query',
    inputs: () => [MERGER],
    ofInstallation: ['unitCode', 'parentCode'],
  },
  'unit.record': {
    type: 'mutation',
    inputs: () => [],
    sample: { ...MERGER, reason: '机构改革' },
    ofInstallation: ['unitCode', 'parentCode'],
  },
  'unit.withdraw': {
    type: 'mutation',
    inputs: () => [],
    sample: { actId: NO_UUID, reason: '录错' },
    ofInstallation: ['actId'],
  },
  'calendar.get': { type: 'query', inputs: () => [{ year: 2026 }, { year: 2027 }] },
  'calendar.preview': { type: 'query', inputs: () => [NOTICE] },
  'calendar.record': { type: 'mutation', inputs: () => [], sample: { ...NOTICE, source: '国办发明电' } },
  'event.list': {
    type: 'query',
    inputs: (user) => [
      ...perQuarter(),
      { quarter: '2026Q3', cursor: FOREIGN_EVENT_PLACE },
      { quarter: '2026Q3', search: '-A', outcome: 'late' },
      ...kinOf(user).map((unitCode) => ({ quarter: '2026Q3', unitCode })),
    ],
    ids: [unitField],
  },
  'event.get': {
    type: 'query',
    inputs: (user) =>
      [...SHARED_EVENTS, ...kinOf(user).map((code) => `E-${code}-11`), 'E-A21-NEW'].map((eventCode) => ({ eventCode })),
    ids: [eventField],
  },
  'obligation.list': {
    type: 'query',
    inputs: (user) => [
      ...perQuarter(),
      { quarter: '2026Q3', sort: 'unit', outcome: 'late' },
      { quarter: '2026Q3', sort: 'outcome', kind: 'filing' },
      { quarter: '2026Q3', cursor: FOREIGN_OBLIGATION_PLACE },
      ...kinOf(user).map((unitCode) => ({ quarter: '2026Q3', unitCode })),
    ],
    ids: [unitField],
  },
  'obligation.get': {
    type: 'query',
    inputs: (user) => kinOf(user).map((unitCode) => ({ ...owedBy(unitCode) })),
    ids: [unitField],
  },
  'obligation.reopen': {
    type: 'mutation',
    inputs: () => [{ ...owedBy(NOBODY), until: '2026-10-21T09:00:00+08:00', reason: '通信线路中断' }],
    ids: [unitField],
  },
  'check.list': {
    type: 'query',
    inputs: (user) => [
      ...perQuarter(),
      { quarter: '2026Q3', cursor: FOREIGN_CHECK_PLACE },
      { quarter: '2026Q3', finding: 'absent' },
      { quarter: '2026Q3', search: 'NEW' },
      ...kinOf(user).map((unitCode) => ({ quarter: '2026Q3', unitCode })),
    ],
    ids: [unitField],
  },
  'check.get': {
    type: 'query',
    inputs: (user) =>
      [...kinOf(user).map((code) => `K-${code}-1`), `K-${MOVED.unitCode}-0`].map((checkCode) => ({ checkCode })),
    ids: [checkField],
  },
  ...DRAW_PROCEDURES,
  ...INSPECTION_PROCEDURES,
  ...APPEAL_PROCEDURES,
  ...LEAD_PROCEDURES,
  ...MISREPORT_PROCEDURES,
  ...REPORT_PROCEDURES,
  ...COMMENDATION_PROCEDURES,
  ...CASE_PROCEDURES,
  ...bulletinProcedures(FROZEN_QUARTER),
  ...MEETING_PROCEDURES,
  ...FILING_PROCEDURES,
  'search.find': {
    type: 'query',
    inputs: () => ['A', 'E-A', 'E-SHARED', 'K-A2', '单位', '改', 'NEW'].map((text) => ({ text })),
  },
  'import.history': { type: 'query', inputs: () => [{}] },
  'import.job': {
    type: 'query',
    inputs: () => [{ importId: NO_UUID }],
    ids: [jobField],
  },
  'import.commit': {
    type: 'mutation',
    inputs: () => [{ importId: NO_UUID, acceptValid: true }],
    ids: [jobField],
  },
  'import.cancel': {
    type: 'mutation',
    inputs: () => [{ importId: NO_UUID }],
    ids: [jobField],
  },
  'personal.reveal': {
    type: 'mutation',
    inputs: (user) => kinOf(user).map((code) => ({ kind: 'check', id: `K-${code}-1`, reason: '核对检查人员' })),
    ids: [{ ...checkField, field: 'id' }],
  },
  'quarter.list': { type: 'query', inputs: () => [{}] },
  'quarter.difference': {
    type: 'query',
    inputs: () => [1, 2, 3].map((version) => ({ quarter: FROZEN_QUARTER, version })),
  },
  'quarter.freeze': { type: 'mutation', inputs: () => [{ quarter: '2026Q4', confirm: '2026Q4' }] },
  'quarter.supplement': {
    type: 'mutation',
    inputs: () => [{ quarter: FROZEN_QUARTER, confirm: FROZEN_QUARTER, reason: '更正迟报时间' }],
  },
  'quarter.verify': { type: 'query', inputs: () => [{ quarter: FROZEN_QUARTER, version: 1 }] },
  'quarter.progress': { type: 'query', inputs: () => [{}] },
  'token.list': { type: 'query', inputs: () => [{}] },
  'token.create': { type: 'mutation', inputs: () => [{}], ofInstallation: ['unitCode'] },
  'token.revoke': { type: 'mutation', inputs: () => [{ tokenId: NO_UUID }], ofInstallation: ['tokenId'] },
  'session.get': { type: 'query', inputs: () => [{}] },
  'session.list': { type: 'query', inputs: () => [{}] },
  'session.signIn': { type: 'mutation', inputs: () => [{ loginName: 'nobody' }] },
  'session.changePassword': { type: 'mutation', inputs: () => [], sample: { current: 'x', next: 'y' } },
  'session.revoke': {
    type: 'mutation',
    inputs: () => [{ sessionId: NO_UUID }],
    ids: [{ field: 'sessionId', foreign: () => [userOf('clerk', 'A3').sessionId], nothing: NO_UUID }],
  },
  'session.beginTotp': { type: 'mutation', inputs: () => [] },
  'session.confirmTotp': { type: 'mutation', inputs: () => [], sample: { code: '000000' } },
  'session.removeTotp': { type: 'mutation', inputs: () => [], sample: { password: 'x' } },
  'session.signOut': { type: 'mutation', inputs: () => [] },
  'account.list': { type: 'query', inputs: () => [{}] },
  'account.create': { type: 'mutation', inputs: () => [{}], ofInstallation: ['unitCode'] },
  'account.update': { type: 'mutation', inputs: ofNobody, ofInstallation: ['accountId', 'unitCode'] },
  'account.bindSubject': { type: 'mutation', inputs: ofNobody, ofInstallation: ['accountId'] },
  'account.resetPassword': { type: 'mutation', inputs: ofNobody, ofInstallation: ['accountId'] },
  'access.accounts': { type: 'query', inputs: () => [{}] },
  'access.table': { type: 'query', inputs: () => [{}] },
  'access.grant': { type: 'mutation', inputs: ofNobody, ofInstallation: ['accountId'] },
  'access.revoke': { type: 'mutation', inputs: ofNobody, ofInstallation: ['accountId'] },
  'access.unlock': { type: 'mutation', inputs: ofNobody, ofInstallation: ['accountId'] },
  'access.endSessions': { type: 'mutation', inputs: ofNobody, ofInstallation: ['accountId'] },
  'access.viewAs': { type: 'mutation', inputs: ofNobody, ofInstallation: ['accountId'] },
  'access.endViewAs': { type: 'mutation', inputs: () => [{}] },
  ...DUTY_PROCEDURES,
  ...DUTY_LOG_PROCEDURES,
  ...RULES_PROCEDURES,
  'audit.list': { type: 'query', inputs: () => [{}] },
  'audit.checkpoints': { type: 'query', inputs: () => [{}] },
}

/** Every download, by its address with place holders; `url` gives the questions of a user. */
export const DOWNLOADS: Readonly<Record<string, (user: User) => readonly string[]>> = {
  '/files/templates/:file': () => KINDS.map((kind) => `/files/templates/${kind}.xlsx`),
  '/files/export/:file': () => [
    ...KINDS.map((kind) => `/files/export/${kind}.csv`),
    ...KINDS.map((kind) => `/files/export/${kind}.xlsx?quarter=2026Q3`),
    '/files/export/checks.csv?quarter=2026Q2',
  ],
  '/files/league.xlsx': () =>
    ['县组', '乡镇组'].map((group) => `/files/league.xlsx?quarter=2026Q3&group=${encodeURIComponent(group)}`),
  '/files/obligations.xlsx': () => ['/files/obligations.xlsx?quarter=2026Q3&kind=written&sort=unit'],
  '/files/units/:unitCode/deductions.xlsx': (user) =>
    kinOf(user).map((unitCode) => `/files/units/${unitCode}/deductions.xlsx?quarter=2026Q3`),
  '/files/funnel.xlsx': () => [`/files/funnel.xlsx?quarter=2026Q3&group=${encodeURIComponent('乡镇组')}`],
  '/files/funnel.csv': () =>
    ['县组', '乡镇组'].map((group) => `/files/funnel.csv?quarter=2026Q3&group=${encodeURIComponent(group)}`),
  '/files/inspection-quality.xlsx': () => ['/files/inspection-quality.xlsx?quarter=2026Q4&quarters=4'],
  '/files/units/:unitCode/trend.xlsx': (user) =>
    kinOf(user).map((unitCode) => `/files/units/${unitCode}/trend.xlsx?quarter=2026Q3`),
  '/files/units/:unitCode/trend.csv': (user) =>
    kinOf(user).map((unitCode) => `/files/units/${unitCode}/trend.csv?quarter=2026Q3`),
  '/files/quarters/:file': () => [`/files/quarters/2026Q2-1.zip?reason=${encodeURIComponent('存档备查')}`],
  '/files/draws/:drawId/:file': drawFilesOf,
  '/files/cases/:caseId/:sha256': caseFilesOf,
  '/files/cases/:caseId/:sha256/status': (user) => caseFilesOf(user).map((url) => `${url}/status`),
  '/files/checks/:checkCode/notice.docx': (user) => kinOf(user).map((code) => `/files/checks/K-${code}-1/notice.docx`),
  '/files/checks/:checkCode/sheet.docx': (user) => kinOf(user).map((code) => `/files/checks/K-${code}-1/sheet.docx`),
  '/files/events/:eventCode/report.docx': (user) =>
    [...kinOf(user).map((code) => `E-${code}-11`), ...SHARED_EVENTS].map((code) => `/files/events/${code}/report.docx`),
  '/files/forms/:file': () => ['whereabouts', 'roster', 'check-sheet'].map((form) => `/files/forms/${form}.docx`),
  '/files/inspections/:inspectionId/:sha256': evidenceOf,
  '/files/inspections/:inspectionId/:sha256/status': (user) => evidenceOf(user).map((url) => `${url}/status`),
  ...FILING_DOWNLOADS,
  '/files/meetings/:meetingId/minutes.docx': minutesFilesOf,
  '/files/meetings/:meetingId/units/:unitCode/sheet.docx': sheetFilesOf,
  '/files/bulletins/:bulletinId/bulletin.docx': wordFilesOf,
  '/files/bulletins/:bulletinId/annexes/:file': annexFilesOf,
  '/files/rosters/:unitCode/hours.xlsx': hoursFilesOf,
  '/files/duty-rooms.xlsx': () => ['/files/duty-rooms.xlsx'],
  '/files/duty-rooms/:unitCode/:officeCode/:sha256': roomFilesOf,
  '/files/logs.xlsx': () => ['/files/logs.xlsx', '/files/logs.xlsx?state=open&sort=oldest&lang=zh-CN'],
  '/files/units/:unitCode/logs/:day/log.docx': logFilesOf,
  '/files/handovers/:handoverId/handover.docx': handoverFilesOf,
  '/files/access.xlsx': () => ['/files/access.xlsx'],
  '/files/audit.jsonl': () => ['/files/audit.jsonl'],
  '/files/audit-checkpoints.txt': () => ['/files/audit-checkpoints.txt'],
  '/auth/oidc/begin': () => ['/auth/oidc/begin'],
  '/auth/oidc/callback': () => ['/auth/oidc/callback?code=x&state=y'],
  '/files/imports/:importId/refused.xlsx': () => [`/files/imports/${NO_UUID}/refused.xlsx`],
}

/** Downloads whose address names a record. */
const DOWNLOADS_OF: readonly (readonly [path: string, toUrl: (id: string) => string, id: IdField])[] = [
  ['/files/units/:unitCode/deductions.xlsx', (id) => `/files/units/${id}/deductions.xlsx?quarter=2026Q3`, unitField],
  ['/files/units/:unitCode/trend.xlsx', (id) => `/files/units/${id}/trend.xlsx?quarter=2026Q3`, unitField],
  ['/files/units/:unitCode/trend.csv', (id) => `/files/units/${id}/trend.csv?quarter=2026Q3`, unitField],
  ['/files/bulletins/:bulletinId/bulletin.docx', (id) => `/files/bulletins/${id}/bulletin.docx`, bulletinField],
  ['/files/bulletins/:bulletinId/annexes/:file', (id) => `/files/bulletins/${id}/annexes/annex-1.xlsx`, bulletinField],
  ...FILING_DOWNLOADS_OF,
  ['/files/meetings/:meetingId/minutes.docx', (id) => `/files/meetings/${id}/minutes.docx`, meetingField],
  [
    '/files/meetings/:meetingId/units/:unitCode/sheet.docx',
    (id) => `/files/meetings/${id}/units/A112/sheet.docx`,
    meetingField,
  ],
  ['/files/checks/:checkCode/notice.docx', (id) => `/files/checks/${id}/notice.docx`, checkField],
  ['/files/checks/:checkCode/sheet.docx', (id) => `/files/checks/${id}/sheet.docx`, checkField],
  ['/files/events/:eventCode/report.docx', (id) => `/files/events/${id}/report.docx`, eventField],
  ['/files/draws/:drawId/:file', (id) => `/files/draws/${id}/pool.json`, drawField],
  ['/files/cases/:caseId/:sha256', (id) => `/files/cases/${id}/${'0'.repeat(64)}`, caseField],
  ['/files/cases/:caseId/:sha256/status', (id) => `/files/cases/${id}/${'0'.repeat(64)}/status`, caseField],
  ['/files/inspections/:inspectionId/:sha256', (id) => `/files/inspections/${id}/${'0'.repeat(64)}`, inspectionField],
  [
    '/files/inspections/:inspectionId/:sha256/status',
    (id) => `/files/inspections/${id}/${'0'.repeat(64)}/status`,
    inspectionField,
  ],
  [
    '/files/rosters/:unitCode/hours.xlsx',
    (id) => `/files/rosters/${id}/hours.xlsx?from=2026-10-01&to=2026-10-31`,
    unitField,
  ],
  [
    '/files/duty-rooms/:unitCode/:officeCode/:sha256',
    (id) => `/files/duty-rooms/${id}/A11/${'0'.repeat(64)}`,
    unitField,
  ],
  ['/files/units/:unitCode/logs/:day/log.docx', (id) => `/files/units/${id}/logs/2026-10-19/log.docx`, unitField],
  ['/files/handovers/:handoverId/handover.docx', (id) => `/files/handovers/${id}/handover.docx`, handoverField],
  ['/files/imports/:importId/refused.xlsx', (id) => `/files/imports/${id}/refused.xlsx`, jobField],
]

/** The same question about somebody else's record and about none. */
export interface Pair {
  readonly about: Ask
  readonly nothing: Ask
  readonly foreignId: string
  readonly nothingId: string
}

/** Every id of every procedure and download, filled with what is out of a user's reach. */
export function pairsOf(user: User, jobs: readonly string[]): Pair[] {
  const ofProcedures = Object.entries(PROCEDURES).flatMap(([path, { ids = [], inputs, type }]) =>
    ids.flatMap((id) => {
      const [example = {}] = inputs(user)
      const ask = (value: string): Ask => askProcedure(path, type, { ...example, [id.field]: value })
      return toPairs(id, ask, user, jobs)
    }),
  )
  const ofDownloads = DOWNLOADS_OF.flatMap(([path, toUrl, id]) =>
    toPairs(id, (value) => askFile(path, toUrl(value)), user, jobs),
  )
  return [...ofProcedures, ...ofDownloads]
}

function toPairs(id: IdField, ask: (value: string) => Ask, user: User, jobs: readonly string[]): Pair[] {
  return id.foreign(user, jobs).map((foreignId) => ({
    about: ask(foreignId),
    nothing: ask(id.nothing),
    foreignId,
    nothingId: id.nothing,
  }))
}

/** Everything a user is asked to ask for, in both worlds alike. */
export function questionsOf(user: User): Ask[] {
  return [
    ...Object.entries(PROCEDURES).flatMap(([path, { inputs, type }]) =>
      inputs(user).map((input) => askProcedure(path, type, Object.keys(input).length === 0 ? undefined : input)),
    ),
    ...Object.entries(DOWNLOADS).flatMap(([path, urls]) => urls(user).map((url) => askFile(path, url))),
  ]
}
