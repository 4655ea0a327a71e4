import { dropChunks, putChunks } from './chunks.ts'
import { countForeign, keysOf } from './keys.ts'
import type { OutboxDraft, OutboxFile, OutboxItem, OutboxStore, OutboxTransport, StoreTransaction } from './ports.ts'
import { amendItem, findDraft, findItem, listDoneRecords, listDraftRecords, listWaitingRecords } from './records.ts'
import { type SendEnd, sendRound } from './send.ts'

/** `nextAt`: when the next attempt is worth while, epoch ms; null = nothing waits that could be sent. */
export interface SendReport {
  readonly end: SendEnd
  readonly nextAt: number | null
}

export interface Outbox {
  /** Keeps what was typed so far; the files of the draft stay. */
  saveDraft(draftId: string, document: unknown): Promise<void>
  /** undefined = never saved, submitted or discarded. */
  findDraft(draftId: string): Promise<OutboxDraft | undefined>
  listDrafts(): Promise<readonly OutboxDraft[]>
  /** Keeps the file's bytes. Throws RangeError without such a draft. A file that is there already stays. */
  attachFile(draftId: string, file: OutboxFile, bytes: Uint8Array): Promise<void>
  detachFile(draftId: string, fileId: string): Promise<void>
  discardDraft(draftId: string): Promise<void>
  /**
   * The draft becomes an item with this text, to be sent. Once only: a second call finds the item and changes nothing.
   * Throws RangeError when there is neither draft nor item.
   */
  submit(draftId: string, sent: { readonly text: string; readonly hash: string }): Promise<OutboxItem>
  /** What is not delivered yet, refused ones too, in the order of submission. */
  listWaiting(): Promise<readonly OutboxItem[]>
  listDelivered(): Promise<readonly OutboxItem[]>
  /** Drafts and items of other accounts on this phone; nothing of them is read. */
  countForeign(): Promise<number>
  /** Sends what is due. Calls while one runs are answered by that one. */
  send(): Promise<SendReport>
  /** The network is back, or somebody asked: pauses end. */
  wake(): Promise<void>
  /** Sends a refused one again as it is. */
  retry(itemId: string): Promise<void>
  /**
   * A refused item becomes a draft with a new id and the same files. Throws RangeError unless it is refused, and when the server has its
   * document: a second one would be a second inspection.
   */
  editAsNew(itemId: string, draftId: string): Promise<void>
  /** Throws RangeError unless it is refused: what may still arrive is never thrown away. */
  discard(itemId: string): Promise<void>
  /** Forgets what was delivered before this moment, epoch ms. */
  clearDelivered(before: number): Promise<void>
}

export interface OutboxContext {
  readonly store: OutboxStore
  readonly transport: OutboxTransport
  /** Whose queue it is; no other's is read or sent. */
  readonly account: string
  /** Epoch ms. */
  readonly now: () => number
  /** As in `keysOf`. */
  readonly chunkBytes?: number
}

function asDocument(item: OutboxItem): Pick<OutboxDraft, 'document' | 'files'> {
  return { document: item.document, files: item.files.map(({ isThere: _, ...file }) => file) }
}

export function createOutbox({ account, chunkBytes, now, store, transport }: OutboxContext): Outbox {
  const keys = keysOf(account, chunkBytes)
  let sending: Promise<SendReport> | null = null

  const read = <T>(work: (transaction: StoreTransaction) => Promise<T>): Promise<T> => store.transact(work)

  async function expectRefused(transaction: StoreTransaction, itemId: string): Promise<OutboxItem> {
    const item = await findItem(transaction, keys, itemId)
    if (item === undefined || item.refusal === null) throw new RangeError(`${itemId} is not refused`)
    return item
  }

  async function dropAll(transaction: StoreTransaction, files: readonly OutboxFile[]): Promise<void> {
    for (const { fileId } of files) await dropChunks(transaction, keys, fileId)
  }

  async function round(): Promise<SendReport> {
    try {
      const end = await sendRound({ store, transport, keys, now })
      const open = (await read((transaction) => listWaitingRecords(transaction, keys))).filter(
        ({ refusal }) => refusal === null,
      )
      return { end, nextAt: open.length === 0 ? null : Math.min(...open.map(({ notBefore }) => notBefore)) }
    } finally {
      sending = null
    }
  }

  return {
    saveDraft: (draftId, document) =>
      store.transact(async (transaction) => {
        // A tap that was on its way when the draft was submitted does not bring it back.
        if ((await findItem(transaction, keys, draftId)) !== undefined) return
        const files = (await findDraft(transaction, keys, draftId))?.files ?? []
        const draft: OutboxDraft = { draftId, document, files, savedAt: now() }
        await transaction.put(keys.draft(draftId), draft)
      }),
    findDraft: (draftId) => read((transaction) => findDraft(transaction, keys, draftId)),
    listDrafts: () => read((transaction) => listDraftRecords(transaction, keys)),
    attachFile: (draftId, file, bytes) =>
      store.transact(async (transaction) => {
        const draft = await findDraft(transaction, keys, draftId)
        if (draft === undefined) throw new RangeError(`no draft ${draftId}`)
        if (draft.files.some(({ fileId }) => fileId === file.fileId)) return
        await putChunks(transaction, keys, file.fileId, bytes)
        await transaction.put(keys.draft(draftId), { ...draft, files: [...draft.files, file], savedAt: now() })
      }),
    detachFile: (draftId, fileId) =>
      store.transact(async (transaction) => {
        const draft = await findDraft(transaction, keys, draftId)
        if (draft === undefined) return
        await dropChunks(transaction, keys, fileId)
        const files = draft.files.filter((file) => file.fileId !== fileId)
        await transaction.put(keys.draft(draftId), { ...draft, files, savedAt: now() })
      }),
    discardDraft: (draftId) =>
      store.transact(async (transaction) => {
        await dropAll(transaction, (await findDraft(transaction, keys, draftId))?.files ?? [])
        await transaction.delete(keys.draft(draftId))
      }),
    submit: (draftId, { hash, text }) =>
      store.transact(async (transaction) => {
        const earlier = await findItem(transaction, keys, draftId)
        if (earlier !== undefined) return earlier
        const draft = await findDraft(transaction, keys, draftId)
        if (draft === undefined) throw new RangeError(`no draft ${draftId}`)
        const item: OutboxItem = {
          itemId: draftId,
          text,
          hash,
          document: draft.document,
          files: draft.files.map((file) => ({ ...file, isThere: false })),
          isReceived: false,
          refusal: null,
          submittedAt: now(),
          vainCount: 0,
          notBefore: 0,
          deliveredAt: null,
        }
        await transaction.put(keys.item(draftId), item)
        await transaction.delete(keys.draft(draftId))
        return item
      }),
    listWaiting: () => read((transaction) => listWaitingRecords(transaction, keys)),
    listDelivered: () => read((transaction) => listDoneRecords(transaction, keys)),
    countForeign: () => read((transaction) => countForeign((prefix) => transaction.list(prefix), account)),
    send: () => {
      sending ??= round()
      return sending
    },
    wake: () =>
      store.transact(async (transaction) => {
        for (const { itemId } of await listWaitingRecords(transaction, keys)) {
          await amendItem(transaction, keys, itemId, (item) => ({ ...item, notBefore: 0 }))
        }
      }),
    retry: (itemId) =>
      store.transact(async (transaction) => {
        await expectRefused(transaction, itemId)
        await amendItem(transaction, keys, itemId, (item) => ({ ...item, refusal: null, vainCount: 0, notBefore: 0 }))
      }),
    editAsNew: (itemId, draftId) =>
      store.transact(async (transaction) => {
        const item = await expectRefused(transaction, itemId)
        if (item.isReceived) throw new RangeError(`${itemId} is with the server`)
        if ((await findItem(transaction, keys, draftId)) !== undefined) throw new RangeError(`${draftId} is taken`)
        await transaction.put(keys.draft(draftId), { draftId, ...asDocument(item), savedAt: now() })
        await transaction.delete(keys.item(itemId))
      }),
    discard: (itemId) =>
      store.transact(async (transaction) => {
        const item = await expectRefused(transaction, itemId)
        await dropAll(transaction, item.files)
        await transaction.delete(keys.item(itemId))
      }),
    clearDelivered: (before) =>
      store.transact(async (transaction) => {
        for (const { deliveredAt, itemId } of await listDoneRecords(transaction, keys)) {
          if (deliveredAt !== null && deliveredAt < before) await transaction.delete(keys.done(itemId))
        }
      }),
  }
}
