// Seam: the tRPC client's last link answers; everything above it is the application's own.
import type { AuditCheckpointList, AuditList } from '@zhidu/contract'
import { flushPromises } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import { body, expectNoBarriers, openAs, press } from '../../app/people/testing/admin-window.ts'
import AuditPage from './AuditPage.vue'

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
