export interface LabelBox {
  /** Where the label wants its middle, px. */
  readonly x: number
  readonly width: number
}

export interface PlacedLabel {
  /** Left edge, px; inside `0 … total − width` where the label fits at all. */
  readonly left: number
  /** 0 = nearest to the axis. */
  readonly lane: number
}

/**
 * Puts each label under its instant, in the first lane where it touches no other (gap in px). Labels keep their order of
 * x; a label is never dropped, so the number of lanes grows as it must.
 */
export function placeLabels(boxes: readonly LabelBox[], total: number, gap: number): PlacedLabel[] {
  const order = boxes.map((_, index) => index).toSorted((a, b) => (boxes[a]?.x ?? 0) - (boxes[b]?.x ?? 0) || a - b)
  const laneEnds: number[] = []
  const placed: PlacedLabel[] = boxes.map(() => ({ left: 0, lane: 0 }))
  for (const index of order) {
    const box = boxes[index]
    if (box === undefined) continue
    const left = Math.max(0, Math.min(box.x - box.width / 2, total - box.width))
    const free = laneEnds.findIndex((end) => left >= end + gap)
    const lane = free === -1 ? laneEnds.length : free
    laneEnds[lane] = left + box.width
    placed[index] = { left, lane }
  }
  return placed
}

/** Width of a text in px: full-width characters count one em, all others 0.58 em (digits and Latin of the UI stack). */
export function estimateTextWidth(text: string, fontSize: number): number {
  let ems = 0
  for (const char of text) ems += (char.codePointAt(0) ?? 0) >= 0x2e80 ? 1 : 0.58
  return Math.ceil(ems * fontSize)
}
