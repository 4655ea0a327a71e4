// Seam: the tRPC client's last link answers; everything above it is the application's own.
import type { AccessTable } from '@zhidu/contract'
import { flushPromises } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import { expectNoBarriers, openAs, press } from '../../app/people/testing/admin-window.ts'
import { makeAccountItem, makeAccountList } from '../../app/people/testing/make-account-item.ts'
import { Refusal } from '../../testing/answer-link.ts'
import { expectAccessible } from '../../testing/mount-app.ts'
import AccessPage from './AccessPage.vue'

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
