// Seam: the tRPC client's last link answers; everything above it is the application's own.
import type { TokenItem } from '@zhidu/contract'
import { expect, it } from 'vitest'
import { body, expectNoBarriers, openAs, press } from '../../app/people/testing/admin-window.ts'
import TokensPage from './TokensPage.vue'

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
