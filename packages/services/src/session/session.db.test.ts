import { toLocalIso } from '@zhidu/domain'
import { hashToken } from '@zhidu/identity'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { resetPassword, updateAccount } from '../account/manage-accounts.ts'
import { endSessionsOf, grantRole, revokeRole } from '../account/manage-roles.ts'
import { type AccountService, createAccountService, PASSWORD } from '../testing/account-service.ts'
import { changePassword } from './change-password.ts'
import { getSessionState } from './get-session-state.ts'
import type { IdentityContext } from './identity.ts'
import { listSessions, revokeSession, signOut } from './sessions.ts'

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE

let service: AccountService
beforeAll(async () => {
  service = await createAccountService()
})
afterAll(() => service.database.close())

/** The services as a process has them that allows so many sessions an account. */
function allowing(perAccount: number, ctx = service.request()): IdentityContext {
  return { ...ctx, identity: service.identity({ sessions: { idleMinutes: 15, hours: 10, perAccount } }) }
}

describe('a session', () => {
  it('is as the account is at this moment, and known by 256 bits of which only a hash is stored', async () => {
    const accountId = await service.add('zhang.wei', ['clerk', 'leader'])
    const { token } = await service.enter('zhang.wei')
    expect(Buffer.from(token, 'base64url')).toHaveLength(32)
    const actor = await service.load(token)
    expect(actor).toMatchObject({ accountId, loginName: 'zhang.wei', unitCode: 'C01', roles: ['clerk', 'leader'] })
    expect(actor?.permissions.has('facts.import')).toBe(true)
    const tables = await service.sql<{ name: string }>(
      `select quote_ident(relname) as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'`,
    )
    const dump: string[] = []
    for (const { name } of tables) {
      dump.push(
        ...(await service.sql<{ line: string }>(`select t::text as line from ${name} t`)).map(({ line }) => line),
      )
    }
    const text = dump.join('\n')
    expect(text).toContain(hashToken(token).toString('hex'))
    expect(text).not.toContain(token)
    expect(text).not.toContain(Buffer.from(token, 'base64url').toString('hex'))
    expect(text).not.toContain(PASSWORD)
    const stored = hashToken(token)
    for (const form of [stored.toString('hex'), stored.toString('base64url'), stored.toString('latin1')]) {
      expect(await service.load(form)).toBeUndefined()
    }
  })

  it('ends after a quarter of an hour without use, to the millisecond, and lives on with use', async () => {
    await service.add('idle')
    const { token } = await service.enter('idle')
    for (let i = 0; i < 3; i += 1) {
      service.pass(15 * MINUTE - 1)
      expect(await service.load(token)).toBeDefined()
    }
    service.pass(15 * MINUTE)
    expect(await service.load(token)).toBeUndefined()
  })

  it('ends after ten hours whatever is done, to the millisecond', async () => {
    await service.add('busy')
    const { endsAt, token } = await service.enter('busy')
    const startedAt = service.now()
    expect(endsAt).toBe(startedAt + 10 * HOUR)
    while (service.now() + 10 * MINUTE < endsAt) {
      service.pass(10 * MINUTE)
      expect(await service.load(token)).toBeDefined()
    }
    service.pass(endsAt - service.now() - 1)
    expect(await service.load(token)).toBeDefined()
    service.pass(1)
    expect(await service.load(token)).toBeUndefined()
    // Not by its idle end alone.
    await service.sql(`update session set idle_until = absolute_until + interval '1 hour' where token_hash = $1`, [
      hashToken(token),
    ])
    expect(await service.load(token)).toBeUndefined()
  })

  it('is written down as seen at most once a minute', async () => {
    await service.add('often')
    const { token } = await service.enter('often')
    const seenAt = async () => {
      await service.load(token)
      const [row] = await service.sql<{ at: number }>(`select last_seen_at as at from session where token_hash = $1`, [
        hashToken(token),
      ])
      return (row?.at ?? 0) - service.now()
    }
    service.pass(MINUTE - 1)
    expect(await seenAt()).toBe(1 - MINUTE)
    service.pass(1)
    expect(await seenAt()).toBe(0)
  })

  it('is the only one of its account, or one of as many as are allowed, the newest', async () => {
    await service.add('single')
    const tokens: string[] = []
    for (let i = 0; i < 3; i += 1) {
      tokens.push((await service.enter('single')).token)
      service.pass(SECOND)
    }
    expect(new Set(tokens).size).toBe(3)
    const alive = async (list: readonly string[]) =>
      (await Promise.all(list.map((token) => service.load(token)))).map((actor) => actor !== undefined)
    expect(await alive(tokens)).toEqual([false, false, true])
    const more: string[] = []
    for (let i = 0; i < 3; i += 1) {
      more.push((await service.enter('single', allowing(2))).token)
      service.pass(SECOND)
    }
    expect(await alive(more)).toEqual([false, true, true])
  })

  it('is the only one also when twenty begin at the same moment', async () => {
    const accountId = await service.add('racing')
    const results = await Promise.allSettled(Array.from({ length: 20 }, () => service.enter('racing')))
    const tokens = results.flatMap((result) => (result.status === 'fulfilled' ? result.value.token : []))
    const actors = await Promise.all(tokens.map((token) => service.load(token)))
    expect(actors.filter((actor) => actor?.accountId === accountId)).toHaveLength(1)
  })

  it('says who is signed in and by which rules', async () => {
    await service.add('shown', ['leader'], 'C02')
    const ctx = await service.as('shown')
    expect(await getSessionState(ctx)).toMatchObject({
      account: { loginName: 'shown', unitName: '乙县', roles: ['leader'], hasTotp: false, isSsoOnly: false },
      viewingAs: null,
      mustChangePassword: false,
      endsAt: toLocalIso(service.now() + 10 * HOUR),
      idleMinutes: 15,
      passwordRules: { profile: 'mlps', minLength: 10, classes: 3, history: 5, expiryDays: 90 },
      singleSignOn: null,
      isUnclaimed: false,
    })
    expect(await getSessionState(service.request())).toMatchObject({ account: null, endsAt: null })
  })
})

describe('the next request is refused', () => {
  const MINE: readonly (readonly [
    string,
    (ctx: IdentityContext, id: string, security: IdentityContext) => Promise<unknown>,
  ])[] = [
    ['after disabling', (_, id, security) => updateAccount(security, { ...SAME, accountId: id, isDisabled: true })],
    ['after another unit', (_, id, security) => updateAccount(security, { ...SAME, accountId: id, unitCode: 'C02' })],
    ['after a role was given', (_, id, security) => grantRole(security, { accountId: id, role: 'leader' })],
    ['after a role was taken', (_, id, security) => revokeRole(security, { accountId: id, role: 'clerk' })],
    ['after a new initial password', (_, id, security) => resetPassword(security, { accountId: id })],
    ['after an administrator ended them', (_, id, security) => endSessionsOf(security, { accountId: id })],
  ]
  const SAME = { displayName: '测试', staffNumber: null, unitCode: 'C01', isDisabled: false }

  it.each(MINE.map(([when, act], index) => ({ when, act, name: `target${index}` })))(
    '$when, in every session',
    async ({ act, name }) => {
      const accountId = await service.add(name)
      const one = await service.enter(name, allowing(3))
      const two = await service.enter(name, allowing(3))
      const own = service.request(await service.load(one.token))
      expect(await service.load(two.token)).toBeDefined()
      await service.newEntries()
      await act(own, accountId, service.machine())
      expect(await service.newEntries()).toHaveLength(1)
      expect([await service.load(one.token), await service.load(two.token)]).toEqual([undefined, undefined])
    },
  )

  it('after signing out there, and elsewhere after revoking it there', async () => {
    await service.add('leaving')
    const [one, two] = [await service.enter('leaving', allowing(3)), await service.enter('leaving', allowing(3))]
    const ctx = service.request(await service.load(one.token))
    const list = await listSessions(ctx)
    expect(list.filter(({ isCurrent }) => isCurrent)).toHaveLength(1)
    const other = list.find(({ isCurrent }) => !isCurrent)?.sessionId ?? ''
    await service.newEntries()
    await revokeSession(ctx, { sessionId: other })
    expect([await service.load(two.token), (await service.load(one.token))?.loginName]).toEqual([undefined, 'leaving'])
    await signOut(ctx)
    expect(await service.load(one.token)).toBeUndefined()
    expect(await service.newEntries()).toEqual(['session.revoke done', 'session.signOut done'])
  })

  it('of nobody but the own sessions', async () => {
    await Promise.all([service.add('mine'), service.add('yours')])
    const { token } = await service.enter('yours')
    const yours = (await listSessions(service.request(await service.load(token))))[0]?.sessionId ?? ''
    const ctx = await service.as('mine')
    await expect(revokeSession(ctx, { sessionId: yours })).rejects.toMatchObject({ code: 'not_found' })
    expect(await service.load(token)).toBeDefined()
  })

  it('of every other session after the own password changed, and of the old token', async () => {
    await service.add('changing')
    const [one, two] = [await service.enter('changing', allowing(3)), await service.enter('changing', allowing(3))]
    const ctx = service.request(await service.load(one.token))
    const { token } = await changePassword(ctx, { current: PASSWORD, next: 'Umber-Crane-92' })
    expect([await service.load(one.token), await service.load(two.token)]).toEqual([undefined, undefined])
    expect(await service.load(token)).toMatchObject({ loginName: 'changing' })
  })

  it('of who has a demonstration account where other machines can reach us', async () => {
    const accountId = await service.add('demo')
    await service.sql('update account set is_demonstration = true where account_id = $1', [accountId])
    const { token } = await service.enter('demo')
    expect(await service.load(token)).toBeDefined()
    const exposed = { ...service.request(), identity: service.identity({ isExposed: true }) }
    expect(await service.load(token, exposed)).toBeUndefined()
    await expect(service.enter('demo', exposed)).rejects.toMatchObject({ reason: 'sign_in_failed' })
  })
})

it('an account that lost its unit reaches nothing', async () => {
  await service.add('lost', ['clerk'])
  await service.sql(`update account set unit_code = null where login_name = 'lost'`)
  const actor = await service.load((await service.enter('lost')).token)
  expect([...(actor?.permissions ?? [])]).toEqual(['session.own'])
})

it('who looks through the eyes of another is seen as that one, and named as himself', async () => {
  const viewerId = await service.add('watcher', ['security_admin'], null)
  const seenId = await service.add('watched', ['unit_officer'], 'C02')
  const { token } = await service.enter('watcher')
  await service.sql('update session set view_as_account_id = $1 where token_hash = $2', [seenId, hashToken(token)])
  expect(await service.load(token)).toMatchObject({
    accountId: seenId,
    unitCode: 'C02',
    roles: ['unit_officer'],
    viewer: { accountId: viewerId },
  })
  await service.sql('update account set is_disabled = true where account_id = $1', [seenId])
  expect(await service.load(token)).toMatchObject({ accountId: viewerId, viewer: null, roles: ['security_admin'] })
})
