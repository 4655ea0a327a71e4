import type { User } from './accounts.ts'
import { bulletinIdOf } from './bulletins.ts'
import { type IdField, NO_UUID, outsideOf, type Registered } from './question-parts.ts'

export const bulletinField: IdField = {
  field: 'bulletinId',
  foreign: (user) => outsideOf(user).map(bulletinIdOf),
  nothing: NO_UUID,
}

function ownOf(user: User): readonly string[] {
  const own = user.unitCode ?? 'A'
  return [...new Set([own, `${own}1`, 'A', 'A21'])]
}

const bulletins = (user: User): readonly object[] => ownOf(user).map((code) => ({ bulletinId: bulletinIdOf(code) }))

/** A step of a bulletin: asked about those of others, it changes nothing. */
function bulletinStep(more: object): Registered {
  return { type: 'mutation', inputs: () => [{ bulletinId: NO_UUID, ...more }], ids: [bulletinField] }
}

/** Every procedure of bulletins; each office of the worlds has one of the frozen quarter. */
export function bulletinProcedures(frozenQuarter: string): Readonly<Record<string, Registered>> {
  return {
    'bulletin.list': { type: 'query', inputs: () => [{}] },
    'bulletin.get': { type: 'query', inputs: bulletins, ids: [bulletinField] },
    'bulletin.check': { type: 'query', inputs: bulletins, ids: [bulletinField] },
    'bulletin.revision': {
      type: 'query',
      inputs: (user) => bulletins(user).map((one) => ({ ...one, revision: 1 })),
      ids: [bulletinField],
    },
    'bulletin.create': { type: 'mutation', inputs: () => [{ quarter: frozenQuarter }] },
    'bulletin.save': {
      ...bulletinStep({ revision: 1, edits: [{ kind: 'remove', id: 'p2' }] }),
      // Names a paragraph within the bulletin.
      ofInstallation: ['id'],
    },
    'bulletin.rebind': bulletinStep({ revision: 1 }),
    'bulletin.correct': bulletinStep({}),
    'bulletin.submit': bulletinStep({ revision: 1 }),
    'bulletin.return': bulletinStep({ revision: 1, reason: '补写缘由' }),
    'bulletin.publish': bulletinStep({ revision: 1 }),
  }
}

export function wordFilesOf(user: User): readonly string[] {
  return ownOf(user).map((code) => `/files/bulletins/${bulletinIdOf(code)}/bulletin.docx`)
}

export function annexFilesOf(user: User): readonly string[] {
  const address = (code: string): string => `/files/bulletins/${bulletinIdOf(code)}/annexes`
  return ownOf(user).flatMap((code) => [1, 2, 3].map((number) => `${address(code)}/annex-${number}.xlsx`))
}
