import type { ImportJobs, ServiceContext } from '@zhidu/services'
import type { EdgeOptions } from './guards.ts'

export type Language = 'zh-CN' | 'en'

/** Where unexpected errors go; the process gives its logger. */
export interface ErrorLog {
  error(fields: Readonly<Record<string, unknown>>, message: string): void
}

/** What the HTTP edge is made of. One per process. */
export interface ApiOptions extends EdgeOptions {
  readonly service: ServiceContext
  readonly importJobs: ImportJobs
  readonly log: ErrorLog
  /** Program version, shown to users. */
  readonly version: string
  /** Largest upload in bytes. */
  readonly maxUploadBytes: number
}

/** Context of one tRPC request. */
export interface RequestContext extends Record<string, unknown> {
  readonly options: ApiOptions
  readonly language: Language
}
