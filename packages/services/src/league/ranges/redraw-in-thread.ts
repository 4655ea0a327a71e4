import { Worker } from 'node:worker_threads'
import type { RankedTally, Regulation } from '@zhidu/domain'
import type { DrawnRanges } from './drawn-ranges.ts'
import type { RedrawAnswer, RedrawJob } from './redraw-child.ts'

interface Waiting {
  readonly resolve: (drawn: DrawnRanges) => void
  readonly reject: (error: Error) => void
}

/** The thread, while there is one, and who waits for it; it is made on the first question and keeps no process alive. */
let thread: Worker | null = null
let lastId = 0
const waiting = new Map<number, Waiting>()

function settle(answer: RedrawAnswer): void {
  const asked = waiting.get(answer.id)
  waiting.delete(answer.id)
  if ('drawn' in answer) asked?.resolve(answer.drawn)
  else asked?.reject(new Error(`the ranges of a table could not be drawn: ${answer.problem}`))
  if (waiting.size === 0) thread?.unref()
}

function giveUp(worker: Worker, error: Error): void {
  if (thread === worker) thread = null
  const all = [...waiting.values()]
  waiting.clear()
  for (const { reject } of all) reject(error)
}

function openThread(): Worker {
  const worker = new Worker(new URL('./redraw-child.ts', import.meta.url))
  worker.on('message', settle)
  worker.on('error', (error) => giveUp(worker, error instanceof Error ? error : new Error(String(error))))
  worker.on('exit', (code) => giveUp(worker, new Error(`the thread that draws ranges ended with ${code}`)))
  return worker
}

/** `redrawRanks` beside the event loop, one table after another. Rejects when the thread fails; the next question opens another. */
export function redrawInThread(units: readonly RankedTally[], regulation: Regulation): Promise<DrawnRanges> {
  thread ??= openThread()
  thread.ref()
  lastId += 1
  const job: RedrawJob = { id: lastId, units, regulation }
  const answer = new Promise<DrawnRanges>((resolve, reject) => waiting.set(job.id, { resolve, reject }))
  thread.postMessage(job)
  return answer
}
