// Seam: the tRPC client's last link answers; everything above it is the application's own.
import type { InspectionPage, InspectionState } from '@zhidu/contract'
import type { Role } from '@zhidu/domain'
import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type Answers, Refusal } from '../../testing/answer-link.ts'
import { makeAccount, makeSession } from '../../testing/make-session.ts'
import { expectAccessible, mountApp } from '../../testing/mount-app.ts'
import ChecklistsPage from './ChecklistsPage.vue'
import EvidencePage from './EvidencePage.vue'
import InspectionsPage from './InspectionsPage.vue'
import RoomCodePage from './RoomCodePage.vue'
import { INSPECTION_ID, makeChecklist, makeFinding, makeItem, makeList, makePage } from './testing/make-inspection.ts'

afterEach(() => {
  document.body.innerHTML = ''
  vi.useRealTimers()
})

function signedIn(role: Role): Answers['session'] {
  return { get: makeSession({ account: makeAccount([role]) }) }
}

function buttonNamed(name: string): HTMLButtonElement {
  const found = [...document.body.querySelectorAll('button')].findLast((one) => one.textContent?.trim() === name)
  if (found === undefined) throw new RangeError(name)
  return found
}

async function type(selector: string, value: string): Promise<void> {
  const input = document.body.querySelector(selector)
  if (!(input instanceof HTMLInputElement)) throw new RangeError(selector)
  input.value = value
  input.dispatchEvent(new Event('input'))
  await flushPromises()
}

async function mountList(list = makeList(), at = '/inspections?quarter=2026Q4', locale: 'zh-CN' | 'en' = 'zh-CN') {
  const order = {
    orderId: INSPECTION_ID,
    kind: 'second' as const,
    unitCode: 'D13',
    unitName: '市住房城乡建设局',
    officeName: '市',
    firstId: null,
    secondId: null,
    inspectors: ['王*'],
    reason: '复核',
    orderedAt: '2026-11-20T22:10:05+08:00',
    orderedBy: '某人',
    dueAt: '2026-11-21T22:10:05+08:00',
  }
  const answers = { session: signedIn('leader'), inspection: { list, orders: [order] } }
  return await mountApp(InspectionsPage, { answers, at, locale })
}

async function mountPage(page: InspectionPage, more: Answers['inspection'] = {}, locale: 'zh-CN' | 'en' = 'zh-CN') {
  const answers = { session: signedIn('clerk'), inspection: { get: page, ...more } }
  const at = `/inspections/${INSPECTION_ID}`
  return await mountApp(EvidencePage, { answers, at, locale, props: { inspectionId: INSPECTION_ID } })
}

const FIELDS = [
  { field: 'met' as const, text: '王五' },
  { field: 'numbers' as const, text: '0660-1、0660-2' },
]

/** What is not there, or not for who asks. */
function refusing(reason: string) {
  return (): never => {
    throw new Refusal({ code: 'not_found', reason, params: {} })
  }
}

describe('checks on the spot', () => {
  it('open with how many wait for a decision, and ask with the filters of the address', async () => {
    const at = '/inspections?quarter=2026Q4&state=awaiting_decision&method=phone&purpose=second&finding=absent&unit=D13'
    const { calls, wrapper } = await mountList(makeList(), at)
    expect(wrapper.get('.headline').text()).toBe('本季抽查 3 次，1 次有问题待认定。')
    expect(calls.find(({ path }) => path === 'inspection.list')?.input).toEqual({
      quarter: '2026Q4',
      unitCode: 'D13',
      state: 'awaiting_decision',
      method: 'phone',
      purpose: 'second',
      finding: 'absent',
    })
  })

  it('show no deduction before a finding is confirmed', async () => {
    const open = await mountList()
    expect(open.wrapper.get('tbody').text()).toContain('疑似，待认定')
    expect(open.wrapper.get('tbody').text()).not.toContain('−5.0')
    const findings = [{ finding: 'call_forwarded' as const, standing: 'confirmed' as const, points: 5 }]
    const { wrapper } = await mountList(makeList({ items: [makeItem({ state: 'decided', findings })] }))
    expect(wrapper.get('tbody').text()).toContain('−5.0')
  })

  it('say nothing of a first check to whom it is to be blind for', async () => {
    const { wrapper } = await mountList()
    expect(wrapper.text()).toContain('复核前不可看')
  })

  it('tell an empty quarter from filters that match nothing', async () => {
    const counts = { awaiting_files: 0, awaiting_decision: 0, passed: 0, decided: 0, inconclusive: 0, compared: 0 }
    const empty = makeList({ items: [], counts })
    expect((await mountList(empty)).wrapper.text()).toContain('本季还没有过程记录')
    const filtered = await mountList(empty, '/inspections?quarter=2026Q4&method=video')
    expect(filtered.wrapper.text()).toContain('没有符合条件的过程记录')
  })

  it.each(['zh-CN', 'en'] as const)('are free of barriers in %s', async (locale) => {
    const { wrapper } = await mountList(makeList(), '/inspections?quarter=2026Q4', locale)
    expect(wrapper.text()).not.toMatch(/inspections\.|words\.|shell\./)
    await expectAccessible(wrapper.element.parentElement!)
  })
})

describe('the evidence of a check', () => {
  it('tells calls against the limits of the rules, and what is no finding and why', async () => {
    const { wrapper } = await mountPage(makePage())
    const text = wrapper.text()
    expect(text).toContain('接通，晚于规定，不是问题。')
    expect(text).toContain('3 声或 15 秒内接听')
    expect(text).toContain('间隔不足')
    expect(text).toContain('脱岗：程序不足，不作问题')
    expect(text).toContain('值班员手机占线、座机回拨都指向转移')
    expect(text).toContain('手机钟慢 365 天，已更正')
    expect(text).toContain('抽查后补报')
    expect(text).toContain('还在手机上')
    expect(wrapper.findAll('.ring.late').length).toBe(1)
  })

  it('has a finding decided with a reason, by whoever may', async () => {
    const { calls } = await mountPage(makePage(), { decide: { done: true } })
    buttonNamed('不成立').click()
    await flushPromises()
    buttonNamed('不成立').click()
    await flushPromises()
    expect(document.body.textContent).toContain('至少 2 个字')
    await type('.el-dialog input', '线路故障，有维修单')
    buttonNamed('不成立').click()
    await flushPromises()
    const input = {
      inspectionId: INSPECTION_ID,
      finding: 'call_forwarded',
      outcome: 'dismissed',
      reason: '线路故障，有维修单',
    }
    expect(calls.find(({ path }) => path === 'inspection.decide')?.input).toEqual(input)
  })

  it.each(['role', 'inspector', 'files'] as const)('says why whoever asks decides nothing: %s', async (barrier) => {
    const { wrapper } = await mountPage(makePage({ decisionBarredBy: barrier }))
    expect(wrapper.findAll('button').map((one) => one.text())).not.toContain('认定')
    expect(wrapper.text()).toContain(
      { role: '没有参加这次抽查的人认定', inspector: '您参加了这次抽查', files: '文件还没有传完' }[barrier],
    )
  })

  it.each([
    ['awaiting_decision', '1 个问题待认定'],
    ['awaiting_files', '没有问题，还有文件没有传完'],
    ['passed', '没有问题。'],
    ['decided', '1 个问题，认定 1 个'],
    ['inconclusive', '没有查成'],
    ['compared', '只作比对'],
  ] as const)('opens with where it stands: %s', async (state: InspectionState, words) => {
    const has = state === 'awaiting_decision' || state === 'decided'
    const decision = { by: '另一人', at: '2026-11-21T09:00:00+08:00', reason: '核对日志' }
    const findings = has ? [makeFinding(state === 'decided' ? { standing: 'confirmed', decision } : {})] : []
    const { wrapper } = await mountPage(makePage({}, { state, findings }))
    expect(wrapper.get('.headline').text()).toContain(words)
  })

  it('shows names for a reason alone', async () => {
    const answers = {
      session: signedIn('clerk'),
      inspection: { get: makePage() },
      personal: { reveal: { fields: FIELDS } },
    }
    const props = { inspectionId: INSPECTION_ID }
    const { wrapper } = await mountApp(EvidencePage, { answers, at: `/inspections/${INSPECTION_ID}`, props })
    expect(wrapper.text()).toContain('王*')
    buttonNamed('看姓名和电话').click()
    await flushPromises()
    await type('.el-dialog input', '核对申诉材料')
    document.body.querySelector<HTMLButtonElement>('.el-dialog .is-primary')?.click()
    await flushPromises()
    expect(wrapper.text()).toContain('王五')
    expect(wrapper.text()).toContain('0660-2')
  })

  it('that is not there says so', async () => {
    const get = refusing('inspection_unknown')
    const answers = { session: signedIn('clerk'), inspection: { get } }
    const props = { inspectionId: INSPECTION_ID }
    const { wrapper } = await mountApp(EvidencePage, { answers, at: `/inspections/${INSPECTION_ID}`, props })
    expect(wrapper.text()).toContain('没有这次抽查，或您看不到')
  })

  it.each(['zh-CN', 'en'] as const)('is free of barriers in %s', async (locale) => {
    const { wrapper } = await mountPage(makePage(), {}, locale)
    expect(wrapper.text()).not.toMatch(/inspections\.|words\.|shell\./)
    await expectAccessible(wrapper.element.parentElement!)
  })
})

describe('checklists', () => {
  const lists = [
    makeChecklist({ version: 2, isBuiltIn: false, writtenBy: '某人', title: '本市问项' }),
    makeChecklist({ isNewest: false }),
  ]

  async function mountLists(role: Role, locale: 'zh-CN' | 'en' = 'zh-CN') {
    const saveChecklist = { id: 'phone', version: 3 }
    const answers = { session: signedIn(role), inspection: { checklists: lists, saveChecklist } }
    return await mountApp(ChecklistsPage, { answers, at: '/checklists', locale })
  }

  it('are revised from the newest version, and nothing is saved that does not do', async () => {
    const { calls, wrapper } = await mountLists('clerk')
    expect(wrapper.get('.headline').text()).toBe('问项模板 1 份，本单位写的 1 份。')
    buttonNamed('修订').click()
    await flushPromises()
    await type('.el-drawer input.zd-input', '一')
    document.body.querySelector('.el-drawer form')?.dispatchEvent(new Event('submit'))
    await flushPromises()
    expect(document.body.textContent).toContain('名称要 2 至 100 字')
    await type('.el-drawer input.zd-input', '新问项')
    document.body.querySelector('.el-drawer form')?.dispatchEvent(new Event('submit'))
    await flushPromises()
    expect(calls.find(({ path }) => path === 'inspection.saveChecklist')?.input).toMatchObject({
      id: 'phone',
      version: 2,
      content: { title: '新问项', items: { length: 5 } },
    })
  })

  it('are only looked at by who does not write them', async () => {
    const { wrapper } = await mountLists('approver')
    expect(wrapper.text()).not.toContain('修订')
    buttonNamed('看问项').click()
    await flushPromises()
    expect(wrapper.text()).toContain('当班日志已记')
  })

  it.each(['zh-CN', 'en'] as const)('are free of barriers in %s, the form too', async (locale) => {
    const { wrapper } = await mountLists('clerk', locale)
    buttonNamed(locale === 'en' ? 'Items' : '看问项').click()
    await flushPromises()
    await expectAccessible(wrapper.element.parentElement!)
    buttonNamed(locale === 'en' ? 'Revise' : '修订').click()
    await flushPromises()
    expect(document.body.textContent).not.toMatch(/inspections\.|words\.|shell\./)
    await expectAccessible(document.body.querySelector<HTMLElement>('.el-drawer')!)
  })
})

describe('the code of a duty room', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }))

  it('is asked for anew when it changes, by the server’s clock', async () => {
    const serverMs = Date.parse('2026-11-20T22:04:58+08:00')
    const roomCode = { code: '0420', validUntil: '2026-11-20T22:05:00+08:00', serverMs }
    const answers = { session: signedIn('unit_officer'), inspection: { roomCode } }
    const { calls, wrapper } = await mountApp(RoomCodePage, { answers, at: '/room-code' })
    expect(wrapper.get('.code').text()).toBe('0420')
    const asked = () => calls.filter(({ path }) => path === 'inspection.roomCode').length
    expect(asked()).toBe(1)
    await vi.advanceTimersByTimeAsync(1_999)
    expect(asked()).toBe(1)
    await vi.advanceTimersByTimeAsync(1)
    expect(asked()).toBe(2)
    vi.useRealTimers()
    await expectAccessible(wrapper.element.parentElement!)
  })

  it('is no business of a unit without one', async () => {
    const answers = {
      session: signedIn('unit_officer'),
      inspection: { roomCode: refusing('room_code_none') },
    }
    const { wrapper } = await mountApp(RoomCodePage, { answers, at: '/room-code' })
    expect(wrapper.text()).toContain('本单位没有值班室')
  })
})
