import type * as argon2 from '@node-rs/argon2'
import { hash, parseOptions, verify } from '@node-rs/argon2'
import { beforeEach, expect, it, vi } from 'vitest'
import { hashPassword, verifyPassword } from './password-hash.ts'

vi.mock('@node-rs/argon2', async (importOriginal) => {
  const real = await importOriginal<typeof argon2>()
  return { ...real, hash: vi.fn<typeof real.hash>(real.hash), verify: vi.fn<typeof real.verify>(real.verify) }
})
beforeEach(() => vi.clearAllMocks())

it('costs one computation, the same one, whether there is an account or none, and whether the password is right', async () => {
  const own = await hashPassword('Kestrel-1-mop')
  vi.clearAllMocks()
  const costs: unknown[] = []
  for (const [hashed, password] of [
    [own, 'Kestrel-1-mop'],
    [own, 'Kestrel-2-mop'],
    [null, 'Kestrel-1-mop'],
    [null, ''],
  ] as const) {
    vi.mocked(verify).mockClear()
    await verifyPassword(hashed, password)
    expect([vi.mocked(verify).mock.calls.length, vi.mocked(hash).mock.calls.length]).toEqual([1, 0])
    costs.push(parseOptions(String(vi.mocked(verify).mock.calls[0]?.[0])))
  }
  expect(costs[0]).toMatchObject({ memoryCost: 19_456, timeCost: 2, parallelism: 1 })
  for (const cost of costs) expect(cost).toEqual(costs[0])
})
