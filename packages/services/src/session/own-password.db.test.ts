import { findTotpStep, totpCode, totpStep } from '@zhidu/identity'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createAccount, resetPassword } from '../account/manage-accounts.ts'
import { type AccountService, ADDRESS, createAccountService, PASSWORD } from '../testing/account-service.ts'
import { changePassword } from './change-password.ts'
import type { IdentityContext } from './identity.ts'
import { signIn } from './sign-in.ts'
import { beginTotp, confirmTotp, removeTotp } from './totp.ts'

const DAY = 86_400_000

let service: AccountService
beforeAll(async () => {
  service = await createAccountService({ contextWords: ['岭安'] })
})
afterAll(() => service.database.close())

function signInWith(loginName: string, password: string, totp?: string) {
  return signIn(service.request(), { loginName, password, totp, address: ADDRESS, userAgent: 'test' })
}

async function enterWith(loginName: string, password: string): Promise<IdentityContext> {
  const result = await signInWith(loginName, password)
  if (result.state !== 'signed_in') throw new Error(result.state)
  return service.request(await service.load(result.token))
}

describe('a password', () => {
  it('is refused for every reason the policy has, and the right present one is needed', async () => {
    await service.add('weak')
    const ctx = await service.as('weak')
    const change = (next: string, current = PASSWORD) => changePassword(ctx, { current, next })
    await expect(change('weak岭安')).rejects.toMatchObject({
      code: 'invalid',
      reason: 'password_refused',
      params: { reasons: 'too_short,too_few_classes,contains_name,context_word' },
    })
    await expect(change(PASSWORD)).rejects.toMatchObject({ params: { reasons: 'used_before' } })
    await expect(change('Umber-Crane-92', 'Umber-Crane-91')).rejects.toMatchObject({ reason: 'password_wrong' })
    const { token } = await change('Umber-Crane-92')
    expect(await service.load(token)).toBeDefined()
  })

  it('does not come back among the last five', async () => {
    await service.add('again')
    let password = PASSWORD
    for (let i = 1; i <= 5; i += 1) {
      service.pass(1000)
      const ctx = await enterWith('again', password)
      if (i > 1) await expect(changePassword(ctx, { current: password, next: PASSWORD })).rejects.toThrow('refused')
      const next = `Umber-Crane-9${i}`
      await changePassword(ctx, { current: password, next })
      password = next
    }
    await changePassword(await enterWith('again', password), { current: password, next: PASSWORD })
    const [row] = await service.sql<{ count: number }>(
      `select count(*)::int as count from password_history join account using (account_id) where login_name = 'again'`,
    )
    expect(row?.count).toBe(5)
  })

  it('that is initial lets nothing be done but changing it, and is good for 72 hours', async () => {
    await service.add('keeper', ['system_admin'], null)
    const admin = await service.as('keeper')
    const make = async (loginName: string) => {
      const input = {
        loginName,
        displayName: '新人',
        staffNumber: null,
        phone: null,
        unitCode: 'C01',
        isSsoOnly: false,
      }
      return (await createAccount(admin, input)).initialPassword ?? ''
    }
    const initial = await make('fresh')
    const ctx = await enterWith('fresh', initial)
    expect(ctx.actor).toMatchObject({ mustChangePassword: true })
    const { token } = await changePassword(ctx, { current: initial, next: 'Umber-Crane-92' })
    expect(await service.load(token)).toMatchObject({ mustChangePassword: false })

    const late = await make('late')
    service.pass(3 * DAY - 1)
    expect(await signInWith('late', late)).toMatchObject({ state: 'signed_in', mustChangePassword: true })
    service.pass(1)
    await expect(signInWith('late', late)).rejects.toMatchObject({ reason: 'sign_in_failed' })
  })

  it('must be changed after ninety days, in running sessions too; of a demonstration never', async () => {
    await service.add('old')
    const ninety = 90 * DAY
    await service.sql(`update account set password_changed_at = $1 where login_name = 'old'`, [
      new Date(service.now() - ninety + 1).toISOString(),
    ])
    const { token } = await service.enter('old')
    expect(await service.load(token)).toMatchObject({ mustChangePassword: false })
    service.pass(1)
    expect(await service.load(token)).toMatchObject({ mustChangePassword: true })
    await service.sql(`update account set is_demonstration = true where login_name = 'old'`)
    expect(await service.load(token)).toMatchObject({ mustChangePassword: false })
  })

  it('is guessed by an open session no more often than at the door', async () => {
    await service.add('guessed')
    const ctx = await service.as('guessed')
    const guess = () => changePassword(ctx, { current: 'Umber-Crane-91', next: 'Umber-Crane-92' })
    const results = await Promise.allSettled(Array.from({ length: 8 }, guess))
    const reasons = results.map((result) => (result.status === 'rejected' ? result.reason.reason : 'done'))
    expect(reasons.filter((reason) => reason === 'password_wrong')).toHaveLength(5)
    expect(reasons.filter((reason) => reason === 'sign_in_locked')).toHaveLength(3)
    await expect(signInWith('guessed', PASSWORD)).rejects.toMatchObject({ reason: 'sign_in_locked' })
  })
})

describe('the second factor', () => {
  /** Switches it on; gives how to make the code of a step from now. */
  async function switchOn(loginName: string): Promise<(offset: number) => string> {
    const ctx = await service.as(loginName)
    const { secret, uri } = await beginTotp(ctx)
    expect(uri).toContain(`:${loginName}?secret=${secret}&`)
    const bits = [...secret].map((char) =>
      'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(char).toString(2).padStart(5, '0'),
    )
    const bytes = (bits.join('').match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2))
    const codeAt = (offset: number) => totpCode(Uint8Array.from(bytes), totpStep(service.now()) + offset)
    await expect(confirmTotp(ctx, { code: codeAt(2) })).rejects.toMatchObject({ reason: 'totp_wrong' })
    await confirmTotp(ctx, { code: codeAt(0) })
    service.pass(60_000)
    return codeAt
  }

  it('is asked for after the right password alone, and begins nothing before', async () => {
    await service.add('two.factors')
    const codeAt = await switchOn('two.factors')
    expect(await signInWith('two.factors', PASSWORD)).toEqual({ state: 'totp_required' })
    await expect(signInWith('two.factors', 'Umber-Crane-91', codeAt(0))).rejects.toMatchObject({
      reason: 'sign_in_failed',
    })
    expect(await signInWith('two.factors', PASSWORD, codeAt(0))).toMatchObject({ state: 'signed_in' })
    const [session] = await service.sql(
      `select auth_level from session where ended_at is null order by created_at desc`,
    )
    expect(session).toEqual({ auth_level: 'totp' })
  })

  it('takes the step before and after, and each step once, of ten at the same moment too', async () => {
    await service.add('once')
    const codeAt = await switchOn('once')
    await expect(signInWith('once', PASSWORD, codeAt(-2))).rejects.toMatchObject({ reason: 'totp_wrong' })
    await expect(signInWith('once', PASSWORD, codeAt(2))).rejects.toMatchObject({ reason: 'totp_wrong' })
    expect(await signInWith('once', PASSWORD, codeAt(-1))).toMatchObject({ state: 'signed_in' })
    await expect(signInWith('once', PASSWORD, codeAt(-1))).rejects.toMatchObject({ reason: 'totp_wrong' })
    const code = codeAt(1)
    const results = await Promise.allSettled(Array.from({ length: 4 }, () => signInWith('once', PASSWORD, code)))
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    await expect(signInWith('once', PASSWORD, codeAt(0))).rejects.toMatchObject({ reason: 'totp_wrong' })
  })

  it('locks after five wrong codes, whoever asks for the code in between', async () => {
    await service.add('patient')
    const codeAt = await switchOn('patient')
    // What failed while it was switched on is forgotten.
    service.pass(15 * 60_000)
    for (let i = 0; i < 5; i += 1) {
      expect(await signInWith('patient', PASSWORD)).toEqual({ state: 'totp_required' })
      await expect(signInWith('patient', PASSWORD, codeAt(5 + i))).rejects.toMatchObject({ reason: 'totp_wrong' })
    }
    await expect(signInWith('patient', PASSWORD, codeAt(0))).rejects.toMatchObject({ reason: 'sign_in_locked' })
  })

  it('is stored sealed, and opens for its own account alone', async () => {
    const [one, two] = [await service.add('sealed.one'), await service.add('sealed.two')]
    const codeAt = await switchOn('sealed.one')
    const ctx = await service.as('sealed.two')
    const { secret } = await beginTotp(ctx)
    const rows = await service.sql<{ text: string; totp_secret: Buffer }>(
      'select a::text as text, totp_secret from account a where totp_secret is not null',
    )
    expect(rows.map(({ text }) => text).join('\n')).not.toContain(secret)
    const bytes = service.request().identity.sealer.open('totp', two, rows.at(-1)?.totp_secret ?? Buffer.alloc(0))
    expect(bytes === null ? null : findTotpStep({ secret: bytes, code: '000000', now: 0, lastStep: 9 })).toBeNull()
    await service.sql(
      'update account set totp_secret = (select totp_secret from account where account_id = $1) where account_id = $2',
      [two, one],
    )
    await expect(signInWith('sealed.one', PASSWORD, codeAt(0))).rejects.toThrow('another installation secret')
  })

  it('goes by the password, or by the administrator who gives a new one', async () => {
    await service.add('tired')
    const codeAt = await switchOn('tired')
    const result = await signInWith('tired', PASSWORD, codeAt(0))
    const ctx = service.request(result.state === 'signed_in' ? await service.load(result.token) : undefined)
    await expect(beginTotp(ctx)).rejects.toMatchObject({ reason: 'totp_on_already' })
    await expect(removeTotp(ctx, { password: 'Umber-Crane-91' })).rejects.toMatchObject({ reason: 'password_wrong' })
    await removeTotp(ctx, { password: PASSWORD })
    expect(await signInWith('tired', PASSWORD)).toMatchObject({ state: 'signed_in' })

    const accountId = await service.add('phoneless')
    await switchOn('phoneless')
    await service.add('helper', ['system_admin'], null)
    const { initialPassword } = await resetPassword(await service.as('helper'), { accountId })
    expect(await signInWith('phoneless', initialPassword)).toMatchObject({ mustChangePassword: true })
  })
})
