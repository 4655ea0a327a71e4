/** Half-open, epoch ms. */
export interface Span {
  readonly from: number
  readonly to: number
}

export function lengthOf(spans: readonly Span[]): number {
  return spans.reduce((sum, { from, to }) => sum + to - from, 0)
}

/** The same time without overlaps, in order; what touches becomes one. */
export function mergeSpans(spans: readonly Span[]): Span[] {
  const ordered = spans.filter(({ from, to }) => from < to).toSorted((a, b) => a.from - b.from)
  const merged: Span[] = []
  for (const { from, to } of ordered) {
    const last = merged.at(-1)
    if (last === undefined || last.to < from) merged.push({ from, to })
    else merged[merged.length - 1] = { from: last.from, to: Math.max(last.to, to) }
  }
  return merged
}

/** What of some spans lies in a window. */
export function clipSpans(spans: readonly Span[], window: Span): Span[] {
  return spans
    .map(({ from, to }) => ({ from: Math.max(from, window.from), to: Math.min(to, window.to) }))
    .filter(({ from, to }) => from < to)
}

/** The time of a window that no span covers, in order. */
export function uncoveredIn(spans: readonly Span[], window: Span): Span[] {
  const free: Span[] = []
  let at = window.from
  for (const { from, to } of mergeSpans(clipSpans(spans, window))) {
    if (at < from) free.push({ from: at, to: from })
    at = to
  }
  return at < window.to ? [...free, { from: at, to: window.to }] : free
}
