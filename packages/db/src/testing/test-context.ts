import 'vitest'

/** How a test process reaches the run's engine: a superuser's connection, and the migrated database to copy. */
export interface TestEngine {
  readonly host: string
  readonly port: number
  readonly user: string
  readonly password: string
  readonly template: string
  /** What the engine writes down; null for a server that is not of this run. */
  readonly logFile: string | null
}

declare module 'vitest' {
  interface ProvidedContext {
    zhiduTestEngine: TestEngine
  }
}
