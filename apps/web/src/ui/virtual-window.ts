export interface VirtualWindow {
  /** First and one past the last row to draw. */
  readonly from: number
  readonly to: number
  /** px that stand for the rows above and below. */
  readonly before: number
  readonly after: number
}

/** Above this many rows only those near the screen are drawn. */
export const VIRTUAL_FROM = 200
const OVERSCAN = 12

/**
 * Rows on screen. `top`: px from the upper edge of the screen down to the first row, negative once scrolled past;
 * `height`: px of the screen.
 */
export function computeWindow(count: number, rowHeight: number, top: number, height: number): VirtualWindow {
  if (count <= VIRTUAL_FROM) return { from: 0, to: count, before: 0, after: 0 }
  const first = Math.floor(-top / rowHeight) - OVERSCAN
  const last = Math.ceil((height - top) / rowHeight) + OVERSCAN
  // Steps of four rows: scrolling by a few pixels draws nothing anew.
  const from = Math.min(count, Math.max(0, first - (first % 4)))
  const to = Math.min(count, Math.max(from, last + (4 - (last % 4))))
  return { from, to, before: from * rowHeight, after: (count - to) * rowHeight }
}
