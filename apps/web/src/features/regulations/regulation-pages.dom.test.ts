import { BAOJI, type Regulation, SAMPLE_REGULATION } from '@zhidu/domain'
import { flushPromises } from '@vue/test-utils'
import { beforeEach, describe, expect, it } from 'vitest'
import { makeMeta } from '../../testing/make-meta.ts'
import { expectAccessible, mountApp } from '../../testing/mount-app.ts'
import { Refusal } from '../../testing/answer-link.ts'
import RegulationPage from './RegulationPage.vue'
import RegulationsPage from './RegulationsPage.vue'
import { makeItem, makeList, makeVersion } from './testing/make-regulation.ts'

const DRAFT: Regulation = { ...BAOJI, id: 'office', version: '2027-1', title: '本办法', notice: null }
const draftItem = makeItem(DRAFT, { state: 'draft', changed: { at: '2026-11-28T09:00:00+08:00', by: '专责' } })
const sampleItem = makeItem(SAMPLE_REGULATION)

beforeEach(() => localStorage.clear())

async function openDraft(save?: (input: unknown) => never) {
  return await mountApp(RegulationPage, {
    props: { id: 'office', version: '2027-1' },
    at: '/admin/regulations/office/2027-1',
    answers: {
      meta: { get: makeMeta() },
      rules: {
        list: makeList([draftItem, sampleItem]),
        get: ({ id }) => (id === 'office' ? makeVersion(DRAFT, { ...draftItem }) : makeVersion(SAMPLE_REGULATION)),
        saveDraft: save ?? (({ revision }) => makeItem(DRAFT, { ...draftItem, revision: revision + 1 })),
      },
    },
  })
}

describe('the list of methods', () => {
  it('opens with the method of the present quarter, and is without barriers', async () => {
    const { wrapper } = await mountApp(RegulationsPage, {
      at: '/admin/regulations',
      answers: { rules: { list: makeList([draftItem, sampleItem]) } },
    })
    expect(wrapper.text()).toContain('2026年第四季度按“示例规则')
    expect(wrapper.text()).toContain('有 1 份草稿')
    expect(wrapper.findAll('tbody')[0]?.text()).toContain('已结束，规则不再变')
    await expectAccessible(wrapper.element.parentElement ?? wrapper.element)
  })

  it('offers no draft to those who may not write', async () => {
    const { wrapper } = await mountApp(RegulationsPage, {
      at: '/admin/regulations',
      answers: { rules: { list: makeList([sampleItem], { mayWrite: false }) } },
    })
    expect(wrapper.text()).not.toContain('起草新版本')
  })
})

describe('a draft on the form', () => {
  it('says at once what contradicts, under its field, with the clause and the values accepted, and is without barriers', async () => {
    const { wrapper } = await openDraft()
    expect(wrapper.text()).toContain('没有矛盾和缺漏')
    await expectAccessible(wrapper.element.parentElement ?? wrapper.element)
    const label = wrapper.findAll('label').find((one) => one.text() === '脱岗扣分')
    const input = wrapper.find(`#${label?.attributes('for') ?? ''}`)
    await input.setValue('-1')
    await flushPromises()
    expect(wrapper.find('#edit-deductions').text()).toContain(
      '扣分，条款“24小时值班”：“脱岗”的“扣分”不能是 −1；可填 0 至 1000000 分',
    )
    await input.setValue('3')
    await flushPromises()
    expect(wrapper.find('#edit-deductions').text()).not.toContain('不能是')
  })

  it('is sent with its revision and the whole document, and tells that it was saved', async () => {
    const { calls, wrapper } = await openDraft()
    await wrapper.find('input[maxlength="100"]').setValue('改过的办法')
    await flushPromises()
    const button = wrapper.findAll('button').find((one) => one.text() === '暂存')
    await button?.trigger('click')
    await flushPromises()
    const sent = calls.find(({ path }) => path === 'rules.saveDraft')?.input as { json: string; revision: number }
    expect(sent.revision).toBe(1)
    expect(JSON.parse(sent.json)).toEqual({ ...DRAFT, title: '改过的办法' })
    expect(wrapper.text()).toContain('已暂存')
  })

  it('that somebody else changed is not overwritten: who it was, and the other version on request', async () => {
    const { wrapper } = await openDraft(() => {
      throw new Refusal({ code: 'conflict', reason: 'draft_changed', params: { by: '考核专责', at: '' } })
    })
    await wrapper.find('input[maxlength="100"]').setValue('改过的办法')
    await flushPromises()
    await wrapper
      .findAll('button')
      .find((one) => one.text() === '暂存')
      ?.trigger('click')
    await flushPromises()
    expect(wrapper.text()).toContain('这份草稿刚被 考核专责 改过')
    expect(wrapper.text()).toContain('载入对方的版本')
  })
})
