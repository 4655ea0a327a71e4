import { ELEMENTS } from '../../facts/facts.ts'
import type { Regulation, RegulationClause } from '../regulation.ts'
import { clause, deduction, dimension, EVERY, fixed, forLevels, phone, written } from './rule-makers.ts'

const HENAN = '河南应急厅 2019'
const WUHAN = '武汉 武政〔2020〕27号'
const SAMPLE = '示例规则'

function sameLabel(part: string, length: number): RegulationClause[] {
  return Array.from({ length }, (_, item) => clause(`5-${part}-${item + 1}`, `§5-${part}`, SAMPLE))
}

/** Items are numbered in the order in which contract §5 names them within each part of its tables. */
const CLAUSES = [
  clause('5-T-1', '§5-时限', HENAN),
  clause('5-T-2', '§5-时限', WUHAN),
  clause('5-F-1', '§5-续报', HENAN),
  ...sameLabel('A', 5),
  ...sameLabel('B', 1),
  ...sameLabel('C', 4),
  ...sameLabel('D', 9),
  ...sameLabel('E', 2),
  clause('5-H-1', '§5-节假日', SAMPLE),
  clause('5-J-1', '§5-加分', SAMPLE),
  clause('5-G-1', '§5-等次', SAMPLE),
  clause('5-P-1', '§5-抽查', SAMPLE),
  clause('5-Y-1', '§5-申诉', SAMPLE),
]

/**
 * The rules the program starts with; no office's own. Every figure: contract §5 (the citations are where the contract
 * took its deadlines from; follow-ups at 08:00 and 17:00 for level III and above: Henan 2019).
 */
export const SAMPLE_REGULATION: Regulation = {
  format: 2,
  id: 'sample',
  version: '2026-1',
  title: '示例规则 2026-1',
  notice: '示例，非任何单位的正式办法',
  source: { issuer: SAMPLE, document: '接口约定 §5', note: '时限取自河南应急厅 2019 和武汉 武政〔2020〕27号' },
  effectiveFrom: null,
  clauses: CLAUSES,
  period: 'quarter',
  clocks: {
    I: { clause: '5-T-1', startsAt: 'occurred_at' },
    II: { clause: '5-T-1', startsAt: 'occurred_at' },
    III: { clause: '5-T-2', startsAt: 'learned_at' },
    IV: { clause: '5-T-2', startsAt: 'learned_at' },
  },
  deadlines: [
    phone('5-T-1', 15, 'I', 'II'),
    written('5-T-1', 35, 'I', 'II'),
    written('5-T-2', 60, 'III'),
    written('5-T-2', 120, 'IV'),
  ],
  preReport: null,
  followUps: [
    {
      ...forLevels('I', 'II', 'III'),
      clause: '5-F-1',
      schedule: { kind: 'times_of_day', minutes: [8 * 60, 17 * 60], graceSeconds: 2 * 3600 },
    },
  ],
  completeness: [{ ...EVERY, clause: '5-B-1', stage: 'first', required: ELEMENTS, supplementSeconds: 24 * 3600 }],
  dimensions: {
    timeliness: dimension(30_00),
    completeness: dimension(20_00),
    truthfulness: dimension(20_00),
    discipline: dimension(20_00),
    filing: dimension(10_00),
  },
  deductions: [
    deduction('phone_late', '5-A-1', 'timeliness', fixed(1_00)),
    deduction('phone_missing', '5-A-2', 'timeliness', fixed(1_00)),
    deduction('written_late', '5-A-3', 'timeliness', { kind: 'per_started_hour', points: 1_00, max: 5_00 }),
    deduction('written_missing', '5-A-4', 'timeliness', fixed(8_00)),
    deduction('follow_up_missed', '5-A-5', 'timeliness', {
      kind: 'per_item',
      points: 1_00,
      max: 3_00,
      whenMissing: 0,
    }),
    deduction('element_missing', '5-B-1', 'completeness', {
      kind: 'per_item',
      points: 1_00,
      max: 4_00,
      whenMissing: 4_00,
    }),
    deduction('understated', '5-C-1', 'truthfulness', fixed(4_00)),
    deduction('false', '5-C-2', 'truthfulness', fixed(8_00)),
    deduction('omitted', '5-C-3', 'truthfulness', fixed(12_00)),
    deduction('concealed', '5-C-4', 'truthfulness', fixed(20_00)),
    deduction('absent', '5-D-1', 'discipline', fixed(5_00)),
    deduction('no_answer', '5-D-2', 'discipline', fixed(5_00)),
    deduction('call_forwarded', '5-D-3', 'discipline', fixed(4_00), { dutyModes: ['room'] }),
    deduction('invalid_number', '5-D-4', 'discipline', fixed(3_00)),
    deduction('leader_unreachable', '5-D-5', 'discipline', fixed(3_00)),
    deduction('not_as_rostered', '5-D-6', 'discipline', fixed(2_00)),
    deduction('unfamiliar', '5-D-7', 'discipline', fixed(1_00)),
    deduction('log_missing', '5-D-8', 'discipline', fixed(1_00)),
    deduction('equipment_missing', '5-D-9', 'discipline', fixed(1_00)),
    deduction('filing_late', '5-E-1', 'filing', fixed(50)),
    deduction('filing_missing', '5-E-2', 'filing', fixed(1_00)),
  ],
  absorbingMisreports: ['omitted', 'concealed'],
  filing: { clause: '5-H-1', leadDays: 5, moveTo: 'none', forms: ['whereabouts', 'roster'] },
  items: null,
  workload: null,
  bonus: {
    clause: '5-J-1',
    points: { instruction_national: 5_00, instruction_province: 4_00, instruction_city: 3_00, media: 1_00 },
    perEvent: 'all',
    maxPerPeriod: 5_00,
  },
  total: { floor: null, cap: null },
  grades: { clause: '5-G-1', by: 'without_bonus', excellent: 90_00, good: 80_00, fair: 60_00 },
  vetoes: [{ clause: '5-G-1', misreports: ['concealed'], atLeast: 1, gradeCap: 'poor', barsCommendation: false }],
  commendation: { clause: '5-G-1', minEventsOwed: 3, grades: ['excellent', 'good'] },
  groups: [],
  phoneCheck: {
    clause: '5-P-1',
    maxRings: 3,
    maxSeconds: 15,
    attempts: 2,
    spacingSeconds: 180,
    callBackSeconds: 600,
  },
  dueProcess: { clause: '5-Y-1', explanationWorkingDays: 3, appealWorkingDays: 5 },
}
