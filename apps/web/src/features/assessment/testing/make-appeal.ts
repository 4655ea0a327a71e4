import type { AppealItem, AppealList, AppealPage, AssessmentPage } from '@zhidu/contract'
import { toQuarter } from '@zhidu/domain'

export const APPEAL_ID = '7f3a0000-0000-4000-8000-0000000000ab'
const AS_OF = '2026-10-12T09:00:00+08:00'

export function makeAppealItem(overrides: Partial<AppealItem> = {}): AppealItem {
  return {
    appealId: APPEAL_ID,
    unitCode: 'D13',
    unitName: '市住房城乡建设局',
    officeCode: 'J00',
    quarter: toQuarter('2026Q3'),
    ref: 'KD010',
    code: 'not_as_rostered',
    at: '2026-07-07T06:29:36+08:00',
    dimension: 'discipline',
    clause: '5-D-6',
    points: 2,
    state: 'submitted',
    lastDay: '2026-10-16',
    lamp: 'off',
    isMine: true,
    ...overrides,
  }
}

export function makeAppealPage(overrides: Partial<AppealPage> = {}): AppealPage {
  return {
    item: makeAppealItem(),
    asOf: AS_OF,
    hasDeduction: true,
    stepCount: 2,
    steps: [{ kind: 'submitted', party: 'unit', at: AS_OF, by: '值班员', note: '当晚按表在岗', files: [] }],
    next: [{ kind: 'accepted', barredBy: null }],
    drafts: [],
    ...overrides,
  }
}

export function makeAppealList(overrides: Partial<AppealList> = {}): AppealList {
  return {
    asOf: AS_OF,
    counts: { kept: 0, submitted: 1, accepted: 0, upheld: 3, rejected: 1, withdrawn: 0 },
    waiting: 1,
    items: [makeAppealItem()],
    overturned: [
      {
        code: 'absent',
        clause: '5-D-1',
        appealed: 5,
        decided: 4,
        upheld: 3,
        interval: { low: 0.3006, high: 0.9544 },
      },
      { code: 'not_as_rostered', clause: '5-D-6', appealed: 1, decided: 0, upheld: 0, interval: null },
    ],
    nextCursor: null,
    ...overrides,
  }
}

export function makeAssessment(overrides: Partial<AssessmentPage> = {}): AssessmentPage {
  return {
    quarter: toQuarter('2026Q3'),
    asOf: AS_OF,
    officeCode: 'J00',
    officeName: '市政府办',
    stage: 'draft',
    lastDay: '2026-10-16',
    notAnnounced: null,
    daysLeft: 4,
    appealWorkingDays: 5,
    openAppeals: 1,
    gaps: [
      { key: 'findings', count: 2 },
      { key: 'misreports', count: 1 },
      { key: 'appeals', count: 1 },
      { key: 'files', count: 0 },
      { key: 'refused', count: 3 },
      { key: 'units', count: 0 },
    ],
    steps: [{ kind: 'drafted', at: AS_OF, by: '甲', note: null, lastDay: '2026-10-16', marksAppeals: false }],
    versions: [],
    next: [
      { kind: 'approved', barredBy: 'appeals_open' },
      { kind: 'returned', barredBy: null },
    ],
    ...overrides,
  }
}
