// Seam: the tRPC client's last link answers; everything above it is the application's own.
import type { InspectionQuality } from '@zhidu/contract'
import { flushPromises } from '@vue/test-utils'
import type { Role } from '@zhidu/domain'
import { afterEach, describe, expect, it } from 'vitest'
import { makeAccount, makeSession } from '../../testing/make-session.ts'
import { expectAccessible, mountApp } from '../../testing/mount-app.ts'
import InspectionQualityPage from './InspectionQualityPage.vue'
import { INSPECTION_ID, makeQuality } from './testing/make-quality.ts'

afterEach(() => {
  document.body.innerHTML = ''
})

const CHECK = {
  inspectionId: INSPECTION_ID,
  checkCode: 'CK-1',
  unitCode: 'D01',
  unitName: '市应急管理局',
  method: 'phone',
  purpose: 'drawn',
  at: '2026-11-19T23:10:00+08:00',
  elapsedSeconds: 70,
  inspectors: ['督***'],
  state: 'passed',
  findings: [],
  filesMissing: 0,
  receivedAt: '2026-11-19T23:20:00+08:00',
} as const

function mountPart(part: string, more: Partial<InspectionQuality> = {}, role: Role = 'clerk') {
  const list = {
    quarter: '2026Q4',
    asOf: '2026-11-20T09:00:00+08:00',
    regulation: { id: 'sample', version: '2026-1', title: '示例规则 2026-1', notice: null },
    counts: { awaiting_files: 0, awaiting_decision: 0, passed: 2, decided: 0, inconclusive: 0, compared: 0 },
    items: [
      CHECK,
      { ...CHECK, inspectionId: INSPECTION_ID.replace('cc', 'dd'), purpose: 'second', unitName: '已复核局' },
    ],
    nextCursor: null,
  } as const
  const answers = {
    session: { get: makeSession({ account: makeAccount([role]) }) },
    inspectionQuality: { get: makeQuality(more) },
    inspection: {
      list: list as never,
      orders: [],
      orderSecond: { orderId: INSPECTION_ID },
      orderUpper: { orderIds: ['a', 'b'] },
    },
    draw: { list: { plans: [{ document: { inspectors: [{ name: '丁', recusals: [] }] } } as never], draws: [] } },
  }
  return mountApp(InspectionQualityPage, { answers, at: `/inspection-quality?quarter=2026Q4&part=${part}` })
}

function press(name: string): void {
  const found = [...document.body.querySelectorAll('button')].find(
    (one) => one.textContent?.trim() === name || one.getAttribute('aria-label') === name,
  )
  if (found === undefined) throw new RangeError(name)
  found.click()
}

describe('quality of inspection', () => {
  it.each([
    ['coverage', '下级 3 家，本季已查 1 家；按规则该查未查 1 家、超过次数上限 1 家。'],
    ['load', '2 名督查员共查 9 人次；要人人一样多，需调换 5/9 55.6%。'],
    ['agreement', '12 对复核比对了 3 个问项：1 个一致，1 个不一致，其余分不清或样本少。'],
    ['leniency', '2 名督查员中，偏宽 1 名，偏严 0 名，其余看不出差别。'],
    ['upper', '复核下级 7 次：下级没发现问题的 5 次中，上级发现 2 次。'],
  ])('opens %s with one sentence, and puts no barrier up', async (part, headline) => {
    const { wrapper } = await mountPart(part)
    expect(wrapper.find('.headline').text()).toBe(headline)
    await expectAccessible(wrapper.element.parentElement ?? document.body)
  })

  it('keeps zero, never and not measured apart', async () => {
    const { wrapper } = await mountPart('coverage')
    const cellsOf = (code: string) => wrapper.findAll(`tr[data-unit="${code}"] td`).map((cell) => cell.text())
    expect(cellsOf('D01')).toEqual([
      '4',
      '3',
      '0',
      '1',
      '3/2',
      '2/2',
      '0',
      '0',
      '1',
      '3 天',
      '41 · 3/5',
      '夜查超限月次数已满',
    ])
    expect(cellsOf('D02').slice(-3)).toEqual(['从未', '0', '早该查'])
    expect(cellsOf('D03').slice(-3)).toEqual(['60 天', '0', '合规则'])
  })

  it('names what to reword, and says of few pairs that they are few', async () => {
    const { wrapper } = await mountPart('agreement')
    const words = wrapper.findAll('.agreement-table tbody tr').map((row) => row.findAll('td').at(-1)?.text())
    expect(words.slice(0, 3)).toEqual(['不一致，建议改写后再计分', '一致', '样本少'])
    expect(wrapper.text()).toContain('不一致的问项：当班日志已记。建议改写后再计分。')
    expect(wrapper.text()).toContain('两次相隔 30 分钟以内的 9/12 75.0%。另有 1 对相隔超过一天，不比对。')
  })

  it('has a check made again by others, and asks who and why first', async () => {
    const { calls } = await mountPart('agreement')
    expect(document.body.textContent).not.toContain('已复核局')
    press('安排盲复核：市应急管理局')
    await flushPromises()
    press('安排')
    await flushPromises()
    expect(document.body.textContent).toContain('至少写 1 人')
    expect(calls.some(({ path }) => path === 'inspection.orderSecond')).toBe(false)
    await expectAccessible(document.body)
    document.body.querySelector<HTMLElement>('.el-dialog .el-select__wrapper')?.click()
    await flushPromises()
    const options = [...document.body.querySelectorAll<HTMLElement>('.el-select-dropdown__item')]
    options.find((one) => one.textContent?.trim() === '丁')?.click()
    await flushPromises()
    const reason = document.body.querySelector<HTMLInputElement>('.el-dialog .zd-input')
    if (reason === null) throw new RangeError('no reason')
    reason.value = '一致性抽样'
    reason.dispatchEvent(new Event('input'))
    await flushPromises()
    press('安排')
    await flushPromises()
    expect(calls.find(({ path }) => path === 'inspection.orderSecond')?.input).toEqual({
      inspectionId: INSPECTION_ID,
      inspectors: ['丁'],
      reason: '一致性抽样',
    })
  })

  it('offers no act to who may not order, and says what is kept from who is to check blind', async () => {
    const { wrapper } = await mountPart('upper', { mayOrder: false, hidden: 2, upper: [] }, 'leader')
    expect(wrapper.text()).toContain('还没有复核过下级的抽查')
    expect(wrapper.text()).toContain('有 2 次抽查要由您盲复核')
    expect(wrapper.findAll('button').map((one) => one.text())).not.toContain('抽样复核下级')
    const empty = makeQuality().agreement
    const agreement = { ...empty, pairs: 0, open: 2, items: [], findings: [] }
    const { wrapper: other } = await mountPart('agreement', { mayOrder: false, agreement }, 'leader')
    expect(other.text()).toContain('已安排 2 次复核，等待结果。')
  })

  it('samples what the offices below checked', async () => {
    const { wrapper } = await mountPart('upper')
    press('抽样复核下级')
    await flushPromises()
    expect(document.body.textContent).toContain('抽样复核下级 2026年第四季度的抽查')
    press('抽样')
    await flushPromises()
    expect(document.body.textContent).toContain('至少写 2 个字')
    await expectAccessible(document.body)
    expect(wrapper.find('[data-unit="C01"]').text()).toContain('2/5')
  })
})
