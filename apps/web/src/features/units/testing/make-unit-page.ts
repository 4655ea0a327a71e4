import type { UnitList, UnitPage } from '@zhidu/contract'
import { toQuarter } from '@zhidu/domain'
import { makeGraveJudgement, makeJudgement } from '../../../ui/timeline/testing/make-judgement.ts'

type Unit = UnitList['units'][number]

export function makeUnit(overrides: Partial<Unit> = {}): Unit {
  return {
    unitCode: 'D13',
    name: '市住房城乡建设局',
    shortName: '住建局',
    parentCode: 'A00',
    tier: 'county',
    peerGroup: '市直组',
    dutyMode: 'room',
    isOpen: true,
    ...overrides,
  }
}

export const PROVENANCE: UnitPage['provenance'] = {
  asOf: '2026-10-08T23:59:59+08:00',
  regulation: { id: 'sample', version: '2026-1', title: '示例规则 2026-1', notice: '示例，非任何单位的正式办法' },
  methodVersion: '1.0',
  isSynthetic: true,
}

/** A unit at 87.5: lost 7 + 3 + 0 + 3 + 0.5, one bonus; the group's means add up to 91.2. */
export function makeUnitPage(overrides: Partial<UnitPage> = {}): UnitPage {
  return {
    quarter: toQuarter('2026Q3'),
    provenance: PROVENANCE,
    unit: makeUnit(),
    row: {
      rank: 27,
      tied: false,
      unitCode: 'D13',
      name: '市住房城乡建设局',
      shortName: '住建局',
      score: 87.5,
      grade: '良好',
      dimensions: { timeliness: 23, completeness: 17, truthfulness: 20, discipline: 17, filing: 9.5 },
      bonus: 1,
      timeliness: { onTime: 22, late: 4, missing: 0, notYetDue: 0, owed: 26 },
      completeness: { part: 309, whole: 312 },
      checks: { passed: 3, total: 5 },
      commendable: true,
      flags: [],
      rankInterval: null,
      previousRank: 21,
      lost: { timeliness: 7, completeness: 3, truthfulness: 0, discipline: 3, filing: 0.5 },
      deductionCount: 8,
      trend: [90, 91.5, 88, 87.5],
    },
    rankedCount: 31,
    groupUnitCount: 35,
    base: { timeliness: 30, completeness: 20, truthfulness: 20, discipline: 20, filing: 10 },
    groupMeanScore: 91.2,
    groupMeanLost: { timeliness: 2.8, completeness: 2.7, truthfulness: 0.4, discipline: 2.8, filing: 0.3 },
    groupMeanBonus: 0.2,
    deductions: [
      {
        dimension: 'completeness', code: 'element_missing', points: 2, ref: 'SJ-2026-0817-03', at: '2026-08-18T16:22:00+08:00', clause: '§5-B',
        evidence: { kind: 'event', eventCode: 'SJ-2026-0817-03', category: 'accident', level: 'IV', lateSeconds: null, missingElements: ['response', 'next_steps'] },
      },
      {
        dimension: 'completeness', code: 'element_missing', points: 1, ref: 'SJ-2026-0915-01', at: '2026-09-16T10:00:00+08:00', clause: '§5-B',
        evidence: { kind: 'event', eventCode: 'SJ-2026-0915-01', category: 'accident', level: 'IV', lateSeconds: null, missingElements: ['next_steps'] },
      },
      {
        dimension: 'discipline', code: 'not_as_rostered', points: 2, ref: 'CC-2026-0912-07', at: '2026-09-12T23:10:00+08:00', clause: '§5-D',
        evidence: { kind: 'check', checkCode: 'CC-2026-0912-07', method: 'phone', finding: 'not_as_rostered' },
      },
      {
        dimension: 'discipline', code: 'log_missing', points: 1, ref: 'CC-2026-0825-03', at: '2026-08-25T10:05:00+08:00', clause: '§5-D',
        evidence: { kind: 'check', checkCode: 'CC-2026-0825-03', method: 'onsite', finding: 'log_missing' },
      },
      {
        dimension: 'filing', code: 'filing_late', points: 0.5, ref: '2026-国庆节/roster', at: '2026-09-27T00:00:00+08:00', clause: '§5-E',
        evidence: { kind: 'filing', holiday: '2026-国庆节', form: 'roster', dueOn: '2026-09-26', receivedAt: '2026-09-27T09:12:00+08:00' },
      },
      {
        dimension: 'timeliness', code: 'phone_late', points: 1, ref: 'SJ-2026-0731-02', at: '2026-07-31T21:55:20+08:00', clause: '§5-A',
        evidence: { kind: 'event', eventCode: 'SJ-2026-0731-02', category: 'accident', level: 'II', lateSeconds: 165, missingElements: [] },
      },
      {
        dimension: 'timeliness', code: 'follow_up_missed', points: 1, ref: 'SJ-2026-0731-02', at: '2026-08-02T08:00:00+08:00', clause: '§5-A',
        evidence: { kind: 'event', eventCode: 'SJ-2026-0731-02', category: 'accident', level: 'II', lateSeconds: null, missingElements: [] },
      },
      {
        dimension: 'timeliness', code: 'written_late', points: 1, ref: 'SJ-2026-0817-03', at: '2026-08-17T16:05:00+08:00', clause: '§5-A',
        evidence: { kind: 'event', eventCode: 'SJ-2026-0817-03', category: 'accident', level: 'IV', lateSeconds: 1020, missingElements: [] },
      },
    ],
    bonuses: [{ bonusCode: 'JF-2026-0820-01', kind: 'media', points: 1, awardedOn: '2026-08-20', eventCode: null }],
    bonusBeforeCap: 1,
    events: [makeGraveJudgement(), makeJudgement(), makeJudgement({ eventCode: 'SJ-2026-0915-01' })],
    checks: [
      { checkCode: 'CC-2026-0825-03', method: 'onsite', checkedAt: '2026-08-25T10:05:00+08:00', inspectors: ['督查一组'], findings: [{ finding: 'log_missing', points: 1 }], passed: false, note: '8 月 20 日至 22 日三天没有记录' },
      { checkCode: 'CC-2026-0912-07', method: 'phone', checkedAt: '2026-09-12T23:10:00+08:00', inspectors: ['督查一组', '督查二组'], findings: [{ finding: 'not_as_rostered', points: 2 }], passed: false, note: null },
      { checkCode: 'CC-2026-0920-11', method: 'phone', checkedAt: '2026-09-20T02:30:00+08:00', inspectors: [], findings: [], passed: true, note: null },
    ],
    checkCounts: { passed: 3, total: 5 },
    filings: [
      { holiday: '2026-中秋节', form: 'whereabouts', dueOn: '2026-09-20', receivedAt: '2026-09-18T09:00:00+08:00', outcome: 'on_time' },
      { holiday: '2026-中秋节', form: 'roster', dueOn: '2026-09-20', receivedAt: '2026-09-18T09:00:00+08:00', outcome: 'on_time' },
      { holiday: '2026-国庆节', form: 'whereabouts', dueOn: '2026-09-26', receivedAt: '2026-09-25T17:20:00+08:00', outcome: 'on_time' },
      { holiday: '2026-国庆节', form: 'roster', dueOn: '2026-09-26', receivedAt: '2026-09-27T09:12:00+08:00', outcome: 'late' },
    ],
    completeness: { part: 309, whole: 312 },
    trend: [
      { quarter: toQuarter('2025Q4'), score: 90, rank: 18, rankedCount: 30, timeliness: { onTime: 20, late: 2, missing: 0, notYetDue: 0, owed: 22 }, groupMeanScore: 90.6 },
      { quarter: toQuarter('2026Q1'), score: 91.5, rank: 15, rankedCount: 31, timeliness: { onTime: 24, late: 1, missing: 0, notYetDue: 0, owed: 25 }, groupMeanScore: 91 },
      { quarter: toQuarter('2026Q2'), score: 88, rank: 21, rankedCount: 31, timeliness: { onTime: 19, late: 4, missing: 0, notYetDue: 0, owed: 23 }, groupMeanScore: 90.9 },
      { quarter: toQuarter('2026Q3'), score: 87.5, rank: 27, rankedCount: 31, timeliness: { onTime: 22, late: 4, missing: 0, notYetDue: 0, owed: 26 }, groupMeanScore: 91.2 },
    ],
    previousUnit: { unitCode: 'D24', name: '市卫生健康局' },
    nextUnit: { unitCode: 'D28', name: '市市场监管局' },
    ...overrides,
  }
}
