import type { SessionState } from '@zhidu/contract'
import { readonly, type Ref, type ShallowRef, shallowRef } from 'vue'
import type { Api } from '../api/client.ts'
import type { Problem } from '../api/problem.ts'
import { SESSION_MARK } from './storage.ts'

/** Why somebody who was signed in no longer is, without having signed out here. */
export type EndReason = 'idle' | 'expired' | 'elsewhere'

export interface SessionKeeper {
  /** null until the server has answered once. */
  readonly state: Readonly<Ref<SessionState | null>>
  /** What the server said when it could not be asked; null = it could. */
  readonly trouble: Readonly<Ref<unknown>>
  /** Set while a page waits behind the sign-in form for its reader to come back. */
  readonly ended: Readonly<Ref<EndReason | null>>
  /** Epoch ms of the last answer that kept the session alive, in any window of this browser. */
  readonly lastContact: Readonly<Ref<number>>
  /** The state as known, asked for once. Rejects when the server cannot be asked. */
  load(): Promise<SessionState>
  /** Asks anew; counts as an action. */
  refresh(): Promise<SessionState>
  noteAnswer(): void
  noteRefusal(problem: Problem): void
  /** Another window had an answer then. */
  noteContactElsewhere(at: number): void
  end(reason: EndReason): void
  /** The reader of the waiting page is back. */
  resume(): void
  /** Somebody else, or nobody: the state is asked for anew. */
  forget(): void
}

/** How often the other windows are told of an answer, ms. */
const TELL_EVERY_MS = 10_000
/** Refusals that mean that nobody is signed in; others of the same code are about what was typed. */
const ENDED_REASONS = new Set(['not_signed_in', 'session_ended', 'unauthenticated'])

/** Who is signed in, for the router and every page; `api` is asked late because its client reports to the keeper. */
export function createSessionKeeper(api: () => Api, now: () => number = Date.now): SessionKeeper {
  const state: ShallowRef<SessionState | null> = shallowRef(null)
  const trouble = shallowRef<unknown>(null)
  const ended = shallowRef<EndReason | null>(null)
  const lastContact = shallowRef(now())
  let toldAt = 0
  let asking: Promise<SessionState> | null = null

  async function ask(): Promise<SessionState> {
    try {
      const next = await api().session.get.query()
      if (state.value?.account != null && next.account === null && ended.value === null) end(reasonNow())
      // The waiting page stays as it is until its reader is back.
      if (next.account !== null || ended.value === null) state.value = next
      trouble.value = null
      return next
    } catch (error) {
      trouble.value = error
      throw error
    } finally {
      asking = null
    }
  }

  function refresh(): Promise<SessionState> {
    asking ??= ask()
    return asking
  }

  function reasonNow(): EndReason {
    const known = state.value
    if (known === null) return 'elsewhere'
    if (now() - lastContact.value >= known.idleMinutes * 60_000) return 'idle'
    return known.endsAt !== null && now() >= Date.parse(known.endsAt) ? 'expired' : 'elsewhere'
  }

  function end(reason: EndReason): void {
    if (state.value?.account != null && ended.value === null) ended.value = reason
  }

  function noteAnswer(): void {
    if (ended.value !== null) return
    const at = now()
    lastContact.value = at
    if (state.value?.account == null || at - toldAt < TELL_EVERY_MS) return
    toldAt = at
    globalThis.localStorage?.setItem(SESSION_MARK, String(at))
  }

  return {
    state,
    trouble: readonly(trouble),
    ended: readonly(ended),
    lastContact: readonly(lastContact),
    load: () => (state.value === null ? refresh() : Promise.resolve(state.value)),
    refresh,
    noteAnswer,
    noteRefusal: (problem) => {
      if (problem.kind === 'unauthenticated' && ENDED_REASONS.has(problem.reason)) end(reasonNow())
      else if (problem.kind !== 'network') noteAnswer()
    },
    noteContactElsewhere: (at) => {
      if (at > lastContact.value && at <= now()) lastContact.value = at
    },
    end,
    resume: () => {
      ended.value = null
      noteAnswer()
    },
    forget: () => {
      state.value = null
      ended.value = null
    },
  }
}
