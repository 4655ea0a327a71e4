// Seam: the tRPC client's last link answers; everything above it is the application's own.
import type { DrawPage as DrawPageAnswer } from '@zhidu/contract'
import { exampleFiles } from '@zhidu/draw/testing'
import type { Role } from '@zhidu/domain'
import { flushPromises } from '@vue/test-utils'
import { afterEach, describe, expect, it } from 'vitest'
import type { Answers } from '../../testing/answer-link.ts'
import { makeAccount, makeSession } from '../../testing/make-session.ts'
import { expectAccessible, mountApp } from '../../testing/mount-app.ts'
import DrawPage from './DrawPage.vue'
import DrawsPage from './DrawsPage.vue'
import { fromSlip, toCommitment, toSlip } from './draw-secret.ts'
import { DOCUMENT, DRAW_ID, HASH, makeItem, makePage, makePlan, makePreparation } from './testing/make-draws.ts'
import ToldDrawPage from './ToldDrawPage.vue'

afterEach(() => {
  document.body.innerHTML = ''
})

function signedIn(role: Role): Answers['session'] {
  return { get: makeSession({ account: makeAccount([role]) }) }
}

function buttonNamed(name: string): HTMLButtonElement {
  const found = [...document.body.querySelectorAll('button')].find(
    (one) => one.textContent?.trim() === name || one.getAttribute('aria-label') === name,
  )
  if (found === undefined) throw new RangeError(name)
  return found
}

async function type(input: Element | null, value: string): Promise<void> {
  if (!(input instanceof HTMLInputElement)) throw new RangeError('no input')
  input.value = value
  input.dispatchEvent(new Event('input'))
  await flushPromises()
}

async function mountList(role: Role, draw: Answers['draw'] = {}) {
  const list = {
    plans: [makePlan(), makePlan({ version: 2, approvedAt: null, approvedBy: null })],
    draws: [makeItem()],
  }
  const answers = { session: signedIn(role), draw: { list, told: [], prepare: makePreparation(), ...draw } }
  return await mountApp(DrawsPage, { answers, at: '/draws' })
}

async function mountDraw(page: Partial<DrawPageAnswer>, role: Role = 'clerk') {
  const answers = {
    session: signedIn(role),
    draw: { get: makePage(page), commit: { done: true }, reveal: { done: true } } as const,
  }
  return await mountApp(DrawPage, { answers, at: `/draws/${DRAW_ID}`, props: { drawId: DRAW_ID } })
}

describe('plans and draws', () => {
  it('say to who wrote a version that somebody else approves it', async () => {
    const { wrapper } = await mountList('approver')
    expect(wrapper.text()).toContain('您拟的方案要由另一人批准')
    expect(wrapper.text()).not.toContain('新拟方案')
    await expectAccessible(wrapper.element.parentElement ?? document.body)
  })

  it('propose slips by the table of the quarter before, with their reason, and send what was typed', async () => {
    const { calls } = await mountList('clerk', { savePlan: { planId: makePlan().planId, version: 3 } })
    buttonNamed('修订“春节夜间抽查”第 1 版').click()
    await flushPromises()
    buttonNamed('删除第 1 行').click()
    await flushPromises()
    buttonNamed('采用上季排名表的建议（1 家）').click()
    await flushPromises()
    await expectAccessible(document.body)
    buttonNamed('保存方案').click()
    await flushPromises()
    expect(calls.find(({ path }) => path === 'draw.savePlan')?.input).toEqual({
      planId: makePlan().planId,
      version: 1,
      document: {
        ...DOCUMENT,
        weights: [{ unitCode: 'D01', weight: 3, reason: '2026年第三季度：抽查 2 次，1 次有问题、迟报 4 次' }],
      },
    })
  })

  it('bring back what was typed and not saved, until it is given up or sent', async () => {
    const saved = { savePlan: { planId: makePlan().planId, version: 1 } }
    const titleOf = () => document.body.querySelector('form input')
    const open = async () => {
      const { wrapper } = await mountList('clerk', saved)
      buttonNamed('新拟方案').click()
      await flushPromises()
      return () => {
        wrapper.unmount()
        document.body.innerHTML = ''
      }
    }
    const leave = await open()
    await type(titleOf(), '国庆夜间抽查')
    leave()
    const leaveAgain = await open()
    expect(titleOf()).toHaveProperty('value', '国庆夜间抽查')
    expect(document.body.textContent).toContain('已恢复上次未保存的方案。')
    buttonNamed('重新填写').click()
    await flushPromises()
    leaveAgain()
    await open()
    expect(titleOf()).toHaveProperty('value', '')
    expect(sessionStorage.getItem('zhidu.plan-draft.new')).toBeNull()
  })

  it('begin with a declaration; a public number has to be told whole', async () => {
    const { calls } = await mountList('clerk', { declare: { drawId: DRAW_ID } })
    buttonNamed('按“春节夜间抽查”第 1 版开始抽取').click()
    await flushPromises()
    buttonNamed('公开数').click()
    await flushPromises()
    buttonNamed('宣布').click()
    await flushPromises()
    expect(document.body.textContent).toContain('请写全：号码')
    await expectAccessible(document.body)
    expect(calls.some(({ path }) => path === 'draw.declare')).toBe(false)
  })
})

describe('a draw', () => {
  it('sends an officer’s hash alone, once the line is kept', async () => {
    const { calls, wrapper } = await mountDraw({ ownOfficer: '考核甲' })
    await type(wrapper.find('.commit-part input').element, '一句话')
    await wrapper.find('.commit-part form').trigger('submit')
    await expectAccessible(wrapper.element.parentElement ?? document.body)
    const secret = fromSlip(wrapper.find('.secret-once code').text())
    if (secret === null) throw new RangeError('no line')
    expect(secret.text).toBe('一句话')
    await wrapper.find('.commit-part input[type="checkbox"]').setValue(true)
    await wrapper.find('.commit-part form').trigger('submit')
    await flushPromises()
    const sent = calls.find(({ path }) => path === 'draw.commit')?.input
    expect(sent).toEqual({ drawId: DRAW_ID, officer: '考核甲', commitment: toCommitment('考核甲', secret) })
    expect(JSON.stringify(calls)).not.toContain(secret.nonce)
  })

  it('sends no line that does not fit what was handed in', async () => {
    const secret = { nonce: 'ab'.repeat(16), text: '一句话' }
    const own = { officer: '考核甲', commitment: toCommitment('考核甲', secret), hasRevealed: false, isMine: true }
    const { calls, wrapper } = await mountDraw({ item: makeItem({ state: 'frozen' }), officers: [own] })
    await type(wrapper.find('.reveal-part input').element, toSlip({ ...secret, text: '一句' }))
    await wrapper.find('.reveal-part').trigger('submit')
    expect(wrapper.text()).toContain('没有发送')
    expect(calls.some(({ path }) => path === 'draw.reveal')).toBe(false)
    await type(wrapper.find('.reveal-part input').element, toSlip(secret))
    await wrapper.find('.reveal-part').trigger('submit')
    await flushPromises()
    expect(calls.find(({ path }) => path === 'draw.reveal')?.input).toEqual({ drawId: DRAW_ID, ...secret })
  })

  it('takes a published number only when it was typed twice alike', async () => {
    const seed = {
      kind: 'public',
      what: '号码',
      digits: 10,
      where: '公告',
      publishedAt: '2026-11-21T21:00:00+08:00',
    } as const
    const { calls, wrapper } = await mountDraw({ item: makeItem({ state: 'frozen', seedKind: 'public' }), seed })
    const [first, second] = wrapper.findAll('.number-part input')
    await type(first?.element ?? null, '0123456789')
    await type(second?.element ?? null, '0123456788')
    await wrapper.find('.number-part').trigger('submit')
    expect(wrapper.text()).toContain('两遍要一致')
    expect(calls.some(({ path }) => path === 'draw.enterNumber')).toBe(false)
    await expectAccessible(wrapper.element.parentElement ?? document.body)
  })

  it('shows each unit’s odds or that it was due, verifies in the browser, and fails for one changed byte', async () => {
    const { certificate, pool } = await exampleFiles()
    const drawn = { item: makeItem({ state: 'drawn', poolHash: HASH }), certificate }
    const { wrapper } = await mountDraw({ ...drawn, pool })
    const rows = wrapper.findAll('.certificate tbody tr').map((row) => row.text())
    expect(rows).toHaveLength(6)
    expect(rows.filter((text) => text.includes('到期必查'))).toEqual([expect.stringContaining('Unit U03')])
    expect(rows.filter((text) => /\d \/ \d+/.test(text))).toHaveLength(5)
    await wrapper.find('.verify-draw button').trigger('click')
    expect(wrapper.find('.verify-draw').text()).toContain('核验通过')
    await expectAccessible(wrapper.element.parentElement ?? document.body)
    wrapper.unmount()

    const changed = await mountDraw({ ...drawn, pool: pool.replace('Unit U07', 'Unit U08') })
    await changed.wrapper.find('.verify-draw button').trigger('click')
    expect(changed.wrapper.find('.verify-draw').text()).toContain('核验不通过：“名单库哈希值”不符')
  })
})

it('a unit of the pool compares the pool with the hash it was told before', async () => {
  const { certificate, pool } = await exampleFiles()
  const told = {
    drawId: DRAW_ID,
    officeName: '岭安市',
    title: DOCUMENT.title,
    quarter: makeItem().quarter,
    poolHash: HASH,
    frozenAt: '2026-11-20T11:00:00+08:00',
    voidedAt: null,
    voidReason: null,
    disclosedAt: '2026-11-21T11:00:00+08:00',
  }
  const answers = { draw: { getTold: { told, plan: DOCUMENT, pool, certificate }, told: [told] } }
  const page = await mountApp(ToldDrawPage, { answers, at: `/told-draws/${DRAW_ID}`, props: { drawId: DRAW_ID } })
  expect(page.wrapper.text()).toContain('与抽取前告知本单位的不同')
  await expectAccessible(page.wrapper.element.parentElement ?? document.body)
  page.wrapper.unmount()
  const list = await mountApp(DrawsPage, { answers: { ...answers, session: signedIn('unit_officer') }, at: '/draws' })
  expect(list.wrapper.text()).toContain(HASH)
  await expectAccessible(list.wrapper.element.parentElement ?? document.body)
})
