import type { InspectionKit, SessionState } from '@zhidu/contract'
import { type PhoneApi, PhoneProblem } from './ports.ts'

const UNREACHABLE = new PhoneProblem('unreachable', 'network')

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}

/** From the body of a failure: ours, or that of tRPC around ours. */
export function problemOf(body: unknown): PhoneProblem {
  const outer = isRecord(body) && isRecord(body['error']) ? body['error'] : body
  const data = isRecord(outer) && isRecord(outer['data']) ? outer['data'] : outer
  const inner = isRecord(data) && isRecord(data['error']) ? data['error'] : data
  if (!isRecord(inner)) return new PhoneProblem('internal', 'internal')
  const text = (value: unknown): string => (typeof value === 'string' ? value : 'internal')
  return new PhoneProblem(text(inner['code']), text(inner['reason']))
}

/** Rejects with a PhoneProblem, whatever went wrong. */
export async function askServer(path: string, init: RequestInit = {}): Promise<unknown> {
  let response: Response
  try {
    response = await fetch(path, { credentials: 'same-origin', cache: 'no-store', ...init })
  } catch {
    throw UNREACHABLE
  }
  let body: unknown = null
  try {
    body = await response.json()
  } catch {
    // Something between answered in the server's place, or was cut off.
    throw response.ok ? UNREACHABLE : new PhoneProblem('internal', 'internal')
  }
  if (!response.ok) throw problemOf(body)
  return body
}

function resultOf(body: unknown): unknown {
  if (isRecord(body) && isRecord(body['result'])) return body['result']['data']
  throw new PhoneProblem('internal', 'internal')
}

/** Types of the answers are the contract's: the server checks what it says against the same shapes before it says it. */
export function createPhoneApi(language: () => string): PhoneApi {
  const headers = () => ({ 'content-type': 'application/json', 'x-zhidu-language': language() })
  const query = async (...path: readonly string[]): Promise<unknown> =>
    resultOf(await askServer(`/trpc/${path.join('.')}`, { headers: headers() }))
  const change = async (path: readonly string[], input?: unknown): Promise<unknown> =>
    resultOf(
      await askServer(`/trpc/${path.join('.')}`, {
        method: 'POST',
        headers: headers(),
        body: JSON.stringify(input ?? null),
      }),
    )
  return {
    session: async () => (await query('session', 'get')) as SessionState,
    signIn: async (input) =>
      ((await change(['session', 'signIn'], input)) as { state: 'signed_in' | 'totp_required' }).state,
    signOut: async () => {
      await change(['session', 'signOut'])
    },
    serverTime: async () => ((await query('inspection', 'serverTime')) as { serverMs: number }).serverMs,
    kit: async (unitCodes) => (await change(['inspection', 'kit'], { unitCodes })) as InspectionKit,
  }
}
