import { type FakeIssuer, startFakeIssuer } from '@zhidu/identity/testing'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { bindSubject, createAccount, resetPassword } from '../account/manage-accounts.ts'
import { type AccountService, ADDRESS, createAccountService, PASSWORD } from '../testing/account-service.ts'
import { changePassword } from './change-password.ts'
import { signIn } from './sign-in.ts'
import { beginOidc, finishOidc, FLOW_MINUTES } from './single-sign-on.ts'
import { beginTotp } from './totp.ts'

let issuer: FakeIssuer
let service: AccountService
beforeAll(async () => {
  // The library compares with the machine's clock.
  issuer = await startFakeIssuer(Date.now)
  service = await createAccountService({
    singleSignOn: {
      issuer: issuer.url,
      clientId: issuer.clientId,
      clientSecret: 'a secret of ours',
      redirectUri: 'http://127.0.0.1:3000/sign-in/return',
      label: '统一认证',
      isLoopbackHttpAllowed: true,
    },
  })
})
afterAll(async () => {
  await issuer.close()
  await service.database.close()
})

async function arrive(subject: string, after: () => void = () => undefined) {
  const { flow, url } = await beginOidc(service.request())
  const { search } = issuer.visit(url, subject)
  after()
  return finishOidc(service.request(), { flow, search, address: ADDRESS, userAgent: 'test' })
}

it('signs in whom the administrator has bound, and nobody else', async () => {
  const accountId = await service.add('bound')
  await expect(arrive('subject-1')).rejects.toMatchObject({ code: 'unauthenticated', reason: 'sso_failed' })
  await service.add('binder', ['system_admin'], null)
  const admin = await service.as('binder')
  await service.newEntries()
  await bindSubject(admin, { accountId, subject: 'subject-1', isSsoOnly: false })
  const { token } = await arrive('subject-1')
  expect(await service.newEntries()).toEqual(['account.bindSubject done', 'session.signIn done'])
  expect(await service.load(token)).toMatchObject({ accountId, mustChangePassword: false })
  await expect(arrive('subject-2')).rejects.toMatchObject({ reason: 'sso_failed' })
  const other = await service.add('second')
  await expect(bindSubject(admin, { accountId: other, subject: 'subject-1', isSsoOnly: false })).rejects.toMatchObject({
    reason: 'subject_taken',
  })
  await service.sql(`update account set is_disabled = true where login_name = 'bound'`)
  await expect(arrive('subject-1')).rejects.toMatchObject({ reason: 'sso_failed' })
})

it('refuses what the issuer spoiled, what comes late and what was not begun here, each with one entry', async () => {
  await service.newEntries()
  await expect(arrive('subject-1', () => issuer.spoil({ signature: 'none' }))).rejects.toMatchObject({
    reason: 'sso_failed',
    isAudited: true,
  })
  await expect(arrive('subject-1', () => service.pass(FLOW_MINUTES * 60_000))).rejects.toMatchObject({
    reason: 'sso_failed',
  })
  const planted = { flow: 'AAAA', search: '?code=1&state=2', address: ADDRESS, userAgent: 'test' }
  await expect(finishOidc(service.request(), planted)).rejects.toMatchObject({ reason: 'sso_failed' })
  expect(await service.newEntries()).toEqual(Array.from({ length: 3 }, () => 'session.signIn refused sso_failed'))
  const causes = await service.sql<{ cause: string }>(
    `select text::jsonb #>> '{detail,cause}' as cause from audit_entry order by seq desc limit 3`,
  )
  expect(causes.map(({ cause }) => cause)).toEqual(['flow_unknown_or_late', 'flow_unknown_or_late', 'refused'])
})

it('who signs in elsewhere only has no password here, by any path', async () => {
  const accountId = await service.add('elsewhere')
  await service.add('mover', ['system_admin'], null)
  const admin = await service.as('mover')
  await bindSubject(admin, { accountId, subject: 'subject-9', isSsoOnly: true })
  const args = { loginName: 'elsewhere', password: PASSWORD, address: ADDRESS, userAgent: 'test' }
  await expect(signIn(service.request(), args)).rejects.toMatchObject({ reason: 'sign_in_failed' })
  const own = service.request(await service.load((await arrive('subject-9')).token))
  await expect(changePassword(own, { current: PASSWORD, next: 'Umber-Crane-92' })).rejects.toMatchObject({
    reason: 'sso_only',
  })
  await expect(beginTotp(own)).rejects.toMatchObject({ reason: 'sso_only' })
  await expect(resetPassword(admin, { accountId })).rejects.toMatchObject({ reason: 'sso_only' })
  await expect(
    service.sql(`update account set password_hash = 'x' where account_id = $1`, [accountId]),
  ).rejects.toThrow('check constraint')
  const names = { displayName: '新人', staffNumber: null, phone: null, unitCode: 'C01' }
  const made = await createAccount(admin, { loginName: 'sso.new', ...names, isSsoOnly: true })
  expect(made.initialPassword).toBeNull()
})
