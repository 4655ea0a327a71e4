import { toQuarter } from '../../../calendar/quarter.ts'
import type { ReportFact } from '../../../facts/facts.ts'
import { at, first, misreport, unit, type WorkedExample } from './example-facts.ts'

/** Reports of level IV, a day apart from a day on, each in time and whole. */
function inTime(codes: readonly string[], month: string): ReportFact[] {
  return codes.map((code, index) => {
    const day = `2026-${month}-${String(index + 10)}`
    return first(code, 'IV', { learned: `${day} 08:00:00`, written: `${day} 09:00:00` })
  })
}

const QUARTER = toQuarter('2026Q3')
const AS_OF = at('2026-10-05 00:00:00')

export const ANHUI_EXAMPLES: readonly WorkedExample[] = [
  {
    regulationId: 'anhui',
    title: { zh: '基础 80 分 + 工作量 20 分，三个月', en: '80 base + 20 workload, three months' },
    facts: unit({
      reports: [
        first('A1', 'III', {
          occurred: '2026-07-06 08:00:00',
          learned: '2026-07-06 08:10:00',
          written: '2026-07-06 14:00:01',
        }),
        first('A2', 'IV', {
          learned: '2026-07-20 08:00:00',
          written: '2026-07-20 09:00:00',
          elements: ['source', 'occurred_time', 'place', 'nature'],
        }),
        ...inTime(['B1', 'B2', 'B3', 'B4', 'B5', 'B6'], '08'),
        ...inTime(['C1', 'C2'], '09'),
      ],
      misreports: [misreport('M1', 'understated', '2026-09-10'), misreport('M2', 'false', '2026-09-15')],
    }),
    holidays: [],
    quarter: QUARTER,
    asOf: AS_OF,
    expected: {
      lines: [
        { code: 'element_missing', ref: 'A2', points: 3_00 },
        { code: 'written_late', ref: 'A1', points: 6_00 },
        { code: 'understated', ref: 'M1', points: 5_00 },
        { code: 'false', ref: 'M2', points: 10_00 },
      ],
      dimensions: { timeliness: 38_00, completeness: 19_00, truthfulness: 15_00, discipline: 0, filing: 0 },
      workload: 12_00,
      bonus: 0,
      items: null,
      score: 84_00,
      grade: 'good',
    },
    working: {
      zh: [
        'A1 较大，08:00:00 发生，时限 4 小时，即 12:00:00；14:00:01 报出，按 3 个小时，每小时 2 分，扣 6 分。',
        'A2 按时，应有 7 项要素，缺 3 项，扣 3 分。',
        '7 月：基础 (40 − 6) + (20 − 3) + 20 = 71；首报 2 件，工作量 20 × 2 ÷ 5 = 8；共 79。',
        '8 月：基础 80；首报 6 件，超过 5 件按满分 20；共 100。',
        '9 月：轻报扣 5、谎报扣 10，基础 40 + 20 + (20 − 15) = 65；首报 2 件，工作量 8；共 73。',
        '季度 (79 + 100 + 73) ÷ 3 = 252 ÷ 3 = 84。',
        '分项：及时 114 ÷ 3 = 38，完整 57 ÷ 3 = 19，真实 45 ÷ 3 = 15，工作量 36 ÷ 3 = 12，相加 84。',
      ],
      en: [
        'A1, level III, occurred at 08:00:00 and is due within 4 hours, by 12:00:00; at 14:00:01 it is 3 started hours late at 2 each: 6 points.',
        'A2 is in time and lacks 3 of its 7 elements: 3 points.',
        'July: base (40 − 6) + (20 − 3) + 20 = 71; two first reports, workload 20 × 2 ÷ 5 = 8; 79.',
        'August: base 80; six first reports, more than the 5 that fill the workload, 20; 100.',
        'September: understated 5 and false 10, base 40 + 20 + (20 − 15) = 65; two first reports, 8; 73.',
        'The quarter is (79 + 100 + 73) ÷ 3 = 252 ÷ 3 = 84.',
        'Its parts: 114 ÷ 3 = 38, 57 ÷ 3 = 19, 45 ÷ 3 = 15 and workload 36 ÷ 3 = 12, together 84.',
      ],
    },
  },
  {
    regulationId: 'anhui',
    title: { zh: '无过错而工作量少', en: 'No fault, and little done' },
    facts: unit({ reports: [...inTime(['A1'], '07'), ...inTime(['C1', 'C2'], '09')] }),
    holidays: [],
    quarter: QUARTER,
    asOf: AS_OF,
    expected: {
      lines: [],
      dimensions: { timeliness: 40_00, completeness: 20_00, truthfulness: 20_00, discipline: 0, filing: 0 },
      workload: 4_00,
      bonus: 0,
      items: null,
      score: 84_00,
      grade: 'good',
    },
    working: {
      zh: [
        '三个月均无扣分，基础各 80。',
        '7 月首报 1 件：20 × 1 ÷ 5 = 4；8 月 0 件：0；9 月 2 件：8。',
        '季度 (84 + 80 + 88) ÷ 3 = 84；工作量 (4 + 0 + 8) ÷ 3 = 4。',
      ],
      en: [
        'No month loses anything: base 80 each.',
        'July has one first report, 20 × 1 ÷ 5 = 4; August none, 0; September two, 8.',
        'The quarter is (84 + 80 + 88) ÷ 3 = 84; workload (4 + 0 + 8) ÷ 3 = 4.',
      ],
    },
  },
]
