import { isSameItem, type MeetingItem, type PartEdit } from '@zhidu/domain'

/**
 * What leads from one list of items to another: replacements in place, removals, and insertions. What was moved is taken out and put in
 * anew under an id that `nextId` gives, for an id stays with its place.
 */
export function editsBetween(
  base: readonly MeetingItem[],
  now: readonly MeetingItem[],
  nextId: () => string,
): PartEdit<MeetingItem>[] {
  const before = new Map(base.map((item, place) => [item.id, { item, place }]))
  let last = -1
  const kept = new Set<string>()
  for (const { id } of now) {
    const place = before.get(id)?.place ?? -1
    if (place > last) {
      kept.add(id)
      last = place
    }
  }
  const edits: PartEdit<MeetingItem>[] = base.flatMap(({ id }) => (kept.has(id) ? [] : [{ kind: 'remove', id }]))
  let after: string | null = null
  for (const item of now) {
    const known = before.get(item.id)
    if (known !== undefined && kept.has(item.id)) {
      if (!isSameItem(known.item, item)) edits.push({ kind: 'replace', paragraph: item })
      after = item.id
      continue
    }
    const id = known === undefined ? item.id : nextId()
    edits.push({ kind: 'insert', after, paragraph: { ...item, id } })
    after = id
  }
  return edits
}

/** Swaps an item with its neighbour; the list as it is at an end. */
export function moved(items: readonly MeetingItem[], at: number, step: 1 | -1): MeetingItem[] {
  const [one, other] = [items[at], items[at + step]]
  if (one === undefined || other === undefined) return [...items]
  return items.map((item, place) => (place === at ? other : place === at + step ? one : item))
}
