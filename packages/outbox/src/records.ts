import type { Keys } from './keys.ts'
import type { OutboxDraft, OutboxItem, StoreTransaction } from './ports.ts'

/** Only this package writes under these keys, so what lies there has the shape it wrote. */
export async function findDraft(
  transaction: StoreTransaction,
  keys: Keys,
  draftId: string,
): Promise<OutboxDraft | undefined> {
  return (await transaction.get(keys.draft(draftId))) as OutboxDraft | undefined
}

/** Waiting, refused or delivered. */
export async function findItem(
  transaction: StoreTransaction,
  keys: Keys,
  itemId: string,
): Promise<OutboxItem | undefined> {
  const found = (await transaction.get(keys.item(itemId))) ?? (await transaction.get(keys.done(itemId)))
  return found as OutboxItem | undefined
}

async function listAt<T>(transaction: StoreTransaction, prefix: string): Promise<T[]> {
  const found: T[] = []
  for (const key of await transaction.list(prefix)) found.push((await transaction.get(key)) as T)
  return found
}

/** The last edited first. */
export async function listDraftRecords(transaction: StoreTransaction, keys: Keys): Promise<readonly OutboxDraft[]> {
  const drafts = await listAt<OutboxDraft>(transaction, keys.draft())
  return drafts.toSorted((a, b) => b.savedAt - a.savedAt || (a.draftId < b.draftId ? -1 : 1))
}

/** In the order of their submission; equal moments by id. */
function bySubmission(a: OutboxItem, b: OutboxItem): number {
  return a.submittedAt - b.submittedAt || (a.itemId < b.itemId ? -1 : 1)
}

export async function listWaitingRecords(transaction: StoreTransaction, keys: Keys): Promise<readonly OutboxItem[]> {
  return (await listAt<OutboxItem>(transaction, keys.item())).toSorted(bySubmission)
}

export async function listDoneRecords(transaction: StoreTransaction, keys: Keys): Promise<readonly OutboxItem[]> {
  return (await listAt<OutboxItem>(transaction, keys.done())).toSorted(bySubmission)
}

/** Changes an item that still waits; one that is gone, or delivered, by another window is left as it is. */
export async function amendItem(
  transaction: StoreTransaction,
  keys: Keys,
  itemId: string,
  amend: (item: OutboxItem) => OutboxItem,
): Promise<OutboxItem | undefined> {
  const item = (await transaction.get(keys.item(itemId))) as OutboxItem | undefined
  if (item === undefined) return undefined
  const next = amend(item)
  await transaction.put(keys.item(itemId), next)
  return next
}
