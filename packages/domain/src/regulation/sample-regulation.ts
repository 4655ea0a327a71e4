import type { LevelDeadline, Regulation } from './regulation.ts'

const HENAN: LevelDeadline = {
  phoneLimitSeconds: 15 * 60,
  writtenLimitSeconds: 35 * 60,
  clockStartsAt: 'occurred_at',
  owesFollowUps: true,
  citation: '河南应急厅 2019',
}

const WUHAN: LevelDeadline = {
  phoneLimitSeconds: null,
  writtenLimitSeconds: 60 * 60,
  clockStartsAt: 'learned_at',
  owesFollowUps: true,
  citation: '武汉 武政〔2020〕27号',
}

/**
 * The rules the program starts with; no office's own. Every figure: contract §5 (the citations above are where the
 * contract took its deadlines from; follow-ups at 08:00 and 17:00 for level III and above: Henan 2019).
 */
export const SAMPLE_REGULATION: Regulation = {
  id: 'sample',
  version: '2026-1',
  title: '示例规则 2026-1',
  notice: '示例，非任何单位的正式办法',
  effectiveFrom: null,
  deadlines: {
    I: HENAN,
    II: HENAN,
    III: WUHAN,
    IV: { ...WUHAN, writtenLimitSeconds: 120 * 60, owesFollowUps: false },
  },
  followUp: { slotMinutes: [8 * 60, 17 * 60], graceSeconds: 2 * 3600, maxMissedPerEvent: 3 },
  completeness: { judgedAfterSeconds: 24 * 3600 },
  base: { timeliness: 30_00, completeness: 20_00, truthfulness: 20_00, discipline: 20_00, filing: 10_00 },
  deduction: {
    phone: 1_00,
    writtenLatePerStartedHour: 1_00,
    writtenLateMax: 5_00,
    writtenMissing: 8_00,
    followUpMissed: 1_00,
    elementMissing: 1_00,
    elementMissingMax: 4_00,
    eventMissingElements: 4_00,
    misreport: { understated: 4_00, false: 8_00, omitted: 12_00, concealed: 20_00 },
    finding: {
      absent: 5_00,
      call_forwarded: 4_00,
      no_answer: 5_00,
      invalid_number: 3_00,
      leader_unreachable: 3_00,
      not_as_rostered: 2_00,
      unfamiliar: 1_00,
      log_missing: 1_00,
      equipment_missing: 1_00,
    },
    filingLate: 50,
    filingMissing: 1_00,
  },
  roomOnlyFindings: ['call_forwarded'],
  absorbingMisreports: ['omitted', 'concealed'],
  filing: { leadDays: 5, forms: ['whereabouts', 'roster'] },
  bonus: {
    points: { instruction_national: 5_00, instruction_province: 4_00, instruction_city: 3_00, media: 1_00 },
    maxPerQuarter: 5_00,
  },
  grades: { excellent: 90_00, good: 80_00, fair: 60_00 },
  poorGradeMisreports: ['concealed'],
  commendation: { minEventsOwed: 3, grades: ['excellent', 'good'] },
}
