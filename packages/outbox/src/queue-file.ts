import { putChunks, readWhole } from './chunks.ts'
import { type Keys, keysOf } from './keys.ts'
import type { OutboxFile, OutboxItem, OutboxStore, StoreTransaction } from './ports.ts'
import { amendItem, findItem, listDraftRecords, listWaitingRecords } from './records.ts'

/** First line of a queue file. */
const FORMAT = 'zhidu-outbox'
const VERSION = 1

/** The bytes of a file, as the server hashes them. */
export type HashBytes = (bytes: Uint8Array) => Promise<string>

type Line =
  | { readonly kind: 'item'; readonly item: OutboxItem }
  | { readonly kind: 'file'; readonly file: OutboxFile; readonly base64: string }
  | { readonly kind: 'end'; readonly lines: number }

/** `cut_off`: its end is missing; `damaged`: a file in it has other bytes than when it was recorded. */
export type ImportProblem = 'not_a_queue' | 'newer_version' | 'cut_off' | 'damaged'
export type ImportResult =
  | { readonly kind: 'taken'; readonly taken: number; readonly known: number }
  | { readonly kind: 'refused'; readonly problem: ImportProblem }

const SLICE = 8_190

function toBase64(bytes: Uint8Array): string {
  let binary = ''
  for (let at = 0; at < bytes.length; at += SLICE) binary += String.fromCharCode(...bytes.subarray(at, at + SLICE))
  return btoa(binary)
}

/** null = not base64. */
function fromBase64(text: string): Uint8Array | null {
  try {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0))
  } catch {
    return null
  }
}

/** An item's lines, its files first; none when it was delivered meanwhile. */
async function readItem(transaction: StoreTransaction, keys: Keys, itemId: string): Promise<readonly Line[]> {
  const item = await amendItem(transaction, keys, itemId, (one) => one)
  if (item === undefined) return []
  const lines: Line[] = []
  for (const { isThere: _, ...file } of item.files) {
    lines.push({ kind: 'file', file, base64: toBase64(await readWhole(transaction, keys, file)) })
  }
  return [...lines, { kind: 'item', item }]
}

/**
 * What waits, as lines of JSON: a head, each item after its files, and an end that says how many lines came before it. The last resort: what is
 * written is still sent from here as well, and arriving twice does no harm. Drafts go along as they stand, refused items too.
 */
export async function* exportQueue(
  store: OutboxStore,
  { account, now }: { readonly account: string; readonly now: () => number },
): AsyncGenerator<string> {
  const keys = keysOf(account)
  const [items, drafts] = await store.transact(
    async (transaction) =>
      [await listWaitingRecords(transaction, keys), await listDraftRecords(transaction, keys)] as const,
  )
  yield `${JSON.stringify({ format: FORMAT, version: VERSION, account, exportedAt: now(), drafts })}\n`
  let lines = 1
  for (const { itemId } of items) {
    const whole = await store.transact((transaction) => readItem(transaction, keys, itemId))
    for (const line of whole) yield `${JSON.stringify(line)}\n`
    lines += whole.length
  }
  yield `${JSON.stringify({ kind: 'end', lines } satisfies Line)}\n`
}

function parseLine(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return null
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isFile(value: unknown): value is OutboxFile {
  return (
    isRecord(value) &&
    typeof value['fileId'] === 'string' &&
    !value['fileId'].includes('/') &&
    typeof value['hash'] === 'string' &&
    Number.isSafeInteger(value['size']) &&
    typeof value['mediaType'] === 'string'
  )
}

function isItem(value: unknown): value is OutboxItem {
  return (
    isRecord(value) &&
    typeof value['itemId'] === 'string' &&
    value['itemId'] !== '' &&
    !value['itemId'].includes('/') &&
    typeof value['text'] === 'string' &&
    typeof value['hash'] === 'string' &&
    Number.isFinite(value['submittedAt']) &&
    Array.isArray(value['files']) &&
    value['files'].every(isFile)
  )
}

interface Parsed {
  readonly items: readonly OutboxItem[]
  readonly bytes: ReadonlyMap<string, Uint8Array>
}

function problemOfHead(head: unknown): ImportProblem | null {
  if (!isRecord(head) || head['format'] !== FORMAT) return 'not_a_queue'
  return head['version'] === VERSION ? null : 'newer_version'
}

function parseQueue(text: string): Parsed | ImportProblem {
  const lines = text
    .split('\n')
    .filter((line) => line !== '')
    .map(parseLine)
  const problem = problemOfHead(lines[0])
  if (problem !== null) return problem
  const end = lines.at(-1)
  if (!isRecord(end) || end['kind'] !== 'end' || end['lines'] !== lines.length - 1) return 'cut_off'
  const items: OutboxItem[] = []
  const bytes = new Map<string, Uint8Array>()
  for (const line of lines.slice(1, -1)) {
    if (!isRecord(line)) return 'damaged'
    if (line['kind'] === 'item' && isItem(line['item'])) items.push(line['item'])
    else if (line['kind'] === 'file' && isFile(line['file']) && typeof line['base64'] === 'string') {
      const found = fromBase64(line['base64'])
      if (found === null) return 'damaged'
      bytes.set(line['file'].fileId, found)
    } else return 'damaged'
  }
  return { items, bytes }
}

async function areWhole({ bytes, items }: Parsed, hashBytes: HashBytes): Promise<boolean> {
  for (const file of items.flatMap(({ files }) => files)) {
    const found = bytes.get(file.fileId)
    if (found === undefined || found.length !== file.size || (await hashBytes(found)) !== file.hash) return false
  }
  return true
}

/** Nothing of what the other phone knew about its attempts is believed: here the item is as if it had just been submitted. */
function asFresh(item: OutboxItem): OutboxItem {
  const { document, files, hash, itemId, submittedAt, text } = item
  return {
    itemId,
    text,
    hash,
    document,
    files: files.map(({ fileId, hash: fileHash, mediaType, size }) => ({
      fileId,
      hash: fileHash,
      size,
      mediaType,
      isThere: false,
    })),
    isReceived: false,
    refusal: null,
    submittedAt,
    vainCount: 0,
    notBefore: 0,
    deliveredAt: null,
  }
}

/**
 * Puts the items of a queue file into this account's queue, all of them or none; those it knows stay as they are. Drafts of the file are
 * not taken: they are unfinished, and somebody else's. `text`: the whole file.
 */
export async function importQueue(
  store: OutboxStore,
  args: { readonly account: string; readonly text: string; readonly hashBytes: HashBytes },
): Promise<ImportResult> {
  const keys = keysOf(args.account)
  const parsed = parseQueue(args.text)
  if (typeof parsed === 'string') return { kind: 'refused', problem: parsed }
  if (!(await areWhole(parsed, args.hashBytes))) return { kind: 'refused', problem: 'damaged' }
  const take = async (transaction: StoreTransaction): Promise<ImportResult> => {
    let taken = 0
    for (const item of parsed.items) {
      if ((await findItem(transaction, keys, item.itemId)) !== undefined) continue
      for (const { fileId } of item.files) {
        await putChunks(transaction, keys, fileId, parsed.bytes.get(fileId) ?? new Uint8Array())
      }
      await transaction.put(keys.item(item.itemId), asFresh(item))
      taken += 1
    }
    return { kind: 'taken', taken, known: parsed.items.length - taken }
  }
  return store.transact(take)
}
