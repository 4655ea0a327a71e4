import type { Regulation } from '../regulation.ts'
import { dimensions, NOT_IN_SOURCE, sameClock, supplement } from './common-rules.ts'
import { clause, deduction, fixed, written } from './rule-makers.ts'

const SOURCE = '梅州市突发公共事件信息报告情况通报考评督办暂行办法'

/** 综合得分 = 总分 ÷ 计分信息条数: an average by the use of each item. */
export const MEIZHOU: Regulation = {
  ...supplement('0'),
  id: 'meizhou',
  version: '1',
  title: '梅州式（按采用计分，取每条平均）',
  source: {
    issuer: '梅州市',
    document: SOURCE,
    note: '报送时限、等次分数线原文未见，示例补充；没有计分信息又没有扣分的不计分、不排名，没有计分信息而有扣分的按 1 条除',
  },
  clauses: [
    clause('0', '补充', NOT_IN_SOURCE),
    clause('1', '采用计分', SOURCE),
    clause('2', '加分', SOURCE),
    clause('3', '扣分', SOURCE),
  ],
  period: 'quarter',
  clocks: sameClock('0', 'learned_at'),
  deadlines: [written('0', 30, 'I', 'II'), written('0', 60, 'III'), written('0', 120, 'IV')],
  dimensions: dimensions({}),
  deductions: [
    deduction('written_late', '3', 'timeliness', { kind: 'percent_of_item', percent: 50 }),
    deduction('understated', '3', 'truthfulness', { kind: 'percent_of_item', percent: 50 }),
    deduction('false', '3', 'truthfulness', { kind: 'percent_of_item', percent: 50 }),
    deduction('omitted', '3', 'truthfulness', fixed(10_00)),
    deduction('concealed', '3', 'truthfulness', fixed(10_00)),
  ],
  items: {
    clause: '1',
    points: { special_report: 5_00, circulated: 4_00, commissioned: 3_00, digest: 2_00, on_file: 1_00 },
  },
  bonus: {
    clause: '2',
    points: { instruction_national: 5_00, instruction_province: 4_00, instruction_city: 3_00, media: 1_00 },
    perEvent: 'all',
    maxPerPeriod: null,
  },
  grades: { clause: '0', by: 'with_bonus', excellent: 4_00, good: 3_00, fair: 2_00 },
  commendation: { clause: '0', minEventsOwed: 3, grades: ['excellent', 'good'] },
}
