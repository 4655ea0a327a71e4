import * as identity from '@zhidu/identity'
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest'
import { type AccountService, ADDRESS, createAccountService, PASSWORD } from '../testing/account-service.ts'
import { signIn } from './sign-in.ts'

vi.mock('@zhidu/identity', async (importOriginal) => {
  const real = await importOriginal<typeof identity>()
  return {
    ...real,
    verifyPassword: vi.fn<typeof real.verifyPassword>(real.verifyPassword),
    hashPassword: vi.fn<typeof real.hashPassword>(real.hashPassword),
  }
})
const verifyPassword = vi.mocked(identity.verifyPassword)
const hashPassword = vi.mocked(identity.hashPassword)

const WRONG = 'Velvet-Trout-48'

let service: AccountService
beforeAll(async () => {
  service = await createAccountService()
  for (const name of ['real', 'gone', 'elsewhere', 'crowd', 'right']) await service.add(name)
  await service.sql(`update account set is_disabled = true where login_name = 'gone'`)
  await service.sql(`update account set is_sso_only = true, password_hash = null where login_name = 'elsewhere'`)
})
afterAll(() => service.database.close())
beforeEach(() => vi.clearAllMocks())

async function attempt(loginName: string, password: string): Promise<string> {
  const args = { loginName, password, address: ADDRESS, userAgent: 'test' }
  return await signIn(service.request(), args).then(
    ({ state }) => state,
    (error: unknown) => (error instanceof Error && 'reason' in error ? String(error.reason) : String(error)),
  )
}

it.each(['real', 'nobody', 'gone', 'elsewhere'])(
  'a wrong try at %s compares one password and makes none; the sixth compares none, though it is right',
  async (name) => {
    for (let tried = 1; tried <= 5; tried += 1) {
      expect(await attempt(name, WRONG)).toBe('sign_in_failed')
      expect([verifyPassword.mock.calls.length, hashPassword.mock.calls.length]).toEqual([tried, 0])
    }
    expect(await attempt(name, PASSWORD)).toBe('sign_in_locked')
    expect([verifyPassword.mock.calls.length, hashPassword.mock.calls.length]).toEqual([5, 0])
  },
)

it('of fifty tries at the same moment five are compared, also when one after the fifth would be right', async () => {
  const tries = Array.from({ length: 50 }, (_, index) => attempt('crowd', index < 5 ? WRONG : PASSWORD))
  const results = await Promise.all(tries)
  expect(verifyPassword.mock.calls.length).toBeLessThanOrEqual(5 + results.filter((one) => one === 'signed_in').length)
  await service.sql('delete from sign_in_guard')
  vi.clearAllMocks()
  const wrong = await Promise.all(Array.from({ length: 50 }, () => attempt('crowd', WRONG)))
  expect([verifyPassword.mock.calls.length, wrong.filter((one) => one === 'sign_in_locked').length]).toEqual([5, 45])
  expect(await attempt('crowd', PASSWORD)).toBe('sign_in_locked')
  expect(await attempt('right', PASSWORD)).toBe('signed_in')
})
