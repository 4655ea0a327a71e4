import { idOf } from './inspections.ts'
import { type IdField, kinOf, NO_UUID, NOBODY, outsideOf, type Registered, unitField } from './question-parts.ts'
import { receiptOf } from './reports.ts'

const eventField: IdField = {
  field: 'eventCode',
  foreign: (user) => outsideOf(user).map((code) => `E-${code}-11`),
  nothing: NOBODY,
}
const contentField: IdField = {
  field: 'contentId',
  foreign: (user) => outsideOf(user).map((code) => idOf(`report ${code}`)),
  nothing: NO_UUID,
}
const recordField: IdField = {
  field: 'recordId',
  foreign: (user) => outsideOf(user).map((code) => idOf(`call ${code} 甲`)),
  nothing: NO_UUID,
}
const receiptField: IdField = {
  field: 'receiptCode',
  foreign: (user) => outsideOf(user).map((code) => receiptOf(code)),
  nothing: receiptOf(NOBODY),
}

export const REPORTED = {
  stage: 'first',
  category: 'accident',
  level: 'IV',
  occurredAt: '2026-10-19T08:00:00+08:00',
  learnedAt: '2026-10-19T08:00:00+08:00',
  clockSource: '',
  phonedAt: null,
  areaCode: null,
  place: '东街',
  deaths: 0,
  injuries: null,
  missing: null,
  texts: {},
  recipients: '',
  signer: '某人',
  contact: '',
} as const
export const CALL = {
  recordId: NO_UUID,
  unitCode: NOBODY,
  eventCode: null,
  beganAt: null,
  earlierReason: null,
  callerName: '某人',
  callerPost: null,
  callerPhone: null,
  category: 'accident',
  level: 'IV',
  occurredAt: '2026-10-19T08:00:00+08:00',
  learnedAt: '2026-10-19T08:00:00+08:00',
  place: '',
  course: '起火',
  toldTo: null,
  handling: null,
} as const

/** Every procedure of the reporting page. */
export const REPORT_PROCEDURES: Readonly<Record<string, Registered>> = {
  'report.desk': {
    type: 'query',
    inputs: (user) => [{ eventCode: null }, ...kinOf(user).map((code) => ({ eventCode: `E-${code}-11` }))],
    ids: [eventField],
  },
  'report.running': { type: 'query', inputs: () => [{}] },
  'report.saveDraft': { type: 'mutation', inputs: () => [{ draftKey: 'new/1', seen: 9, document: null }] },
  'report.send': {
    type: 'mutation',
    inputs: () => [{ eventCode: NOBODY, clientKey: NO_UUID, document: REPORTED }],
    ids: [eventField],
    // Within the document; the test of the service tries it.
    ofInstallation: ['areaCode'],
  },
  'report.correct': {
    type: 'mutation',
    inputs: () => [{ contentId: NO_UUID, clientKey: NO_UUID, document: REPORTED, reason: '核实' }],
    ids: [contentField],
    ofInstallation: ['areaCode'],
  },
  'report.preReport': {
    type: 'mutation',
    inputs: () => [{ eventCode: NOBODY, reason: '道路中断' }],
    ids: [eventField],
  },
  'report.receipt': {
    type: 'query',
    inputs: (user) => kinOf(user).map((code) => ({ receiptCode: receiptOf(code) })),
    ids: [receiptField],
  },
  'report.texts': {
    type: 'query',
    inputs: (user) => kinOf(user).map((code) => ({ eventCode: `E-${code}-11` })),
    ids: [eventField],
  },
  'report.candidates': {
    type: 'query',
    inputs: (user) => kinOf(user).map((unitCode) => ({ unitCode })),
    ids: [unitField],
  },
  'report.take': {
    type: 'mutation',
    inputs: () => [CALL],
    ids: [unitField, eventField, recordField],
  },
  'report.inbox': { type: 'query', inputs: () => [{ view: 'all' }, { view: 'unsigned' }] },
  'report.sign': {
    type: 'mutation',
    inputs: () => [{ contentId: NO_UUID, claim: null, note: null }],
    ids: [contentField],
  },
}
