import { listProvisions, type Provision, REGULATION_PARTS, type RegulationPart } from './provisions.ts'
import type { Regulation } from './regulation.ts'

/** One difference between two versions; null = not there. */
export interface RegulationChange {
  readonly part: RegulationPart
  readonly before: Provision | null
  readonly after: Provision | null
}

/** The same text for the same value, whatever the order of keys. */
function toText(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  )
}

/** Takes the pairs that agree in `by`, each provision once; what is left stays in the two lists. */
function takePairs(before: Provision[], after: Provision[], by: 'key' | 'stem'): [Provision, Provision][] {
  const pairs: [Provision, Provision][] = []
  // A copy, for the list loses what is taken.
  const olds = before.slice()
  for (const old of olds) {
    const same = after.find((one) => one[by] === old[by])
    if (same === undefined) continue
    before.splice(before.indexOf(old), 1)
    after.splice(after.indexOf(same), 1)
    pairs.push([old, same])
  }
  return pairs
}

/**
 * What differs between two versions, part by part in the order of the document: rules for the same thing are set against each
 * other, then those for the same fault or report with another scope; what has no counterpart came or went. The day from
 * which a version is in force is no part of what it says.
 */
export function diffRegulations(before: Regulation, after: Regulation): RegulationChange[] {
  const old = Map.groupBy(listProvisions(before), ({ part }) => part)
  const now = Map.groupBy(listProvisions(after), ({ part }) => part)
  return REGULATION_PARTS.flatMap((part): RegulationChange[] => {
    const left = [...(old.get(part) ?? [])]
    const right = [...(now.get(part) ?? [])]
    const order = [...left, ...right]
    const pairs = [...takePairs(left, right, 'key'), ...takePairs(left, right, 'stem')]
    const changes = [
      ...pairs.filter(([a, b]) => toText(a.value) !== toText(b.value)).map(([a, b]) => ({ part, before: a, after: b })),
      ...left.map((one) => ({ part, before: one, after: null })),
      ...right.map((one) => ({ part, before: null, after: one })),
    ]
    const placeOf = ({ after: b, before: a }: RegulationChange): number => order.indexOf((a ?? b) as Provision)
    return changes.sort((a, b) => placeOf(a) - placeOf(b))
  })
}
