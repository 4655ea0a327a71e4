import { toLocalIso } from '@zhidu/domain'
import { type User, userOf } from './accounts.ts'
import type { Answer } from './harness.ts'
import { CALL, REPORTED } from './report-questions.ts'
import { NOW } from './tree.ts'

const OFFICER = userOf('clerk', 'A11')
const OFFICE = userOf('clerk', 'A1')
const CALLED = '5d5d5d5d-5d5d-4d5d-8d5d-5d5d5d5d5d5d'
const SENT = '5e5e5e5e-5e5e-4e5e-8e5e-5e5e5e5e5e5e'
const FIXED = '5f5f5f5f-5f5f-4f5f-8f5f-5f5f5f5f5f5f'

interface Step {
  readonly action: string
  readonly run: () => Promise<Answer>
  readonly keep?: (answer: Answer) => void
}

/** Every change of the reporting page, in an order in which each is possible. */
export function reportSteps(call: (user: User, path: string, input: object) => Promise<Answer>): readonly Step[] {
  let eventCode = ''
  let contentId = ''
  const at = toLocalIso(NOW - 60_000)
  const document = { ...REPORTED, occurredAt: at, learnedAt: at }
  const read = ({ text }: Answer) =>
    // Safe: the assertions that follow fail on anything else.
    (JSON.parse(text) as { result: { data: { eventCode: string; contentId: string } } }).result.data
  return [
    {
      action: 'report.take',
      run: () =>
        call(OFFICE, 'report.take', { ...CALL, recordId: CALLED, unitCode: 'A11', occurredAt: at, learnedAt: at }),
      keep: (answer) => (eventCode = read(answer).eventCode),
    },
    { action: 'report.preReport', run: () => call(OFFICER, 'report.preReport', { eventCode, reason: '道路中断' }) },
    {
      action: 'report.saveDraft',
      run: () => call(OFFICER, 'report.saveDraft', { draftKey: eventCode, seen: 0, document: '{}' }),
    },
    {
      action: 'report.send',
      run: () => call(OFFICER, 'report.send', { eventCode, clientKey: SENT, document }),
      keep: (answer) => (contentId = read(answer).contentId),
    },
    {
      action: 'report.correct',
      run: () => call(OFFICER, 'report.correct', { contentId, clientKey: FIXED, document, reason: '核实' }),
    },
    { action: 'report.sign', run: () => call(OFFICE, 'report.sign', { contentId, claim: null, note: null }) },
  ]
}
