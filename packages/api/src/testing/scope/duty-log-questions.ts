import { LOG_KINDS, LOG_OUTCOMES, LOG_SOURCES, permissionsOf } from '@zhidu/domain'
import type { User } from './accounts.ts'
import { handoverIdOf, logIdOf } from './duty-logs.ts'
import type { Ask } from './harness.ts'
import { type IdField, kinOf, NO_UUID, NOBODY, outsideOf, type Registered, unitField } from './question-parts.ts'

const entryField: IdField = {
  field: 'entryId',
  foreign: (user) => outsideOf(user).map((code) => logIdOf(code)),
  nothing: NO_UUID,
}
export const handoverField: IdField = {
  field: 'handoverId',
  foreign: (user) => outsideOf(user).map(handoverIdOf),
  nothing: NO_UUID,
}
const eventField: IdField = {
  field: 'eventCode',
  foreign: (user) => outsideOf(user).map((code) => `E-${code}-11`),
  nothing: NOBODY,
}
/** The last thing that entries before it in the list's order cannot tell. */
const FOREIGN_PLACE = Buffer.from(JSON.stringify([Date.parse('2026-10-19T20:00:00+08:00'), logIdOf('A312')])).toString(
  'base64url',
)
const LATER = '2199-01-01T00:00:00+08:00'
const DAY = '2026-10-19'

const perUnit = (user: User): readonly object[] => kinOf(user).map((unitCode) => ({ unitCode }))

/** Every procedure of duty logs and handovers. */
export const DUTY_LOG_PROCEDURES: Readonly<Record<string, Registered>> = {
  'log.desk': { type: 'query', inputs: perUnit, sample: {}, ids: [unitField] },
  'log.list': {
    type: 'query',
    inputs: (user) => [
      {},
      { state: 'open', sort: 'oldest' },
      { state: 'closed' },
      { late: 'late' },
      { text: '来电' },
      { firstOn: DAY, lastOn: DAY },
      { cursor: FOREIGN_PLACE },
      ...LOG_SOURCES.map((source) => ({ source })),
      ...LOG_KINDS.map((kind) => ({ kind })),
      ...LOG_OUTCOMES.map((outcome) => ({ outcome })),
      ...perUnit(user),
    ],
    ids: [unitField],
  },
  'log.get': {
    type: 'query',
    inputs: (user) => kinOf(user).map((code) => ({ entryId: logIdOf(code) })),
    ids: [entryField],
  },
  'log.day': {
    type: 'query',
    inputs: (user) => perUnit(user).map((unit) => ({ ...unit, day: DAY })),
    ids: [unitField],
  },
  'log.closure': {
    type: 'query',
    inputs: (user) => [
      { quarter: '2026Q3' },
      { quarter: '2026Q4' },
      ...perUnit(user).map((unit) => ({ ...unit, quarter: '2026Q4' })),
    ],
    ids: [unitField],
  },
  'log.units': { type: 'query', inputs: () => [{ days: 7 }, { days: 31 }] },
  'log.write': {
    type: 'mutation',
    inputs: () => [
      {
        source: 'call',
        kind: 'matter',
        content: '来电反映积水',
        callerUnit: null,
        callerName: null,
        callerPhone: null,
        receivedAt: LATER,
        sentAt: LATER,
        eventCode: NOBODY,
        leadCode: null,
      },
    ],
    ids: [eventField],
    // A mere word; nothing is looked up by it.
    ofInstallation: ['leadCode'],
  },
  'log.step': {
    type: 'mutation',
    inputs: () => [{ entryId: NO_UUID, steps: 1, kind: 'disposed', note: '已通知' }],
    ids: [entryField],
  },
  'log.putDay': { type: 'mutation', inputs: () => [{ day: '2199-01-01', leader: null, weather: '晴' }] },
  'log.reveal': { type: 'mutation', inputs: () => [{ entryId: NO_UUID }], ids: [entryField] },
  'handover.list': { type: 'query', inputs: perUnit, sample: {}, ids: [unitField] },
  'handover.get': {
    type: 'query',
    inputs: (user) => kinOf(user).map((code) => ({ handoverId: handoverIdOf(code) })),
    ids: [handoverField],
  },
  'handover.begin': { type: 'mutation', inputs: () => [{ changeAt: LATER }] },
  'handover.step': {
    type: 'mutation',
    inputs: () => [{ handoverId: NO_UUID, steps: 1, kind: 'returned', note: '请补列' }],
    ids: [handoverField],
    // Of the entries in reach, which alone are looked at.
    ofInstallation: ['entryId'],
  },
  'handover.takeInPerson': {
    type: 'mutation',
    inputs: () => [],
    sample: {
      handoverId: NO_UUID,
      steps: 2,
      loginName: 'nobody',
      password: 'x',
      totp: null,
      note: null,
      offRosterReason: null,
    },
    ofInstallation: ['handoverId'],
  },
}

export function logFilesOf(user: User): readonly string[] {
  return kinOf(user).map((code) => `/files/units/${code}/logs/${DAY}/log.docx`)
}

export function handoverFilesOf(user: User): readonly string[] {
  return kinOf(user).map((code) => `/files/handovers/${handoverIdOf(code)}/handover.docx`)
}

/** True for a question to which whoever keeps a unit's log is told its own roster by name: the desk, a day's page, a handover. */
export function asksOwnRoster(user: User, { url }: Ask): boolean {
  const { role, unitCode } = user
  if (unitCode === null || !permissionsOf([role]).has('duty.keep')) return false
  const own = encodeURIComponent(`"unitCode":"${unitCode}"`)
  const isAboutOwn =
    url.includes(own) || url.includes(handoverIdOf(unitCode)) || url.includes(`/units/${unitCode}/logs/`)
  return isAboutOwn && /\/trpc\/(log\.(desk|day)|handover\.(list|get))\?|\/files\/(handovers|units)\//.test(url)
}
