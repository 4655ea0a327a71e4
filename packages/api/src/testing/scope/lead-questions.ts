import { LEAD_SOURCES, LEAD_STATES } from '@zhidu/domain'
import type { User } from './accounts.ts'
import { inquiryIdOf } from './leads.ts'
import { type IdField, kinOf, NO_UUID, NOBODY, outsideOf, type Registered, unitField } from './question-parts.ts'

const inquiryField: IdField = {
  field: 'inquiryId',
  foreign: (user) => outsideOf(user).map((code) => inquiryIdOf(code)),
  nothing: NO_UUID,
}
const caseField: IdField = { ...inquiryField, field: 'caseId' }
const leadField: IdField = {
  field: 'leadCode',
  foreign: (user) => outsideOf(user).map((code) => `X-${code}`),
  nothing: NOBODY,
}
const informantField: IdField = { field: 'informantId', foreign: () => [], nothing: NO_UUID }
const messageField: IdField = { ...informantField, field: 'messageId' }
const ALL = { view: 'all' } as const
const SEEN = {
  source: 'media',
  occurredAt: null,
  place: '青石镇',
  unitCode: NOBODY,
  category: null,
  summary: '厂房起火',
  deaths: null,
  injuries: null,
}
const areaField: IdField = { ...unitField, field: 'areaCode' }
const eventField: IdField = { ...informantField, field: 'eventCode', nothing: NOBODY }
const SECRET = 'x'.repeat(32)
/** Tries are counted by address, of whoever asks: one person asks in both worlds, so that both have counted the same. */
const onlyOne = ({ role, unitCode }: User, input: object): readonly object[] =>
  role === 'leader' && unitCode === 'A1' ? [input] : []

const SENT = {
  secret: SECRET,
  messageId: NO_UUID,
  what: '山上塌方',
  place: null,
  occurredAt: null,
  deaths: null,
  injuries: null,
  photo: null,
}

/** Every procedure of leads and informants. */
export const LEAD_PROCEDURES: Readonly<Record<string, Registered>> = {
  'lead.list': {
    type: 'query',
    inputs: (user) => [
      ALL,
      { view: 'waiting' },
      ...LEAD_STATES.map((view) => ({ view })),
      ...LEAD_SOURCES.map((source) => ({ ...ALL, source })),
      ...kinOf(user).map((unitCode) => ({ ...ALL, unitCode })),
      { ...ALL, text: '甲' },
    ],
    ids: [unitField],
  },
  'lead.get': {
    type: 'query',
    inputs: (user) => kinOf(user).map((code) => ({ leadCode: `X-${code}` })),
    ids: [leadField],
  },
  'lead.waiting': { type: 'query', inputs: () => [{}] },
  'lead.record': {
    type: 'mutation',
    inputs: () => [{ channel: 'typed', title: null, leads: [{ ...SEEN, seenAt: null, guid: null, link: null }] }],
  },
  'lead.revise': {
    type: 'mutation',
    inputs: () => [{ ...SEEN, seenAt: '2026-08-01T10:00:00+08:00', leadCode: NOBODY, steps: 0 }],
    ids: [leadField, unitField],
  },
  'lead.handle': {
    type: 'mutation',
    inputs: () => [{ leadCode: NOBODY, steps: 0, kind: 'false_lead', note: '误传' }],
    ids: [leadField, unitField, eventField],
  },
  'lead.inquiries': { type: 'query', inputs: () => [{}] },
  'lead.answer': {
    type: 'mutation',
    inputs: () => [{ inquiryId: NO_UUID, steps: 0, kind: 'received' }],
    ids: [inquiryField, eventField],
  },
  'lead.announceFile': {
    type: 'mutation',
    inputs: () => [{ caseId: NO_UUID, sha256: '0'.repeat(64), type: 'image/jpeg', bytes: 100, name: '照片.jpg' }],
    ids: [caseField],
  },
  'lead.places': { type: 'query', inputs: () => [{}] },
  'lead.savePlaces': {
    type: 'mutation',
    inputs: () => [
      { places: [{ placeId: null, version: 0, unitCode: NOBODY, name: '青石镇', aliases: [], isWithdrawn: false }] },
    ],
  },
  'lead.quiet': { type: 'query', inputs: () => [{}] },
  'lead.markQuiet': {
    type: 'mutation',
    inputs: () => [{ unitCode: NOBODY, isWithdrawn: false, note: null }],
    ids: [unitField],
  },
  'informant.list': { type: 'query', inputs: () => [{}] },
  'informant.save': {
    type: 'mutation',
    inputs: () => [{ informantId: NO_UUID, steps: 1, name: '某人', village: '某村', areaCode: null, phone: null }],
    ids: [informantField, areaField],
  },
  'informant.giveLink': {
    type: 'mutation',
    inputs: () => [{ informantId: NO_UUID, steps: 1, days: 30 }],
    ids: [informantField],
  },
  'informant.end': {
    type: 'mutation',
    inputs: () => [{ informantId: NO_UUID, steps: 1, kind: 'revoked' }],
    ids: [informantField],
  },
  'informant.take': { type: 'mutation', inputs: () => [{ messageId: NO_UUID }], ids: [messageField] },
  'informant.photo': { type: 'query', inputs: () => [{ messageId: NO_UUID }], ids: [messageField] },
  'informant.checkLink': {
    type: 'mutation',
    inputs: (user) => onlyOne(user, { secret: SECRET }),
    sample: { secret: SECRET },
  },
  'informant.send': {
    type: 'mutation',
    inputs: (user) => onlyOne(user, SENT),
    sample: SENT,
    ids: [messageField],
  },
}
