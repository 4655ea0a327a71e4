/** A straight scale of a drawing: values to px. */
export interface PlotScale {
  readonly from: number
  readonly to: number
  readonly ticks: readonly number[]
  readonly toPx: (value: number) => number
}

const STEPS = [1, 2, 2.5, 5, 10]

/** The round step that gives at most `count` parts of a span. */
function roundStep(span: number, count: number): number {
  const rough = span / count
  const power = 10 ** Math.floor(Math.log10(rough))
  return power * (STEPS.find((step) => step * power >= rough * (1 - 1e-9)) ?? 10)
}

/** Round ticks within [from, to]; `from < to`. */
export function listTicks(from: number, to: number, count: number): number[] {
  const step = roundStep(to - from, count)
  const first = Math.ceil(from / step - 1e-9)
  const last = Math.floor(to / step + 1e-9)
  return Array.from({ length: last - first + 1 }, (_, index) => Math.round((first + index) * step * 1e6) / 1e6)
}

/** `range`: px of `from` and of `to`. */
export function makeScale(
  [from, to]: readonly [number, number],
  [start, end]: readonly [number, number],
  tickCount: number,
): PlotScale {
  const toPx = (value: number): number =>
    Math.round((start + ((value - from) / (to - from)) * (end - start)) * 100) / 100
  return { from, to, ticks: listTicks(from, to, tickCount), toPx }
}

/** The round share, a tenth below the lowest one, at which an axis of shares begins: 0 to 0.9. */
export function shareAxisFrom(shares: readonly number[]): number {
  const lowest = shares.reduce((least, share) => Math.min(least, share), 1)
  return Math.max(0, Math.min(0.9, Math.floor(lowest * 10 - 0.5) / 10))
}
