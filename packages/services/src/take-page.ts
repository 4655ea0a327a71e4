/** Counting what passes a filter stops here. */
export const MAX_COUNTED = 1_000

export interface Page<T> {
  readonly items: readonly T[]
  readonly hasMore: boolean
}

/** The first `size` of a stream. */
export async function takePage<T>(stream: AsyncIterable<T>, size: number): Promise<Page<T>> {
  const items: T[] = []
  for await (const item of stream) {
    if (items.length === size) return { items, hasMore: true }
    items.push(item)
  }
  return { items, hasMore: false }
}

/** What was counted up to one more than `MAX_COUNTED`. `isExact` = nothing was left out before. */
export function boundTotal(count: number, isExact = true): { total: number; isTotalExact: boolean } {
  return { total: Math.min(count, MAX_COUNTED), isTotalExact: isExact && count <= MAX_COUNTED }
}

/** How many a stream holds, at most `MAX_COUNTED`. */
export async function countUpTo(stream: AsyncIterable<unknown>): Promise<{ total: number; isTotalExact: boolean }> {
  let total = 0
  for await (const _ of stream) {
    if (total === MAX_COUNTED) return { total, isTotalExact: false }
    total += 1
  }
  return { total, isTotalExact: true }
}
