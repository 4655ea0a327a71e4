import { toQuarter } from '../../../calendar/quarter.ts'
import { at, bonus, first, misreport, unit, used, type WorkedExample } from './example-facts.ts'

const inTime = (eventCode: string, day: string) =>
  first(eventCode, 'IV', { learned: `2026-${day} 09:00:00`, written: `2026-${day} 11:00:00` })

const NO_POINTS = { timeliness: 0, completeness: 0, truthfulness: 0, discipline: 0, filing: 0 }
const QUARTER = toQuarter('2026Q3')
const AS_OF = at('2026-10-05 00:00:00')

export const MEIZHOU_EXAMPLES: readonly WorkedExample[] = [
  {
    regulationId: 'meizhou',
    title: { zh: '四条信息的平均', en: 'The average of four items' },
    facts: unit({
      reports: [
        inTime('E1', '07-06'),
        first('E2', 'IV', { learned: '2026-07-10 09:00:00', written: '2026-07-10 11:00:01' }),
        inTime('E3', '08-04'),
        inTime('E4', '09-01'),
      ],
      adoptions: [
        used('E1', 'special_report', '2026-07-07'),
        used('E2', 'circulated', '2026-07-11'),
        used('E3', 'digest', '2026-08-05'),
        used('E4', 'on_file', '2026-09-02'),
      ],
      bonuses: [
        bonus('B1', 'instruction_national', '2026-07-08', 'E1'),
        bonus('B2', 'instruction_province', '2026-07-08', 'E1'),
        bonus('B3', 'instruction_city', '2026-07-12', 'E2'),
        bonus('B4', 'media', '2026-08-06', 'E3'),
      ],
      misreports: [misreport('M1', 'omitted', '2026-09-10'), misreport('M2', 'understated', '2026-09-15', 'E1')],
    }),
    holidays: [],
    quarter: QUARTER,
    asOf: AS_OF,
    expected: {
      lines: [
        { code: 'written_late', ref: 'E2', points: 2_00 },
        { code: 'omitted', ref: 'M1', points: 10_00 },
        { code: 'understated', ref: 'M2', points: 2_50 },
      ],
      dimensions: NO_POINTS,
      workload: 0,
      bonus: 13_00,
      items: { count: 4, points: 12_00 },
      score: 2_63,
      grade: 'fair',
    },
    working: {
      zh: [
        '四条计分信息：专报 5 + 送阅 4 + 综合 2 + 备查 1 = 12。',
        '加分：国家领导批示 5 + 省领导 4 + 市领导 3 + 现场图像音视频 1 = 13。',
        'E2 超过 120 分钟 1 秒，迟报，扣该条（送阅 4 分）的 50%，即 2 分。',
        'M2 轻报 E1，扣该条（专报 5 分）的 50%，即 2.5 分；M1 漏报一件，从总分扣 10 分。',
        '总分 12 + 13 − 2 − 2.5 − 10 = 10.5；10.5 ÷ 4 条 = 2.625，四舍五入 2.63。',
      ],
      en: [
        'Four items: special report 5 + circulated 4 + digest 2 + on file 1 = 12.',
        'Bonus: national instruction 5 + province 4 + city 3 + scene media 1 = 13.',
        'E2 is a second over its 120 minutes: late, 50 % of that item (circulated, 4) = 2.',
        'M2 understates E1: 50 % of that item (special report, 5) = 2.5. M1, one event omitted: 10 from the total.',
        'Total 12 + 13 − 2 − 2.5 − 10 = 10.5; 10.5 ÷ 4 items = 2.625, rounded 2.63.',
      ],
    },
  },
  {
    regulationId: 'meizhou',
    title: { zh: '没有计分信息（0 ÷ 0）：不计分、不排名', en: 'No item (0 ÷ 0): not measured' },
    facts: unit({ reports: [inTime('E1', '07-06')] }),
    holidays: [],
    quarter: QUARTER,
    asOf: AS_OF,
    expected: {
      lines: [],
      dimensions: NO_POINTS,
      workload: 0,
      bonus: 0,
      items: { count: 0, points: 0 },
      score: null,
      grade: null,
    },
    working: {
      zh: ['E1 按时报出，但没有被采用，计分信息 0 条。', '没有扣分；0 ÷ 0 没有意义：本季度不计分、不排名，不是 0 分。'],
      en: [
        'E1 came in time and was not used: no item.',
        'Nothing was lost either; 0 ÷ 0 says nothing: the unit is not measured, which is not a score of 0.',
      ],
    },
  },
  {
    regulationId: 'meizhou',
    title: { zh: '没有计分信息而有瞒报：按 1 条除', en: 'Concealed, and no item: divided by one' },
    facts: unit({ reports: [inTime('E1', '07-06')], misreports: [misreport('M1', 'concealed', '2026-09-10')] }),
    holidays: [],
    quarter: QUARTER,
    asOf: AS_OF,
    expected: {
      lines: [{ code: 'concealed', ref: 'M1', points: 10_00 }],
      dimensions: NO_POINTS,
      workload: 0,
      bonus: 0,
      items: { count: 0, points: 0 },
      score: -10_00,
      grade: 'poor',
    },
    working: {
      zh: [
        '计分信息 0 条；M1 瞒报一件，从总分扣 10 分。',
        '过错不能因为没有计分信息而消失：按 1 条除，(0 − 10) ÷ 1 = −10。',
      ],
      en: [
        'No item; M1, one event concealed: 10 from the total.',
        'A fault must not vanish for want of items: divided by one, (0 − 10) ÷ 1 = −10.',
      ],
    },
  },
]
