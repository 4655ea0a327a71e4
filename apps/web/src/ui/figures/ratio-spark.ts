import { ratioValue } from '@zhidu/domain'

export interface SparkCounts {
  readonly part: number
  readonly whole: number
}

export interface SparkLayout {
  /** Runs of neighbouring quarters that have a share; a quarter without one breaks the line. */
  readonly lines: readonly string[]
  /** The last quarter's point; null = no share. */
  readonly end: { readonly x: number; readonly y: number } | null
}

/** At least so many points of a percentage from top to bottom, so that a flat line looks flat. */
const MIN_SPAN = 0.2

/** A line through the shares of a few quarters, oldest first. Missing quarters are gaps. */
export function layoutRatioSpark(trend: readonly SparkCounts[], width: number, height: number): SparkLayout {
  const values = trend.map(ratioValue)
  const known = values.filter((value) => value !== null)
  const middle = known.length === 0 ? 0.5 : (Math.min(...known) + Math.max(...known)) / 2
  const span = Math.max(MIN_SPAN, Math.max(...known, 0) - Math.min(...known, 1))
  const pad = 3
  const xOf = (index: number): number => pad + (index * (width - 2 * pad)) / Math.max(1, values.length - 1)
  const yOf = (value: number): number => height / 2 - ((value - middle) / span) * (height - 2 * pad)
  const lines: string[] = []
  let run: string[] = []
  for (const [index, value] of values.entries()) {
    if (value === null) {
      if (run.length > 1) lines.push(run.join(' '))
      run = []
    } else {
      run.push(`${xOf(index).toFixed(1)},${yOf(value).toFixed(1)}`)
    }
  }
  if (run.length > 1) lines.push(run.join(' '))
  const last = values.at(-1)
  return { lines, end: last == null ? null : { x: xOf(values.length - 1), y: yOf(last) } }
}
