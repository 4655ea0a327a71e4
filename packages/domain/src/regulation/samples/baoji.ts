import type { Regulation } from '../regulation.ts'
import { dimensions, NOT_IN_SOURCE, sameClock, supplement } from './common-rules.ts'
import { clause, deduction, dimension, fixed, written } from './rule-makers.ts'

const SOURCE = '宝鸡市级部门应急管理工作考核评分标准 附件3'

/** 应急值守和应急处置, 20 of 100: four items of 5. Two of them are scored by people on the spot and stay whole here. */
export const BAOJI: Regulation = {
  ...supplement('0'),
  id: 'baoji',
  version: '1',
  title: '宝鸡式（应急值守和应急处置 20 分）',
  source: {
    issuer: '宝鸡市',
    document: SOURCE,
    note: '报送时限、等次原文未见，示例补充；应急处置、监测预警两项由现场评分，本系统按满分计',
  },
  clauses: [clause('0', '补充', NOT_IN_SOURCE), clause('1', '24小时值班', SOURCE), clause('2', '信息报告', SOURCE)],
  period: 'quarter',
  clocks: sameClock('0', 'learned_at'),
  deadlines: [written('0', 30, 'I', 'II'), written('0', 60, 'III'), written('0', 120, 'IV')],
  dimensions: dimensions({
    timeliness: dimension(5_00, '信息报告'),
    completeness: dimension(5_00, '应急处置'),
    discipline: dimension(5_00, '24小时值班'),
    filing: dimension(5_00, '监测预警'),
  }),
  deductions: [
    deduction('absent', '1', 'discipline', fixed(1_00)),
    deduction('written_late', '2', 'timeliness', fixed(1_00)),
    deduction('false', '2', 'timeliness', fixed(2_00)),
    deduction('omitted', '2', 'timeliness', fixed(3_00)),
    deduction('concealed', '2', 'timeliness', fixed(4_00)),
  ],
  grades: { clause: '0', by: 'without_bonus', excellent: 18_00, good: 16_00, fair: 12_00 },
  commendation: { clause: '0', minEventsOwed: 3, grades: ['excellent', 'good'] },
}
