// Seam: the tRPC client's last link answers; everything above it is the application's own.
import type { AccessTable, AuditCheckpointList, AuditList, TokenItem } from '@zhidu/contract'
import { toQuarter } from '@zhidu/domain'
import { flushPromises } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import type { Component } from 'vue'
import { type Answers, Refusal } from '../../testing/answer-link.ts'
import { makeMeta } from '../../testing/make-meta.ts'
import { makeAccount, makeNobody, makeSession } from '../../testing/make-session.ts'
import { expectAccessible, mountApp } from '../../testing/mount-app.ts'
import AccountsPage from '../../features/accounts/AccountsPage.vue'
import AccessPage from '../../features/access/AccessPage.vue'
import AuditPage from '../../features/audit/AuditPage.vue'
import MyAccountPage from '../../features/my-account/MyAccountPage.vue'
import PasswordPage from '../../features/my-account/PasswordPage.vue'
import SignInPage from '../../features/sign-in/SignInPage.vue'
import TokensPage from '../../features/tokens/TokensPage.vue'
import { makeAccountItem, makeAccountList } from './testing/make-account-item.ts'

type Role = 'system_admin' | 'security_admin' | 'audit_admin'

async function openAs(role: Role, page: Component, at: string, answers: Answers, locale: 'zh-CN' | 'en' = 'zh-CN') {
  const session = { get: makeSession({ account: makeAccount([role]), singleSignOn: '统一认证' }), ...answers.session }
  return await mountApp(page, { at, locale, answers: { meta: { get: makeMeta() }, ...answers, session } })
}

function button(text: string): HTMLButtonElement {
  const found = [...document.querySelectorAll('button')].filter((each) => each.textContent?.trim() === text)
  if (found.length === 0) throw new Error(`no button ${text}`)
  return found.at(-1)!
}

async function press(text: string): Promise<void> {
  button(text).click()
  await flushPromises()
  await flushPromises()
}

function type(selector: string, text: string): void {
  const input = document.querySelector<HTMLInputElement>(selector)!
  input.value = text
  input.dispatchEvent(new Event('input'))
}

/** The page, within `main` as in the application, and each of what stands over it. */
async function expectNoBarriers(): Promise<void> {
  const page = document.querySelector('[data-v-app]')
  const main = document.createElement('main')
  page?.replaceWith(main)
  if (page) main.append(page)
  await expectAccessible(main)
  for (const overlay of document.querySelectorAll('.el-overlay [role="dialog"]')) await expectAccessible(overlay)
  if (page) main.replaceWith(page)
}

const body = () => document.body.textContent ?? ''

describe('users', () => {
  const units = {
    list: { quarter: toQuarter('2026Q4'), tree: 'then' as const, provenance: makeMeta().provenance, units: [] },
  }

  it('asks with the filters of the address, and tells nothing found from nothing there', async () => {
    const { calls, wrapper } = await openAs(
      'system_admin',
      AccountsPage,
      '/admin/users?search=乙&role=clerk&state=disabled',
      { account: { list: makeAccountList([]) } },
    )
    expect(calls.find((call) => call.path === 'account.list')?.input).toEqual({
      search: '乙',
      role: 'clerk',
      isDisabled: true,
    })
    expect(wrapper.text()).toContain('没有符合条件的用户')
  })

  it('shows the initial password once, and what is wrong under its field', async () => {
    const created = makeAccountItem({ displayName: '新来的', roles: [] })
    const { calls } = await openAs('system_admin', AccountsPage, '/admin/users', {
      unit: units,
      account: { list: makeAccountList(), create: { account: created, initialPassword: 'kx7-Frost-91' } },
    })
    await press('新建用户')
    type('.account-form input', 'Ab cd')
    await press('建立用户')
    expect(body()).toContain('用户名应为小写字母')
    expect(body()).toContain('请填写姓名')
    expect(calls.some((call) => call.path === 'account.create')).toBe(false)
    const [login, name] = document.querySelectorAll<HTMLInputElement>('.account-form input')
    login!.value = 'xinlai'
    login!.dispatchEvent(new Event('input'))
    name!.value = '新来的'
    name!.dispatchEvent(new Event('input'))
    await press('建立用户')
    expect(document.querySelector('.secret-once')?.textContent).toContain('kx7-Frost-91')
    expect(body()).toContain('下次登录必须修改，72 小时内有效')
    await expectNoBarriers()
  })

  it('disables after saying what happens, and keeps the rest of the account', async () => {
    const { calls } = await openAs('system_admin', AccountsPage, '/admin/users', {
      unit: units,
      account: { list: makeAccountList(), update: makeAccountItem({ isDisabled: true }) },
    })
    await press('编辑')
    await press('停用')
    expect(body()).toContain('该用户立即退出，不能再登录')
    await press('停用')
    expect(calls.find((call) => call.path === 'account.update')?.input).toEqual({
      accountId: makeAccountItem().accountId,
      displayName: '值班乙',
      staffNumber: 'G-1024',
      unitCode: 'D13',
      isDisabled: true,
    })
  })
})

describe('the phone of an account', () => {
  const PHONE = '13800001234'
  const answers = (personal: NonNullable<Answers['personal']>): Answers => ({
    unit: { list: { quarter: toQuarter('2026Q4'), tree: 'then', provenance: makeMeta().provenance, units: [] } },
    account: { list: makeAccountList() },
    personal,
  })

  async function say(reason: string): Promise<void> {
    const dialog = document.querySelector('.el-dialog')!
    const input = dialog.querySelector<HTMLInputElement>('input')!
    input.value = reason
    input.dispatchEvent(new Event('input'))
    dialog.querySelector('form')!.dispatchEvent(new Event('submit', { cancelable: true }))
    await flushPromises()
    await flushPromises()
  }

  it('is masked, and shown for a reason that is sent along, until the drawer is closed', async () => {
    const { calls } = await openAs(
      'system_admin',
      AccountsPage,
      '/admin/users',
      answers({ reveal: { fields: [{ field: 'phone', text: PHONE }] } }),
    )
    await press('编辑')
    expect(body()).toContain('登记的电话 1********** 已遮盖。')
    await press('显示电话')
    await say('领密码')
    expect(body()).toContain('至少写 4 个字。')
    expect(calls.some(({ path }) => path === 'personal.reveal')).toBe(false)
    await expectNoBarriers()
    await say('通知本人来领密码')
    expect(calls.find(({ path }) => path === 'personal.reveal')?.input).toEqual({
      kind: 'account',
      id: makeAccountItem().accountId,
      reason: '通知本人来领密码',
    })
    expect(document.querySelector('.el-drawer [role="status"]')?.textContent).toContain(
      `电话：${PHONE}。本次查看已记入审计`,
    )
    await expectNoBarriers()
    await press('取消')
    await press('编辑')
    expect(document.querySelector('.el-drawer')?.textContent).not.toContain(PHONE)
    expect(body()).toContain('显示电话')
  })

  it('stays masked when the server refuses, said in English too', async () => {
    const reveal = () => {
      throw new Refusal({ code: 'forbidden', reason: 'role_forbids', params: {} })
    }
    await openAs('system_admin', AccountsPage, '/admin/users', answers({ reveal }), 'en')
    await press('Edit')
    await press('Show phone')
    await say('to hand over the password')
    expect(document.querySelector('.el-dialog [role="alert"]')?.textContent?.trim()).not.toBe('')
    expect(body()).toContain('The phone on record, 1**********, is masked.')
    expect(body()).not.toContain(PHONE)
    expect(body()).not.toMatch(/accounts\.|reveal\./)
  })

  it('is offered for nobody who has none', async () => {
    const { calls } = await openAs('system_admin', AccountsPage, '/admin/users', {
      ...answers({}),
      account: { list: makeAccountList([makeAccountItem({ phone: null })]) },
    })
    await press('编辑')
    expect(calls.length).toBeGreaterThan(0)
    expect(body()).not.toContain('显示电话')
  })
})

const TABLE: AccessTable = {
  asOf: '2026-10-08T23:59:59+08:00',
  lines: [
    {
      loginName: 'zhiban-b',
      displayName: '值班乙',
      isDisabled: false,
      role: 'unit_officer',
      permissions: ['session.own', 'facts.read'],
      unitCode: 'D13',
      unitName: '市住房城乡建设局',
      unitCount: 1,
    },
  ],
}

describe('access', () => {
  const access = { accounts: makeAccountList(), table: TABLE }

  it('says who can see what, and which administrator is missing', async () => {
    const { wrapper } = await openAs('security_admin', AccessPage, '/admin/access', { access })
    expect(wrapper.get('.headline').text()).toBe('1 人有角色；还缺系统管理员、安全管理员、审计管理员。')
    expect(wrapper.text()).toContain('市住房城乡建设局及下级，共 1 家')
    expect(wrapper.get('a[download]').attributes('href')).toBe('/files/access.xlsx?lang=zh-CN')
    await expectNoBarriers()
  })

  it('tells why a role was refused, and leaves the question open', async () => {
    const { calls } = await openAs('security_admin', AccessPage, '/admin/access', {
      access: {
        ...access,
        grant: () => {
          throw new Refusal({ code: 'conflict', reason: 'role_family_conflict' })
        },
      },
    })
    await press('管理')
    await expectNoBarriers()
    // A duty officer can have every other business role, and no administrator's.
    expect(document.querySelectorAll('.el-drawer td .zd-note')).toHaveLength(3)
    document.querySelector<HTMLButtonElement>('[aria-label="授予考核专责"]')!.click()
    await flushPromises()
    await press('授予')
    expect(calls.find((call) => call.path === 'access.grant')?.input).toEqual({
      accountId: makeAccountItem().accountId,
      role: 'clerk',
    })
    expect(document.querySelector('.el-dialog [role="alert"]')?.textContent).toContain('三员分立')
    await expectAccessible(document.querySelector('.el-dialog')!)
  })
})

const TOKEN: TokenItem = {
  tokenId: '0190a000-0000-7000-8000-0000000000c1',
  name: '应急平台',
  unitCode: 'A00',
  unitName: '岭安市人民政府办公室',
  kinds: ['reports'],
  mayWrite: false,
  createdAt: '2026-01-05T09:00:00+08:00',
  createdBy: '安全甲',
  expiresAt: '2999-01-01T00:00:00+08:00',
  lastUsedAt: null,
  revokedAt: null,
}

it('a key is shown once and can be revoked', async () => {
  const { calls, wrapper } = await openAs('security_admin', TokensPage, '/admin/tokens', {
    token: { list: [TOKEN], create: { token: 'zhidu_abc', item: TOKEN }, revoke: { done: true } },
  })
  expect(wrapper.get('.headline').text()).toBe('1 个接口密钥在用，其中 0 个可写。')
  await press('吊销')
  expect(body()).toContain('不能恢复，只能重新生成')
  await press('吊销')
  expect(calls.find((call) => call.path === 'token.revoke')?.input).toEqual({ tokenId: TOKEN.tokenId })
  await press('新建密钥')
  await press('生成密钥')
  expect(body()).toContain('至少选一种数据')
  await expectNoBarriers()
  const [name, unit] = document.querySelectorAll<HTMLInputElement>('.el-drawer input')
  for (const [input, text] of [
    [name!, '应急平台'],
    [unit!, 'A00'],
  ] as const) {
    input.value = text
    input.dispatchEvent(new Event('input'))
  }
  document.querySelector<HTMLInputElement>('.el-drawer input[value="reports"]')!.click()
  await press('生成密钥')
  expect(document.querySelector('.secret-once')?.textContent).toContain('zhidu_abc')
})

const ENTRY: AuditList['items'][number] = {
  seq: 42,
  at: '2026-10-08T14:05:00+08:00',
  actor: { kind: 'account', id: 'x', name: '值班乙', unit: 'D13' },
  address: '10.1.2.3',
  action: 'session.signIn',
  object: 'loginName/zhiban-b',
  outcome: 'refused',
  reason: 'sign_in_failed',
  detail: { cause: 'password' },
  hash: 'ab'.repeat(32),
  isIntact: true,
}
const CHECKPOINTS: AuditCheckpointList = {
  items: [{ size: 40, root: 'cm9vdA==', note: 'note', reason: 'timed', createdAt: '2026-10-08T14:00:00+08:00' }],
  total: 1,
  entryCount: 42,
  coveredCount: 40,
  isOverdue: false,
}

describe('audit', () => {
  function list(items: AuditList['items']): AuditList {
    return { items, nextCursor: null, total: items.length, isTotalExact: true }
  }

  it('asks with the filters of the address, and puts a changed one there', async () => {
    const { calls, router, wrapper } = await openAs(
      'audit_admin',
      AuditPage,
      '/admin/audit?from=2026-10-01&to=2026-10-08&actor=乙&action=session&outcome=refused',
      { audit: { list: list([]), checkpoints: CHECKPOINTS } },
    )
    expect(calls.find((call) => call.path === 'audit.list')?.input).toEqual({
      from: '2026-10-01T00:00:00+08:00',
      to: '2026-10-09T00:00:00+08:00',
      actor: '乙',
      action: 'session',
      outcome: 'refused',
    })
    expect(wrapper.text()).toContain('没有符合条件的记录。试试清空“从”、“到”、“人员”、“操作”、“结果”。')
    await wrapper.get('input[type="date"]').setValue('2026-09-01')
    await flushPromises()
    expect(router.currentRoute.value.query['from']).toBe('2026-09-01')
    await press('重置')
    expect(router.currentRoute.value.query).toEqual({})
    expect(wrapper.text()).toContain('还没有审计记录')
  })

  it('shows an entry whole, with the hash it is chained to, and how to verify', async () => {
    const before = { ...ENTRY, seq: 41, hash: 'cd'.repeat(32) }
    const { wrapper } = await openAs('audit_admin', AuditPage, '/admin/audit', {
      audit: { list: (input) => list(input.cursor === '42' ? [before] : [ENTRY]), checkpoints: CHECKPOINTS },
    })
    expect(wrapper.get('tbody').text()).toContain('登录 session.signIn')
    expect(wrapper.text()).toContain('42 条记录中 40 条已有签名检查点，2 条待下一次。')
    expect(wrapper.text()).toContain('npx zhidu audit verify zhidu-audit.jsonl --checkpoints')
    await press('查看')
    expect(document.querySelector('.el-drawer')?.textContent).toContain('ab'.repeat(32))
    expect(document.querySelector('.el-drawer')?.textContent).toContain('cd'.repeat(32))
    await expectNoBarriers()
  })

  it('says that the entry before is gone, and that one is not what was written', async () => {
    await openAs('audit_admin', AuditPage, '/admin/audit', {
      audit: {
        list: (input) => list(input.cursor === '42' ? [] : [{ ...ENTRY, isIntact: false }]),
        checkpoints: CHECKPOINTS,
      },
    })
    await press('查看')
    expect(body()).toContain('第 41 条不在了：链已断')
    expect(body()).toContain('这一条和写入时不一样')
  })
})

describe('my account', () => {
  const sessions = [
    {
      sessionId: '0190a000-0000-7000-8000-0000000000d1',
      createdAt: '2026-10-08T09:00:00+08:00',
      lastSeenAt: '2026-10-08T09:05:00+08:00',
      endsAt: '2026-10-08T21:00:00+08:00',
      address: '10.1.2.3',
      userAgent: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/120.0 Safari/537.36',
      isCurrent: false,
    },
  ]

  it('ends another session of one’s own', async () => {
    const { calls } = await openAs('audit_admin', MyAccountPage, '/my-account', {
      session: { list: sessions, revoke: { done: true } },
    })
    expect(body()).toContain('Chrome、Windows')
    await press('退出')
    await press('退出')
    expect(calls.find((call) => call.path === 'session.revoke')?.input).toEqual({ sessionId: sessions[0]!.sessionId })
  })

  it('draws the secret of the second step as a code and as text, and switches on with the first code', async () => {
    const { calls, wrapper } = await openAs(
      'audit_admin',
      MyAccountPage,
      '/my-account',
      {
        session: {
          list: sessions,
          beginTotp: { secret: 'JBSWY3DPEHPK3PXP', uri: 'otpauth://totp/Zhidu:a?secret=JBSWY3DPEHPK3PXP' },
          confirmTotp: { done: true },
        },
      },
      'en',
    )
    await press('Switch on the second step')
    expect(wrapper.get('svg.qr-code path').attributes('d')).toMatch(/^M\d+ \d+h\d+v1h-\d+z/)
    expect(body()).toContain('JBSWY3DPEHPK3PXP')
    expect(body()).not.toMatch(/myAccount\.|permission\./)
    await expectNoBarriers()
    await wrapper.get('input[autocomplete="one-time-code"]').setValue('123456')
    await press('Switch it on')
    expect(calls.find((call) => call.path === 'session.confirmTotp')?.input).toEqual({ code: '123456' })
  })
})

describe('pages outside the dashboard', () => {
  it('signing in is free of barriers, in English too', async () => {
    const session = { get: makeNobody({ singleSignOn: 'City sign-on' }) }
    const { wrapper } = await mountApp(SignInPage, { at: '/sign-in', locale: 'en', answers: { session } })
    expect(wrapper.text()).not.toMatch(/signIn\.|shell\./)
    await expectNoBarriers()
  })

  it('shows which rules a new password meets while it is typed', async () => {
    const { wrapper } = await openAs('audit_admin', PasswordPage, '/my-account/password', {})
    const next = wrapper.get('input[autocomplete="new-password"]')
    await next.setValue('abcdefghij')
    expect(wrapper.findAll('.rules .is-met')).toHaveLength(1)
    await next.setValue('abcdefgh1X')
    expect(wrapper.findAll('.rules .is-met')).toHaveLength(2)
    await expectNoBarriers()
  })
})
