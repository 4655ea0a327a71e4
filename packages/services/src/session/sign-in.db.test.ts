import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { unlockAccount } from '../account/manage-roles.ts'
import { ServiceError } from '../service-error.ts'
import { type AccountService, ADDRESS, createAccountService, PASSWORD } from '../testing/account-service.ts'
import { createAddressLimit } from './address-limit.ts'
import { signIn } from './sign-in.ts'

const MINUTE = 60_000
const WRONG = 'Velvet-Trout-48'
const IS_LONG = process.env['ZHIDU_LONG_TESTS'] === '1'
/** Tries at each of two names whose times are compared. */
const ROUNDS = IS_LONG ? 500 : 15

let service: AccountService
beforeAll(async () => {
  service = await createAccountService()
})
afterAll(() => service.database.close())
beforeEach(() => service.newEntries())

/** What a try comes to: `signed_in`, or code, reason and params of the refusal. */
async function attempt(loginName: string, password: string, address = ADDRESS): Promise<string> {
  try {
    return (await signIn(service.request(), { loginName, password, address, userAgent: 'test' })).state
  } catch (error) {
    if (!(error instanceof ServiceError) || !error.isAudited) throw error
    return [error.code, error.reason, ...Object.values(error.params)].join(' ')
  }
}

async function attemptMany(count: number, loginName: string, password: string): Promise<string[]> {
  const results: string[] = []
  for (let i = 0; i < count; i += 1) results.push(await attempt(loginName, password))
  return results
}

const FAILED = 'unauthenticated sign_in_failed'
const LOCKED = 'limited sign_in_locked 15'

describe('the lock of a name', () => {
  it('refuses the sixth try for a quarter of an hour, even when it is right, and then no longer', async () => {
    await service.add('li.lei')
    expect(await attemptMany(5, 'li.lei', WRONG)).toEqual([FAILED, FAILED, FAILED, FAILED, FAILED])
    expect(await attempt('LI.LEI', PASSWORD)).toBe(LOCKED)
    expect(await attempt('9li.lei', PASSWORD)).toBe(LOCKED)
    service.pass(15 * MINUTE - 1)
    expect(await attempt('li.lei', PASSWORD)).toBe('limited sign_in_locked 1')
    service.pass(1)
    expect(await attempt('li.lei', PASSWORD)).toBe('signed_in')
  })

  it('counts failures in a row, under the login name and the 工号 together', async () => {
    await service.add('han.mei')
    expect(await attemptMany(4, 'han.mei', WRONG)).not.toContain(LOCKED)
    expect(await attempt('9han.mei', PASSWORD)).toBe('signed_in')
    await attemptMany(3, 'han.mei', WRONG)
    await attemptMany(2, '9han.mei', WRONG)
    expect(await attempt('han.mei', PASSWORD)).toBe(LOCKED)
  })

  it('lets five of fifty tries at the same moment be looked at, and leaves others behind the address alone', async () => {
    await Promise.all([service.add('wu.yi'), service.add('zhao.er')])
    await service.newEntries()
    const results = await Promise.all(Array.from({ length: 50 }, () => attempt('wu.yi', WRONG)))
    expect(results.filter((result) => result === FAILED)).toHaveLength(5)
    expect(results.filter((result) => result === LOCKED)).toHaveLength(45)
    expect(await attempt('zhao.er', PASSWORD)).toBe('signed_in')
    const causes = await service.sql<{ cause: string; count: number }>(
      `select text::jsonb #>> '{detail,cause}' as cause, count(*)::int as count from audit_entry
       where reason in ('sign_in_failed', 'sign_in_locked') and text::jsonb #>> '{detail,loginName}' = 'wu.yi'
       group by 1 order by 1`,
    )
    expect(causes).toEqual([
      { cause: 'locked', count: 45 },
      { cause: 'wrong_password', count: 5 },
    ])
  })

  it('looks at five even when all fifty are right, until one of these has succeeded', async () => {
    await service.add('qian.san')
    await attemptMany(4, 'qian.san', WRONG)
    const results = await Promise.all(Array.from({ length: 20 }, () => attempt('qian.san', PASSWORD)))
    expect(results.filter((result) => result === 'signed_in').length).toBeGreaterThan(0)
    expect(results.filter((result) => result !== 'signed_in').every((result) => result === LOCKED)).toBe(true)
  })

  it('goes by the hand of the security administrator', async () => {
    const accountId = await service.add('sun.si')
    await service.add('security', ['security_admin'], null)
    await attemptMany(6, 'sun.si', WRONG)
    const ctx = await service.as('security')
    await service.newEntries()
    await unlockAccount(ctx, { accountId })
    expect(await service.newEntries()).toEqual(['access.unlock done'])
    expect(await attempt('sun.si', PASSWORD)).toBe('signed_in')
    await expect(unlockAccount(ctx, { accountId })).rejects.toMatchObject({ reason: 'account_not_locked' })
  })
})

describe('nothing tells apart', () => {
  it('a name nobody bears, a wrong password, a disabled account, one that signs in elsewhere', async () => {
    await Promise.all([service.add('real'), service.add('gone'), service.add('elsewhere')])
    await service.sql(`update account set is_disabled = true where login_name = 'gone'`)
    await service.sql(`update account set is_sso_only = true, password_hash = null where login_name = 'elsewhere'`)
    const expected = [FAILED, FAILED, FAILED, FAILED, FAILED, LOCKED]
    expect(await attemptMany(6, 'real', WRONG)).toEqual(expected)
    expect(await attemptMany(6, 'nobody', WRONG)).toEqual(expected)
    expect(await attemptMany(6, 'gone', PASSWORD)).toEqual(expected)
    expect(await attemptMany(6, 'elsewhere', PASSWORD)).toEqual(expected)
    // The audit trail alone says which it was.
    const causes = await service.sql<{ cause: string }>(
      `select text::jsonb #>> '{detail,cause}' as cause from audit_entry where reason = 'sign_in_failed'
       order by seq desc limit 20`,
    )
    expect([0, 5, 10, 15].map((at) => causes[at]?.cause)).toEqual([
      'wrong_password',
      'disabled',
      'unknown_name',
      'wrong_password',
    ])
  })

  /** Without the comparison with a dummy the ratio is below a fifth. That each costs one comparison is counted elsewhere. */
  it('nor the time it takes', async () => {
    await service.add('timed')
    let serial = 0
    const timeOf = async (name: string): Promise<number> => {
      // One address may not fail this often.
      const address = `10.9.${(serial += 1) >> 8}.${serial & 255}`
      const startedAt = performance.now()
      expect(await attempt(name, WRONG, address)).toBe(FAILED)
      return performance.now() - startedAt
    }
    const median = (numbers: readonly number[]) => numbers.toSorted((a, b) => a - b)[numbers.length >> 1] ?? 0
    const times: Record<'timed' | 'untimed', number[]> = { timed: [], untimed: [] }
    for (let round = 0; round < ROUNDS; round += 1) {
      await service.sql('delete from sign_in_guard')
      const order = round % 2 === 0 ? (['timed', 'untimed'] as const) : (['untimed', 'timed'] as const)
      for (const name of order) times[name].push(await timeOf(name))
    }
    const ratio = median(times.untimed) / median(times.timed)
    expect(ratio).toBeGreaterThan(IS_LONG ? 0.95 : 0.6)
    expect(ratio).toBeLessThan(IS_LONG ? 1.05 : 1.6)
  }, 120_000)
})

it('every try is one audit entry, and a name nobody bears is not written down', async () => {
  const accountId = await service.add('audited')
  await service.newEntries()
  await attempt('audited', WRONG)
  await attempt('a-password-in-the-wrong-field', WRONG)
  await attempt('audited', PASSWORD)
  expect(await service.newEntries()).toEqual([
    'session.signIn refused sign_in_failed',
    'session.signIn refused sign_in_failed',
    'session.signIn done',
  ])
  const rows = await service.sql<{ text: string }>('select text from audit_entry order by seq desc limit 3')
  const [done, unknown, wrong] = rows.map(({ text }) => JSON.parse(text))
  expect(done).toMatchObject({
    actor: { kind: 'account', id: accountId },
    from: ADDRESS,
    object: `account/${accountId}`,
  })
  expect(wrong).toMatchObject({ actor: { kind: 'anonymous' }, from: ADDRESS, object: `account/${accountId}` })
  expect(unknown).toMatchObject({ object: null, detail: { cause: 'unknown_name' } })
  expect(JSON.stringify(rows)).not.toContain('wrong-field')
})

it('one address may fail three hundred times in a quarter of an hour, and others are not concerned', () => {
  const limit = createAddressLimit()
  for (let i = 0; i < 300; i += 1) {
    expect(limit.isOver('10.0.0.1', i)).toBe(false)
    limit.countFailure('10.0.0.1', i)
  }
  expect([limit.isOver('10.0.0.1', 300), limit.isOver('10.0.0.2', 300)]).toEqual([true, false])
  expect([limit.isOver('10.0.0.1', 15 * MINUTE - 1), limit.isOver('10.0.0.1', 15 * MINUTE)]).toEqual([true, false])
})
