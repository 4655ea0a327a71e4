import { ROOM_VIEWS, ROSTER_STATES } from '@zhidu/domain'
import type { User } from './accounts.ts'
import { type IdField, kinOf, NOBODY, outsideOf, type Registered, unitField } from './question-parts.ts'

const DAYS = { from: '2026-10-01', to: '2026-10-31' } as const
const AT = '2026-10-20T10:00:00+08:00'
const LATER = { startsAt: '2026-11-20T08:00:00+08:00', endsAt: '2026-11-21T08:00:00+08:00' } as const
const KEY = { role: 'officer', startsAt: LATER.startsAt, person: '某人' } as const
const SAID = { askedBy: '某人', agreedBy: '科长', reason: '培训' } as const

const checkField: IdField = {
  field: 'checkCode',
  foreign: (user) => outsideOf(user).map((code) => `K-${code}-1`),
  nothing: NOBODY,
}

const ofKin =
  (more: object) =>
  (user: User): readonly object[] =>
    kinOf(user).map((unitCode) => ({ unitCode, ...more }))

function change(more: object): Registered {
  return { type: 'mutation', inputs: () => [{ unitCode: NOBODY, ...more }], ids: [unitField] }
}

/** Every procedure of rosters and duty rooms. */
export const DUTY_PROCEDURES: Readonly<Record<string, Registered>> = {
  'roster.units': {
    type: 'query',
    inputs: () => [
      { days: '7' },
      { days: '30', search: 'A1' },
      ...ROSTER_STATES.map((state) => ({ days: '14', state })),
    ],
  },
  'roster.get': { type: 'query', inputs: ofKin(DAYS), ids: [unitField] },
  'roster.hours': { type: 'query', inputs: ofKin(DAYS), ids: [unitField] },
  'roster.ask': {
    type: 'query',
    inputs: (user) => [...ofKin({ at: AT })(user), ...ofKin({ at: AT, knownAt: '2026-10-02T10:00:00+08:00' })(user)],
    ids: [unitField],
  },
  'roster.reveal': change({ ...DAYS, reason: '核对人员' }),
  'roster.revealAsked': change({ at: AT, reason: '核对人员' }),
  'roster.plan': change({ shifts: [{ ...KEY, ...LATER, post: null, phone: null }], reason: null }),
  'roster.withdraw': change({ shifts: [KEY], reason: '排错了' }),
  'roster.swap': change({ first: KEY, second: { ...KEY, person: '另一人' }, ...SAID }),
  'roster.replace': change({
    shift: KEY,
    person: '另一人',
    post: null,
    phone: null,
    from: LATER.startsAt,
    to: LATER.endsAt,
    ...SAID,
  }),
  'roster.changeLine': change({
    line: 'duty_room',
    number: '0199-0123456',
    forwardingUntil: null,
    forwardingReason: null,
    fromAt: AT,
    reason: '换号',
  }),
  'dutyRoom.list': {
    type: 'query',
    inputs: () => [{}, { search: 'A1' }, ...ROOM_VIEWS.map((view) => ({ view }))],
  },
  'dutyRoom.get': { type: 'query', inputs: ofKin({}), ids: [unitField] },
  'dutyRoom.assess': {
    ...change({
      lookedOn: '2026-10-01',
      answers: [{ item: 'room', answer: 'has' }],
      staffing: null,
      note: null,
      checkCode: null,
      files: [],
    }),
    ids: [unitField, checkField],
  },
  'dutyRoom.recordTraining': change({
    heldOn: '2026-10-01',
    topic: '接报流程',
    minutes: 90,
    persons: 5,
    note: null,
    files: [],
    replaces: null,
    isWithdrawn: false,
  }),
  'dutyRoom.saveItems': { type: 'mutation', inputs: () => [{ version: 9_999, items: [] }] },
  'dutyRoom.announceFile': change({ sha256: '0'.repeat(64), type: 'image/jpeg', bytes: 100, name: '照片.jpg' }),
}

export function hoursFilesOf(user: User): readonly string[] {
  return kinOf(user).map((unitCode) => `/files/rosters/${unitCode}/hours.xlsx?from=${DAYS.from}&to=${DAYS.to}`)
}

export function roomFilesOf(user: User): readonly string[] {
  return kinOf(user).map((unitCode) => `/files/duty-rooms/${unitCode}/${unitCode}/${'0'.repeat(64)}`)
}
