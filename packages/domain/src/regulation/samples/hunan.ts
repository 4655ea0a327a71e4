import type { Regulation } from '../regulation.ts'
import { dimensions, NOT_IN_SOURCE, sameClock, supplement } from './common-rules.ts'
import { clause, deduction, dimension, EVERY, fixed, forLevels, written } from './rule-makers.ts'

const SOURCE = '湘安办函〔2010〕20号'

/** 信息调度工作, month by month: a late report of a grave accident makes the month nothing. */
export const HUNAN: Regulation = {
  ...supplement('0'),
  id: 'hunan',
  version: '1',
  title: '湖南式（安全生产信息调度，按月计分）',
  source: {
    issuer: '湖南省安委办',
    document: SOURCE,
    note: '取值班调度 10 分、事故快报 50 分（其中要素 20 分）；时限起点、一般级时限、等次和漏报的分值原文未见，示例补充',
  },
  clauses: [
    clause('0', '补充', NOT_IN_SOURCE),
    clause('1', '值班调度', SOURCE),
    clause('2-1', '事故快报·时限', SOURCE),
    clause('2-2', '事故快报·续报', SOURCE),
    clause('2-3', '事故快报·要素', SOURCE),
  ],
  period: 'month',
  clocks: sameClock('0', 'learned_at'),
  deadlines: [written('2-1', 120, 'I', 'II'), written('2-1', 300, 'III'), written('0', 1440, 'IV')],
  followUps: [
    {
      ...forLevels('I', 'II'),
      clause: '2-2',
      schedule: { kind: 'times_of_day', minutes: [12 * 60, 24 * 60], graceSeconds: 0 },
    },
    { ...forLevels('III'), clause: '2-2', schedule: { kind: 'times_of_day', minutes: [24 * 60], graceSeconds: 0 } },
  ],
  completeness: [
    {
      ...EVERY,
      clause: '2-3',
      stage: 'first',
      required: ['source', 'occurred_time', 'place', 'nature', 'process', 'casualties'],
      supplementSeconds: 0,
    },
  ],
  dimensions: dimensions({
    timeliness: dimension(30_00, '事故快报·时限'),
    completeness: dimension(20_00, '事故快报·要素'),
    discipline: dimension(10_00, '值班调度'),
  }),
  deductions: [
    deduction('written_late', '2-1', 'timeliness', { kind: 'zero_month' }, { levels: ['I', 'II'] }),
    deduction('written_missing', '2-1', 'timeliness', { kind: 'zero_month' }, { levels: ['I', 'II'] }),
    deduction(
      'written_late',
      '2-1',
      'timeliness',
      { kind: 'per_started_hour', points: 3_00, max: null },
      { levels: ['III'] },
    ),
    deduction('follow_up_missed', '2-2', 'timeliness', { kind: 'per_item', points: 1_00, max: null, whenMissing: 0 }),
    deduction('element_missing', '2-3', 'completeness', {
      kind: 'per_item',
      points: 1_00,
      max: null,
      whenMissing: 6_00,
    }),
    deduction('no_answer', '1', 'discipline', fixed(5_00)),
    deduction('filing_late', '1', 'discipline', fixed(50)),
    deduction('filing_missing', '1', 'discipline', fixed(1_00)),
  ],
  // No figure for 漏报 and 瞒报 is known, and what costs nothing must not take the place of what does.
  absorbingMisreports: [],
  phoneCheck: { clause: '1', maxRings: 100, maxSeconds: 300, attempts: 2, spacingSeconds: 0, callBackSeconds: 0 },
  grades: { clause: '0', by: 'without_bonus', excellent: 54_00, good: 48_00, fair: 36_00 },
  commendation: { clause: '0', minEventsOwed: 3, grades: ['excellent', 'good'] },
}
