// Seam: the tRPC client's last link answers; everything above it is the application's own.
import type { InformantList } from '@zhidu/contract'
import { toQuarter } from '@zhidu/domain'
import { flushPromises } from '@vue/test-utils'
import { afterEach, describe, expect, it } from 'vitest'
import { makeMeta } from '../../testing/make-meta.ts'
import { makeAccount, makeSession } from '../../testing/make-session.ts'
import { expectAccessible, mountApp } from '../../testing/mount-app.ts'
import InformantFormPage from './InformantFormPage.vue'
import InformantsPage from './InformantsPage.vue'

afterEach(() => {
  document.body.innerHTML = ''
})

const LOCALES = ['zh-CN', 'en'] as const
type Locale = (typeof LOCALES)[number]
const AT = '2026-11-24T09:00:00+08:00'
const ID = '7f3a0000-0000-4000-8000-0000000000cd'
const LIST: InformantList = {
  asOf: AT,
  mayChange: true,
  informants: [
    {
      informantId: ID,
      name: '陈阿水',
      village: '上湾村',
      areaCode: 'C03',
      areaName: '棠海市',
      phone: '154****0031',
      isWithdrawn: false,
      link: null,
      steps: 1,
    },
  ],
  messages: [
    {
      messageId: ID,
      receiptCode: 'ABCD2345',
      informantId: ID,
      name: '陈阿水',
      village: '上湾村',
      areaCode: 'C03',
      at: AT,
      what: '山坡塌方',
      place: null,
      occurredAt: null,
      deaths: 0,
      injuries: 0,
      hasPhoto: true,
    },
  ],
}
const SECRET = 's3cr3t-s3cr3t-s3cr3t-s3cr3t'
const ANSWERS = {
  session: { get: makeSession({ account: makeAccount(['clerk']) }) },
  meta: { get: makeMeta({ currentQuarter: toQuarter('2026Q4') }) },
  informant: {
    list: LIST,
    giveLink: { secret: SECRET, expiresAt: '2027-05-20T09:00:00+08:00' },
    checkLink: { expiresAt: '2027-05-20T09:00:00+08:00' },
    send: { receiptCode: 'ABCD2345', at: AT },
  },
}
const mount = (page: Parameters<typeof mountApp>[0], at: string, locale: Locale = 'zh-CN') =>
  mountApp(page, { answers: ANSWERS, at, locale })

describe('informants', () => {
  it('get a link that is shown once, its secret behind the # of the address', async () => {
    const { wrapper } = await mount(InformantsPage, '/informants')
    expect(wrapper.text()).toContain('154****0031')
    await wrapper.findAll('tbody button')[0]?.trigger('click')
    await flushPromises()
    expect(wrapper.find('.card .url').text()).toContain(`/i#${SECRET}`)
    expect(wrapper.find('.card .url').text()).not.toContain('?')
  })

  it('send with nothing but the link, and get a number to keep', async () => {
    const { wrapper } = await mount(InformantFormPage, `/i#${SECRET}`)
    await flushPromises()
    await wrapper.find('form').trigger('submit')
    expect(wrapper.text()).toContain('请写发生了什么。')
    await wrapper.find('textarea').setValue('山坡塌方')
    await wrapper.find('form').trigger('submit')
    await flushPromises()
    expect(wrapper.find('.receipt').text()).toBe('ABCD2345')
  })

  it('are told that a link without its secret cannot be used', async () => {
    const { wrapper } = await mount(InformantFormPage, '/i')
    await flushPromises()
    expect(wrapper.text()).toContain('这个链接不能用。')
    expect(wrapper.find('form').exists()).toBe(false)
  })

  it.each(LOCALES)('have pages without barriers in %s', async (locale) => {
    for (const [page, at] of [
      [InformantsPage, '/informants'],
      [InformantFormPage, `/i#${SECRET}`],
    ] as const) {
      const { wrapper } = await mount(page, at, locale)
      await flushPromises()
      await expectAccessible(wrapper.element)
      wrapper.unmount()
    }
  })
})
