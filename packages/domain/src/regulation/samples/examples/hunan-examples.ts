import { toQuarter } from '../../../calendar/quarter.ts'
import { SAMPLE_HOLIDAYS } from '../sample-holidays.ts'
import { at, check, filing, first, later, unit, type WorkedExample } from './example-facts.ts'

const major = first('E1', 'III', {
  learned: '2026-07-06 08:00:00',
  written: '2026-07-06 15:00:01',
  elements: ['source', 'occurred_time', 'place', 'process'],
})
const grave = first('E2', 'II', { learned: '2026-08-12 10:00:00', written: '2026-08-12 12:00:01' })

export const HUNAN_EXAMPLES: readonly WorkedExample[] = [
  {
    regulationId: 'hunan',
    title: {
      zh: '较大事故迟报、缺要素、缺续报，按月取平均',
      en: 'Late, elements and a follow-up missing; the mean of three months',
    },
    facts: unit({
      reports: [major, later(major, 'follow_up', '2026-07-07 09:00:00'), later(major, 'final', '2026-07-08 10:00:00')],
      checks: [check('K1', '2026-07-20 22:00:00', ['no_answer'])],
      filings: [
        filing('中秋节', 'whereabouts', '2026-09-21 00:00:00'),
        filing('国庆节', 'whereabouts', '2026-09-26 12:00:00'),
        filing('国庆节', 'roster', '2026-09-26 12:00:00'),
      ],
    }),
    holidays: SAMPLE_HOLIDAYS,
    quarter: toQuarter('2026Q3'),
    asOf: at('2026-10-05 00:00:00'),
    expected: {
      lines: [
        { code: 'element_missing', ref: 'E1', points: 2_00 },
        { code: 'filing_missing', ref: '2026-中秋节/roster', points: 1_00 },
        { code: 'filing_late', ref: '2026-中秋节/whereabouts', points: 50 },
        { code: 'no_answer', ref: 'K1', points: 5_00 },
        { code: 'follow_up_missed', ref: 'E1', points: 1_00 },
        { code: 'written_late', ref: 'E1', points: 9_00 },
      ],
      dimensions: { timeliness: 26_67, completeness: 19_33, truthfulness: 0, discipline: 7_83, filing: 0 },
      workload: 0,
      bonus: 0,
      items: null,
      score: 53_83,
      grade: 'good',
    },
    working: {
      zh: [
        'E1 较大事故，7 月 6 日 08:00:00 接报，时限 5 小时，即 13:00:00；15:00:01 报出，超过 2 小时零 1 秒，按 3 个小时，扣 9 分。',
        '首报应有 6 项要素，只有 4 项，扣 2 分。',
        '较大事故每日一次续报：7 月 7 日 0 时前没有，扣 1 分；7 日 09:00 的续报满足 8 日 0 时；8 日 10:00 终报结束。',
        'K1 抽查 5 分钟无人接听，扣 5 分。',
        '7 月：时限 30 − 9 − 1 = 20，要素 20 − 2 = 18，值班 10 − 5 = 5，共 43。',
        '8 月：无扣分，30 + 20 + 10 = 60。',
        '9 月：中秋节去向表迟报扣 0.5、值班表缺报扣 1，值班 10 − 1.5 = 8.5，共 30 + 20 + 8.5 = 58.5。',
        '季度 (43 + 60 + 58.5) ÷ 3 = 161.5 ÷ 3 = 53.83。',
        '分项 80 ÷ 3 = 26.67，58 ÷ 3 = 19.33，23.5 ÷ 3 = 7.83，相加 53.83。',
      ],
      en: [
        'E1, level III, learned on 6 July at 08:00:00, is due within 5 hours, by 13:00:00; written at 15:00:01 it is 2 hours and a second over: 3 started hours, 9 points.',
        'Of the six elements of a first report it gave four: 2 points.',
        'Level III owes a follow-up each day: none by 00:00 of 7 July, 1 point; that of the 7th, 09:00, meets 00:00 of the 8th; the final report at 10:00 ends it.',
        'K1: nobody answers within five minutes, 5 points.',
        'July: 30 − 9 − 1 = 20, 20 − 2 = 18, 10 − 5 = 5: 43.',
        'August: nothing is lost, 30 + 20 + 10 = 60.',
        'September: one form of 中秋节 is late, 0.5, one missing, 1: 10 − 1.5 = 8.5, with 30 + 20 it is 58.5.',
        'The quarter is (43 + 60 + 58.5) ÷ 3 = 161.5 ÷ 3 = 53.83.',
        'Its parts: 80 ÷ 3 = 26.67, 58 ÷ 3 = 19.33, 23.5 ÷ 3 = 7.83, together 53.83.',
      ],
    },
  },
  {
    regulationId: 'hunan',
    title: { zh: '重大事故迟报一秒，当月为零', en: 'A grave accident a second late makes its month nothing' },
    facts: unit({ reports: [grave, later(grave, 'final', '2026-08-12 22:00:00')] }),
    holidays: [],
    quarter: toQuarter('2026Q3'),
    asOf: at('2026-10-05 00:00:00'),
    expected: {
      lines: [{ code: 'written_late', ref: 'E2', points: 0 }],
      dimensions: { timeliness: 20_00, completeness: 13_33, truthfulness: 0, discipline: 6_67, filing: 0 },
      workload: 0,
      bonus: 0,
      items: null,
      score: 40_00,
      grade: 'fair',
    },
    working: {
      zh: [
        'E2 重大事故，8 月 12 日 10:00:00 接报，时限 2 小时，即 12:00:00；12:00:01 报出，迟报，8 月全部为 0 分。',
        '7 月、9 月无扣分，各 60 分。',
        '季度 (60 + 0 + 60) ÷ 3 = 40。',
      ],
      en: [
        'E2, level II, learned on 12 August at 10:00:00, is due within 2 hours, by 12:00:00; written at 12:00:01 it is late, and August comes to nothing.',
        'July and September lose nothing, 60 each.',
        'The quarter is (60 + 0 + 60) ÷ 3 = 40.',
      ],
    },
  },
]
