import { parentPort } from 'node:worker_threads'
import { MAX_COUNTED_PAIRS, type RankedTally, redrawRanks, type Regulation } from '@zhidu/domain'
import type { DrawnRanges } from './drawn-ranges.ts'

/** One table to draw again. */
export interface RedrawJob {
  readonly id: number
  readonly units: readonly RankedTally[]
  readonly regulation: Regulation
}

export type RedrawAnswer =
  | { readonly id: number; readonly drawn: DrawnRanges }
  | { readonly id: number; readonly problem: string }

function redraw({ regulation, units }: RedrawJob): DrawnRanges {
  const { pair, ...ranges } = redrawRanks(units, regulation)
  const codes = ranges.ranges.map(({ unitCode }) => unitCode)
  const isCounted = codes.length > 1 && codes.length <= MAX_COUNTED_PAIRS
  const pairs = isCounted ? Float32Array.from(codes.flatMap((a) => codes.map((b) => pair(a, b)))) : null
  return { ...ranges, pairs }
}

parentPort?.on('message', (job: RedrawJob) => {
  let answer: RedrawAnswer
  try {
    answer = { id: job.id, drawn: redraw(job) }
  } catch (error) {
    answer = { id: job.id, problem: error instanceof Error ? (error.stack ?? error.message) : String(error) }
  }
  parentPort?.postMessage(answer)
})
