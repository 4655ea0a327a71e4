import type { UnitPage } from '@zhidu/contract'
import type { TestDatabase } from '@zhidu/db/testing'
import { type User, userOf } from './accounts.ts'
import { type Answer, askProcedure, type World } from './harness.ts'

const CLERK = userOf('clerk', 'A1')
const APPROVER = userOf('approver', 'A1')
const OFFICER = userOf('clerk', 'A11')
const QUARTER = '2026Q3'
/** Its draft has been out long enough. */
const APPROVED = '2025Q3'

interface Step {
  readonly action: string
  readonly prepare?: () => Promise<undefined>
  readonly run: () => Promise<Answer>
  readonly keep?: (answer: Answer) => void
}

function dataOf<T>({ text }: Answer): T {
  // Safe: the assertions that follow fail on anything else.
  return (JSON.parse(text) as { readonly result: { readonly data: T } }).result.data
}

/** Every change about assessments and appeals, in an order in which each is possible. */
export function appealSteps(ask: {
  readonly world: () => World
  readonly database: () => TestDatabase
}): readonly Step[] {
  const call = (user: User, path: string, input: object) => ask.world().ask(user, askProcedure(path, 'mutation', input))
  const kept = { appealId: '', deduction: {} }
  const find = async (): Promise<undefined> => {
    const input = { unitCode: 'A11', quarter: QUARTER }
    const page = dataOf<UnitPage>(await ask.world().ask(OFFICER, askProcedure('unit.get', 'query', input)))
    const { at, code, ref } =
      page.deductions.find(({ evidence }) => evidence.kind !== 'check') ?? page.deductions[0] ?? {}
    kept.deduction = { at, code, ref }
  }
  const putDraft = async (): Promise<undefined> => {
    await ask.database().pool.query(
      `insert into assessment_step values ('A1', $1, 0, 'drafted', '2025-10-08+08', '某人', gen_random_uuid(), null, '2025-10-15', 5,
        false)`,
      [APPROVED],
    )
  }
  return [
    {
      action: 'appeal.begin',
      prepare: find,
      run: () => call(OFFICER, 'appeal.begin', { quarter: QUARTER, ...kept.deduction, note: '当晚有人值守' }),
      keep: (answer) => (kept.appealId = dataOf<{ appealId: string }>(answer).appealId),
    },
    {
      action: 'appeal.answer',
      run: () =>
        call(OFFICER, 'appeal.answer', {
          appealId: kept.appealId,
          steps: 1,
          kind: 'submitted',
          note: '当晚有人值守',
          files: [],
        }),
    },
    {
      action: 'appeal.decide',
      run: () => call(CLERK, 'appeal.decide', { appealId: kept.appealId, steps: 2, kind: 'accepted' }),
    },
    {
      action: 'assessment.approve',
      prepare: putDraft,
      run: () => call(APPROVER, 'assessment.approve', { quarter: APPROVED, steps: 1, marksAppeals: false }),
    },
    {
      action: 'assessment.prepare',
      run: () => call(CLERK, 'assessment.prepare', { quarter: QUARTER, steps: 1, kind: 'returned', note: '事实有误' }),
    },
  ]
}
