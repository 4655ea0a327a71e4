import { dropChunks, readChunk } from './chunks.ts'
import type { Keys } from './keys.ts'
import type { FileAnswer, OutboxFile, OutboxItem, OutboxStore, OutboxTransport, Refusal, Trouble } from './ports.ts'
import { amendItem, listWaitingRecords } from './records.ts'

/** After the first vain attempt, doubled with each further one. */
const FIRST_PAUSE_MS = 5_000
const LONGEST_PAUSE_MS = 300_000

export interface SendContext {
  readonly store: OutboxStore
  readonly transport: OutboxTransport
  readonly keys: Keys
  /** Epoch ms. */
  readonly now: () => number
}

/** `reached`: the server answered. The rest of the round is given up when it did not, or nobody is signed in. */
export type SendEnd = 'reached' | 'unreachable' | 'signed_out'

/** `gone`: another window has delivered or discarded it meanwhile. */
type StepEnd = 'done' | 'gone' | Exclude<SendEnd, 'reached'> | 'put_off'

function pauseAfter(vainCount: number): number {
  return Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(vainCount - 1, 10))
}

function amend(context: SendContext, itemId: string, change: (item: OutboxItem) => OutboxItem) {
  return context.store.transact((transaction) => amendItem(transaction, context.keys, itemId, change))
}

async function refuse(context: SendContext, itemId: string, { code, reason }: Refusal): Promise<StepEnd> {
  await amend(context, itemId, (item) => ({ ...item, refusal: { code, reason } }))
  return 'put_off'
}

async function bearTrouble(context: SendContext, itemId: string, trouble: Trouble): Promise<StepEnd> {
  switch (trouble.kind) {
    case 'signed_out':
      return 'signed_out'
    case 'refused':
      return refuse(context, itemId, trouble)
    case 'failed':
    case 'unreachable': {
      const at = context.now()
      await amend(context, itemId, (item) => {
        const vainCount = item.vainCount + 1
        return { ...item, vainCount, notBefore: at + pauseAfter(vainCount) }
      })
      return trouble.kind === 'unreachable' ? 'unreachable' : 'put_off'
    }
  }
}

async function sendDocument(context: SendContext, item: OutboxItem): Promise<StepEnd> {
  const { hash, itemId, text } = item
  const answer = await context.transport.submit({ itemId, text, hash })
  if (answer.kind !== 'receipt') return bearTrouble(context, itemId, answer)
  if (answer.hash !== hash) return refuse(context, itemId, { code: 'conflict', reason: 'other_content' })
  const next = await amend(context, itemId, (one) => ({ ...one, isReceived: true, vainCount: 0, notBefore: 0 }))
  return next === undefined ? 'gone' : 'done'
}

async function nextAnswer(
  context: SendContext,
  { item, file, there }: { readonly item: OutboxItem; readonly file: OutboxFile; readonly there: number },
): Promise<FileAnswer | 'gone'> {
  const bytes = await context.store.transact(async (transaction) => {
    const isWaiting = (await transaction.get(context.keys.item(item.itemId))) !== undefined
    return isWaiting ? readChunk(transaction, context.keys, file, there) : null
  })
  return bytes === null ? 'gone' : context.transport.sendChunk(item.itemId, file, there, bytes)
}

async function sendFile(context: SendContext, item: OutboxItem, file: OutboxFile): Promise<StepEnd> {
  let answer: FileAnswer | 'gone' = await context.transport.findFile(item.itemId, file)
  for (let there = -1; ;) {
    if (answer === 'gone') return 'gone'
    if (answer.kind === 'whole') break
    if (answer.kind !== 'part') return bearTrouble(context, item.itemId, answer)
    // A server that has more than there is, or takes bytes without having them, is asked again later.
    if (answer.size >= file.size || answer.size <= there) return bearTrouble(context, item.itemId, { kind: 'failed' })
    there = answer.size
    answer = await nextAnswer(context, { item, file, there })
  }
  if (answer.hash !== file.hash) return refuse(context, item.itemId, { code: 'conflict', reason: 'file_differs' })
  const next = await amend(context, item.itemId, (one) => ({
    ...one,
    vainCount: 0,
    notBefore: 0,
    files: one.files.map((each) => (each.fileId === file.fileId ? { ...each, isThere: true } : each)),
  }))
  return next === undefined ? 'gone' : 'done'
}

/** Everything of it has its receipt: the phone keeps what it said, and no longer its bytes. */
async function settle(context: SendContext, itemId: string): Promise<void> {
  const { keys, now, store } = context
  const at = now()
  await store.transact(async (transaction) => {
    const item = await amendItem(transaction, keys, itemId, (one) => one)
    if (item === undefined) return
    for (const { fileId } of item.files) await dropChunks(transaction, keys, fileId)
    await transaction.delete(keys.item(itemId))
    await transaction.put(keys.done(itemId), { ...item, deliveredAt: at })
  })
}

async function sendRest(context: SendContext, item: OutboxItem): Promise<StepEnd> {
  for (const file of item.files.filter(({ isThere }) => !isThere)) {
    const end = await sendFile(context, item, file)
    if (end !== 'done') return end
  }
  await settle(context, item.itemId)
  return 'done'
}

async function sendAll(items: readonly OutboxItem[], step: (item: OutboxItem) => Promise<StepEnd>): Promise<SendEnd> {
  for (const item of items) {
    const end = await step(item)
    if (end === 'unreachable' || end === 'signed_out') return end
  }
  return 'reached'
}

/**
 * One round over what may be sent now: all documents first, for the office waits for those, then the files. What has failed most often
 * comes last, so that nothing stands in the way of the others.
 */
export async function sendRound(context: SendContext): Promise<SendEnd> {
  const due = async (): Promise<readonly OutboxItem[]> => {
    const items = await context.store.transact((transaction) => listWaitingRecords(transaction, context.keys))
    return items
      .filter(({ notBefore, refusal }) => refusal === null && notBefore <= context.now())
      .toSorted((a, b) => a.vainCount - b.vainCount)
  }
  const documents = (await due()).filter(({ isReceived }) => !isReceived)
  const end = await sendAll(documents, (item) => sendDocument(context, item))
  if (end !== 'reached') return end
  return sendAll(
    (await due()).filter(({ isReceived }) => isReceived),
    (item) => sendRest(context, item),
  )
}
