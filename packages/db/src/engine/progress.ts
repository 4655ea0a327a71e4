export type EngineStep = 'copy_binaries' | 'create_data' | 'start' | 'wait_for_other' | 'stop'

export interface EngineHooks {
  /** About once a second while a step lasts longer than a second. */
  readonly onProgress?: (step: EngineStep, seconds: number) => void
  /** The engine was lost and is being brought back, or could not be; for the log. */
  readonly onTrouble?: (error: unknown) => void
}

/** Reports `step` once a second until `work` is done. */
export async function withProgress<T>(hooks: EngineHooks, step: EngineStep, work: () => Promise<T>): Promise<T> {
  let seconds = 0
  const timer = setInterval(() => hooks.onProgress?.(step, (seconds += 1)), 1_000)
  try {
    return await work()
  } finally {
    clearInterval(timer)
  }
}
