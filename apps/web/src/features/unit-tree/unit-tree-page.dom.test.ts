// Seam: the tRPC client's last link answers; everything above it is the application's own.
import type { SuccessionPreview, UnitHistory, UnitTreeView } from '@zhidu/contract'
import { toQuarter } from '@zhidu/domain'
import { flushPromises } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import type { Answers } from '../../testing/answer-link.ts'
import { makeMeta } from '../../testing/make-meta.ts'
import { expectAccessible, mountApp } from '../../testing/mount-app.ts'
import SuccessionForm from './SuccessionForm.vue'
import UnitTreePage from './UnitTreePage.vue'

const unit = {
  unitCode: 'C04',
  name: '第4县',
  shortName: null,
  parentCode: 'J00',
  parentName: '测试市',
  tier: 'county',
  peerGroup: '县区组',
  dutyMode: 'room',
  isOpen: true,
} as const

function makeTree(overrides: Partial<UnitTreeView> = {}): UnitTreeView {
  return {
    onDate: '2026-11-20',
    provenance: makeMeta().provenance,
    units: [unit, { ...unit, unitCode: 'C05', name: '第5县', isOpen: false }],
    successions: [
      {
        actId: '0190a000-0000-7000-8000-000000000009',
        kind: 'merge',
        onDate: '2026-10-01',
        fromUnits: [{ unitCode: 'C05', name: '第5县' }],
        toUnits: [{ unitCode: 'C04', name: '第4县' }],
        reason: '机构改革',
        recordedAt: '2026-10-08T09:00:00+08:00',
        recordedBy: '考核甲',
      },
    ],
    mayRecord: true,
    ...overrides,
  }
}

const HISTORY: UnitHistory = {
  unitCode: 'C05',
  name: '第5县',
  changes: [
    { onDate: null, kind: 'opened', before: null, after: '第5县', reason: null },
    { onDate: '2026-10-01', kind: 'merged_into', before: null, after: '第4县', reason: '机构改革' },
  ],
  before: [],
  bearer: { unitCode: 'C04', name: '第4县' },
}

function open(answers: Answers['unit'] = {}, locale: 'zh-CN' | 'en' = 'zh-CN') {
  const unitAnswers = { tree: makeTree(), history: HISTORY, ...answers }
  return mountApp(UnitTreePage, {
    at: '/admin/units',
    locale,
    answers: { meta: { get: makeMeta() }, unit: unitAnswers },
  })
}

describe('units and groups', () => {
  it('says what is open as of a day, how units change, and what was merged', async () => {
    const { calls, wrapper } = await open()
    expect(wrapper.get('.headline').text()).toBe('2026年11月20日有 1 家单位、1 个考核分组在用，另有 1 家停用。')
    expect(wrapper.text()).toContain('仍用单位文件导入')
    expect(wrapper.text()).toContain('第5县 并入 第4县')
    await wrapper.get('input[type="date"]').setValue('2026-06-30')
    await flushPromises()
    expect(calls.filter(({ path }) => path === 'unit.tree').at(-1)?.input).toEqual({ onDate: '2026-06-30' })
    await expectAccessible(wrapper.element.parentElement!)
  })

  it('opens a unit’s history to the day', async () => {
    const { wrapper } = await open({}, 'en')
    await wrapper.get('button[aria-label="History of 第5县"]').trigger('click')
    await flushPromises()
    const drawer = [...document.querySelectorAll<HTMLElement>('.el-drawer')].at(-1)!
    expect(drawer.textContent).toContain('merged into')
    expect(drawer.textContent).toContain('reason: 机构改革')
    await expectAccessible(drawer)
    expect(document.body.textContent).not.toMatch(/unitTree\.|ui\.history/)
  })

  it('offers no record to who does not stand at the top', async () => {
    const { wrapper } = await open({ tree: makeTree({ mayRecord: false }) })
    expect(wrapper.text()).not.toContain('记录合并或拆分')
    expect(wrapper.text()).not.toContain('撤销')
  })

  it('takes an act back with a reason', async () => {
    const withdrawn: unknown[] = []
    const { wrapper } = await open({
      withdraw: (input: unknown) => {
        withdrawn.push(input)
        return { done: true } as const
      },
    })
    const button = wrapper.findAll('button').find((each) => each.text() === '撤销')!
    await button.trigger('click')
    await flushPromises()
    const input = document.querySelector<HTMLInputElement>('.el-dialog input')!
    input.value = '录错'
    input.dispatchEvent(new Event('input'))
    await flushPromises()
    ;[...document.querySelectorAll<HTMLButtonElement>('.el-dialog .is-danger')].at(-1)!.click()
    await flushPromises()
    expect(withdrawn).toEqual([{ actId: '0190a000-0000-7000-8000-000000000009', reason: '录错' }])
  })
})

describe('the record of a merger', () => {
  const line = {
    group: '县区组',
    timeliness: { onTime: 1, late: 0, missing: 0, notYetDue: 0, owed: 1 },
    checks: { passed: 1, total: 1 },
    score: 99,
  }

  async function preview(answer: Partial<SuccessionPreview>) {
    const told = { problems: [], quarter: toQuarter('2026Q3'), before: [], after: [], ...answer }
    const { wrapper } = await mountApp(SuccessionForm, {
      props: { units: makeTree().units },
      answers: { unit: { preview: told } },
    })
    const state = wrapper.vm.$.setupState as { draft: { many: string[]; one: string; onDate: string } }
    Object.assign(state.draft, { many: ['C05'], one: 'C04', onDate: '2026-10-01' })
    await flushPromises()
    await wrapper.get('form').trigger('submit')
    await flushPromises()
    return wrapper
  }

  it('shows what it changes before it can be made, and asks for a reason', async () => {
    const wrapper = await preview({
      before: [{ ...line, unitCode: 'C05', name: '第5县' }],
      after: [{ ...line, unitCode: 'C04', name: '第4县', score: null }],
    })
    expect(wrapper.text()).toContain('以 2026年第三季度 为例')
    expect(wrapper.text()).toContain('未测量')
    expect(wrapper.get('.is-primary').attributes('disabled')).toBeDefined()
    expect(wrapper.text()).toContain('写明原因后可以记录')
    await expectAccessible(wrapper.element.parentElement!)
  })

  it('names the unit and what to do when it cannot be made', async () => {
    const wrapper = await preview({ problems: [{ kind: 'still_open', unitCode: 'C05', name: '第5县' }] })
    expect(wrapper.get('[role="alert"]').text()).toBe('第5县在 2026-10-01 仍然启用。请先用单位文件停用，再记录合并。')
  })
})
