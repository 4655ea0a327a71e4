import { flushPromises } from '@vue/test-utils'
import type { RegulationVersion } from '@zhidu/contract'
import { BAOJI, SAMPLE_REGULATION } from '@zhidu/domain'
import { describe, expect, it, vi } from 'vitest'
import { makeMeta } from '../testing/make-meta.ts'
import { expectAccessible, mountApp } from '../testing/mount-app.ts'
import AsOfPicker from './AsOfPicker.vue'
import CheckSquares from './CheckSquares.vue'
import FivePartBar from './FivePartBar.vue'
import MethodDrawer from './method/MethodDrawer.vue'
import NothingMark from './NothingMark.vue'
import PageHead from './PageHead.vue'
import QuarterSelect from './QuarterSelect.vue'
import QueryBar from './QueryBar.vue'
import SegmentControl from './SegmentControl.vue'
import SparkLine from './SparkLine.vue'
import EmptyBlock from './state/EmptyBlock.vue'
import LoadingBlock from './state/LoadingBlock.vue'
import ProblemBlock from './state/ProblemBlock.vue'
import StatusLamp from './StatusLamp.vue'
import ToneTag from './ToneTag.vue'

const BASE = { timeliness: 30, completeness: 20, truthfulness: 20, discipline: 20, filing: 10 }
const PROVENANCE = makeMeta().provenance
const RULES: RegulationVersion = {
  item: {
    id: SAMPLE_REGULATION.id,
    version: SAMPLE_REGULATION.version,
    title: SAMPLE_REGULATION.title,
    notice: SAMPLE_REGULATION.notice,
    issuer: SAMPLE_REGULATION.source.issuer,
    sourceDocument: SAMPLE_REGULATION.source.document,
    state: 'published',
    effectiveFrom: null,
    effectiveUntil: null,
    revision: 1,
    changed: null,
    published: null,
    isOwn: false,
  },
  document: JSON.parse(JSON.stringify(SAMPLE_REGULATION)) as RegulationVersion['document'],
}

describe('marks', () => {
  it('say in words what they show, and are free of barriers', async () => {
    const parts = [
      [
        FivePartBar,
        { base: BASE, kept: { ...BASE, timeliness: 23 }, hollow: ['discipline'] },
        '及时 23.0/30、完整 20.0/20、真实 20.0/20、纪律 未测量、节假日 10.0/10',
      ],
      [CheckSquares, { passed: 3, total: 5 }, '合格 3 次，不合格 2 次'],
      [
        SparkLine,
        { own: [90, 95], mean: [91, 92], scale: { low: 80, high: 100 }, label: '近四季得分 90.0、95.0' },
        '近四季得分 90.0、95.0',
      ],
    ] as const
    for (const [part, props, label] of parts) {
      const { wrapper } = await mountApp(part, { props: { ...props } })
      expect(wrapper.get('[role="img"]').attributes('aria-label')).toBe(label)
      await expectAccessible(wrapper.element.parentElement ?? document.body)
      wrapper.unmount()
    }
  })

  it('draw one square a check and cut none silently', async () => {
    const { wrapper } = await mountApp(CheckSquares, { props: { passed: 30, total: 32, most: 7 } })
    expect(wrapper.findAll('i')).toHaveLength(7)
    expect(wrapper.findAll('.is-failed')).toHaveLength(2)
    expect(wrapper.text()).toContain('…')
  })

  it('keep the word beside the colour and the shape', async () => {
    const lamp = await mountApp(StatusLamp, { props: { tone: 'red' }, slots: { default: '逾期 3 天' } })
    expect(lamp.wrapper.find('rect').exists()).toBe(true)
    expect(lamp.wrapper.text()).toBe('逾期 3 天')
    await expectAccessible(lamp.wrapper.element.parentElement ?? document.body)
    const tag = await mountApp(ToneTag, { props: { tone: 'amber' }, slots: { default: '申诉中' } })
    await expectAccessible(tag.wrapper.element.parentElement ?? document.body)
    const nothing = await mountApp(NothingMark, { props: { kind: 'notChecked', signOnly: true } })
    expect(nothing.wrapper.text()).toBe('未抽查')
    await expectAccessible(nothing.wrapper.element.parentElement ?? document.body)
  })
})

describe('controls', () => {
  it('have names, also the quarter that the address asks for and nobody has', async () => {
    const { wrapper } = await mountApp(QuarterSelect, {
      props: { quarters: ['2026Q3', '2026Q2'], modelValue: '2025Q1' },
    })
    expect(wrapper.text()).toContain('2025年第一季度')
    await expectAccessible(wrapper.element.parentElement ?? document.body)
    const bar = await mountApp(QueryBar, { props: { label: '查询条件' } })
    await expectAccessible(bar.wrapper.element.parentElement ?? document.body)
  })

  it('tell which segment is on', async () => {
    const options = [
      { value: 'a', label: '市直组', count: 35 },
      { value: 'b', label: '县区组' },
    ]
    const { wrapper } = await mountApp(SegmentControl, { props: { options, label: '分组', modelValue: 'a' } })
    expect(wrapper.text()).toContain('市直组\u00a035')
    await wrapper.findAll('button')[1]?.trigger('click')
    expect(wrapper.emitted('update:modelValue')).toEqual([['b']])
    expect(wrapper.findAll('button').map((button) => button.attributes('aria-pressed'))).toEqual(['false', 'true'])
    await expectAccessible(wrapper.element.parentElement ?? document.body)
  })

  it('turn a chosen moment into an instant, and go back to now', async () => {
    const { wrapper } = await mountApp(AsOfPicker, {
      props: { modelValue: null, effective: '2026-10-08T23:59:59+08:00' },
    })
    expect(wrapper.get('.as-of').text()).toBe('2026-10-08 23:59')
    await expectAccessible(wrapper.element.parentElement ?? document.body)
    await wrapper.get('.as-of').trigger('click')
    const buttons = document.querySelectorAll<HTMLButtonElement>('.as-of-form .zd-button')
    await expect.poll(() => buttons[0]?.disabled).toBe(false)
    buttons[0]?.click()
    buttons[1]?.click()
    expect(wrapper.emitted('update:modelValue')).toEqual([['2026-10-08T23:59:59+08:00'], [null]])
  })
})

describe('states', () => {
  it('show nothing of a skeleton during the first second', async () => {
    vi.useFakeTimers()
    const { wrapper } = await mountApp(LoadingBlock, { props: { rows: 35, label: '正在载入 市直组 35 家' } })
    vi.advanceTimersByTime(990)
    await flushPromises()
    expect(wrapper.text()).toBe('')
    vi.advanceTimersByTime(20)
    await flushPromises()
    vi.useRealTimers()
    expect(wrapper.text()).toBe('正在载入 市直组 35 家')
    expect(wrapper.findAll('.row')).toHaveLength(35)
    await expectAccessible(wrapper.element.parentElement ?? document.body)
  })

  it('are free of barriers', async () => {
    const empty = await mountApp(EmptyBlock, { props: { title: '本季还没有抽查记录', text: '8 家待查。' } })
    await expectAccessible(empty.wrapper.element.parentElement ?? document.body)
    const problem = await mountApp(ProblemBlock, { props: { error: new Error('boom') } })
    await problem.wrapper.get('button').trigger('click')
    expect(problem.wrapper.emitted('retry')).toHaveLength(1)
    await expectAccessible(problem.wrapper.element.parentElement ?? document.body)
  })
})

describe('the head of a page', () => {
  it('shows where it is, the sentence, and as of when under which rules', async () => {
    const crumbs = [{ label: '排名与评价' }, { label: '排名表', to: '/league' }]
    const props = {
      crumbs,
      title: '标题',
      period: '2026年第三季度',
      headline: '一句话。',
      provenance: PROVENANCE,
      canChooseAsOf: true,
    }
    const { wrapper } = await mountApp(PageHead, { props })
    expect(wrapper.get('h1').text()).toBe('标题2026年第三季度')
    expect(wrapper.get('.meta-line').text()).toContain('示例规则 2026-1（示例，非任何单位的正式办法）')
    await expectAccessible(wrapper.element.parentElement ?? document.body)
  })

  it('explains rules, terms and the kinds of nothing', async () => {
    await mountApp(MethodDrawer, {
      props: { modelValue: true, provenance: PROVENANCE },
      answers: { rules: { get: RULES } },
    })
    await expect.poll(() => document.querySelector('.method')?.textContent ?? '').toContain('呼叫转移')
    expect(document.querySelector('.method')?.textContent).toContain('四种“没有”')
    const text = document.querySelector('.method')?.textContent ?? ''
    expect(text.replaceAll(/\s/g, '')).toContain('书面首报迟报每超1小时')
    expect(text).toContain('呼叫转移')
    await expectAccessible(document.body)
  })

  it('says of vetoes, grades and elements what the rules in force say, whatever they are', async () => {
    const provenance = { ...PROVENANCE, regulation: { ...PROVENANCE.regulation, id: BAOJI.id, version: BAOJI.version } }
    const changed = { ...BAOJI, vetoes: [], commendation: { ...BAOJI.commendation, minEventsOwed: 7 } }
    const inForce = JSON.parse(JSON.stringify(changed)) as RegulationVersion['document']
    await mountApp(MethodDrawer, {
      props: { modelValue: true, provenance },
      answers: { rules: { get: { ...RULES, document: inForce } } },
    })
    const textOf = (): string => [...document.querySelectorAll('.method')].at(-1)?.textContent ?? ''
    await expect.poll(textOf).toContain('本季应报 7 件以上')
    expect(textOf()).not.toMatch(/瞒报一件|一票否决|五项|每件 12 项/)
  })
})
