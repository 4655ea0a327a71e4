import { toQuarter } from '../../../calendar/quarter.ts'
import { SAMPLE_HOLIDAYS } from '../sample-holidays.ts'
import { at, bonus, check, filing, first, later, misreport, unit, type WorkedExample } from './example-facts.ts'

const whole = first('E1', 'IV', { learned: '2026-07-03 14:05:30', written: '2026-07-03 15:00:00' })
const grave = first('E1', 'II', {
  occurred: '2026-07-11 09:00:00',
  learned: '2026-07-11 09:02:00',
  phoned: '2026-07-11 09:15:01',
  written: '2026-07-11 09:35:00',
})

export const SAMPLE_EXAMPLES: readonly WorkedExample[] = [
  {
    regulationId: 'sample',
    title: { zh: '按时一件，迟报一件，未报一件', en: 'One report in time, one late, one never sent' },
    facts: unit({
      reports: [
        whole,
        first('E2', 'IV', { learned: '2026-07-03 14:05:30', written: '2026-07-03 17:05:31' }),
        first('E3', 'IV', { learned: '2026-07-03 14:05:30' }),
      ],
    }),
    holidays: [],
    quarter: toQuarter('2026Q3'),
    asOf: at('2026-10-05 00:00:00'),
    expected: {
      lines: [
        { code: 'element_missing', ref: 'E3', points: 4_00 },
        { code: 'written_late', ref: 'E2', points: 2_00 },
        { code: 'written_missing', ref: 'E3', points: 8_00 },
      ],
      dimensions: { timeliness: 20_00, completeness: 16_00, truthfulness: 20_00, discipline: 20_00, filing: 10_00 },
      workload: 0,
      bonus: 0,
      items: null,
      score: 86_00,
      grade: 'good',
    },
    working: {
      zh: [
        '三起事件均为一般（Ⅳ级），14:05:30 接报，书面时限 120 分钟，即 16:05:30。',
        'E1 15:00:00 报出，按时，要素齐全，不扣分。',
        'E2 17:05:31 报出，超时 3601 秒，跨入第 2 个小时，扣 2 分。',
        'E3 至今未报，扣 8 分；要素视为全缺，扣 4 分。',
        '及时 30 − 2 − 8 = 20；完整 20 − 4 = 16；真实 20；值班纪律 20；节假日报送 10。',
        '合计 20 + 16 + 20 + 20 + 10 = 86，达到 80，良好。',
      ],
      en: [
        'All three events are of level IV, learned at 14:05:30; the written limit is 120 minutes: 16:05:30.',
        'E1 is written at 15:00:00, in time and with every element: nothing.',
        'E2 is written at 17:05:31, 3,601 seconds over, which begins a second hour: 2 points.',
        'E3 never came: 8 points, and 4 for its elements, of which none was given.',
        'Timeliness 30 − 2 − 8 = 20; completeness 20 − 4 = 16; truthfulness 20; discipline 20; filing 10.',
        'Together 20 + 16 + 20 + 20 + 10 = 86; from 80 on the grade is good.',
      ],
    },
  },
  {
    regulationId: 'sample',
    title: { zh: '重大事件、抽查、节假日、加分', en: 'A grave event, a check, a holiday, a bonus' },
    facts: unit({
      reports: [grave, later(grave, 'final', '2026-07-12 08:00:00')],
      checks: [check('K1', '2026-08-01 09:00:00', ['call_forwarded'])],
      misreports: [misreport('M1', 'understated', '2026-08-20')],
      filings: [
        filing('中秋节', 'whereabouts', '2026-09-21 00:00:00'),
        filing('中秋节', 'roster', '2026-09-20 23:59:59'),
        filing('国庆节', 'whereabouts', '2026-09-26 12:00:00'),
        filing('国庆节', 'roster', '2026-09-26 12:00:00'),
      ],
      bonuses: [bonus('B1', 'instruction_city', '2026-08-05'), bonus('B2', 'media', '2026-08-06')],
    }),
    holidays: SAMPLE_HOLIDAYS,
    quarter: toQuarter('2026Q3'),
    asOf: at('2026-10-05 00:00:00'),
    expected: {
      lines: [
        { code: 'call_forwarded', ref: 'K1', points: 4_00 },
        { code: 'filing_late', ref: '2026-中秋节/whereabouts', points: 50 },
        { code: 'follow_up_missed', ref: 'E1', points: 1_00 },
        { code: 'phone_late', ref: 'E1', points: 1_00 },
        { code: 'understated', ref: 'M1', points: 4_00 },
      ],
      dimensions: { timeliness: 28_00, completeness: 20_00, truthfulness: 16_00, discipline: 16_00, filing: 9_50 },
      workload: 0,
      bonus: 4_00,
      items: null,
      score: 93_50,
      grade: 'good',
    },
    working: {
      zh: [
        'E1 为重大（Ⅱ级），09:00:00 发生：电话应在 09:15:00 前，书面应在 09:35:00 前。',
        '电话 09:15:01，迟 1 秒，扣 1 分；书面 09:35:00，正好按时；要素齐全。',
        '首报后 2 小时起，每日 8 时、17 时应有续报：7 月 11 日 17 时没有，扣 1 分；12 日 8 时整的终报算作该次续报。',
        '及时 30 − 1 − 1 = 28。',
        'M1 轻报，扣 4 分：真实 20 − 4 = 16。K1 值班室电话转接，扣 4 分：值班纪律 20 − 4 = 16。',
        '中秋节应在 9 月 20 日内报：去向表 21 日 0 时收到，迟报扣 0.5；其余三份按时：节假日报送 10 − 0.5 = 9.5。',
        '五项合计 28 + 20 + 16 + 16 + 9.5 = 89.5，不到 90，良好；等次不看加分。',
        '加分 3 + 1 = 4，不超过 5；得分 89.5 + 4 = 93.5。',
      ],
      en: [
        'E1 is of level II and occurred at 09:00:00: the call is due by 09:15:00, the written report by 09:35:00.',
        'The call comes at 09:15:01, a second late: 1 point. The report at 09:35:00 is just in time and whole.',
        'From two hours after it a follow-up is owed at 08:00 and 17:00: none by 17:00 on 11 July, 1 point; the final report at 08:00:00 on the 12th meets that slot.',
        'Timeliness 30 − 1 − 1 = 28.',
        'M1 understated, 4 points: truthfulness 16. K1, a forwarded call in a duty room, 4 points: discipline 16.',
        'The forms of 中秋节 are due within 20 September: one is received at 00:00 of the 21st, late, 0.5; the other three are in time: filing 9.5.',
        'The dimensions sum to 28 + 20 + 16 + 16 + 9.5 = 89.5, below 90: good; the grade does not see the bonus.',
        'Bonus 3 + 1 = 4, not above 5; score 89.5 + 4 = 93.5.',
      ],
    },
  },
]
