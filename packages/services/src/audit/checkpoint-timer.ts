import type { ServiceContext } from '../context.ts'
import { type CheckpointArgs, makeAuditCheckpoint, type RememberedTrail } from './make-checkpoint.ts'

/** Entries never wait longer for their checkpoint. */
export const MAX_CHECKPOINT_INTERVAL_MS = 60 * 60_000

export interface CheckpointTimerOptions extends Pick<CheckpointArgs, 'signers' | 'checkpointDir'> {
  /** Between two checkpoints; at most an hour, which it is unless said otherwise. */
  readonly everyMs?: number
  /** A checkpoint that could not be made; the next is tried all the same. */
  readonly onError: (error: unknown) => void
  /** Calls `run` once after so many ms; gives what calls it off. Tests only. */
  readonly schedule?: (run: () => void, ms: number) => () => void
}

export interface CheckpointTimer {
  /** Ends it, after the checkpoint that is being made. */
  stop(): Promise<void>
}

function scheduleUnheld(run: () => void, ms: number): () => void {
  const timer = setTimeout(run, ms)
  // A process that has nothing else to do may end.
  timer.unref()
  return () => clearTimeout(timer)
}

/** Makes a checkpoint now and then one every hour or sooner. Throws RangeError for a longer interval. */
export function createCheckpointTimer(ctx: ServiceContext, options: CheckpointTimerOptions): CheckpointTimer {
  const { checkpointDir, everyMs = MAX_CHECKPOINT_INTERVAL_MS, onError, schedule = scheduleUnheld, signers } = options
  if (!(everyMs > 0 && everyMs <= MAX_CHECKPOINT_INTERVAL_MS)) throw new RangeError(`not an interval: ${everyMs} ms`)
  let remembered: RememberedTrail | undefined
  let isStopped = false
  let cancel = (): void => undefined
  const make = async (reason: 'start' | 'timed'): Promise<void> => {
    try {
      const args = { reason, signers, checkpointDir, ...(remembered === undefined ? {} : { remembered }) }
      remembered = (await makeAuditCheckpoint(ctx, args)).remembered
    } catch (error) {
      onError(error)
    }
    if (!isStopped) cancel = schedule(() => void (making = make('timed')), everyMs)
  }
  let making = make('start')
  return {
    stop: async () => {
      isStopped = true
      cancel()
      await making
    },
  }
}
