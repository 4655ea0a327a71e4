import type { RulesWork } from '@zhidu/contract'
import type { ServiceContext } from '../context.ts'
import { sendDueReminders } from '../filing/reminders.ts'
import { refreshStaleUnitQuarters } from '../league/refresh-stale.ts'
import { alignObligations } from './align-obligations.ts'

const ROUND_EVERY_MS = 60_000

/** Keeps what is owed in line with rules and calendar, and the rollups with time. One per process. */
export interface Upkeep {
  /** Begins its rounds; until then, and after `stop`, a nudge begins nothing. */
  start(): void
  /** Rules or holidays have changed: a round begins now, or as soon as the one that writes has ended. Never waits. */
  nudge(): void
  /** What is being written anew just now; null = nothing. */
  running(): RulesWork['running']
  /** Settles when nothing runs any more. */
  stop(): Promise<void>
}

/** `ctx` of the program itself. What fails is told to `onError`, and the next round tries again. */
export function createUpkeep(
  ctx: ServiceContext,
  options: { readonly onError: (error: unknown) => void; readonly everyMs?: number },
): Upkeep {
  const stopping = new AbortController()
  const { signal } = stopping
  let running: RulesWork['running'] = null
  let isAsked = false
  /** Ends what waits: the pause between rounds, or the rollups, which any round takes up again. */
  let interrupt = new AbortController()
  let work: Promise<void> | null = null

  async function round(): Promise<void> {
    isAsked = false
    interrupt = new AbortController()
    await alignObligations(ctx, { signal, onProgress: (progress) => (running = progress) })
    running = null
    await sendDueReminders(ctx)
    await refreshStaleUnitQuarters(ctx, AbortSignal.any([signal, interrupt.signal]))
  }

  function pause(): Promise<void> {
    return new Promise((go) => {
      if (isAsked || signal.aborted) return go()
      const timer = setTimeout(go, options.everyMs ?? ROUND_EVERY_MS)
      timer.unref()
      const wake = (): void => {
        clearTimeout(timer)
        go()
      }
      interrupt.signal.addEventListener('abort', wake, { once: true })
      signal.addEventListener('abort', wake, { once: true })
    })
  }

  async function run(): Promise<void> {
    while (!signal.aborted) {
      try {
        await round()
      } catch (error) {
        if (!signal.aborted && !isAsked) options.onError(error)
      }
      running = null
      await pause()
    }
  }

  return {
    start: () => {
      work ??= run()
    },
    nudge: () => {
      isAsked = true
      interrupt.abort()
    },
    running: () => running,
    stop: async () => {
      stopping.abort()
      await work
    },
  }
}
