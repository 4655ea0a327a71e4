import { type User, userOf } from './accounts.ts'
import { caseIdOf, SILENT } from './cases.ts'
import { dutySteps } from './duty-changes.ts'
import { dutyLogSteps } from './duty-log-changes.ts'
import { filingSteps } from './filing-changes.ts'
import type { Answer } from './harness.ts'
import { leadSteps } from './lead-changes.ts'
import { misreportIdOf } from './misreports.ts'
import { DOCUMENT } from './inspection-questions.ts'
import { reportSteps } from './report-changes.ts'

const CLERK = userOf('clerk', 'A1')
const INSPECTOR = userOf('inspector', 'A1')
const OFFICER = userOf('clerk', 'A11')
/** The check that is recorded here. */
const CHECKED = '5c5c5c5c-5c5c-4c5c-8c5c-5c5c5c5c5c5c'

interface Step {
  readonly action: string
  readonly prepare?: () => Promise<undefined>
  readonly run: () => Promise<Answer>
  readonly keep?: (answer: Answer) => void
  readonly isNamed?: boolean
}

/** Every change about cases, leads, reports, duty papers and logs, in an order in which each is possible. */
export function caseSteps(call: (user: User | null, path: string, input: object) => Promise<Answer>): readonly Step[] {
  const caseId = caseIdOf('A11')
  const submit = () =>
    call(INSPECTOR, 'inspection.submit', {
      ...DOCUMENT,
      inspectionId: CHECKED,
      unitCode: 'A11',
      method: 'video',
      answers: [{ item: 'log', answer: 'no', note: null, files: [] }],
    })
  return [
    ...leadSteps(call),
    {
      action: 'case.notify',
      prepare: () => submit().then(() => undefined),
      run: () => call(CLERK, 'case.notify', { inspectionIds: [CHECKED] }),
    },
    {
      action: 'case.announceFile',
      run: () =>
        call(OFFICER, 'case.announceFile', {
          caseId,
          sha256: '0'.repeat(64),
          type: 'image/jpeg',
          bytes: 100,
          name: '照片.jpg',
        }),
    },
    { action: 'case.answer', run: () => call(OFFICER, 'case.answer', { caseId, steps: 2, kind: 'received' }) },
    {
      action: 'misreport.open',
      run: () =>
        call(CLERK, 'misreport.open', {
          unitCode: 'A11',
          kind: 'omitted',
          eventCode: null,
          source: 'media',
          superiorAt: '2026-08-01T10:00:00+08:00',
          note: '媒体来电',
          figures: null,
        }),
    },
    {
      action: 'misreport.announceFile',
      run: () =>
        call(CLERK, 'misreport.announceFile', {
          caseId: misreportIdOf('A11'),
          sha256: '0'.repeat(64),
          type: 'image/jpeg',
          bytes: 100,
          name: '照片.jpg',
        }),
    },
    {
      action: 'misreport.answer',
      run: () => call(OFFICER, 'misreport.answer', { caseId: misreportIdOf('A11'), steps: 2, kind: 'received' }),
    },
    {
      action: 'misreport.handle',
      run: () =>
        call(CLERK, 'misreport.handle', {
          caseId: misreportIdOf('A11'),
          steps: 3,
          kind: 'supplemented',
          note: '网页截图',
          files: [],
          figures: null,
        }),
    },
    {
      action: 'case.handle',
      run: () =>
        call(CLERK, 'case.handle', {
          caseId: caseIdOf(SILENT),
          steps: 1,
          kind: 'escalated',
          escalation: 'reminded',
          note: '催办',
        }),
    },
    ...dutySteps(call),
    ...dutyLogSteps(call),
    ...reportSteps(call),
    ...filingSteps(call),
  ]
}
