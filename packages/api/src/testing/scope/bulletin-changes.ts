import { type User, userOf } from './accounts.ts'
import { bulletinIdOf } from './bulletins.ts'
import type { Answer } from './harness.ts'

const TOP = userOf('clerk', 'A')
const APPROVER = userOf('approver', 'A')
const BELOW = userOf('clerk', 'A1')
/** A quarter of which no office has a bulletin yet. */
const OTHER_QUARTER = '2026Q1'

interface Step {
  readonly action: string
  readonly prepare?: () => Promise<User | undefined>
  readonly run: () => Promise<Answer>
}
type Call = (user: User, path: string, input: object) => Promise<Answer>

/** Changes of the top's bulletin while its quarter has one version, up to its publication. */
export function bulletinSteps(call: Call): readonly Step[] {
  const bulletinId = bulletinIdOf('A')
  const second = { bulletinId, revision: 2 }
  const paragraph = { id: 'p2', style: 'body', runs: [{ kind: 'text', text: '情况良好。' }] }
  const edits = [{ kind: 'replace', paragraph }]
  const submit = () => call(TOP, 'bulletin.submit', second)
  return [
    { action: 'bulletin.save', run: () => call(TOP, 'bulletin.save', { bulletinId, revision: 1, edits }) },
    { action: 'bulletin.submit', run: submit },
    {
      action: 'bulletin.return',
      run: () => call(APPROVER, 'bulletin.return', { ...second, reason: '请补写缘由' }),
    },
    {
      action: 'bulletin.publish',
      prepare: () => submit().then(() => undefined),
      run: () => call(APPROVER, 'bulletin.publish', second),
    },
  ]
}

/** What follows once the quarter was supplemented. */
export function laterBulletinSteps(call: Call): readonly Step[] {
  return [
    {
      action: 'bulletin.rebind',
      run: () => call(BELOW, 'bulletin.rebind', { bulletinId: bulletinIdOf('A1'), revision: 1 }),
    },
    { action: 'bulletin.correct', run: () => call(TOP, 'bulletin.correct', { bulletinId: bulletinIdOf('A') }) },
    {
      action: 'bulletin.create',
      prepare: () =>
        call(APPROVER, 'quarter.freeze', { quarter: OTHER_QUARTER, confirm: OTHER_QUARTER }).then(() => undefined),
      run: () => call(TOP, 'bulletin.create', { quarter: OTHER_QUARTER }),
    },
  ]
}
