import { describe, expect, it } from 'vitest'
import { withDimension, withShape } from '../testing/change-regulation.ts'
import { checkValues } from './check-values.ts'
import type { Regulation } from './regulation.ts'
import { ANHUI } from './samples/anhui.ts'
import { MEIZHOU } from './samples/meizhou.ts'
import { deduction, EVERY, fixed } from './samples/rule-makers.ts'
import { SAMPLE_REGULATION as SAMPLE } from './samples/sample-regulation.ts'

const YEAR = 366 * 24 * 3600
const MOST = 100_000_000

type Row = readonly [
  part: string,
  field: string,
  clause: string | null,
  min: number,
  max: number,
  change: (value: number) => Regulation,
]

const [limit] = SAMPLE.deadlines
const [elements] = SAMPLE.completeness
if (limit === undefined || elements === undefined) throw new RangeError('the sample has limits and elements')

const withGrade =
  (field: 'excellent' | 'good' | 'fair') =>
  (value: number): Regulation => ({ ...SAMPLE, grades: { ...SAMPLE.grades, [field]: value } })
const withPhoneCheck =
  (field: 'maxRings' | 'maxSeconds' | 'giveUpRings' | 'attempts' | 'spacingSeconds' | 'callBackSeconds') =>
  (value: number): Regulation => ({ ...SAMPLE, phoneCheck: { ...SAMPLE.phoneCheck, [field]: value } })
const withDueProcess =
  (field: 'explanationWorkingDays' | 'appealWorkingDays') =>
  (value: number): Regulation => ({ ...SAMPLE, dueProcess: { ...SAMPLE.dueProcess, [field]: value } })
const times = (minutes: readonly number[], graceSeconds: number): Regulation => ({
  ...SAMPLE,
  followUps: [{ ...EVERY, clause: '5-F-1', schedule: { kind: 'times_of_day', minutes, graceSeconds } }],
})
const { bonus, vetoes, commendation } = SAMPLE
const { items } = MEIZHOU
const { workload } = ANHUI
if (items === null || workload === null) throw new RangeError('the samples have items and workload')

/** Of which fault the deductions below are. */
const CODES: Readonly<Record<string, string>> = {
  'deductions.points': 'absent',
  'deductions.percent': 'false',
  'deductions.max': 'written_late',
  'deductions.whenMissing': 'element_missing',
}

/** Every number of the document with what it may be. */
const ROWS: readonly Row[] = [
  [
    'deadlines',
    'limitSeconds',
    '5-T-1',
    1,
    YEAR,
    (value) => ({ ...SAMPLE, deadlines: [{ ...limit, limitSeconds: value }] }),
  ],
  [
    'preReport',
    'extendsSeconds',
    '5-T-2',
    1,
    YEAR,
    (value) => ({ ...SAMPLE, preReport: { clause: '5-T-2', extendsSeconds: value } }),
  ],
  [
    'followUps',
    'hours',
    '5-F-1',
    1,
    24 * 31,
    (hours) => ({ ...SAMPLE, followUps: [{ ...EVERY, clause: '5-F-1', schedule: { kind: 'every_hours', hours } }] }),
  ],
  ['followUps', 'graceSeconds', '5-F-1', 0, YEAR, (value) => times([480], value)],
  ['followUps', 'minutes', '5-F-1', 0, 1440, (value) => times([value], 0)],
  [
    'completeness',
    'supplementSeconds',
    '5-B-1',
    0,
    YEAR,
    (value) => ({ ...SAMPLE, completeness: [{ ...elements, supplementSeconds: value }] }),
  ],
  ['dimensions', 'filing.base', null, 0, MOST, (base) => withDimension('filing', { base })],
  ['dimensions', 'filing.floor', null, -MOST, MOST, (floor) => withDimension('filing', { floor })],
  ['dimensions', 'filing.cap', null, 0, MOST, (cap) => withDimension('filing', { cap })],
  ['dimensions', 'filing.weight', null, 0, 10_000, (weight) => withDimension('filing', { weight })],
  ['deductions', 'points', '5-D-1', 0, MOST, (value) => withShape(SAMPLE, 'absent', fixed(value))],
  [
    'deductions',
    'percent',
    '3',
    0,
    100,
    (percent) => withShape(MEIZHOU, 'false', { kind: 'percent_of_item', percent }),
  ],
  [
    'deductions',
    'max',
    '5-A-3',
    0,
    MOST,
    (max) => withShape(SAMPLE, 'written_late', { kind: 'per_started_hour', points: 1_00, max }),
  ],
  [
    'deductions',
    'whenMissing',
    '5-B-1',
    0,
    MOST,
    (whenMissing) => withShape(SAMPLE, 'element_missing', { kind: 'per_item', points: 1_00, max: null, whenMissing }),
  ],
  ...(['persons', 'shortPercent', 'correctedWithinHours'] as const).map((field, index): Row => [
    'understatement',
    field,
    '5-C-1',
    0,
    [100_000, 100, 366 * 24][index] ?? 0,
    (value) => ({
      ...SAMPLE,
      understatement: { clause: '5-C-1', persons: 1, shortPercent: 10, correctedWithinHours: 2, [field]: value },
    }),
  ]),
  [
    'honestCorrection',
    'withinHours',
    '5-C-1',
    1,
    366 * 24,
    (withinHours) => ({ ...SAMPLE, honestCorrection: { clause: '5-C-1', withinHours, sharePercent: 50 } }),
  ],
  [
    'honestCorrection',
    'sharePercent',
    '5-C-1',
    0,
    99,
    (sharePercent) => ({ ...SAMPLE, honestCorrection: { clause: '5-C-1', withinHours: 24, sharePercent } }),
  ],
  [
    'lists',
    'minimumActivity',
    '5-C-1',
    0,
    10_000,
    (minimumActivity) => ({ ...SAMPLE, lists: { clause: '5-C-1', minimumActivity } }),
  ],
  ['filing', 'leadDays', '5-H-1', 0, 60, (leadDays) => ({ ...SAMPLE, filing: { ...SAMPLE.filing, leadDays } })],
  [
    'items',
    'digest',
    '1',
    0,
    MOST,
    (digest) => ({ ...MEIZHOU, items: { ...items, points: { ...items.points, digest } } }),
  ],
  ['workload', 'max', '4', 0, MOST, (max) => ({ ...ANHUI, workload: { ...workload, max } })],
  ['workload', 'fullAt', '4', 1, 1_000_000, (fullAt) => ({ ...ANHUI, workload: { ...workload, fullAt } })],
  [
    'bonus',
    'media',
    '5-J-1',
    0,
    MOST,
    (media) => ({ ...SAMPLE, bonus: { ...bonus, points: { ...bonus.points, media } } }),
  ],
  ['bonus', 'maxPerPeriod', '5-J-1', 0, MOST, (value) => ({ ...SAMPLE, bonus: { ...bonus, maxPerPeriod: value } })],
  ['total', 'floor', null, -MOST, MOST, (floor) => ({ ...SAMPLE, total: { floor, cap: null } })],
  ['total', 'cap', null, 0, MOST, (cap) => ({ ...SAMPLE, total: { floor: null, cap } })],
  ['grades', 'excellent', '5-G-1', -MOST, MOST, withGrade('excellent')],
  ['grades', 'good', '5-G-1', -MOST, MOST, withGrade('good')],
  ['grades', 'fair', '5-G-1', -MOST, MOST, withGrade('fair')],
  [
    'vetoes',
    'atLeast',
    '5-G-1',
    1,
    1_000,
    (atLeast) => ({ ...SAMPLE, vetoes: vetoes.map((veto) => ({ ...veto, atLeast })) }),
  ],
  [
    'commendation',
    'minEventsOwed',
    '5-G-1',
    0,
    1_000_000,
    (value) => ({ ...SAMPLE, commendation: { ...commendation, minEventsOwed: value } }),
  ],
  ['phoneCheck', 'maxRings', '5-P-1', 1, 100, withPhoneCheck('maxRings')],
  ['phoneCheck', 'maxSeconds', '5-P-1', 1, 3_600, withPhoneCheck('maxSeconds')],
  ['phoneCheck', 'giveUpRings', '5-P-1', 3, 200, withPhoneCheck('giveUpRings')],
  ['phoneCheck', 'attempts', '5-P-1', 2, 20, withPhoneCheck('attempts')],
  ['phoneCheck', 'spacingSeconds', '5-P-1', 0, 86_400, withPhoneCheck('spacingSeconds')],
  ['phoneCheck', 'callBackSeconds', '5-P-1', 0, 86_400, withPhoneCheck('callBackSeconds')],
  ['dueProcess', 'explanationWorkingDays', '5-Y-1', 1, 250, withDueProcess('explanationWorkingDays')],
  ['dueProcess', 'appealWorkingDays', '5-Y-1', 1, 250, withDueProcess('appealWorkingDays')],
]

describe('a number of the rules', () => {
  it.each(ROWS)('%s %s of clause %s is a whole number from %i to %i', (part, field, clause, min, max, change) => {
    for (const value of [min, max]) expect(checkValues(change(value))).toEqual([])
    for (const value of [min - 1, max + 1, min + 0.5, Number.NaN, Infinity]) {
      const code = CODES[`${part}.${field}`]
      const params = { ...(code === undefined ? {} : { code }), field, value, min, max }
      expect(checkValues(change(value))).toEqual([{ reason: 'value_out_of_range', clause, part, params }])
    }
  })

  it('is looked at in every rule, not in the first alone, and named with the fault it is for', () => {
    const deductions = [...SAMPLE.deductions, deduction('absent', '5-A-1', 'discipline', fixed(-1))]
    const params = { code: 'absent', field: 'points', value: -1, min: 0, max: MOST }
    expect(checkValues({ ...SAMPLE, deductions })).toEqual([
      { reason: 'value_out_of_range', clause: '5-A-1', part: 'deductions', params },
    ])
  })
})
