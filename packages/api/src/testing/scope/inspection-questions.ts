import { BUILT_IN_CHECKLISTS, CHECK_METHODS, FINDINGS, QUALITY_WINDOWS } from '@zhidu/domain'
import type { User } from './accounts.ts'
import { drawField } from './draw-questions.ts'
import { inspectionIdOf, orderIdOf, photoOf, secondIdOf } from './inspections.ts'
import { type IdField, kinOf, NO_UUID, NOBODY, outsideOf, type Registered } from './question-parts.ts'
import { NOW } from './tree.ts'

export const inspectionField: IdField = {
  field: 'inspectionId',
  foreign: (user) => outsideOf(user).flatMap((code) => [inspectionIdOf(code), secondIdOf(code)]),
  nothing: NO_UUID,
}
const orderField: IdField = {
  field: 'orderId',
  foreign: (user) => outsideOf(user).map((code) => orderIdOf(code)),
  nothing: NO_UUID,
}
const unitField: IdField = { field: 'unitCode', foreign: outsideOf, nothing: NOBODY }

const inspectionsOfKin = (user: User): readonly { inspectionId: string }[] =>
  kinOf(user).flatMap((code) => [inspectionIdOf(code), secondIdOf(code)].map((inspectionId) => ({ inspectionId })))
const start = { session: 's', monotonicMs: 0, wallMs: NOW }
/** Of a unit that nothing bears. */
export const DOCUMENT = {
  format: 1,
  inspectionId: NO_UUID,
  unitCode: NOBODY,
  method: 'phone',
  purpose: 'ordered',
  drawId: null,
  orderId: null,
  reason: '抽查',
  inspectors: ['某人'],
  checklist: { id: 'phone', version: 1 },
  start,
  anchors: [{ ...start, serverMs: NOW, roundTripMs: 0 }],
  elapsedMs: 0,
  attempts: [],
  callBack: null,
  signals: [],
  answers: [],
  startPlace: 'not_asked',
  endPlace: 'not_asked',
  readBack: null,
  files: [],
  metPerson: null,
  metPost: null,
  note: null,
} as const
const LISTS = [
  ...['2026Q2', '2026Q3', '2026Q4'].map((quarter) => ({ quarter })),
  ...CHECK_METHODS.map((method) => ({ quarter: '2026Q4', method })),
  ...FINDINGS.map((finding) => ({ quarter: '2026Q4', finding })),
  ...['awaiting_decision', 'awaiting_files', 'compared'].map((state) => ({ quarter: '2026Q4', state })),
  ...['second', 'upper'].map((purpose) => ({ quarter: '2026Q4', purpose })),
]

/** Every procedure of checks as phones record them. */
export const INSPECTION_PROCEDURES: Readonly<Record<string, Registered>> = {
  'inspection.serverTime': { type: 'query', inputs: () => [{}] },
  'inspection.roomCode': { type: 'query', inputs: () => [{}] },
  'inspection.kit': {
    type: 'mutation',
    inputs: (user) => [{ unitCodes: [] }, ...kinOf(user).map((code) => ({ unitCodes: [code] }))],
    sample: { unitCodes: [] },
  },
  'inspection.submit': {
    type: 'mutation',
    inputs: () => [DOCUMENT],
    ids: [unitField, drawField, orderField, inspectionField],
    ofInstallation: ['id'],
  },
  'inspection.list': {
    type: 'query',
    inputs: (user) => [...LISTS, ...kinOf(user).map((unitCode) => ({ quarter: '2026Q4', unitCode }))],
    ids: [unitField],
  },
  'inspection.get': { type: 'query', inputs: inspectionsOfKin, ids: [inspectionField] },
  'inspection.decide': {
    type: 'mutation',
    inputs: () => [{ inspectionId: NO_UUID, finding: 'log_missing', outcome: 'confirmed', reason: '核对日志' }],
    ids: [inspectionField],
  },
  'inspectionQuality.get': {
    type: 'query',
    inputs: () => QUALITY_WINDOWS.map((quarters) => ({ quarter: '2026Q4', quarters })),
  },
  'inspection.orders': { type: 'query', inputs: () => [{}] },
  'inspection.orderSecond': {
    type: 'mutation',
    inputs: () => [{ inspectionId: NO_UUID, inspectors: ['某人'], reason: '复核' }],
    ids: [inspectionField],
  },
  'inspection.orderUpper': {
    type: 'mutation',
    inputs: () => [{ quarter: '2025Q4', size: 1, inspectors: ['某人'], reason: '复核' }],
  },
  'inspection.checklists': { type: 'query', inputs: () => [{}] },
  'inspection.saveChecklist': {
    type: 'mutation',
    inputs: () => [
      {
        id: NO_UUID,
        version: 1,
        content: { ...BUILT_IN_CHECKLISTS[0], id: undefined, version: undefined },
      },
    ],
    ofInstallation: ['id'],
  },
}

export function evidenceOf(user: User): readonly string[] {
  return kinOf(user).map((code) => `/files/inspections/${inspectionIdOf(code)}/${photoOf(code)}`)
}
