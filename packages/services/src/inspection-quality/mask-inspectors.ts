import type { MaskedInspector } from '@zhidu/contract'
import { maskName } from '@zhidu/domain'
import type { ServiceContext } from '../context.ts'

/** Names masked, numbered where several would look alike: one number for one person on all of a page. */
export function maskInspectors(
  names: readonly string[],
  { actor }: Pick<ServiceContext, 'actor'>,
): (name: string) => MaskedInspector {
  const own = actor.kind === 'account' ? actor.displayName : null
  const alike = Map.groupBy(names.toSorted(), maskName)
  return (name) => {
    const masked = maskName(name)
    const group = alike.get(masked) ?? []
    return { name: masked, number: group.length > 1 ? group.indexOf(name) + 1 : null, isMe: name === own }
  }
}
