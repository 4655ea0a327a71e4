import type { Regulation } from '../regulation/regulation.ts'
import type { RegulationProblem } from '../regulation/regulation-problem.ts'
import { deduction, EVERY, fixed, forLevels, phone, written } from '../regulation/samples/rule-makers.ts'
import { SAMPLE_REGULATION as SAMPLE } from '../regulation/samples/sample-regulation.ts'
import { type Contradiction, finalLimit, weighted, withDimension, withRule, withShape } from './change-regulation.ts'

const timesOfDay = (...minutes: readonly number[]): Regulation => ({
  ...SAMPLE,
  followUps: [{ ...EVERY, clause: '5-F-1', schedule: { kind: 'times_of_day', minutes, graceSeconds: 0 } }],
})
/** Clauses, limits, schedules, elements, and what faults cost. */
export const CONTRADICTIONS_OF_RULES: readonly Contradiction[] = [
  [
    'clause_twice',
    'two clauses of one id',
    { ...SAMPLE, clauses: [...SAMPLE.clauses, ...SAMPLE.clauses.slice(0, 1)] },
    [{ clause: '5-T-1', part: 'clauses', params: {} }],
  ],
  [
    'clause_unknown',
    'a rule of a clause that is not there',
    withRule(SAMPLE, 'absent', { clause: '5-X-1' }),
    [{ clause: '5-X-1', part: 'deductions', params: {} }],
  ],
  [
    'level_without_limit',
    'a level without a limit',
    { ...SAMPLE, deadlines: SAMPLE.deadlines.filter(({ levels }) => !levels?.includes('III')) },
    ['natural_disaster', 'accident', 'public_health', 'social_security'].flatMap((category) =>
      ['province', 'city', 'county', 'township'].map((tier) => ({
        clause: null,
        part: 'deadlines',
        params: { level: 'III', category, tier } as RegulationProblem['params'],
      })),
    ),
  ],
  [
    'rules_overlap',
    'two limits for one level, once whatever the kinds of event',
    { ...SAMPLE, deadlines: [...SAMPLE.deadlines, written('5-T-1', 90, 'III', 'IV')] },
    [
      { clause: '5-T-1', part: 'deadlines', params: { other: '5-T-2' } },
      { clause: '5-T-1', part: 'deadlines', params: { other: '5-T-2' } },
    ],
  ],
  [
    'rules_overlap',
    'two schedules of follow-ups',
    {
      ...SAMPLE,
      followUps: [
        ...SAMPLE.followUps,
        { ...forLevels('I'), clause: '5-T-1', schedule: { kind: 'every_hours', hours: 6 } },
      ],
    },
    [{ clause: '5-T-1', part: 'followUps', params: { other: '5-F-1' } }],
  ],
  [
    'rules_overlap',
    'two lists of elements of one report',
    { ...SAMPLE, completeness: SAMPLE.completeness.flatMap((rule) => [rule, { ...rule, clause: '5-T-1' }]) },
    [{ clause: '5-T-1', part: 'completeness', params: { other: '5-B-1' } }],
  ],
  [
    'rules_overlap',
    'one fault of an event that costs twice',
    { ...SAMPLE, deductions: [...SAMPLE.deductions, deduction('written_late', '5-T-1', 'timeliness', fixed(1))] },
    [{ clause: '5-T-1', part: 'deductions', params: { other: '5-A-3' } }],
  ],
  [
    'rules_overlap',
    'one finding that costs twice in a duty room',
    { ...SAMPLE, deductions: [...SAMPLE.deductions, deduction('call_forwarded', '5-T-1', 'discipline', fixed(1))] },
    [{ clause: '5-T-1', part: 'deductions', params: { other: '5-D-3' } }],
  ],
  [
    'rules_overlap',
    'one misreport that costs a county twice',
    {
      ...SAMPLE,
      deductions: [...SAMPLE.deductions, deduction('false', '5-T-1', 'truthfulness', fixed(1), { tiers: ['county'] })],
    },
    [{ clause: '5-T-1', part: 'deductions', params: { other: '5-C-2' } }],
  ],
  [
    'phone_after_written',
    'a call due after the report, once for two levels',
    { ...SAMPLE, deadlines: [phone('5-T-1', 36, 'I', 'II'), ...SAMPLE.deadlines.slice(1)] },
    [{ clause: '5-T-1', part: 'deadlines', params: { level: 'I', other: '5-T-1' } }],
  ],
  [
    'final_by_phone',
    'a final report by telephone',
    { ...SAMPLE, deadlines: [...SAMPLE.deadlines, { ...finalLimit, channel: 'phone' }] },
    [{ clause: '5-T-2', part: 'deadlines', params: {} }],
  ],
  ['schedule_empty', 'follow-ups at no time', timesOfDay(), [{ clause: '5-F-1', part: 'followUps', params: {} }]],
  [
    'schedule_disorder',
    'times of day out of order',
    timesOfDay(1020, 480),
    [{ clause: '5-F-1', part: 'followUps', params: {} }],
  ],
  [
    'schedule_disorder',
    'a time of day twice',
    timesOfDay(480, 480),
    [{ clause: '5-F-1', part: 'followUps', params: {} }],
  ],
  [
    'schedule_disorder',
    '00:00 and 24:00, which are one time of day',
    timesOfDay(0, 720, 1440),
    [{ clause: '5-F-1', part: 'followUps', params: {} }],
  ],
  [
    'elements_empty',
    'a report of which no element is asked',
    { ...SAMPLE, completeness: SAMPLE.completeness.map((rule) => ({ ...rule, required: [] })) },
    [{ clause: '5-B-1', part: 'completeness', params: {} }],
  ],
  [
    'not_by_level',
    'a finding by the level of an event',
    withRule(SAMPLE, 'absent', { levels: ['I'] }),
    [{ clause: '5-D-1', part: 'deductions', params: { code: 'absent' } }],
  ],
  [
    'not_by_level',
    'a form by the category of an event',
    withRule(SAMPLE, 'filing_late', { categories: ['accident'] }),
    [{ clause: '5-E-1', part: 'deductions', params: { code: 'filing_late' } }],
  ],
  [
    'not_by_duty_mode',
    'a report by duty mode',
    withRule(SAMPLE, 'written_late', { dutyModes: ['room'] }),
    [{ clause: '5-A-3', part: 'deductions', params: { code: 'written_late' } }],
  ],
  [
    'shape_does_not_fit',
    'so much per started hour of a finding',
    withShape(SAMPLE, 'absent', { kind: 'per_started_hour', points: 1_00, max: null }),
    [{ clause: '5-D-1', part: 'deductions', params: { code: 'absent', shape: 'per_started_hour' } }],
  ],
  [
    'shape_does_not_fit',
    'a fixed price for missing elements',
    withShape(SAMPLE, 'element_missing', fixed(1_00)),
    [{ clause: '5-B-1', part: 'deductions', params: { code: 'element_missing', shape: 'fixed' } }],
  ],
  [
    'needs_items',
    'percent of an item in a method without items',
    withShape(SAMPLE, 'written_late', { kind: 'percent_of_item', percent: 50 }),
    [{ clause: '5-A-3', part: 'deductions', params: { code: 'written_late' } }],
  ],
  [
    'needs_months',
    'a month made nothing in a method by quarters',
    withShape(SAMPLE, 'written_late', { kind: 'zero_month' }),
    [{ clause: '5-A-3', part: 'deductions', params: { code: 'written_late' } }],
  ],
  [
    'dimension_without_points',
    'points taken from a dimension that has none',
    { ...withDimension('filing', { base: 0, cap: 0 }), grades: { ...SAMPLE.grades, excellent: 89_00 } },
    [
      { clause: '5-E-1', part: 'deductions', params: { code: 'filing_late', dimension: 'filing' } },
      { clause: '5-E-2', part: 'deductions', params: { code: 'filing_missing', dimension: 'filing' } },
    ],
  ],
  [
    'dimension_without_points',
    'points taken from a dimension that weighs nothing',
    weighted(40_00, 30_00, 10_00, 20_00, 0),
    [
      { clause: '5-E-1', part: 'deductions', params: { code: 'filing_late', dimension: 'filing' } },
      { clause: '5-E-2', part: 'deductions', params: { code: 'filing_missing', dimension: 'filing' } },
    ],
  ],
]
