import type { InspectionKit, SessionState } from '@zhidu/contract'
import type { DeviceMoment } from '@zhidu/domain'
import type { OutboxStore, OutboxTransport } from '@zhidu/outbox'
import type { InspectionLocation } from '../sheet/sheet.ts'

export type SignInAnswer = 'signed_in' | 'totp_required'

/** Why the server did not do it: `code` of its own list, or `unreachable` when it gave no answer. */
export class PhoneProblem extends Error {
  readonly code: string
  readonly reason: string

  constructor(code: string, reason: string) {
    super(`${code}: ${reason}`)
    this.code = code
    this.reason = reason
  }
}

/** What the pages ask of the server besides sending; each rejects with a PhoneProblem. */
export interface PhoneApi {
  session(): Promise<SessionState>
  signIn(input: {
    readonly loginName: string
    readonly password: string
    readonly totp?: string
  }): Promise<SignInAnswer>
  signOut(): Promise<void>
  serverTime(): Promise<number>
  kit(unitCodes: readonly string[]): Promise<InspectionKit>
}

/** Values that a sign-out takes away, unlike the queue. */
export interface KeptValues {
  get(key: string): Promise<unknown>
  put(key: string, value: unknown): Promise<void>
  clear(): Promise<void>
}

export interface PhoneClock {
  now(): DeviceMoment
}

/** The phone itself, so that a test has one in its hand. */
export interface PhonePorts {
  readonly store: OutboxStore
  readonly kept: KeptValues
  readonly api: PhoneApi
  readonly transport: OutboxTransport
  readonly clock: PhoneClock
  readonly hashBytes: (bytes: Uint8Array) => Promise<string>
  readonly newId: () => string
  readonly locate: (atMs: () => number) => Promise<InspectionLocation>
  readonly isOnline: () => boolean
  /** Runs `work` in one window at a time; null = another one is at it. */
  readonly alone: <T>(work: () => Promise<T>) => Promise<T | null>
  /** Asks that nothing is thrown away when the phone runs full. */
  readonly keepStorage: () => Promise<boolean>
  readonly setTimer: (work: () => void, ms: number) => () => void
}
