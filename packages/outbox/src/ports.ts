/** What the queue asks of the place it is kept in: values that survive a restart, changed whole or not at all. */
export interface OutboxStore {
  /**
   * Runs `work` alone: nothing else is read or written in between, and what it writes is there whole once the promise
   * resolves, or not at all when it rejects. `work` awaits nothing but the transaction's own calls.
   */
  transact<T>(work: (transaction: StoreTransaction) => Promise<T>): Promise<T>
}

export interface StoreTransaction {
  /** undefined = no such key. */
  get(key: string): Promise<unknown>
  put(key: string, value: unknown): Promise<void>
  delete(key: string): Promise<void>
  /** Keys that begin with `prefix`, in order. */
  list(prefix: string): Promise<readonly string[]>
}

export const REFUSAL_CODES = ['forbidden', 'invalid', 'conflict'] as const
export type RefusalCode = (typeof REFUSAL_CODES)[number]

/** Why the server will not have it, however often it is sent. `reason`: a code the screen has words for. */
export interface Refusal {
  readonly code: RefusalCode
  readonly reason: string
}

/** `unreachable`: no answer came; `failed`: one came, and said nothing about what was sent. */
export type Trouble =
  | { readonly kind: 'unreachable' }
  | { readonly kind: 'failed' }
  | { readonly kind: 'signed_out' }
  | ({ readonly kind: 'refused' } & Refusal)

export type SubmitAnswer = { readonly kind: 'receipt'; readonly hash: string } | Trouble
/** `part`: the server has the first `size` bytes; `whole`: all of them, and this is its own hash of them. */
export type FileAnswer =
  | { readonly kind: 'part'; readonly size: number }
  | { readonly kind: 'whole'; readonly hash: string }
  | Trouble

/** The way to the server. It answers; it throws only on a bug. */
export interface OutboxTransport {
  /** The same id and text again is answered with the same receipt. */
  submit(item: { readonly itemId: string; readonly text: string; readonly hash: string }): Promise<SubmitAnswer>
  findFile(itemId: string, file: OutboxFile): Promise<FileAnswer>
  /** Bytes from `offset` on; an offset that does not fit what is there is answered with `part`. */
  sendChunk(itemId: string, file: OutboxFile, offset: number, bytes: Uint8Array): Promise<FileAnswer>
}

/** `hash`: of the bytes, as the server computes it. `size`: bytes. */
export interface OutboxFile {
  readonly fileId: string
  readonly hash: string
  readonly size: number
  readonly mediaType: string
}

/** What is being filled in; `document` is the screens' own. */
export interface OutboxDraft {
  readonly draftId: string
  readonly document: unknown
  readonly files: readonly OutboxFile[]
  /** Epoch ms. */
  readonly savedAt: number
}

export interface OutboxItem {
  readonly itemId: string
  /** Exactly what is sent. */
  readonly text: string
  readonly hash: string
  /** What a list says of it, and what it is edited from as a new one; never sent. */
  readonly document: unknown
  readonly files: readonly (OutboxFile & { readonly isThere: boolean })[]
  /** The server has the document. */
  readonly isReceived: boolean
  readonly refusal: Refusal | null
  readonly submittedAt: number
  /** Attempts in a row that brought nothing, and when the next may be made, epoch ms. */
  readonly vainCount: number
  readonly notBefore: number
  /** Epoch ms; null = something of it is still only here. */
  readonly deliveredAt: number | null
}
