import type { InspectionKit, SessionState } from '@zhidu/contract'
import type { OutboxTransport, Refusal } from '@zhidu/outbox'
import { createMemoryStore, type MemoryStore } from '@zhidu/outbox/testing'
import { createPhone, type Phone } from '../core/phone.ts'
import { type KeptValues, PhoneProblem, type PhonePorts } from '../core/ports.ts'
import { ACCOUNT_ID, makeKit, NIGHT } from './make-kit.ts'

export interface World {
  /** null = nobody is signed in. */
  signedIn: { readonly accountId: string; readonly name: string } | null
  isReachable: boolean
  refusal: Refusal | null
}

/** A phone in the hand of a test, and the server at the other end. */
export interface TestPhone {
  readonly phone: Phone
  readonly store: MemoryStore
  /** Documents that arrived, by their id. */
  readonly documents: Map<string, string>
  /** Moves the clocks of phone and server alike, ms. */
  pass(ms: number): void
  /** Sets the phone's wall clock off by so much. */
  setClockError(ms: number): void
  readonly world: World
  /** The same phone after its pages were closed and opened. */
  reopen(): Promise<TestPhone>
}

export interface TestPhoneOptions {
  readonly kit?: InspectionKit
  readonly isOnline?: boolean
  readonly clockErrorMs?: number
}

function memoryValues(values = new Map<string, unknown>()): KeptValues {
  return {
    get: async (key) => structuredClone(values.get(key)),
    put: async (key, value) => void values.set(key, structuredClone(value)),
    clear: async () => values.clear(),
  }
}

export async function makePhone(options: TestPhoneOptions = {}): Promise<TestPhone> {
  const store = createMemoryStore()
  const kept = memoryValues()
  const documents = new Map<string, string>()
  let passed = 0
  let session = 0
  let error = options.clockErrorMs ?? 0
  let ids = 0
  const world: World = { signedIn: { accountId: ACCOUNT_ID, name: '王督查' }, isReachable: true, refusal: null }

  async function reach(): Promise<void> {
    if (!world.isReachable) throw new PhoneProblem('unreachable', 'network')
  }
  async function reachSignedIn(): Promise<void> {
    await reach()
    if (world.signedIn === null) throw new PhoneProblem('unauthenticated', 'not_signed_in')
  }

  const transport: OutboxTransport = {
    submit: async ({ hash, itemId, text }) => {
      if (!world.isReachable) return { kind: 'unreachable' }
      if (world.signedIn === null) return { kind: 'signed_out' }
      if (world.refusal !== null) return { kind: 'refused', ...world.refusal }
      documents.set(itemId, text)
      return { kind: 'receipt', hash }
    },
    findFile: async (_, file) => ({ kind: 'whole', hash: file.hash }),
    sendChunk: async (_, file) => ({ kind: 'whole', hash: file.hash }),
  }

  function ports(life: string): PhonePorts {
    return {
      store,
      kept,
      transport,
      api: {
        session: async () => {
          await reach()
          const { signedIn } = world
          // Only who it is is looked at.
          return {
            account: signedIn === null ? null : { accountId: signedIn.accountId, displayName: signedIn.name },
          } as SessionState
        },
        signIn: async ({ loginName, totp }) => {
          await reach()
          if (loginName === 'wrong') throw new PhoneProblem('unauthenticated', 'sign_in_failed')
          if (loginName === 'totp' && totp === undefined) return 'totp_required'
          world.signedIn = { accountId: ACCOUNT_ID, name: '王督查' }
          return 'signed_in'
        },
        signOut: async () => {
          await reach()
          world.signedIn = null
        },
        serverTime: async () => {
          await reachSignedIn()
          return NIGHT + passed
        },
        kit: async () => {
          await reachSignedIn()
          return { ...(options.kit ?? makeKit()), serverMs: NIGHT + passed }
        },
      },
      clock: { now: () => ({ session: life, monotonicMs: 1_000 + passed, wallMs: NIGHT + passed + error }) },
      hashBytes: async (bytes) => bytes.length.toString(16).padStart(64, '0'),
      newId: () => {
        ids += 1
        return `00000000-0000-4000-8000-${String(ids).padStart(12, '0')}`
      },
      locate: async (atMs) => ({ atMs: atMs(), latitude: 23.5, longitude: 116.4, accuracyMetres: 20 }),
      isOnline: () => options.isOnline ?? true,
      alone: (work) => work(),
      keepStorage: async () => true,
      setTimer: () => () => {},
    }
  }

  async function open(): Promise<TestPhone> {
    session += 1
    const phone = await createPhone(ports(`life ${session}`))
    return {
      phone,
      store,
      documents,
      world,
      pass: (ms) => {
        passed += ms
      },
      setClockError: (ms) => {
        error = ms
      },
      reopen: open,
    }
  }

  return await open()
}
