import type { AccountActor, Actor, AuditKey, Identity, ImportJobs, ServiceContext, Upkeep } from '@zhidu/services'
import type { Context } from 'hono'
import type { EdgeOptions } from './guards.ts'

export type Language = 'zh-CN' | 'en'

/** Where unexpected errors go; the process gives its logger. */
export interface ErrorLog {
  error(fields: Readonly<Record<string, unknown>>, message: string): void
}

/** What the HTTP edge is made of. One per process. */
export interface ApiOptions extends EdgeOptions {
  /** Without an actor: each request brings its own. */
  readonly service: Omit<ServiceContext, 'actor'>
  /** How people are told apart. */
  readonly identity: Identity
  /** Who signs the audit trail: its exports bear the name. */
  readonly auditSigners: AuditKey['signers']
  /** Whose session a token is; undefined for one that is good for nothing any more. */
  readonly loadActor: (args: { readonly token: string; readonly address: string }) => Promise<AccountActor | undefined>
  readonly importJobs: ImportJobs
  /** Told of changed rules and holidays. */
  readonly upkeep: Pick<Upkeep, 'nudge' | 'running'>
  readonly log: ErrorLog
  /** Opens `/metrics` to a program elsewhere that bears it; absent = to those of this machine alone. */
  readonly metricsToken?: string | undefined
  /** Program version, shown to users. */
  readonly version: string
  /** Largest upload in bytes. */
  readonly maxUploadBytes: number
}

/** Who a request comes from, found once. */
export interface Caller {
  readonly actor: Actor
  /** Its session's token; null = none, or one that is good for nothing any more. */
  readonly token: string | null
  /** A browser sent a session that has ended. */
  readonly hasEnded: boolean
}

/** Context of one tRPC request. */
export interface RequestContext extends Record<string, unknown> {
  readonly options: ApiOptions
  readonly language: Language
  readonly caller: Caller
  /** The request, for where it comes from and from what program. */
  readonly http: Context
  /** Of the answer to it. */
  readonly answerHeaders: Headers
  /** The services as this caller may use them. */
  readonly service: ServiceContext
}
