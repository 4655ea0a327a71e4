import type { Kind } from '@zhidu/contract'

export type UploadOutcome =
  | { readonly kind: 'accepted'; readonly importId: string }
  /** The server answered with a refusal; `reason` is a key of the message catalogue. */
  | { readonly kind: 'refused'; readonly reason: string; readonly params: Readonly<Record<string, string>> }
  | { readonly kind: 'too_large'; readonly params: Readonly<Record<string, string>> }
  | { readonly kind: 'failed'; readonly errorNumber: string | null }
  | { readonly kind: 'network' }
  | { readonly kind: 'cancelled' }

export interface UploadOptions {
  readonly kind: Kind
  readonly language: string
  readonly signal: AbortSignal
  /** Bytes sent so far and in all. */
  readonly onProgress: (sent: number, total: number) => void
}

interface AnswerBody {
  readonly importId?: unknown
  readonly reason?: unknown
  readonly params?: unknown
  readonly errorNumber?: unknown
}

const TOO_LARGE = 'upload_too_large'

/** Sends one file as the body of the request. XMLHttpRequest, because `fetch` reports no progress of an upload. Never rejects. */
export function uploadFile(file: File, options: UploadOptions): Promise<UploadOutcome> {
  return new Promise((resolve) => {
    if (options.signal.aborted) {
      resolve({ kind: 'cancelled' })
      return
    }
    const request = new XMLHttpRequest()
    options.signal.addEventListener('abort', () => request.abort(), { once: true })
    request.upload.addEventListener('progress', (event) => options.onProgress(event.loaded, event.total))
    request.addEventListener('load', () => resolve(readAnswer(request.status, request.responseText)))
    request.addEventListener('error', () => resolve({ kind: 'network' }))
    request.addEventListener('timeout', () => resolve({ kind: 'network' }))
    request.addEventListener('abort', () => resolve({ kind: 'cancelled' }))
    const query = new URLSearchParams({ kind: options.kind, fileName: file.name })
    request.open('POST', `/files/imports?${query.toString()}`)
    request.setRequestHeader('x-zhidu-language', options.language)
    request.setRequestHeader('content-type', 'application/octet-stream')
    request.send(file)
  })
}

/** What an answer to the upload means; a body that is no JSON (a proxy's page) is read by its status alone. */
export function readAnswer(status: number, text: string): UploadOutcome {
  const body = parseBody(text)
  if (status >= 200 && status < 300 && typeof body.importId === 'string') {
    return { kind: 'accepted', importId: body.importId }
  }
  const params = toTextRecord(body.params)
  if (status === 413 || body.reason === TOO_LARGE) return { kind: 'too_large', params }
  if (status >= 400 && status < 500 && typeof body.reason === 'string') {
    return { kind: 'refused', reason: body.reason, params }
  }
  return { kind: 'failed', errorNumber: typeof body.errorNumber === 'string' ? body.errorNumber : null }
}

function parseBody(text: string): AnswerBody {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? value : {}
  } catch {
    return {}
  }
}

function toTextRecord(value: unknown): Record<string, string> {
  if (typeof value !== 'object' || value === null) return {}
  return Object.fromEntries(
    Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  )
}
