import type { FileAnswer, OutboxFile, OutboxTransport, SubmitAnswer, Trouble } from '../ports.ts'

/**
 * What becomes of one request. `late`: it is answered with silence, and reaches the server only after the next two; `twice`: it arrives, and
 * arrives again.
 */
export const FATES = ['fine', 'lost', 'answer_lost', 'twice', 'late', 'failed', 'signed_out'] as const
export type Fate = (typeof FATES)[number]

/** Enough of a hash for tests. */
export function hashOf(content: string | Uint8Array): string {
  if (typeof content === 'string') return `h:${content}`
  return `h:${content.reduce((hash, byte) => (Math.imul(hash, 16_777_619) ^ byte) >>> 0, content.length)}`
}

type Answer = SubmitAnswer | FileAnswer
const LATE_BY = 2

export interface ShakyServer {
  readonly transport: OutboxTransport
  /** Text of each document that was taken, by its id. */
  readonly documents: ReadonlyMap<string, string>
  /** Bytes so far of each file, by its id. */
  readonly files: ReadonlyMap<string, readonly number[]>
  /** How often a document was asked to be another than it is. */
  readonly contradictions: () => number
  /** Fates of the coming requests; after them all is fine. */
  plan(fates: readonly Fate[]): void
}

/** A server that keeps each document and each byte once, behind a network that does what it was planned to. `onCall`: as in the store. */
export function createShakyServer(onCall: () => void = () => {}): ShakyServer {
  const documents = new Map<string, string>()
  const files = new Map<string, number[]>()
  let contradictions = 0
  let fates: Fate[] = []
  let late: { readonly arrive: () => unknown; waits: number }[] = []

  function submit({ itemId, text }: { readonly itemId: string; readonly text: string }): SubmitAnswer {
    if (text.includes('forbidden')) return { kind: 'refused', code: 'forbidden', reason: 'out_of_scope' }
    const kept = documents.get(itemId)
    if (kept !== undefined && kept !== text) contradictions += 1
    if (kept === undefined) documents.set(itemId, text)
    return { kind: 'receipt', hash: hashOf(documents.get(itemId) ?? text) }
  }

  function describe(file: OutboxFile): FileAnswer {
    const bytes = files.get(file.fileId) ?? []
    return bytes.length === file.size
      ? { kind: 'whole', hash: hashOf(Uint8Array.from(bytes)) }
      : { kind: 'part', size: bytes.length }
  }

  function take(file: OutboxFile, offset: number, bytes: Uint8Array): FileAnswer {
    const kept = files.get(file.fileId) ?? []
    if (kept.length === offset) files.set(file.fileId, kept.concat([...bytes]))
    return describe(file)
  }

  function arriveLate(): void {
    for (const one of late) one.waits -= 1
    const [due, rest] = [late.filter(({ waits }) => waits < 0), late.filter(({ waits }) => waits >= 0)]
    late = rest
    for (const { arrive } of due) arrive()
  }

  async function travel<T extends Answer>(arrive: () => T): Promise<T | Trouble> {
    onCall()
    arriveLate()
    const answer = pass(arrive, fates.shift() ?? 'fine')
    // An answer that is on its way when the phone goes off.
    await Promise.resolve()
    onCall()
    return answer
  }

  function pass<T extends Answer>(arrive: () => T, fate: Fate): T | Trouble {
    switch (fate) {
      case 'fine':
        return arrive()
      case 'twice':
        arrive()
        return arrive()
      case 'answer_lost':
        arrive()
        return { kind: 'unreachable' }
      case 'late':
        late.push({ arrive, waits: LATE_BY })
        return { kind: 'unreachable' }
      case 'lost':
        return { kind: 'unreachable' }
      case 'failed':
        return { kind: 'failed' }
      case 'signed_out':
        return { kind: 'signed_out' }
    }
  }

  return {
    documents,
    files,
    contradictions: () => contradictions,
    plan: (next) => {
      fates = [...next]
    },
    transport: {
      submit: (item) => travel(() => submit(item)),
      findFile: (_, file) => travel(() => describe(file)),
      sendChunk: (_, file, offset, bytes) => travel(() => take(file, offset, bytes)),
    },
  }
}
