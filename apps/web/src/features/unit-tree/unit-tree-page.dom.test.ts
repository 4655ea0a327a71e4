// Seam: the tRPC client's last link answers; everything above it is the application's own.
import type { UnitActPreview, UnitHistory, UnitTreeView } from '@zhidu/contract'
import { type PlainDate, toQuarter } from '@zhidu/domain'
import { flushPromises } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import type { Answers } from '../../testing/answer-link.ts'
import { makeMeta } from '../../testing/make-meta.ts'
import { expectAccessible, mountApp } from '../../testing/mount-app.ts'
import UnitActForm from './UnitActForm.vue'
import { emptyDraft, emptyValues, toActInput, type UnitActDraft } from './unit-act-draft.ts'
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
  mayRecord: true,
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
    expect(wrapper.text()).toContain('也可以成批用单位文件导入')
    expect(wrapper.text()).toContain('第5县 并入 第4县')
    // As of a day, not of a quarter's end.
    expect(wrapper.findAll('tbody td').map((cell) => cell.text())).toContain('停用')
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
    expect(wrapper.text()).not.toContain('登记单位变动')
    expect(wrapper.text()).not.toContain('撤销')
  })

  it('takes an act back with a reason', async () => {
    const withdrawn: unknown[] = []
    const { wrapper } = await open({
      withdraw: (input: unknown) => {
        withdrawn.push(input)
        return { kept: [{ unitCode: 'C05', name: '第5县' }] }
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
    // What could not be taken back is named.
    expect(wrapper.get('[role="status"]').text()).toContain('第5县在登记后又有变动')
  })
})

describe('the record of a change', () => {
  const line = {
    group: '县区组',
    timeliness: { onTime: 1, late: 0, missing: 0, notYetDue: 0, owed: 1 },
    checks: { passed: 1, total: 1 },
    score: 99,
  }
  const row = { unitCode: 'C05', name: '第5县', parentName: '测试市', peerGroup: '县区组', validFrom: null }

  async function fill(draft: Partial<UnitActDraft>, answer: Partial<UnitActPreview> = {}, about: string | null = null) {
    const told = { problems: [], gone: [], added: [], frozen: [], quarter: toQuarter('2026Q3'), before: [], after: [] }
    const asked: unknown[] = []
    const mounted = await mountApp(UnitActForm, {
      props: { units: makeTree().units, about },
      answers: {
        unit: {
          preview: (input: unknown) => {
            asked.push(input)
            return { ...told, ...answer }
          },
          record: (input: unknown) => {
            asked.push(input)
            return { actId: '0190a000-0000-7000-8000-000000000009', rows: 1 }
          },
        },
      },
    })
    const { wrapper } = mounted
    const state = wrapper.vm.$.setupState as { draft: UnitActDraft }
    if (draft.kind !== undefined) state.draft = { ...state.draft, kind: draft.kind }
    await flushPromises()
    state.draft = { ...state.draft, ...draft }
    await flushPromises()
    state.draft = { ...state.draft, onDate: '2026-10-01' }
    await flushPromises()
    await wrapper.get('form').trigger('submit')
    await flushPromises()
    return { wrapper, asked }
  }

  it('shows what it changes before it can be made, and asks for a reason', async () => {
    const { wrapper, asked } = await fill(
      { fromCodes: ['C05'], successorCode: 'C04', successorName: '大县' },
      {
        added: [{ ...row, validTo: '2026-10-01' as PlainDate }],
        frozen: [toQuarter('2026Q3')],
        before: [{ ...line, unitCode: 'C05', name: '第5县' }],
        after: [{ ...line, unitCode: 'C04', name: '第4县', score: null }],
      },
    )
    expect(asked).toMatchObject([
      { kind: 'merge', fromCodes: ['C05'], toCodes: ['C04'], values: [{ unitCode: 'C04', name: '大县' }] },
    ])
    expect(wrapper.text()).toContain('第5县用到 2026年9月30日')
    expect(wrapper.text()).toContain('2026年第三季度已冻结，照原样不变')
    expect(wrapper.text()).toContain('未测量')
    expect(wrapper.get('.is-primary').attributes('disabled')).toBeDefined()
    expect(wrapper.text()).toContain('写明原因后可以登记')
    await expectAccessible(wrapper.element.parentElement!)
  })

  it('names the unit and what to do when it cannot be made', async () => {
    const { wrapper } = await fill(
      { kind: 'close', unitCode: 'C04' },
      { problems: [{ kind: 'children_left', unitCode: 'C04', name: '第4县' }] },
    )
    expect(wrapper.get('[role="alert"]').text()).toBe(
      '第4县下面还有在用的单位。请先用“更改”把它们划给新的上级，再登记。',
    )
  })

  it('begins with the unit whose page led here: a closed one is re-opened', async () => {
    const { wrapper, asked } = await fill({ reason: '恢复' }, {}, 'C05')
    await wrapper.get('form').trigger('submit')
    await flushPromises()
    const unitValues = { unitCode: 'C05', name: '第5县', parentCode: 'J00', peerGroup: '县区组' }
    expect(asked).toMatchObject([
      { kind: 'reopen', unit: unitValues },
      { kind: 'reopen', unit: unitValues, reason: '恢复', onDate: '2026-10-01' },
    ])
    expect(wrapper.emitted('recorded')).toEqual([['已登记：恢复，自 2026-10-01 起。']])
    await expectAccessible(wrapper.element.parentElement!)
  })
})

describe('what was filled in', () => {
  const units = makeTree().units
  const draft = { ...emptyDraft(), onDate: '2026-10-01' }
  const created = { ...emptyValues(units[0]), unitCode: ' N1 ', name: '新局' }
  const fresh = { unitCode: 'N1', name: '新局', shortName: null, parentCode: 'J00', peerGroup: '县区组' }

  it.each([
    [
      'a merger into a new unit',
      { fromCodes: ['C04', 'C05'], isNewSuccessor: true, created: [created] },
      { toCodes: ['N1'], values: [fresh] },
    ],
    [
      'a split into a new and an old one',
      { kind: 'split', unitCode: 'C04', partCodes: ['C05'], created: [created] },
      { fromCodes: ['C04'], toCodes: ['C05', 'N1'], values: [fresh], keepsOld: false },
    ],
    ['a new unit', { kind: 'open', values: created }, { unit: fresh }],
    ['a closing', { kind: 'close', unitCode: 'C04' }, { unitCode: 'C04' }],
  ] as const)('%s goes as the server takes it', (_name, change, act) => {
    expect(toActInput({ ...draft, ...(change as object) }, units)).toMatchObject(act)
  })

  it.each([
    { onDate: '' },
    { fromCodes: ['C05'] },
    { fromCodes: ['C05'], isNewSuccessor: true, created: [{ ...created, name: ' ' }] },
    { kind: 'split', unitCode: 'C04' },
    { kind: 'close' },
    { kind: 'change' },
  ] as const)('%j is not enough', (change) => {
    expect(toActInput({ ...draft, ...(change as object) }, units)).toBe(null)
  })
})
