import { BUILT_IN_CHECKLISTS } from '@zhidu/domain'
import { type User, userOf } from './accounts.ts'
import type { Answer } from './harness.ts'
import { DOCUMENT } from './inspection-questions.ts'

const CLERK = userOf('clerk', 'A1')
const INSPECTOR = userOf('inspector', 'A1')
/** The check that is recorded here. */
const CHECKED = '00000000-0000-4000-8000-0000000000c1'

interface Step {
  readonly action: string
  readonly prepare?: () => Promise<undefined>
  readonly run: () => Promise<Answer>
}

/** Every change about checks, in an order in which each is possible. */
export function inspectionSteps(call: (user: User, path: string, input: object) => Promise<Answer>): readonly Step[] {
  return [
    { action: 'inspection.kit', run: () => call(CLERK, 'inspection.kit', { unitCodes: ['A11'] }) },
    {
      action: 'inspection.saveChecklist',
      run: () =>
        call(CLERK, 'inspection.saveChecklist', {
          id: null,
          version: 0,
          content: { ...BUILT_IN_CHECKLISTS[0], id: undefined, version: undefined },
        }),
    },
    {
      action: 'inspection.submit',
      run: () =>
        call(CLERK, 'inspection.submit', {
          ...DOCUMENT,
          inspectionId: CHECKED,
          unitCode: 'A11',
          method: 'video',
          answers: [{ item: 'log', answer: 'no', note: null, files: [] }],
        }),
    },
    {
      action: 'inspection.orderSecond',
      run: () =>
        call(INSPECTOR, 'inspection.orderSecond', { inspectionId: CHECKED, inspectors: ['另一人'], reason: '复核' }),
    },
    {
      action: 'inspection.decide',
      prepare: () => call(CLERK, 'case.notify', { inspectionIds: [CHECKED] }).then(() => undefined),
      run: () =>
        call(INSPECTOR, 'inspection.decide', {
          inspectionId: CHECKED,
          finding: 'log_missing',
          outcome: 'dismissed',
          reason: '核对日志',
        }),
    },
    {
      action: 'inspection.orderUpper',
      run: () =>
        call(CLERK, 'inspection.orderUpper', {
          quarter: '2026Q4',
          size: 1,
          inspectors: ['另一人'],
          reason: '抽样复核',
        }),
    },
  ]
}
