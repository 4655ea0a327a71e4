import type { MeetingDecision, MeetingInvitation, MeetingPage, MeetingSheet } from '@zhidu/contract'
import { toQuarter } from '@zhidu/domain'

export const MEETING_ID = '5a5a5a5a-5a5a-4a5a-8a5a-5a5a5a5a5a5a'
const AT = '2026-10-20T09:00:00+08:00'
const QUARTER = toQuarter('2026Q3')

export function makeDecision(more: Partial<MeetingDecision> = {}): MeetingDecision {
  return {
    decisionId: '6a6a6a6a-6a6a-4a6a-8a6a-6a6a6a6a6a6a',
    meetingId: MEETING_ID,
    title: '第三季度座谈会',
    quarter: QUARTER,
    officeName: '市应急办',
    unitCode: 'D01',
    unitName: '市气象局',
    what: '完善夜间值守',
    report: '书面报告',
    owner: '局主要负责人',
    lastDay: '2026-11-20',
    daysLeft: 31,
    lamp: 'green',
    state: 'open',
    returns: 0,
    indicator: 'timeliness',
    at: AT,
    by: '文书',
    steps: [{ kind: 'received', at: AT, by: '值班员', note: null, lastDay: null, files: [] }],
    drafts: [],
    next: [
      { kind: 'reported', barredBy: null },
      { kind: 'closed', barredBy: 'same_person' },
    ],
    ...more,
  }
}

export function makeInvitation(): MeetingInvitation {
  const nothing = { kind: null, person: null, substitute: null, note: null, at: null, by: null, isLate: false }
  return {
    meetingId: MEETING_ID,
    unitCode: 'D01',
    unitName: '市气象局',
    officeName: '市应急办',
    title: '第三季度座谈会',
    quarter: QUARTER,
    round: 1,
    heldAt: AT,
    place: '第一会议室',
    answerBy: '2026-10-18',
    daysLeft: -2,
    seats: [
      { ...nothing, seat: 'deputy', kind: 'leave', person: '分管领导', note: '出差', substitute: '科长', isLate: true },
      { ...nothing, seat: 'head' },
    ],
    reminders: [{ at: AT, by: '文书' }],
  }
}

export function makeMeeting(more: Partial<MeetingPage> = {}): MeetingPage {
  const text = '市气象局进步明显：书面首报按时率提高。'
  const evidence = [{ kind: 'unit' as const, ref: 'D01' }]
  const part = {
    revision: 1,
    changedAt: AT,
    changedBy: '文书',
    document: {
      items: [
        { id: 'd1', kind: 'mover_up' as const, text, unitCodes: ['D01'], evidence },
        { id: 'd2', kind: 'practice' as const, text: '气象局（D01）介绍做法', unitCodes: ['D01'], evidence },
      ],
    },
  }
  const change = {
    indicator: 'timeliness' as const,
    from: toQuarter('2026Q2'),
    to: QUARTER,
    before: { part: 5, whole: 10 },
    after: { part: 9, whole: 10 },
    difference: { value: 0.4, low: 0.02, high: 0.66 },
    verdict: 'better' as const,
  }
  return {
    item: {
      meetingId: MEETING_ID,
      title: '第三季度座谈会',
      quarter: QUARTER,
      frozenVersion: 1,
      officeName: '市应急办',
      isOwn: true,
      heldAt: AT,
      minutes: 'draft',
      invited: 1,
      answered: 0,
      decisions: 1,
      openDecisions: 1,
    },
    asOf: AT,
    draftedAt: AT,
    factsAsOf: AT,
    rules: '值班工作考核办法',
    agenda: part,
    minutes: part,
    isAuthor: false,
    steps: [{ kind: 'returned', at: AT, by: '签发人', note: '补写' }],
    invitations: [makeInvitation()],
    decisions: [makeDecision()],
    earlier: [{ decision: makeDecision({ state: 'closed', lamp: 'off', next: [] }), change }],
    units: [{ unitCode: 'D01', name: '市气象局', shortName: '气象局' }],
    ...more,
  }
}

export function makeSheet(): MeetingSheet {
  return {
    meetingId: MEETING_ID,
    title: '第三季度座谈会',
    quarter: QUARTER,
    asOf: AT,
    rules: '值班工作考核办法',
    version: 1,
    unitCode: 'D01',
    unitName: '市气象局',
    group: '市直组',
    score: 96.5,
    rank: 3,
    unitCount: 20,
    previousRank: 9,
    rankRange: { low: 1, high: 8, level: 0.95 },
    timeliness: { part: 9, whole: 10 },
    movement: { kind: 'solid', direction: 'up', before: { part: 5, whole: 10 }, interval: { low: 0.02, high: 0.66 } },
    lost: [{ dimension: 'timeliness', title: null, points: 3.5 }],
    findings: { open: 1, closed: 2, repeated: 1 },
    decisions: [makeDecision()],
  }
}
