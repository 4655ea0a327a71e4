import { type User, userOf } from './accounts.ts'
import { handoverIdOf, logIdOf } from './duty-logs.ts'
import type { Answer } from './harness.ts'
import { NOW } from './tree.ts'

const CLERK = userOf('clerk', 'A1')

/** Every change of a duty log and of a handover but the confirmation at another's screen, in an order in which each is possible. */
export function dutyLogSteps(call: (user: User, path: string, input: object) => Promise<Answer>) {
  const now = new Date(NOW).toISOString()
  const entryId = logIdOf('A1')
  const handover = { handoverId: handoverIdOf('A1'), steps: 1 }
  const entry = { source: 'call', kind: 'matter', content: '来电反映积水', callerUnit: null, callerName: null }
  const rest = { callerPhone: null, receivedAt: null, sentAt: now, eventCode: null, leadCode: null }
  return [
    { action: 'log.write', run: () => call(CLERK, 'log.write', { ...entry, ...rest }) },
    { action: 'log.step', run: () => call(CLERK, 'log.step', { entryId, steps: 1, kind: 'disposed', note: '已通知' }) },
    {
      action: 'log.putDay',
      run: () => call(CLERK, 'log.putDay', { day: '2026-10-20', leader: '带班', weather: '晴' }),
    },
    { action: 'log.reveal', run: () => call(CLERK, 'log.reveal', { entryId }) },
    { action: 'handover.begin', run: () => call(CLERK, 'handover.begin', { changeAt: now }) },
    {
      action: 'handover.step',
      run: () =>
        call(CLERK, 'handover.step', { ...handover, kind: 'prepared', notes: [], equipment: '钥匙两把', note: null }),
    },
  ]
}
