import type { EventJudgement, EventReport } from '@zhidu/contract'
import { ELEMENTS, toQuarter } from '@zhidu/domain'
import type { z } from 'zod'

export type Report = z.infer<typeof EventReport>

/** A first report of level IV, written 2 h 17 min after the unit learned of the event: 17 min too late. */
export function makeReport(overrides: Partial<Report> = {}): Report {
  return {
    stage: 'first',
    sequence: 0,
    level: 'IV',
    occurredAt: '2026-08-17T13:52:00+08:00',
    learnedAt: '2026-08-17T14:05:00+08:00',
    phonedAt: '2026-08-17T14:21:00+08:00',
    writtenAt: '2026-08-17T16:22:00+08:00',
    elements: ELEMENTS.slice(0, 10),
    ...overrides,
  }
}

export function makeJudgement(overrides: Partial<EventJudgement> = {}): EventJudgement {
  return {
    eventCode: 'SJ-2026-0817-03',
    unitCode: 'D13',
    unitName: '市住房城乡建设局',
    quarter: toQuarter('2026Q3'),
    category: 'accident',
    level: 'IV',
    levelChanged: false,
    occurredAt: '2026-08-17T13:52:00+08:00',
    learnedAt: '2026-08-17T14:05:00+08:00',
    clock: { startsAt: 'learned_at', at: '2026-08-17T14:05:00+08:00', citation: '武汉 武政〔2020〕27号' },
    written: {
      limitMinutes: 120,
      dueAt: '2026-08-17T16:05:00+08:00',
      at: '2026-08-17T16:22:00+08:00',
      outcome: 'late',
      lateSeconds: 1020,
      startedHours: 1,
    },
    phone: null,
    slots: [],
    completeness: {
      judgedAt: '2026-08-18T16:22:00+08:00',
      isJudged: true,
      given: ELEMENTS.slice(0, 10),
      missing: ELEMENTS.slice(10),
    },
    standing: 'counts',
    deductions: [
      {
        dimension: 'timeliness',
        code: 'written_late',
        points: 1,
        ref: 'SJ-2026-0817-03',
        at: '2026-08-17T16:05:00+08:00',
      },
      {
        dimension: 'completeness',
        code: 'element_missing',
        points: 2,
        ref: 'SJ-2026-0817-03',
        at: '2026-08-18T16:22:00+08:00',
      },
    ],
    absorbedBy: [],
    lost: 3,
    reports: [makeReport()],
    ...overrides,
  }
}

/** An event of level II with a late call, a first report in time, and one slot of four missed. */
export function makeGraveJudgement(overrides: Partial<EventJudgement> = {}): EventJudgement {
  const occurredAt = '2026-07-31T21:40:20+08:00'
  const learnedAt = '2026-07-31T21:48:00+08:00'
  const base = { level: 'II', occurredAt, learnedAt, phonedAt: null } as const
  return makeJudgement({
    eventCode: 'SJ-2026-0731-02',
    level: 'II',
    levelChanged: true,
    occurredAt,
    learnedAt,
    clock: { startsAt: 'occurred_at', at: occurredAt, citation: '河南应急厅 2019' },
    written: {
      limitMinutes: 35,
      dueAt: '2026-07-31T22:15:20+08:00',
      at: '2026-07-31T22:14:00+08:00',
      outcome: 'on_time',
      lateSeconds: null,
      startedHours: null,
    },
    phone: {
      limitMinutes: 15,
      dueAt: '2026-07-31T21:55:20+08:00',
      at: '2026-07-31T21:58:05+08:00',
      outcome: 'late',
      lateSeconds: 165,
      metByWritten: false,
    },
    slots: [
      { at: '2026-08-01T08:00:00+08:00', metBy: '2026-08-01T07:46:00+08:00' },
      { at: '2026-08-01T17:00:00+08:00', metBy: '2026-08-01T16:20:00+08:00' },
      { at: '2026-08-02T08:00:00+08:00', metBy: null },
      { at: '2026-08-02T17:00:00+08:00', metBy: '2026-08-02T16:40:00+08:00' },
    ],
    completeness: {
      judgedAt: '2026-08-01T22:14:00+08:00',
      isJudged: true,
      given: ELEMENTS.slice(),
      missing: [],
    },
    deductions: [
      {
        dimension: 'timeliness',
        code: 'phone_late',
        points: 1,
        ref: 'SJ-2026-0731-02',
        at: '2026-07-31T21:55:20+08:00',
      },
      {
        dimension: 'timeliness',
        code: 'follow_up_missed',
        points: 1,
        ref: 'SJ-2026-0731-02',
        at: '2026-08-02T08:00:00+08:00',
      },
    ],
    lost: 2,
    reports: [
      makeReport({ ...base, phonedAt: '2026-07-31T21:58:05+08:00', writtenAt: '2026-07-31T22:14:00+08:00' }),
      makeReport({
        ...base,
        stage: 'follow_up',
        sequence: 1,
        writtenAt: '2026-08-01T07:46:00+08:00',
        elements: ELEMENTS.slice(),
      }),
      makeReport({
        ...base,
        stage: 'follow_up',
        sequence: 2,
        level: 'III',
        writtenAt: '2026-08-01T16:20:00+08:00',
        elements: [],
      }),
      makeReport({ ...base, stage: 'final', sequence: 0, writtenAt: '2026-08-02T17:05:00+08:00', elements: [] }),
    ],
    ...overrides,
  })
}
