import { randomUUID } from 'node:crypto'
import type { InspectionDocument } from '@zhidu/contract'

/** The present of the example city, epoch ms. */
export const CHECKED_NOW = Date.parse('2026-11-20T09:00:00+08:00')

export const ANSWERED = {
  line: 'duty_room',
  number: '0660-0000001',
  dialledMs: 1_000,
  ringMs: 9_000,
  rings: 2,
  outcome: 'right_person',
} as const

/** A telephone check of D01 that reached somebody, an hour ago. */
export function documentOf(change: Partial<InspectionDocument> = {}): InspectionDocument {
  return {
    format: 1,
    inspectionId: randomUUID(),
    unitCode: 'D01',
    method: 'phone',
    purpose: 'ordered',
    drawId: null,
    orderId: null,
    reason: '春节值守检查',
    inspectors: ['inspector', '乙'],
    checklist: { id: 'phone', version: 1 },
    start: { session: 's', monotonicMs: 5_000, wallMs: CHECKED_NOW - 3_600_000 },
    anchors: [{ session: 's', monotonicMs: 3_605_000, wallMs: CHECKED_NOW, serverMs: CHECKED_NOW, roundTripMs: 80 }],
    elapsedMs: 60_000,
    attempts: [ANSWERED],
    callBack: null,
    signals: [],
    answers: [{ item: 'rostered', answer: 'yes', note: null, files: [] }],
    startPlace: 'not_asked',
    endPlace: 'not_asked',
    readBack: null,
    files: [],
    metPerson: '张三',
    metPost: null,
    note: '联系 13800001234',
    ...change,
  }
}

/** The same with two findings. */
export function withFault(change: Partial<InspectionDocument> = {}): InspectionDocument {
  const no = { answer: 'no', note: null, files: [] } as const
  return documentOf({
    answers: [
      { item: 'log', ...no },
      { item: 'limits', ...no },
    ],
    ...change,
  } as InspectionDocument)
}
