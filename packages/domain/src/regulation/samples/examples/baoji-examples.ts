import { toQuarter } from '../../../calendar/quarter.ts'
import { at, check, first, misreport, unit, type WorkedExample } from './example-facts.ts'

const late = first('E1', 'IV', { learned: '2026-07-03 14:05:30', written: '2026-07-03 16:05:31' })

export const BAOJI_EXAMPLES: readonly WorkedExample[] = [
  {
    regulationId: 'baoji',
    title: { zh: '脱岗两次、迟报一次、谎报一次', en: 'Absent twice, late once, false once' },
    facts: unit({
      reports: [late],
      checks: [check('K1', '2026-07-20 22:00:00', ['absent']), check('K2', '2026-08-20 22:00:00', ['absent'])],
      misreports: [misreport('M1', 'false', '2026-08-25')],
    }),
    holidays: [],
    quarter: toQuarter('2026Q3'),
    asOf: at('2026-10-05 00:00:00'),
    expected: {
      lines: [
        { code: 'absent', ref: 'K1', points: 1_00 },
        { code: 'absent', ref: 'K2', points: 1_00 },
        { code: 'written_late', ref: 'E1', points: 1_00 },
        { code: 'false', ref: 'M1', points: 2_00 },
      ],
      dimensions: { timeliness: 2_00, completeness: 5_00, truthfulness: 0, discipline: 3_00, filing: 5_00 },
      workload: 0,
      bonus: 0,
      items: null,
      score: 15_00,
      grade: 'fair',
    },
    working: {
      zh: [
        '24小时值班 5 分：脱岗两次，每次扣 1 分，5 − 2 = 3。',
        '信息报告 5 分：E1 超过时限 1 秒，迟报扣 1 分；M1 谎报扣 2 分，5 − 1 − 2 = 2。',
        '应急处置、监测预警各 5 分，由现场评分，这里按满分。',
        '合计 3 + 2 + 5 + 5 = 15（满分 20）。',
      ],
      en: [
        '24小时值班, 5 points: absent twice at 1 each, 5 − 2 = 3.',
        '信息报告, 5 points: E1 is a second over its limit, late, 1; M1 false, 2: 5 − 1 − 2 = 2.',
        '应急处置 and 监测预警, 5 points each, are scored on the spot and stay whole here.',
        'Together 3 + 2 + 5 + 5 = 15 of 20.',
      ],
    },
  },
  {
    regulationId: 'baoji',
    title: { zh: '五种扣分都有，扣完为止', en: 'All five faults; the item stops at 0' },
    facts: unit({
      reports: [late, first('E2', 'IV', { learned: '2026-08-02 10:00:00' })],
      checks: [check('K1', '2026-07-20 22:00:00', ['absent'])],
      misreports: [
        misreport('M1', 'false', '2026-08-25'),
        misreport('M2', 'omitted', '2026-08-26', 'E2'),
        misreport('M3', 'concealed', '2026-09-30'),
      ],
    }),
    holidays: [],
    quarter: toQuarter('2026Q3'),
    asOf: at('2026-10-05 00:00:00'),
    expected: {
      lines: [
        { code: 'absent', ref: 'K1', points: 1_00 },
        { code: 'written_late', ref: 'E1', points: 1_00 },
        { code: 'false', ref: 'M1', points: 2_00 },
        { code: 'omitted', ref: 'M2', points: 3_00 },
        { code: 'concealed', ref: 'M3', points: 4_00 },
      ],
      dimensions: { timeliness: 0, completeness: 5_00, truthfulness: 0, discipline: 4_00, filing: 5_00 },
      workload: 0,
      bonus: 0,
      items: null,
      score: 14_00,
      grade: 'fair',
    },
    working: {
      zh: [
        '24小时值班：脱岗一次扣 1 分，5 − 1 = 4。',
        '信息报告：迟报 1 + 谎报 2 + 漏报 3 + 瞒报 4 = 10，超过 5 分，扣完为止，得 0。',
        'E2 未报：原办法不按“未报”扣分，认定为漏报（M2）后扣 3 分。',
        '合计 4 + 0 + 5 + 5 = 14（满分 20）。',
      ],
      en: [
        '24小时值班: absent once, 5 − 1 = 4.',
        '信息报告: late 1 + false 2 + omitted 3 + concealed 4 = 10, more than its 5: it stops at 0.',
        'E2 never came: the method puts nothing on that by itself; once confirmed as omitted (M2) it costs 3.',
        'Together 4 + 0 + 5 + 5 = 14 of 20.',
      ],
    },
  },
]
