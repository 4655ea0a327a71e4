import type { InspectionKit } from '@zhidu/contract'
import { createOutbox, type Outbox, type OutboxDraft, type OutboxItem } from '@zhidu/outbox'
import { inject, type InjectionKey, shallowReactive } from 'vue'
import { createServerClock, type ServerClock } from './clock.ts'
import { PhoneProblem, type PhonePorts } from './ports.ts'

export interface PhoneAccount {
  readonly accountId: string
  readonly name: string
}

/** What the pages show; every field is replaced, never changed inside. */
export interface PhoneState {
  /** Whose queue is open; null = nobody has signed in on this phone. */
  account: PhoneAccount | null
  kit: InspectionKit | null
  isOnline: boolean
  /** The server was asked and knows nobody: the queue stays until somebody signs in. */
  needsSignIn: boolean
  /** The server was last asked in vain. */
  isUnreachable: boolean
  isSending: boolean
  drafts: readonly OutboxDraft[]
  waiting: readonly OutboxItem[]
  delivered: readonly OutboxItem[]
  foreignCount: number
  /** False = this browser may throw the queue away when it runs out of room. */
  isStorageKept: boolean
  /** The last tap could not be kept. */
  isStorageFull: boolean
  clockErrorMs: number | null
  /** Of the last refresh of the kit: a code of the server's; null = none. */
  kitProblem: string | null
  isUpdateReady: boolean
  /** False over plain HTTP: without network the pages do not open. */
  isOpenedOffline: boolean
}

export interface Phone {
  readonly state: PhoneState
  readonly ports: PhonePorts
  readonly clock: ServerClock
  /** Throws RangeError while nobody has signed in. */
  outbox(): Outbox
  /** Reads anew what waits, after anything that changed it. */
  refresh(): Promise<void>
  /** Sends what is due, and again when the next is. `isAsked`: somebody pressed, or the network came back. */
  sync(isAsked?: boolean): Promise<void>
  refreshKit(unitCodes?: readonly string[]): Promise<void>
  signIn(input: {
    readonly loginName: string
    readonly password: string
    readonly totp?: string
  }): Promise<'signed_in' | 'totp_required'>
  signOut(): Promise<void>
  setOnline(isOnline: boolean): void
}

const DAY_MS = 86_400_000
const KEPT_DAYS = 3
/** A kit younger than this is not asked for again by itself: every asking is an entry in the audit trail. */
const KIT_FRESH_MS = 600_000

export const PHONE: InjectionKey<Phone> = Symbol('phone')

export function usePhone(): Phone {
  const phone = inject(PHONE)
  if (phone === undefined) throw new Error('no phone provided')
  return phone
}

function emptyState(isOnline: boolean): PhoneState {
  return shallowReactive({
    account: null,
    kit: null,
    isOnline,
    needsSignIn: false,
    isUnreachable: false,
    isSending: false,
    drafts: [],
    waiting: [],
    delivered: [],
    foreignCount: 0,
    isStorageKept: true,
    isStorageFull: false,
    clockErrorMs: null,
    kitProblem: null,
    isUpdateReady: false,
    isOpenedOffline: true,
  })
}

function asAccount(value: unknown): PhoneAccount | null {
  // Written by this file alone.
  return value === undefined || value === null ? null : (value as PhoneAccount)
}

/** Opens what is kept on this phone; nothing is asked of the server before that is shown. */
export async function createPhone(ports: PhonePorts): Promise<Phone> {
  const { api, kept } = ports
  const state = emptyState(ports.isOnline())
  const clock = await createServerClock(kept, ports.clock)
  let outbox: Outbox | null = null
  let cancelTimer: (() => void) | null = null

  /** The server's now, as well as it is known here. */
  const serverNow = (): number => clock.place(ports.clock.now()).at

  function open(account: PhoneAccount | null): void {
    state.account = account
    outbox =
      account === null
        ? null
        : createOutbox({
            store: ports.store,
            transport: ports.transport,
            account: account.accountId,
            now: () => ports.clock.now().wallMs,
          })
  }

  /** Names and numbers are for one night: what is no longer valid is neither shown nor kept. */
  async function dropStaleKit(): Promise<void> {
    if (state.kit === null || Date.parse(state.kit.validUntil) > serverNow()) return
    state.kit = null
    await kept.put('kit', null)
  }

  async function refresh(): Promise<void> {
    await dropStaleKit()
    if (outbox === null) {
      const nobody = createOutbox({ store: ports.store, transport: ports.transport, account: 'nobody', now: () => 0 })
      Object.assign(state, { drafts: [], waiting: [], delivered: [], foreignCount: await nobody.countForeign() })
      return
    }
    const [drafts, waiting, delivered, foreignCount] = [
      await outbox.listDrafts(),
      await outbox.listWaiting(),
      await outbox.listDelivered(),
      await outbox.countForeign(),
    ]
    Object.assign(state, { drafts, waiting, delivered, foreignCount })
  }

  async function forgetKit(): Promise<void> {
    await kept.clear()
    clock.forget()
    state.kit = null
    state.clockErrorMs = null
  }

  function noteProblem(error: unknown): string {
    if (!(error instanceof PhoneProblem)) throw error
    if (error.code === 'unauthenticated') state.needsSignIn = true
    state.isUnreachable = error.code === 'unreachable'
    return error.reason === 'password_change_needed' ? 'password' : error.code
  }

  /** Who is signed in now; another than before finds nothing of what the first was given. */
  async function askWho(): Promise<void> {
    const { account } = await api.session()
    state.isUnreachable = false
    state.needsSignIn = account === null
    if (account === null || account.accountId === state.account?.accountId) return
    await forgetKit()
    const next = { accountId: account.accountId, name: account.displayName }
    await kept.put('account', next)
    open(next)
    await refresh()
  }

  async function anchor(): Promise<void> {
    await clock.anchor(() => api.serverTime())
    state.clockErrorMs = clock.errorMs()
  }

  async function refreshKit(unitCodes: readonly string[] = []): Promise<void> {
    try {
      await askWho()
      if (state.needsSignIn) return
      let kit: InspectionKit | null = null
      await clock.anchor(async () => {
        kit = await api.kit(unitCodes)
        return kit.serverMs
      })
      state.clockErrorMs = clock.errorMs()
      state.kit = kit
      state.kitProblem = null
      await kept.put('kit', kit)
    } catch (error) {
      state.kitProblem = noteProblem(error)
    }
  }

  function waitUntil(at: number | null): void {
    cancelTimer?.()
    cancelTimer = null
    if (at === null) return
    const pause = Math.max(1_000, at - ports.clock.now().wallMs)
    cancelTimer = ports.setTimer(() => void sync(), pause)
  }

  async function send(box: Outbox, isAsked: boolean): Promise<void> {
    await askWho()
    if (state.needsSignIn || box !== outbox) return
    await anchor()
    if (isAsked) await box.wake()
    const report = await box.send()
    state.needsSignIn = report.end === 'signed_out'
    state.isUnreachable = report.end === 'unreachable'
    await box.clearDelivered(ports.clock.now().wallMs - KEPT_DAYS * DAY_MS)
    waitUntil(report.end === 'signed_out' ? null : report.nextAt)
  }

  async function sync(isAsked = false): Promise<void> {
    const box = outbox
    if (box === null || !state.isOnline || state.isSending || state.waiting.length === 0) return
    state.isSending = true
    try {
      await ports.alone(() => send(box, isAsked))
    } catch (error) {
      const code = noteProblem(error)
      if (code !== 'unauthenticated') waitUntil(ports.clock.now().wallMs + 15_000)
    } finally {
      state.isSending = false
      await refresh()
    }
  }

  async function start(): Promise<void> {
    open(asAccount(await kept.get('account')))
    // Written by this file alone.
    state.kit = ((await kept.get('kit')) ?? null) as InspectionKit | null
    state.clockErrorMs = clock.errorMs()
    await refresh()
  }

  await start()

  return {
    state,
    ports,
    clock,
    outbox: () => {
      if (outbox === null) throw new RangeError('nobody has signed in')
      return outbox
    },
    refresh,
    sync,
    refreshKit,
    signIn: async (input) => {
      const answer = await api.signIn(input)
      if (answer === 'totp_required') return answer
      await askWho()
      const isFresh = state.kit !== null && serverNow() - state.kit.serverMs < KIT_FRESH_MS
      if (!isFresh) await refreshKit()
      await sync(true)
      return answer
    },
    signOut: async () => {
      await api.signOut()
      await forgetKit()
      open(null)
      state.needsSignIn = true
      await refresh()
    },
    setOnline: (isOnline) => {
      state.isOnline = isOnline
      if (isOnline) void sync(true)
    },
  }
}
