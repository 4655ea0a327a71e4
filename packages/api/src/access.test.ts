import { permissionsOf } from '@zhidu/domain'
import { type AccountActor, ServiceError } from '@zhidu/services'
import { expect, it } from 'vitest'
import { assertMay, type Demand, isRecorded, objectOf } from './access.ts'
import type { Caller } from './context.ts'
import { HTTP_STATUS_OF, TRPC_CODE_OF } from './request-error.ts'

const CLERK: AccountActor = {
  kind: 'account',
  accountId: '00000000-0000-4000-8000-000000000001',
  sessionId: '00000000-0000-4000-8000-000000000002',
  loginName: 'clerk',
  displayName: '某人',
  unitCode: 'A',
  roles: ['clerk'],
  permissions: permissionsOf(['clerk']),
  mustChangePassword: false,
  address: '192.0.2.1',
  viewer: null,
}
const MAY = [...CLERK.permissions][0] ?? 'units.read'
const MAY_NOT = 'accounts.manage'

function as(change: Partial<AccountActor>): Caller {
  return { actor: { ...CLERK, ...change }, token: 't', hasEnded: false }
}
const NOBODY: Caller = { actor: { kind: 'anonymous', address: '192.0.2.1' }, token: null, hasEnded: false }
const PROGRAM: Caller = { actor: { kind: 'system' }, token: null, hasEnded: false }
const VIEWING = as({ viewer: { accountId: 'x', displayName: 'y' } })

/** Code and reason of the refusal; `may` = none. */
function judge(caller: Caller, demand: Demand | undefined, type: 'query' | 'mutation' = 'query'): string {
  try {
    assertMay(caller, demand, type)
    return 'may'
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error
    return `${error.code} ${error.reason}`
  }
}

it.each<[string, Caller, Demand | undefined, 'query' | 'mutation', string]>([
  ['everybody what is public', NOBODY, { permission: 'public' }, 'mutation', 'may'],
  ['nobody else who is not signed in', NOBODY, { permission: MAY }, 'query', 'unauthenticated not_signed_in'],
  [
    'nor whose session ended',
    { ...NOBODY, hasEnded: true },
    { permission: MAY },
    'query',
    'unauthenticated session_ended',
  ],
  ['who has the permission', as({}), { permission: MAY }, 'mutation', 'may'],
  ['who has one of several', as({}), { permission: [MAY_NOT, MAY] }, 'query', 'may'],
  ['nobody without', as({ permissions: new Set() }), { permission: [MAY] }, 'query', 'forbidden role_forbids'],
  ['nobody where nobody said who', as({}), undefined, 'query', 'forbidden role_forbids'],
  ['no other kind of actor', PROGRAM, { permission: MAY }, 'query', 'forbidden role_forbids'],
  [
    'nobody before the password is changed',
    as({ mustChangePassword: true }),
    { permission: MAY },
    'query',
    'forbidden password_change_needed',
  ],
  [
    'but what is for then',
    as({ mustChangePassword: true }),
    { permission: MAY, beforePasswordChange: true },
    'query',
    'may',
  ],
  ['no change by who only looks', VIEWING, { permission: MAY }, 'mutation', 'forbidden viewing_only'],
  ['though reading', VIEWING, { permission: MAY }, 'query', 'may'],
  ['and what is for viewers', VIEWING, { permission: MAY, whileViewing: true }, 'mutation', 'may'],
])('answers %s', (_, caller, demand, type, answer) => {
  expect(judge(caller, demand, type)).toBe(answer)
})

it('records every refused change, and reads refused for who asks or what is not there', () => {
  const refusals = (['forbidden', 'unauthenticated', 'limited', 'not_found', 'invalid', 'conflict'] as const).map(
    (code) => new ServiceError(code, 'x'),
  )
  expect(refusals.map((one) => isRecorded(one, 'query'))).toEqual([true, true, true, true, false, false])
  expect(refusals.map((one) => isRecorded(one, 'mutation'))).toEqual(refusals.map(() => true))
})

it('names what a request is about by its most telling field', () => {
  const keys = [
    'checkCode',
    'eventCode',
    'accountId',
    'tokenId',
    'sessionId',
    'importId',
    'id',
    'unitCode',
    'group',
    'kind',
    'quarter',
  ]
  for (const [index, key] of keys.entries()) {
    const input = Object.fromEntries(
      keys
        .slice(index)
        .toReversed()
        .map((one) => [one, `of ${one}`]),
    )
    expect(objectOf(input)).toBe(`${key}/of ${key}`)
  }
  expect([null, undefined, 'text', 7, {}, { unitCode: 7 }, { other: 'x' }].map(objectOf)).toEqual(Array(7).fill(null))
  expect(objectOf({ id: 'a'.repeat(201) })).toBe(`id/${'a'.repeat(200)}`)
})

it('words refusals as both protocols do', () => {
  expect(TRPC_CODE_OF).toEqual({
    not_found: 'NOT_FOUND',
    forbidden: 'FORBIDDEN',
    conflict: 'CONFLICT',
    invalid: 'BAD_REQUEST',
    unauthenticated: 'UNAUTHORIZED',
    limited: 'TOO_MANY_REQUESTS',
  })
  expect(HTTP_STATUS_OF).toEqual({
    not_found: 404,
    forbidden: 403,
    conflict: 409,
    invalid: 422,
    unauthenticated: 401,
    limited: 429,
  })
})
