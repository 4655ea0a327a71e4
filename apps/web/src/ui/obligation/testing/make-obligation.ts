import type { EventJudgement, EventRecord, ObligationItem, ObligationTimeline } from '@zhidu/contract'
import { toQuarter } from '@zhidu/domain'

export function makeObligationItem(change: Partial<ObligationItem> = {}): ObligationItem {
  return {
    unitCode: 'D13',
    unitName: '市住房城乡建设局',
    isUnitClosed: false,
    quarter: toQuarter('2026Q3'),
    kind: 'written',
    ref: 'SJ-2026-0817-03',
    level: 'IV',
    category: 'accident',
    arisesAt: '2026-08-17T14:05:00+08:00',
    ruleDueAt: '2026-08-17T16:05:00+08:00',
    dueAt: '2026-08-17T16:05:00+08:00',
    metAt: '2026-08-17T16:22:00+08:00',
    outcome: 'late',
    lateSeconds: 1020,
    secondsLeft: null,
    preReport: null,
    isReopened: false,
    ...change,
  }
}

const NO_MARK = { isAhead: false, until: null, grace: null, by: null, reason: null, outcome: null } as const

/** Pre-reported in vain, closed, re-opened, and met late. */
export function makeObligationTimeline(change: Partial<ObligationTimeline> = {}): ObligationTimeline {
  return {
    ...makeObligationItem({ preReport: 'not_in_rules', isReopened: true }),
    clause: { label: '§5-时限', citation: '武汉 武政〔2020〕27号' },
    preReportDetail: {
      sentAt: '2026-08-17T15:00:00+08:00',
      reason: '道路中断',
      state: 'not_in_rules',
      until: null,
    },
    reopenings: [
      {
        reopenedAt: '2026-08-17T16:10:00+08:00',
        reopenedBy: '考核甲',
        until: '2026-08-17T16:15:00+08:00',
        reason: '通信线路中断',
      },
    ],
    milestones: [
      { ...NO_MARK, kind: 'arises', at: '2026-08-17T14:05:00+08:00' },
      { ...NO_MARK, kind: 'pre_reported', at: '2026-08-17T15:00:00+08:00', reason: '道路中断' },
      { ...NO_MARK, kind: 'due', at: '2026-08-17T16:05:00+08:00' },
      { ...NO_MARK, kind: 'closed', at: '2026-08-17T16:05:01+08:00' },
      {
        ...NO_MARK,
        kind: 'reopened',
        at: '2026-08-17T16:10:00+08:00',
        until: '2026-08-17T16:15:00+08:00',
        by: '考核甲',
        reason: '通信线路中断',
      },
      { ...NO_MARK, kind: 'met', at: '2026-08-17T16:22:00+08:00', outcome: 'late' },
      { ...NO_MARK, kind: 'grace', at: '2026-08-18T16:22:00+08:00', grace: 'supplement', isAhead: true },
    ],
    versions: [
      {
        dueAt: '2026-08-17T15:55:00+08:00',
        regulationVersion: '2026-1',
        clause: '5-T-2',
        cause: 'arose',
        recordedAt: '2026-08-17T17:00:00+08:00',
        replacedAt: '2026-08-18T09:00:00+08:00',
        replacedCause: 'corrected',
      },
      {
        dueAt: '2026-08-17T16:05:00+08:00',
        regulationVersion: '2026-1',
        clause: '5-T-2',
        cause: 'corrected',
        recordedAt: '2026-08-18T09:00:00+08:00',
        replacedAt: null,
        replacedCause: null,
      },
    ],
    reopenRefusal: null,
    ...change,
  }
}

/** Five clocks, a first report that was corrected once, one obligation. */
export function makeEventRecord(judgement: Pick<EventJudgement, 'unitCode'>): EventRecord {
  const own = { source: 'own', by: '值班甲', fileName: 'reports.csv' } as const
  const at = '2026-08-17T16:22:00+08:00'
  const recordedAt = '2026-08-18T09:00:00+08:00'
  return {
    unitCode: judgement.unitCode,
    clocks: [
      { clock: 'occurred', at: '2026-08-17T14:00:00+08:00', recordedAt, grade: 'D', ...own },
      { clock: 'learned', at: '2026-08-17T14:05:00+08:00', recordedAt, grade: 'D', ...own },
      { clock: 'phoned', at: null, recordedAt: null, grade: null, source: 'own', by: null, fileName: null },
      { clock: 'written', at, recordedAt, grade: 'C', source: 'superior', by: null, fileName: null },
      { clock: 'received', at: recordedAt, recordedAt, grade: 'A', source: 'system', by: null, fileName: null },
    ],
    receiptLagSeconds: 59_880,
    trail: [
      {
        stage: 'first',
        sequence: 0,
        versions: [
          { recordedAt, ...own, changes: [] },
          {
            recordedAt: '2026-08-18T10:00:00+08:00',
            source: 'superior',
            by: null,
            fileName: null,
            changes: [
              { field: 'level', from: 'III', to: 'IV' },
              { field: 'writtenAt', from: null, to: at },
              { field: 'elements', from: 'source;place', to: 'source;cause' },
            ],
          },
        ],
      },
    ],
    obligations: [makeObligationTimeline()],
  }
}
