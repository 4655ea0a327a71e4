import type { OutboxFile } from '@zhidu/outbox'
import { afterEach, expect, it, vi } from 'vitest'
import { createTransport } from './transport.ts'

const transport = createTransport(() => 'zh-CN')
const item = { itemId: 'i', text: '{"a":1}', hash: 'sha256:x' }
const file: OutboxFile = { fileId: 'f', hash: 'ab', size: 9, mediaType: 'image/jpeg' }

afterEach(() => vi.unstubAllGlobals())

/** The next request is answered so; gives what was asked. */
function answer(status: number, body: unknown): { readonly asked: () => readonly [string, RequestInit | undefined] } {
  let seen: readonly [string, RequestInit | undefined] = ['', undefined]
  vi.stubGlobal('fetch', async (path: string, init?: RequestInit) => {
    seen = [path, init]
    return new Response(typeof body === 'string' ? body : JSON.stringify(body), { status })
  })
  return { asked: () => seen }
}

function refusal(code: string, reason: string): object {
  return { error: { data: { error: { code, reason, params: {}, errorNumber: null } } } }
}

it('sends the text as it stands, and takes the hash of the answer as receipt', async () => {
  const { asked } = answer(200, { result: { data: { contentHash: 'sha256:x' } } })
  expect(await transport.submit(item)).toEqual({ kind: 'receipt', hash: 'sha256:x' })
  const [path, init] = asked()
  expect([path, init?.method, init?.body]).toEqual(['/trpc/inspection.submit', 'POST', '{"a":1}'])
})

it('tells silence, a failure, a refusal and an ended session apart', async () => {
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')))
  expect(await transport.submit(item)).toEqual({ kind: 'unreachable' })
  const cases = [
    [500, refusal('internal', 'internal'), { kind: 'failed' }],
    [502, '<html>', { kind: 'failed' }],
    [200, '<html>a sign-in of the network itself', { kind: 'unreachable' }],
    [429, refusal('limited', 'too_many_requests'), { kind: 'failed' }],
    [401, refusal('unauthenticated', 'session_ended'), { kind: 'signed_out' }],
    [403, refusal('forbidden', 'password_change_needed'), { kind: 'signed_out' }],
    [403, refusal('forbidden', 'role'), { kind: 'refused', code: 'forbidden', reason: 'role' }],
    [404, refusal('not_found', 'inspection_unit'), { kind: 'refused', code: 'invalid', reason: 'inspection_unit' }],
    [
      409,
      refusal('conflict', 'inspection_differs'),
      { kind: 'refused', code: 'conflict', reason: 'inspection_differs' },
    ],
  ] as const
  for (const [status, body, expected] of cases) {
    answer(status, body)
    expect(await transport.submit(item), `${status}`).toEqual(expected)
  }
})

it('asks how much of a file is there, and goes on from there', async () => {
  const receipt = { sha256: 'ab', bytes: 9, receivedBytes: 4, receivedSha256: null }
  const status = answer(200, receipt)
  expect(await transport.findFile('i', file)).toEqual({ kind: 'part', size: 4 })
  expect(status.asked()[0]).toBe('/files/inspections/i/ab/status')
  const part = answer(200, { ...receipt, receivedBytes: 9, receivedSha256: 'ab' })
  expect(await transport.sendChunk('i', file, 4, Uint8Array.of(1, 2))).toEqual({ kind: 'whole', hash: 'ab' })
  const [path, init] = part.asked()
  expect([path, init?.method, init?.body]).toEqual(['/files/inspections/i/ab?offset=4', 'PUT', Uint8Array.of(1, 2)])
  // A refusal of a route of its own has no envelope.
  answer(409, { code: 'conflict', reason: 'inspection_file_differs', params: {}, errorNumber: null })
  expect(await transport.findFile('i', file)).toMatchObject({ kind: 'refused', reason: 'inspection_file_differs' })
})
