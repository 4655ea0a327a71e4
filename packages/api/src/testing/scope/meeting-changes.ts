import { type User, userOf } from './accounts.ts'
import type { Answer } from './harness.ts'
import { decisionIdOf, meetingIdOf } from './meetings.ts'

const CLERK = userOf('clerk', 'A1')
const APPROVER = userOf('approver', 'A1')
const OFFICER = userOf('clerk', 'A11')

interface Step {
  readonly action: string
  readonly prepare?: () => Promise<undefined>
  readonly run: () => Promise<Answer>
}

/** Every change about meetings but the making of one, in an order in which each is possible. */
export function meetingSteps(call: (user: User, path: string, input: object) => Promise<Answer>): readonly Step[] {
  const meetingId = meetingIdOf('A1')
  const decisionId = decisionIdOf('A11')
  const key = { meetingId, revision: 2 }
  const paragraph = { id: 'd2', kind: 'note', text: '补充', unitCodes: [], evidence: [] }
  const edits = [{ kind: 'insert', after: null, paragraph }]
  const submit = () => call(CLERK, 'meeting.submit', key)
  const days = { heldAt: '2026-10-30T09:00:00+08:00', place: '会议室', answerBy: '2026-10-25' }
  const decided = { what: '完善值守', report: '书面报告', owner: '负责人', lastDay: '2026-11-20', indicator: null }
  const verified = { decisionId, steps: 1, kind: 'returned', note: '补材料', lastDay: null }
  return [
    { action: 'meeting.invite', run: () => call(CLERK, 'meeting.invite', { meetingId, unitCodes: ['A11'], ...days }) },
    { action: 'meeting.remind', run: () => call(CLERK, 'meeting.remind', { meetingId }) },
    {
      action: 'meeting.reply',
      run: () =>
        call(OFFICER, 'meeting.reply', { meetingId, round: 2, seat: 'head', person: '负责人', kind: 'attend' }),
    },
    {
      action: 'meeting.decide',
      run: () => call(CLERK, 'meeting.decide', { meetingId, unitCode: 'A12', ...decided }),
    },
    { action: 'meeting.verifyDecision', run: () => call(APPROVER, 'meeting.verifyDecision', verified) },
    {
      action: 'meeting.answerDecision',
      run: () =>
        call(OFFICER, 'meeting.answerDecision', { decisionId, steps: 2, kind: 'reported', note: '已补', files: [] }),
    },
    { action: 'meeting.save', run: () => call(CLERK, 'meeting.save', { ...key, revision: 1, part: 'minutes', edits }) },
    { action: 'meeting.submit', run: submit },
    { action: 'meeting.return', run: () => call(APPROVER, 'meeting.return', { ...key, note: '补写' }) },
    {
      action: 'meeting.sign',
      prepare: () => submit().then(() => undefined),
      run: () => call(APPROVER, 'meeting.sign', key),
    },
    { action: 'meeting.correct', run: () => call(CLERK, 'meeting.correct', { ...key, note: '更正' }) },
  ]
}

/** The making of one, and its minutes, once a quarter is frozen. */
export function newMeetingSteps(
  call: (user: User, path: string, input: object) => Promise<Answer>,
  keep: { meetingId: string },
): readonly (Step & { readonly keep?: (answer: Answer) => void })[] {
  return [
    {
      action: 'meeting.create',
      run: () => call(CLERK, 'meeting.create', { quarter: '2026Q2', title: '座谈会' }),
      keep: (answer) => {
        keep.meetingId = /[0-9a-f]{8}-[0-9a-f-]{27}/.exec(JSON.stringify(answer))?.[0] ?? ''
      },
    },
    {
      action: 'meeting.draftMinutes',
      run: () => call(CLERK, 'meeting.draftMinutes', { meetingId: keep.meetingId }),
    },
  ]
}
