import type {
  CaseClosure,
  SupervisionCaseItem,
  SupervisionCaseList,
  SupervisionCasePage,
  SupervisionCaseStep,
} from '@zhidu/contract'
import { CASE_STATES, toQuarter } from '@zhidu/domain'

export const CASE_ID = '7f3a0000-0000-4000-8000-0000000000ca'
const INSPECTION_ID = '7f3a0000-0000-4000-8000-00000000c0de'

export function makeCaseItem(overrides: Partial<SupervisionCaseItem> = {}): SupervisionCaseItem {
  return {
    caseId: CASE_ID,
    inspectionId: INSPECTION_ID,
    checkCode: 'CC-7F3AK-19C2M',
    unitCode: 'D13',
    unitName: '市住房城乡建设局',
    officeCode: 'J00',
    officeName: '市政府办公室',
    finding: 'log_missing',
    foundAt: '2026-11-20T22:10:05+08:00',
    state: 'awaiting_explanation',
    turn: 'unit',
    lastDay: '2026-11-25',
    notAnnounced: null,
    daysLeft: 2,
    lamp: 'amber',
    isReceived: false,
    escalation: null,
    returns: 0,
    owner: null,
    isMine: false,
    ...overrides,
  }
}

export function makeCaseStep(overrides: Partial<SupervisionCaseStep> = {}): SupervisionCaseStep {
  return {
    kind: 'notified',
    party: 'office',
    at: '2026-11-20T22:30:00+08:00',
    by: '专责甲',
    note: null,
    lastDay: '2026-11-25',
    notAnnounced: null,
    workingDays: 3,
    owner: null,
    escalation: null,
    files: [],
    ...overrides,
  }
}

export function makeCasePage(overrides: Partial<SupervisionCasePage> = {}): SupervisionCasePage {
  return {
    item: makeCaseItem(),
    asOf: '2026-11-23T09:00:00+08:00',
    regulation: { id: 'sample', version: '2026-1', title: '示例规则 2026-1', notice: '示例，非任何单位的正式办法' },
    clause: '5-D-9',
    clauseLabel: '第五章第九条',
    points: 2,
    steps: [makeCaseStep()],
    next: [],
    nextEscalation: 'reminded',
    explanationWorkingDays: 3,
    recheck: null,
    recurrence: null,
    drafts: [],
    ...overrides,
  }
}

export function makeCaseList(overrides: Partial<SupervisionCaseList> = {}): SupervisionCaseList {
  const none = Object.fromEntries(CASE_STATES.map((state) => [state, 0])) as SupervisionCaseList['counts']['states']
  return {
    asOf: '2026-11-23T09:00:00+08:00',
    counts: {
      states: { ...none, awaiting_explanation: 2, struck_off: 1 },
      lamps: { green: 0, amber: 1, red: 1, off: 1 },
      waiting: 1,
    },
    toNotify: { inspectionIds: [], findings: 0 },
    items: [makeCaseItem()],
    nextCursor: null,
    ...overrides,
  }
}

export function makeClosure(): CaseClosure {
  const shares = { found: 4, dismissed: 1, confirmed: 3, closed: 2, recurred: 1, watched: 1 }
  return {
    quarter: toQuarter('2026Q4'),
    asOf: '2026-11-23T09:00:00+08:00',
    total: shares,
    units: [{ unitCode: 'D13', unitName: '市住房城乡建设局', ...shares }],
    findings: [{ finding: 'log_missing', ...shares }],
  }
}
