import type { Regulation } from '../regulation.ts'
import { dimensions, NOT_IN_SOURCE, sameClock, supplement } from './common-rules.ts'
import { clause, deduction, dimension, EVERY, fixed, phone, written } from './rule-makers.ts'

const SOURCE = '皖政办秘〔2010〕31号'

/** 80 base + 20 workload, bulletined every month. */
export const ANHUI: Regulation = {
  ...supplement('0'),
  id: 'anhui',
  version: '1',
  title: '安徽式（基础 80 分 + 工作量 20 分，按月通报）',
  source: {
    issuer: '安徽省人民政府办公厅',
    document: SOURCE,
    note: '80 分的内部分配、扣分分值、工作量折算、一般级时限和等次原文未见，示例补充',
  },
  clauses: [
    clause('0', '补充', NOT_IN_SOURCE),
    clause('1', '时限', SOURCE),
    clause('2', '要素', SOURCE),
    clause('3', '基础分', SOURCE),
    clause('4', '工作量', SOURCE),
  ],
  period: 'month',
  clocks: sameClock('1', 'occurred_at'),
  deadlines: [
    phone('0', 60, 'I', 'II'),
    written('1', 120, 'I', 'II'),
    written('1', 240, 'III'),
    written('0', 1440, 'IV'),
  ],
  completeness: [
    {
      ...EVERY,
      clause: '2',
      stage: 'first',
      required: ['source', 'occurred_time', 'place', 'nature', 'scope', 'trend', 'response'],
      supplementSeconds: 24 * 3600,
    },
  ],
  dimensions: dimensions({
    timeliness: dimension(40_00),
    completeness: dimension(20_00),
    truthfulness: dimension(20_00),
  }),
  deductions: [
    deduction('written_late', '3', 'timeliness', { kind: 'per_started_hour', points: 2_00, max: 10_00 }),
    deduction('written_missing', '3', 'timeliness', fixed(10_00)),
    deduction('element_missing', '3', 'completeness', { kind: 'per_item', points: 1_00, max: null, whenMissing: 7_00 }),
    deduction('understated', '3', 'truthfulness', fixed(5_00)),
    deduction('false', '3', 'truthfulness', fixed(10_00)),
    deduction('omitted', '3', 'truthfulness', fixed(10_00)),
    deduction('concealed', '3', 'truthfulness', fixed(20_00)),
  ],
  workload: { clause: '4', counts: 'written_first_reports', max: 20_00, fullAt: 5 },
  grades: { clause: '0', by: 'without_bonus', excellent: 90_00, good: 80_00, fair: 60_00 },
  commendation: { clause: '0', minEventsOwed: 3, grades: ['excellent', 'good'] },
}
