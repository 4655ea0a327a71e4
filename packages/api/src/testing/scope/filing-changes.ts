import { type User, userOf } from './accounts.ts'
import { PERIOD_CHANGE, WHEREABOUTS } from './filing-questions.ts'
import { FILED_HOLIDAY, reminderIdOf } from './filings.ts'
import type { Answer } from './harness.ts'

const CLERK = userOf('clerk', 'A1')
const OFFICER = userOf('clerk', 'A11')
const FILED = { holiday: FILED_HOLIDAY, content: WHEREABOUTS, sourceSha256: null }

interface Step {
  readonly action: string
  readonly run: () => Promise<Answer>
}

/** Every change about holiday filings and special periods, in an order in which each is possible. */
export function filingSteps(call: (user: User, path: string, input: object) => Promise<Answer>): readonly Step[] {
  const day = { day: '2026-10-20', kind: 'zero', note: null, eventCode: null, versions: 0 }
  const hour = { versions: 1, reminderDays: [5], dailyUntil: '15:00', fromOn: '2026-10-21' }
  const { isWithdrawn: _w, versions: _v, ...period } = PERIOD_CHANGE
  return [
    { action: 'filing.saveDraft', run: () => call(OFFICER, 'filing.saveDraft', FILED) },
    {
      action: 'filing.submit',
      run: () => call(OFFICER, 'filing.submit', { ...FILED, acceptsWarnings: true, versions: 1, reason: '更正' }),
    },
    {
      action: 'filing.see',
      run: () => call(OFFICER, 'filing.see', { reminderIds: [reminderIdOf('A11')] }),
    },
    { action: 'filing.reportDay', run: () => call(OFFICER, 'filing.reportDay', day) },
    { action: 'filing.remind', run: () => call(CLERK, 'filing.remind', { holiday: FILED_HOLIDAY }) },
    { action: 'filing.setDuty', run: () => call(CLERK, 'filing.setDuty', hour) },
    { action: 'calendar.recordPeriod', run: () => call(CLERK, 'calendar.recordPeriod', PERIOD_CHANGE) },
    {
      action: 'calendar.recordPeriods',
      run: () => call(CLERK, 'calendar.recordPeriods', { periods: [{ ...period, title: '两会' }] }),
    },
  ]
}
