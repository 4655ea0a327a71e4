import type { User } from './accounts.ts'
import { decisionIdOf, meetingIdOf } from './meetings.ts'
import { type IdField, NO_UUID, outsideOf, type Registered, unitField } from './question-parts.ts'

export const meetingField: IdField = {
  field: 'meetingId',
  foreign: (user) => outsideOf(user).map(meetingIdOf),
  nothing: NO_UUID,
}
const decisionField: IdField = {
  field: 'decisionId',
  foreign: (user) => outsideOf(user).map(decisionIdOf),
  nothing: NO_UUID,
}

function ownOf(user: User): readonly string[] {
  const own = user.unitCode ?? 'A'
  return [...new Set([own, `${own}1`, 'A', 'A21'])]
}

const meetings = (user: User): readonly object[] => ownOf(user).map((code) => ({ meetingId: meetingIdOf(code) }))
/** Each unit's page of its superior's meeting. */
const sheets = (user: User): readonly { readonly meetingId: string; readonly unitCode: string }[] =>
  ownOf(user).map((unitCode) => ({ meetingId: meetingIdOf(unitCode.slice(0, -1) || 'A'), unitCode }))

/** A change of a meeting: asked about those of others, it changes nothing. */
function change(more: object): Registered {
  return { type: 'mutation', inputs: () => [{ meetingId: NO_UUID, ...more }], ids: [meetingField] }
}
const STEP = { revision: 1 }
const NOTED = { ...STEP, note: '补写缘由' }

/** Every procedure of meetings; each office of the worlds has one. */
export const MEETING_PROCEDURES: Readonly<Record<string, Registered>> = {
  'meeting.list': { type: 'query', inputs: () => [{}] },
  'meeting.get': { type: 'query', inputs: meetings, ids: [meetingField] },
  'meeting.mine': { type: 'query', inputs: () => [{}] },
  'meeting.sheet': { type: 'query', inputs: sheets, ids: [meetingField, unitField] },
  'meeting.create': { type: 'mutation', inputs: () => [{ quarter: '2099Q1', title: '座谈会' }] },
  'meeting.save': {
    ...change({ ...STEP, part: 'agenda', edits: [{ kind: 'remove', id: 'd1' }] }),
    // Names an item within the meeting.
    ofInstallation: ['id'],
  },
  'meeting.invite': {
    ...change({ unitCodes: ['A11'], heldAt: '2026-10-30T09:00:00+08:00', place: '会议室', answerBy: '2026-10-25' }),
    ids: [meetingField, unitField],
  },
  'meeting.remind': change({}),
  'meeting.reply': change({ round: 1, seat: 'head', person: '负责人', kind: 'attend' }),
  'meeting.draftMinutes': change({}),
  'meeting.submit': change(STEP),
  'meeting.return': change(NOTED),
  'meeting.sign': change(STEP),
  'meeting.correct': change(NOTED),
  'meeting.decide': {
    ...change({
      unitCode: 'A11',
      what: '完善值守',
      report: '书面报告',
      owner: '负责人',
      lastDay: '2026-11-20',
      indicator: null,
    }),
    ids: [meetingField, unitField],
  },
  'meeting.answerDecision': {
    type: 'mutation',
    inputs: () => [{ decisionId: NO_UUID, steps: 1, kind: 'received' }],
    ids: [decisionField],
  },
  'meeting.verifyDecision': {
    type: 'mutation',
    inputs: () => [{ decisionId: NO_UUID, steps: 1, kind: 'closed', note: null }],
    ids: [decisionField],
  },
}

export function minutesFilesOf(user: User): readonly string[] {
  return ownOf(user).map((code) => `/files/meetings/${meetingIdOf(code)}/minutes.docx`)
}

export function sheetFilesOf(user: User): readonly string[] {
  return sheets(user).map(({ meetingId, unitCode }) => `/files/meetings/${meetingId}/units/${unitCode}/sheet.docx`)
}
