import type { FileReceipt, InspectionReceipt } from '@zhidu/contract'
import type { FileAnswer, OutboxTransport, Trouble } from '@zhidu/outbox'
import { askServer } from './phone-api.ts'
import { PhoneProblem } from './ports.ts'

/** Reasons that are about the session, whatever code they come with. */
const SIGN_IN_FIRST = new Set(['not_signed_in', 'session_ended', 'unauthenticated', 'password_change_needed'])

function troubleOf(problem: unknown): Trouble {
  if (!(problem instanceof PhoneProblem)) throw problem
  const { code, reason } = problem
  if (code === 'unreachable') return { kind: 'unreachable' }
  if (code === 'unauthenticated' || SIGN_IN_FIRST.has(reason)) return { kind: 'signed_out' }
  switch (code) {
    case 'forbidden':
    case 'invalid':
    case 'conflict':
      return { kind: 'refused', code, reason }
    case 'not_found':
      return { kind: 'refused', code: 'invalid', reason }
    default:
      return { kind: 'failed' }
  }
}

async function askFor<T>(ask: () => Promise<T>): Promise<T | Trouble> {
  try {
    return await ask()
  } catch (error) {
    return troubleOf(error)
  }
}

function toAnswer({ receivedBytes, receivedSha256 }: FileReceipt): FileAnswer {
  return receivedSha256 === null ? { kind: 'part', size: receivedBytes } : { kind: 'whole', hash: receivedSha256 }
}

/** The way from the queue to the server. */
export function createTransport(language: () => string): OutboxTransport {
  const placeOf = (itemId: string, hash: string): string => `/files/inspections/${itemId}/${hash}`
  const findFile: OutboxTransport['findFile'] = (itemId, { hash }) =>
    askFor(async () => toAnswer((await askServer(`${placeOf(itemId, hash)}/status`)) as FileReceipt))
  return {
    submit: ({ text }) =>
      askFor(async () => {
        const body = (await askServer('/trpc/inspection.submit', {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'x-zhidu-language': language() },
          body: text,
        })) as { result: { data: InspectionReceipt } }
        return { kind: 'receipt', hash: body.result.data.contentHash } as const
      }),
    findFile,
    sendChunk: (itemId, file, offset, bytes) =>
      askFor(async () => {
        const answer = await askServer(`${placeOf(itemId, file.hash)}?offset=${offset}`, {
          method: 'PUT',
          headers: { 'content-type': 'application/octet-stream', 'x-zhidu-language': language() },
          body: bytes.slice(),
        })
        return toAnswer(answer as FileReceipt)
      }),
  }
}
