import type { DrawItem, DrawPage, DrawPlanDocument, DrawPlanItem, DrawPreparation } from '@zhidu/contract'
import { toQuarter } from '@zhidu/domain'

const PLAN_ID = '0190a000-0000-7000-8000-0000000000aa'
export const DRAW_ID = '0190a000-0000-7000-8000-0000000000bb'
export const HASH = `sha256:${'a'.repeat(64)}`

export const DOCUMENT: DrawPlanDocument = {
  title: '春节夜间抽查',
  isNight: true,
  everyUnitWithinQuarters: 4,
  mostPerMonth: null,
  mostNightPerQuarter: 2,
  mostPerInspector: null,
  strata: [{ group: '市直组', size: 3, substitutes: 1 }],
  weights: [{ unitCode: 'D01', weight: 3, reason: '上季未报 1 次' }],
  exclusions: [{ unitCode: 'D02', reason: '防汛' }],
  inspectors: [
    { name: '甲', recusals: [{ unitCode: 'D01', reason: '曾在该局任职' }] },
    { name: '乙', recusals: [] },
  ],
}

export function makePlan(more: Partial<DrawPlanItem> = {}): DrawPlanItem {
  return {
    planId: PLAN_ID,
    version: 1,
    document: DOCUMENT,
    unitNames: { D01: '市第1局', D02: '市第2局' },
    writtenAt: '2026-11-20T09:00:00+08:00',
    writtenBy: '考核甲',
    approvedAt: '2026-11-20T10:00:00+08:00',
    approvedBy: '审定人',
    isNewest: true,
    isMine: true,
    ...more,
  }
}

export function makeItem(more: Partial<DrawItem> = {}): DrawItem {
  return {
    drawId: DRAW_ID,
    title: DOCUMENT.title,
    officeName: '岭安市人民政府办公室',
    isOwn: true,
    quarter: toQuarter('2026Q4'),
    state: 'declared',
    seedKind: 'officers',
    declaredAt: '2026-11-20T11:00:00+08:00',
    declaredBy: '督查员乙',
    poolHash: null,
    ...more,
  }
}

export function makePage(more: Partial<DrawPage> = {}): DrawPage {
  return {
    item: makeItem(),
    plan: makePlan(),
    isLastOfQuarter: false,
    seed: { kind: 'officers' },
    steps: [],
    officers: [],
    ownOfficer: null,
    isDeclaredByMe: false,
    pool: null,
    certificate: null,
    ...more,
  }
}

export function makePreparation(): DrawPreparation {
  const facts = { group: '市直组', lastCheckedIn: null, checksThisMonth: 0, nightChecksThisQuarter: 0 }
  return {
    quarter: toQuarter('2026Q4'),
    riskQuarter: toQuarter('2026Q3'),
    units: [
      {
        unitCode: 'D01',
        name: '市第1局',
        ...facts,
        proposal: {
          weight: 3,
          reasons: ['failed_checks', 'late_reports'],
          checkFailed: 1,
          checkTotal: 2,
          missing: 0,
          late: 4,
        },
      },
      { unitCode: 'D02', name: '市第2局', ...facts, proposal: null },
    ],
  }
}
