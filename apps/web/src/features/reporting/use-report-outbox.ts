import type { CorrectReportInput, ReportReceipt, SendReportInput } from '@zhidu/contract'
import { createOutbox, type OutboxStore, type OutboxTransport, type Trouble } from '@zhidu/outbox'
import { inject, type InjectionKey, onScopeDispose, ref, shallowRef } from 'vue'
import { type Problem, toProblem } from '../../app/api/problem.ts'
import { useApi } from '../../app/api/use-api.ts'
import { useSession } from '../../app/session/use-session.ts'
import { openOutboxStore } from '../../phone/core/idb-store.ts'
import type { ReportForm } from './report-form.ts'

/** Reports of this browser apart from the checks that a phone keeps. */
const STORE_NAME = 'zhidu-reports'

/** Where reports that are written or wait are kept; tests have one in memory. */
export const REPORT_STORE: InjectionKey<() => Promise<OutboxStore>> = Symbol('report store')

/** What is kept of a report here: what its page needs to go on. */
export interface KeptReport {
  readonly draftKey: string
  readonly eventCode: string | null
  /** Of a correction: what it corrects. */
  readonly contentId: string | null
  readonly reason: string
  /** Revision of the server's draft that this goes on from. */
  readonly seen: number
  readonly form: ReportForm
}

type Sent =
  | { readonly kind: 'send'; readonly input: SendReportInput }
  | { readonly kind: 'correct'; readonly input: CorrectReportInput }

function troubleOf({ kind, reason }: Problem): Trouble {
  switch (kind) {
    case 'network':
      return { kind: 'unreachable' }
    case 'unauthenticated':
      return { kind: 'signed_out' }
    case 'forbidden':
    case 'invalid':
    case 'conflict':
      return { kind: 'refused', code: kind, reason }
    case 'not_found':
      return { kind: 'refused', code: 'invalid', reason }
    case 'limited':
    case 'server':
      return { kind: 'failed' }
  }
}

/** What came of a report that was sent: its receipt, a refusal in the server's words, or it waits here. */
export type SendOutcome =
  | { readonly kind: 'receipt'; readonly receipt: ReportReceipt }
  | { readonly kind: 'refused'; readonly problem: Problem; readonly nextId: string }
  | { readonly kind: 'waits'; readonly isSignedOut: boolean }

export function newReportId(): string {
  const bytes = globalThis.crypto.getRandomValues(new Uint8Array(16))
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}

/**
 * Reports that are being written or could not be sent yet, kept in this browser until the server has them. Sending the same again gives
 * the same receipt, so that a lost answer never makes two reports.
 */
export function useReportOutbox(onArrived: (receipt: ReportReceipt) => void = () => undefined) {
  const api = useApi()
  const { account } = useSession()
  const open = inject(REPORT_STORE, () => openOutboxStore(STORE_NAME))
  const waiting = shallowRef<readonly KeptReport[]>([])
  const isKept = ref(true)
  const receipts = new Map<string, ReportReceipt>()
  const problems = new Map<string, Problem>()
  let timer: ReturnType<typeof setTimeout> | undefined

  const transport: OutboxTransport = {
    submit: async ({ hash, itemId, text }) => {
      // Written by `send` below.
      const sent = JSON.parse(text) as Sent
      try {
        const receipt =
          sent.kind === 'send' ? await api.report.send.mutate(sent.input) : await api.report.correct.mutate(sent.input)
        receipts.set(itemId, receipt)
        return { kind: 'receipt', hash }
      } catch (error) {
        const problem = toProblem(error)
        problems.set(itemId, problem)
        return troubleOf(problem)
      }
    },
    findFile: () => Promise.resolve({ kind: 'failed' }),
    sendChunk: () => Promise.resolve({ kind: 'failed' }),
  }

  const ready = open().then((store) =>
    createOutbox({ store, transport, account: account.value?.accountId ?? 'nobody', now: () => Date.now() }),
  )

  async function refresh(): Promise<void> {
    const outbox = await ready
    waiting.value = (await outbox.listWaiting()).map(({ document }) => document as KeptReport)
  }

  /** Sends what waits; comes back by itself while something does. */
  async function flush(): Promise<void> {
    const outbox = await ready
    clearTimeout(timer)
    const { nextAt } = await outbox.send()
    await refresh()
    for (const [id, receipt] of receipts) {
      receipts.delete(id)
      onArrived(receipt)
    }
    if (nextAt !== null) timer = setTimeout(() => void flush(), Math.max(1_000, nextAt - Date.now()))
  }

  async function wake(): Promise<void> {
    await (await ready).wake()
    await flush()
  }

  /** Keeps what is typed; false where this browser keeps nothing. */
  async function keep(id: string, report: KeptReport): Promise<boolean> {
    try {
      await (await ready).saveDraft(id, report)
      isKept.value = true
    } catch {
      isKept.value = false
    }
    return isKept.value
  }

  async function findKept(draftKey: string, contentId: string | null) {
    const drafts = await (await ready).listDrafts().catch(() => [])
    const found = drafts.find(({ document }) => {
      const kept = document as KeptReport
      return kept.draftKey === draftKey && kept.contentId === contentId
    })
    return found === undefined ? null : { id: found.draftId, report: found.document as KeptReport }
  }

  async function send(id: string, sent: Sent, report: KeptReport): Promise<SendOutcome> {
    const outbox = await ready
    await outbox.saveDraft(id, report)
    await outbox.submit(id, { text: JSON.stringify(sent), hash: id })
    const { end, nextAt } = await outbox.send()
    const receipt = receipts.get(id)
    receipts.delete(id)
    const problem = problems.get(id)
    problems.delete(id)
    await refresh()
    if (receipt !== undefined) return { kind: 'receipt', receipt }
    const refused = (await outbox.listWaiting()).find(({ itemId, refusal }) => itemId === id && refusal !== null)
    if (refused !== undefined && problem !== undefined) {
      const nextId = newReportId()
      await outbox.editAsNew(id, nextId)
      await refresh()
      return { kind: 'refused', problem, nextId }
    }
    if (nextAt !== null) timer = setTimeout(() => void flush(), Math.max(1_000, nextAt - Date.now()))
    return { kind: 'waits', isSignedOut: end === 'signed_out' }
  }

  const onOnline = (): void => void wake()
  globalThis.addEventListener('online', onOnline)
  onScopeDispose(() => {
    globalThis.removeEventListener('online', onOnline)
    clearTimeout(timer)
  })
  void refresh().catch(() => (isKept.value = false))

  return {
    waiting,
    isKept,
    keep,
    findKept,
    send,
    wake,
    discard: async (id: string) => (await ready).discardDraft(id),
  }
}
