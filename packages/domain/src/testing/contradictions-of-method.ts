import { MEIZHOU } from '../regulation/samples/meizhou.ts'
import { deduction, fixed } from '../regulation/samples/rule-makers.ts'
import { SAMPLE_REGULATION as SAMPLE } from '../regulation/samples/sample-regulation.ts'
import { type Contradiction, finalLimit, weighted, withDimension, withRule, withShape } from './change-regulation.ts'
import { on } from './make-facts.ts'

/** What costs nothing, points, grades, vetoes, and the document as a whole. */
export const CONTRADICTIONS_OF_METHOD: readonly Contradiction[] = [
  [
    'max_below_points',
    'at most less than once',
    withShape(SAMPLE, 'written_late', { kind: 'per_started_hour', points: 3_00, max: 2_00 }),
    [{ clause: '5-A-3', part: 'deductions', params: { code: 'written_late', value: 2_00, min: 3_00 } }],
  ],
  [
    'nothing_owed',
    'a late call where no call is owed',
    { ...SAMPLE, deadlines: SAMPLE.deadlines.filter(({ channel }) => channel !== 'phone') },
    [
      { clause: '5-A-1', part: 'deductions', params: { code: 'phone_late' } },
      { clause: '5-A-2', part: 'deductions', params: { code: 'phone_missing' } },
    ],
  ],
  [
    'nothing_owed',
    'a late final report at levels that owe none by a time',
    {
      ...SAMPLE,
      deadlines: [...SAMPLE.deadlines, { ...finalLimit, channel: 'written', levels: ['I'] }],
      deductions: [
        ...SAMPLE.deductions,
        deduction('final_late', '5-A-3', 'timeliness', fixed(1_00), { levels: ['I', 'II'] }),
        deduction('final_missing', '5-A-4', 'timeliness', fixed(1_00), { levels: ['IV'] }),
      ],
    },
    [{ clause: '5-A-4', part: 'deductions', params: { code: 'final_missing' } }],
  ],
  [
    'nothing_owed',
    'a missed follow-up where none is owed',
    { ...SAMPLE, followUps: [] },
    [{ clause: '5-A-5', part: 'deductions', params: { code: 'follow_up_missed' } }],
  ],
  [
    'nothing_owed',
    'missing elements where none are asked',
    { ...SAMPLE, completeness: [] },
    [{ clause: '5-B-1', part: 'deductions', params: { code: 'element_missing' } }],
  ],
  [
    'nothing_owed',
    'late forms where no form is owed',
    { ...SAMPLE, filing: { ...SAMPLE.filing, forms: [] } },
    [
      { clause: '5-E-1', part: 'deductions', params: { code: 'filing_late' } },
      { clause: '5-E-2', part: 'deductions', params: { code: 'filing_missing' } },
    ],
  ],
  [
    'cap_below_floor',
    'a dimension whose cap is below its floor',
    withDimension('filing', { floor: 11_00 }),
    [{ clause: null, part: 'dimensions', params: { dimension: 'filing' } }],
  ],
  [
    'cap_below_floor',
    'a total whose cap is below its floor',
    { ...SAMPLE, total: { cap: 90_00, floor: 90_01 } },
    [{ clause: null, part: 'total', params: {} }],
  ],
  [
    'base_outside_bounds',
    'a base above the cap',
    withDimension('filing', { base: 10_01 }),
    [{ clause: null, part: 'dimensions', params: { dimension: 'filing' } }],
  ],
  [
    'base_outside_bounds',
    'a base below the floor',
    withDimension('filing', { base: 9_99, floor: 10_00 }),
    [{ clause: null, part: 'dimensions', params: { dimension: 'filing' } }],
  ],
  [
    'weights_do_not_sum',
    'weights that do not sum to 100 %',
    weighted(40_00, 20_00, 10_00, 20_00, 9_99),
    [{ clause: null, part: 'dimensions', params: { value: 99_99, min: 100_00, max: 100_00 } }],
  ],
  [
    'weights_do_not_sum',
    'a weight that is not given',
    weighted(40_00, 30_00, 10_00, 20_00),
    [{ clause: null, part: 'dimensions', params: { value: 100_00, min: 100_00, max: 100_00 } }],
  ],
  [
    'weights_do_not_sum',
    'weights in a method by items',
    { ...MEIZHOU, dimensions: weighted(40_00, 30_00, 10_00, 10_00, 10_00).dimensions },
    [{ clause: null, part: 'dimensions', params: { value: 100_00, min: 100_00, max: 100_00 } }],
  ],
  [
    'grades_disorder',
    'a grade that begins where the next does',
    { ...SAMPLE, grades: { ...SAMPLE.grades, good: 60_00 } },
    [{ clause: '5-G-1', part: 'grades', params: {} }],
  ],
  [
    'grade_out_of_reach',
    'a grade above all points',
    { ...SAMPLE, grades: { ...SAMPLE.grades, excellent: 100_01 } },
    [{ clause: '5-G-1', part: 'grades', params: { value: 100_01, max: 100_00 } }],
  ],
  [
    'grade_out_of_reach',
    'a grade above all points and the most of bonus',
    { ...SAMPLE, grades: { ...SAMPLE.grades, by: 'with_bonus', excellent: 105_01 } },
    [{ clause: '5-G-1', part: 'grades', params: { value: 105_01, max: 105_00 } }],
  ],
  [
    'grade_out_of_reach',
    'a grade above the cap of the total',
    { ...SAMPLE, total: { floor: null, cap: 89_99 } },
    [{ clause: '5-G-1', part: 'grades', params: { value: 90_00, max: 89_99 } }],
  ],
  [
    'items_by_month',
    'an average of items by months',
    { ...MEIZHOU, period: 'month' },
    [{ clause: '1', part: 'items', params: {} }],
  ],
  [
    'items_with_workload',
    'an average of items and points for how much was done',
    { ...MEIZHOU, workload: { clause: '2', counts: 'adoptions', max: 20_00, fullAt: 5 } },
    [{ clause: '2', part: 'workload', params: { other: '1' } }],
  ],
  [
    'misreports_empty',
    'a veto by nothing',
    { ...SAMPLE, vetoes: SAMPLE.vetoes.map((one) => ({ ...one, misreports: [] })) },
    [{ clause: '5-G-1', part: 'vetoes', params: {} }],
  ],
  [
    'veto_without_effect',
    'a veto that leaves every grade and commendation',
    { ...SAMPLE, vetoes: SAMPLE.vetoes.map((one) => ({ ...one, gradeCap: 'excellent' })) },
    [{ clause: '5-G-1', part: 'vetoes', params: {} }],
  ],
  [
    'absorbs_for_free',
    'a misreport that costs nothing and takes the place of what does',
    { ...SAMPLE, deductions: SAMPLE.deductions.filter(({ code }) => code !== 'omitted') },
    [{ clause: null, part: 'absorbingMisreports', params: { code: 'omitted', tier: 'province' } }],
  ],
  [
    'absorbs_for_free',
    'a misreport that costs some tiers nothing',
    withRule(SAMPLE, 'concealed', { tiers: ['province', 'city', 'township'] }),
    [{ clause: null, part: 'absorbingMisreports', params: { code: 'concealed', tier: 'county' } }],
  ],
  [
    'absorbs_for_free',
    'a misreport that costs no points',
    withShape(SAMPLE, 'omitted', fixed(0)),
    [{ clause: '5-C-3', part: 'absorbingMisreports', params: { code: 'omitted', tier: 'province' } }],
  ],
  [
    'absorbs_for_free',
    'a misreport that costs a share of what may be no item',
    withShape(MEIZHOU, 'omitted', { kind: 'percent_of_item', percent: 50 }),
    [{ clause: '3', part: 'absorbingMisreports', params: { code: 'omitted', tier: 'province' } }],
  ],
  [
    'applies_to_nothing',
    'a rule for no level',
    {
      ...SAMPLE,
      deductions: [...SAMPLE.deductions, deduction('false', '5-T-1', 'truthfulness', fixed(1), { tiers: [] })],
    },
    [{ clause: '5-T-1', part: 'deductions', params: {} }],
  ],
  [
    'effective_mid_quarter',
    'in force from the middle of a quarter',
    { ...SAMPLE, effectiveFrom: on('2026-08-01') },
    [{ clause: null, part: 'effectiveFrom', params: {} }],
  ],
  [
    'value_out_of_range',
    'a limit of no time',
    {
      ...SAMPLE,
      deadlines: SAMPLE.deadlines.map((rule, index) => (index === 3 ? { ...rule, limitSeconds: 0 } : rule)),
    },
    [{ clause: '5-T-2', part: 'deadlines', params: { field: 'limitSeconds', value: 0, min: 1, max: 31_622_400 } }],
  ],
  [
    'listed_twice',
    'a level named twice',
    { ...SAMPLE, followUps: SAMPLE.followUps.map((rule) => ({ ...rule, levels: ['I', 'II', 'I'] })) },
    [{ clause: '5-F-1', part: 'followUps', params: {} }],
  ],
  [
    'listed_twice',
    'a group named twice',
    { ...SAMPLE, groups: ['县区组', '市直组', '县区组'] },
    [{ clause: null, part: 'groups', params: {} }],
  ],
]
