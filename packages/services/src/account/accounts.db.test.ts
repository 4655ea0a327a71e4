import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type AccountService, createAccountService } from '../testing/account-service.ts'
import type { IdentityContext } from '../session/identity.ts'
import { addUser } from './add-user.ts'
import { listAccounts } from './list-accounts.ts'
import { createAccount, resetPassword, updateAccount } from './manage-accounts.ts'
import { grantRole, revokeRole } from './manage-roles.ts'
import { putDemonstrationAccounts } from './put-demonstration-accounts.ts'

let service: AccountService
let system: IdentityContext
let security: IdentityContext
let systemId: string
let securityId: string

beforeAll(async () => {
  service = await createAccountService()
  systemId = await service.add('sys', ['system_admin'], null)
  securityId = await service.add('sec', ['security_admin'], null)
  system = await service.as('sys')
  security = await service.as('sec')
})
afterAll(() => service.database.close())
beforeEach(() => service.newEntries())

const NEW = { displayName: '王立华', staffNumber: null, phone: '13800001234', unitCode: 'C01', isSsoOnly: false }

describe('an account', () => {
  it('comes without a role, with a password told once, one audit entry and no secret in it', async () => {
    const { account, initialPassword } = await createAccount(system, {
      ...NEW,
      loginName: 'new.one',
      staffNumber: 'S1',
    })
    expect(account).toMatchObject({
      loginName: 'new.one',
      staffNumber: 'S1',
      phone: '138****1234',
      unitName: '甲县',
      roles: [],
      mustChangePassword: true,
      lockedUntil: null,
      lastSeenAt: null,
    })
    expect(initialPassword).toMatch(/^\w{4}(-\w{4}){3}$/)
    expect(await service.newEntries()).toEqual(['account.create done'])
    const [entry] = await service.sql<{ text: string }>('select text from audit_entry order by seq desc limit 1')
    expect(entry?.text).toContain('new.one')
    for (const secret of [initialPassword ?? '', '13800001234', '$argon2']) expect(entry?.text).not.toContain(secret)
  })

  it('shares neither name nor 工号 with another, nor one with the other of another', async () => {
    await createAccount(system, { ...NEW, loginName: 'taken', staffNumber: 't-77' })
    const make = (loginName: string, staffNumber: string | null, unitCode = 'C01') =>
      createAccount(system, { ...NEW, loginName, staffNumber, unitCode })
    await expect(make('taken', null)).rejects.toMatchObject({ code: 'conflict', reason: 'login_name_taken' })
    await expect(make('other', 't-77')).rejects.toMatchObject({ reason: 'staff_number_taken' })
    await expect(make('t-77', null)).rejects.toMatchObject({ reason: 'login_name_taken' })
    await expect(make('other', 'taken')).rejects.toMatchObject({ reason: 'staff_number_taken' })
    await expect(make('other', null, 'C99')).rejects.toMatchObject({ code: 'invalid', reason: 'unit_unknown' })
    const race = await Promise.allSettled([make('racer', null), make('racer', null)])
    expect(race.map(({ status }) => status).toSorted((a, b) => a.localeCompare(b))).toEqual(['fulfilled', 'rejected'])
    expect(race.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { reason: 'login_name_taken' } })
  })

  it('is found by part of a name, by role and by state, in pages and in the order asked for', async () => {
    for (let i = 10; i < 70; i += 1) {
      await service.sql(
        `insert into account (account_id, login_name, display_name, unit_code, created_at)
         values (gen_random_uuid(), $1, $2, 'C02', now())`,
        [`page${i}`, i % 2 === 0 ? '张三' : '安然'],
      )
    }
    const first = await listAccounts(security, { search: 'PAGE' })
    expect([first.items.length, first.total, first.hasMore]).toEqual([50, 60, true])
    const rest = await listAccounts(security, { search: 'page', after: first.items.at(-1)?.loginName ?? '' })
    expect([rest.items[0]?.loginName, rest.items.length, rest.hasMore]).toEqual(['page60', 10, false])
    const byName = await listAccounts(security, { search: 'page', sort: 'displayName' })
    expect(byName.items.map(({ displayName }) => displayName).slice(0, 31)).toEqual([
      ...Array.from({ length: 30 }, () => '安然'),
      '张三',
    ])
    expect((await listAccounts(security, { role: 'system_admin' })).items.map(({ loginName }) => loginName)).toEqual([
      'sys',
    ])
    expect((await listAccounts(security, { isDisabled: true })).items).toEqual([])
    expect((await listAccounts(security, { search: '%' })).items).toEqual([])
  })

  it('keeps what it was in the audit trail, and is not disabled by its owner', async () => {
    const { account } = await createAccount(system, { ...NEW, loginName: 'moving' })
    await service.newEntries()
    const same = { accountId: account.accountId, displayName: '王丽华', staffNumber: 'M1', isDisabled: false }
    expect(await updateAccount(system, { ...same, unitCode: 'C02' })).toMatchObject({
      unitCode: 'C02',
      phone: '138****1234',
    })
    expect(await service.newEntries()).toEqual(['account.update done'])
    const [entry] = await service.sql<{ text: string }>('select text from audit_entry order by seq desc limit 1')
    expect(JSON.parse(entry?.text ?? '')).toMatchObject({
      actor: { id: systemId },
      detail: { before: { displayName: '王立华', unitCode: 'C01' }, after: { displayName: '王丽华', unitCode: 'C02' } },
    })
    await expect(
      updateAccount(system, { ...same, accountId: systemId, unitCode: null, isDisabled: true }),
    ).rejects.toMatchObject({ code: 'forbidden', reason: 'own_account' })
    await grantRole(security, { accountId: account.accountId, role: 'clerk' })
    await expect(updateAccount(system, { ...same, unitCode: null })).rejects.toMatchObject({
      reason: 'role_needs_unit',
    })
  })
})

describe('the three administrators', () => {
  it('are different people: no account holds two of the three, nor one of them and a business role', async () => {
    const accountId = await service.add('plain', [], 'C01')
    await grantRole(security, { accountId, role: 'audit_admin' })
    for (const role of ['system_admin', 'security_admin', 'clerk'] as const) {
      await expect(grantRole(security, { accountId, role })).rejects.toMatchObject({ reason: 'role_family_conflict' })
    }
    const insert = (family: string, role: string) =>
      service.sql('insert into account_role values ($1, $2, $3, now(), $4)', [accountId, family, role, 'somebody'])
    await expect(insert('security_admin', 'security_admin')).rejects.toThrow('foreign key')
    await expect(insert('audit_admin', 'security_admin')).rejects.toThrow('check constraint')
    await expect(service.sql(`insert into account_family values ($1, 'security_admin')`, [accountId])).rejects.toThrow(
      'unique',
    )
    await revokeRole(security, { accountId, role: 'audit_admin' })
    expect(await grantRole(security, { accountId, role: 'clerk' })).toMatchObject({ roles: ['clerk'] })
  })

  it('do not change their own roles, and roles of business need a unit', async () => {
    await expect(grantRole(security, { accountId: securityId, role: 'audit_admin' })).rejects.toMatchObject({
      reason: 'own_account',
    })
    await expect(revokeRole(security, { accountId: securityId, role: 'security_admin' })).rejects.toMatchObject({
      reason: 'own_account',
    })
    const accountId = await service.add('unitless', [], null)
    await expect(grantRole(security, { accountId, role: 'leader' })).rejects.toMatchObject({
      reason: 'role_needs_unit',
    })
    await expect(revokeRole(security, { accountId, role: 'leader' })).rejects.toMatchObject({ code: 'not_found' })
  })

  it('cannot take each other over: their passwords are given anew at the machine alone', async () => {
    await expect(resetPassword(system, { accountId: securityId })).rejects.toMatchObject({
      code: 'forbidden',
      reason: 'administrator_at_machine_only',
    })
    const auditor = await service.add('auditor', ['audit_admin'], null)
    expect((await resetPassword(service.machine(), { accountId: auditor })).initialPassword).toMatch(/-/)
  })
})

it('a first user with roles comes from the machine alone, whole or not at all', async () => {
  const input = { ...NEW, loginName: 'first', roles: ['leader'] as const }
  await expect(addUser(system, input)).rejects.toMatchObject({ code: 'forbidden' })
  const refused = [
    [{ roles: ['system_admin', 'audit_admin'] as const }, 'role_family_conflict'],
    [{ unitCode: null }, 'role_needs_unit'],
    [{ password: 'short' }, 'password_refused'],
  ] as const
  for (const [change, reason] of refused) {
    await expect(addUser(service.machine(), { ...input, ...change })).rejects.toMatchObject({ reason })
  }
  await service.newEntries()
  const { account } = await addUser(service.machine(), input)
  expect([account.roles, await service.newEntries()]).toEqual([['leader'], ['account.create done']])
})

it('demonstration accounts keep their passwords from start to start, and real accounts are let be', async () => {
  await service.add('show.real')
  const accounts = ['show.a', 'show.real'].map((loginName) => ({
    loginName,
    displayName: '演示',
    unitCode: 'C01',
    role: 'clerk' as const,
    password: 'k7Qm-x4Pd-h2Wz-t9Rb',
  }))
  const put = () => putDemonstrationAccounts(service.machine(), accounts)
  await service.newEntries()
  expect((await put()).map(({ loginName }) => loginName)).toEqual(['show.a'])
  expect((await put()).map(({ loginName }) => loginName)).toEqual(['show.a'])
  expect(await service.newEntries()).toEqual(['demonstration.account done'])
})
