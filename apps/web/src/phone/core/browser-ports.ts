import { sha256 } from '@zhidu/draw'
import { askPlace } from '../evidence/ask-place.ts'
import { openKeptValues, openOutboxStore } from './idb-store.ts'
import { createPhoneApi } from './phone-api.ts'
import type { PhonePorts } from './ports.ts'
import { createTransport } from './transport.ts'

const LOCK = 'zhidu-outbox'

function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** Pages from plain HTTP have no `crypto.subtle` and no `randomUUID`. */
async function hashBytes(bytes: Uint8Array): Promise<string> {
  if (globalThis.crypto.subtle === undefined) return toHex(sha256(bytes))
  return toHex(new Uint8Array(await globalThis.crypto.subtle.digest('SHA-256', bytes.slice())))
}

export function newId(): string {
  const bytes = globalThis.crypto.getRandomValues(new Uint8Array(16))
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  return toHex(bytes).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}

/** Where the browser has no locks, two windows may send the same: that does no harm. */
async function alone<T>(work: () => Promise<T>): Promise<T | null> {
  if (navigator.locks === undefined) return work()
  return await navigator.locks.request(LOCK, { ifAvailable: true }, (lock) => (lock === null ? null : work()))
}

async function keepStorage(): Promise<boolean> {
  const { storage } = navigator
  if (storage?.persist === undefined) return false
  return (await storage.persisted()) || (await storage.persist())
}

export async function createBrowserPorts(language: () => string): Promise<PhonePorts> {
  const session = newId()
  return {
    store: await openOutboxStore(),
    kept: await openKeptValues(),
    api: createPhoneApi(language),
    transport: createTransport(language),
    clock: { now: () => ({ session, monotonicMs: performance.now(), wallMs: Date.now() }) },
    hashBytes,
    newId,
    locate: askPlace,
    isOnline: () => navigator.onLine,
    alone,
    keepStorage,
    setTimer: (work, ms) => {
      const timer = setTimeout(work, ms)
      return () => clearTimeout(timer)
    },
  }
}
