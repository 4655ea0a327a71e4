export interface SparkScale {
  readonly low: number
  readonly high: number
}

export interface SparkBox {
  readonly width: number
  readonly height: number
  /** px kept free at every side for the end point. */
  readonly margin: number
}

export interface SparkLayout {
  /** Runs of neighbouring quarters with a score; a quarter without one breaks the line. */
  readonly own: readonly (readonly (readonly [number, number])[])[]
  readonly mean: readonly (readonly (readonly [number, number])[])[]
  readonly end: readonly [number, number] | null
}

type Scores = readonly (number | null)[]

/** Share of the scores that may lie below the scale: a few very low ones would flatten every other line. */
const CUT_SHARE = 0.05

/**
 * One scale for all lines of a table, so that heights can be compared between rows. At least ten points high; the lowest
 * twentieth of the scores is drawn at its lower edge.
 */
export function computeSparkScale(series: readonly Scores[]): SparkScale {
  const values = series
    .flat()
    .filter((value) => value !== null)
    .sort((a, b) => a - b)
  const high = values.at(-1)
  const low = values[Math.floor(values.length * CUT_SHARE)]
  if (high === undefined || low === undefined) return { low: 90, high: 100 }
  return high - low >= 10 ? { low, high } : { low: high - 10, high }
}

/** Where the unit's line and the group's mean run; oldest quarter left. `breaks`: quarters before which the unit's line is cut. */
export function layoutSpark(
  own: Scores,
  mean: Scores,
  scale: SparkScale,
  box: SparkBox,
  breaks: readonly boolean[] = [],
): SparkLayout {
  const step = own.length > 1 ? (box.width - 2 * box.margin) / (own.length - 1) : 0
  const room = box.height - 2 * box.margin
  const point = (value: number, index: number): readonly [number, number] => [
    round(box.margin + index * step),
    round(box.margin + ((scale.high - Math.max(scale.low, value)) / (scale.high - scale.low)) * room),
  ]
  const last = own.at(-1)
  return {
    own: runs(own, point, breaks),
    mean: runs(mean, point, []),
    end: last === undefined || last === null ? null : point(last, own.length - 1),
  }
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}

function runs(
  values: Scores,
  point: (value: number, index: number) => readonly [number, number],
  breaks: readonly boolean[],
) {
  const found: (readonly [number, number])[][] = []
  let open = false
  for (const [index, value] of values.entries()) {
    if (value === null) {
      open = false
      continue
    }
    if (!open || breaks[index] === true) found.push([])
    open = true
    found.at(-1)?.push(point(value, index))
  }
  return found
}
