// Seam: the tRPC client's last link answers; everything above it is the application's own.
import { toQuarter } from '@zhidu/domain'
import { flushPromises } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import { body, expectNoBarriers, openAs, press, type } from '../../app/people/testing/admin-window.ts'
import { makeAccountItem, makeAccountList } from '../../app/people/testing/make-account-item.ts'
import { type Answers, Refusal } from '../../testing/answer-link.ts'
import { makeMeta } from '../../testing/make-meta.ts'
import AccountsPage from './AccountsPage.vue'

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
