// Seam: the tRPC client's last link answers; everything above it is the application's own.
import { flushPromises } from '@vue/test-utils'
import { toQuarter } from '@zhidu/domain'
import { describe, expect, it } from 'vitest'
import App from '../App.vue'
import UnknownPage from '../pages/UnknownPage.vue'
import { type Answers, Refusal } from '../../testing/answer-link.ts'
import { makeMeta } from '../../testing/make-meta.ts'
import { makeSession } from '../../testing/make-session.ts'
import { expectAccessible, mountApp } from '../../testing/mount-app.ts'

const UNIT = {
  unitCode: 'D13',
  name: '市住房城乡建设局',
  shortName: '住建局',
  parentCode: 'A00',
  tier: 'county',
  peerGroup: '市直组',
  dutyMode: 'room',
  isOpen: true,
  present: null,
} as const

const ANSWERS: Answers = {
  meta: { get: makeMeta() },
  search: { find: { hits: [{ kind: 'event', code: 'SJ-ZJJ-1', label: 'SJ-ZJJ-1', unitName: '市水利局' }] } },
  unit: { list: { tree: 'then', quarter: toQuarter('2026Q3'), provenance: makeMeta().provenance, units: [UNIT] } },
}

function openApp(at = '/nowhere', answers: Answers = ANSWERS) {
  globalThis.innerWidth = 1440
  return mountApp(App, { answers, at })
}

describe('the shell', () => {
  it('names the installation and says on every page that the data are invented', async () => {
    const { wrapper } = await openApp()
    expect(wrapper.get('.installation').text()).toBe('岭安市人民政府办公室')
    expect(wrapper.get('.synthetic').text()).toBe('演示数据，纯属虚构')
  })

  it('shows no such mark over an office’s own data', async () => {
    const own = { session: { get: makeSession({ isSynthetic: false }) } }
    const { wrapper } = await openApp('/nowhere', { ...ANSWERS, ...own })
    expect(wrapper.find('.synthetic').exists()).toBe(false)
  })

  it('still stands when the server is away', async () => {
    const away = () => {
      throw new Refusal('network')
    }
    const { wrapper } = await openApp('/nowhere', { meta: { get: away } })
    expect(wrapper.get('nav.menu').text()).toContain('数据导入')
  })

  it('says of an unknown address that it is none, and leads back', async () => {
    const { wrapper } = await openApp('/nothing-here')
    expect(wrapper.get('main').text()).toContain('地址 /nothing-here 不是值督的页面')
    expect(wrapper.findComponent(UnknownPage).get('a').attributes('href')).toBe('/')
  })

  it('switches language at once, for the page and for the next visit', async () => {
    const { wrapper } = await openApp()
    await wrapper.get('.language-switch').trigger('click')
    await expect.poll(() => wrapper.get('main').text(), { timeout: 5000 }).toContain('No such page')
    expect(document.documentElement.lang).toBe('en')
    expect(localStorage.getItem('zhidu.locale')).toBe('en')
    await wrapper.get('.language-switch').trigger('click')
    await flushPromises()
    expect(document.documentElement.lang).toBe('zh-CN')
  })

  it('is free of barriers', async () => {
    const { wrapper } = await openApp()
    await expectAccessible(wrapper.element.parentElement ?? document.body)
  })
})

describe('search', () => {
  it('opens by the keyboard and finds units by initials, then what the server knows', async () => {
    const { wrapper, calls, router } = await openApp()
    document.dispatchEvent(new KeyboardEvent('keydown', { key: 'k', ctrlKey: true, bubbles: true }))
    await flushPromises()
    const input = wrapper.get('.search-box input')
    expect(document.activeElement).toBe(input.element)
    await input.setValue('zjj')
    await expect
      .poll(() => document.querySelector('.found')?.textContent ?? '', { timeout: 5000 })
      .toContain('市住房城乡建设局')
    expect(document.querySelector('.found')?.textContent).toContain('SJ-ZJJ-1')
    expect(calls.find((call) => call.path === 'search.find')?.input).toEqual({ text: 'zjj' })
    await expectAccessible(wrapper.get('.search-box').element)
    await input.trigger('keydown', { key: 'ArrowUp' })
    await input.trigger('keydown', { key: 'Enter' })
    await expect.poll(() => router.currentRoute.value.path, { timeout: 10_000 }).toBe('/events/SJ-ZJJ-1')
  })

  it('says when nothing is found', async () => {
    const { wrapper } = await openApp('/nowhere', { ...ANSWERS, search: { find: { hits: [] } } })
    await wrapper.get('.search-box input').setValue('没有')
    await expect
      .poll(() => document.querySelector('.found')?.textContent ?? '', { timeout: 5000 })
      .toContain('没有找到')
  })
})
