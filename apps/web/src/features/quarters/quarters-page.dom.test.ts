// Seam: the tRPC client's last link answers; everything above it is the application's own.
import type { QuarterReport } from '@zhidu/contract'
import { SAMPLE_REGULATION, toQuarter } from '@zhidu/domain'
import { flushPromises } from '@vue/test-utils'
import { afterEach, describe, expect, it } from 'vitest'
import { type Answers, Refusal } from '../../testing/answer-link.ts'
import { makeAccount, makeSession } from '../../testing/make-session.ts'
import { expectAccessible, mountApp } from '../../testing/mount-app.ts'
import { makeVersion as makeRules } from '../regulations/testing/make-regulation.ts'
import QuartersPage from './QuartersPage.vue'
import { makeItem, makeQuarterList, makeVersion } from './testing/make-quarters.ts'

const FROZEN = makeItem({
  quarter: toQuarter('2026Q2'),
  state: 'frozen',
  versions: [makeVersion(2), makeVersion(1)],
  since: { factCount: 3, unitCount: 2 },
})
const RUNNING = makeItem({ quarter: toQuarter('2026Q4'), state: 'running', lastOn: '2026-12-31' })

const REPORT: QuarterReport = {
  quarter: toQuarter('2026Q3'),
  manifestSha256: '284a3532584b'.padEnd(64, '0'),
  files: [{ name: 'regulation.json', sha256: ''.padEnd(64, '1') }],
  equal: true,
  version: 1,
  asOf: '2026-10-08T10:00:00+08:00',
  methodVersion: '1.0',
  problems: [],
}

async function mount(role: 'approver' | 'clerk', quarter: Answers['quarter'] = {}, at = '/quarters') {
  return await mountApp(QuartersPage, {
    answers: {
      session: { get: makeSession({ account: makeAccount([role]) }) },
      rules: { get: makeRules(SAMPLE_REGULATION) },
      quarter: { list: makeQuarterList([RUNNING, makeItem(), FROZEN]), progress: null, ...quarter },
    },
    at,
  })
}

function inBody(selector: string): HTMLElement {
  const found = document.body.querySelector<HTMLElement>(selector)
  if (found === null) throw new RangeError(selector)
  return found
}

function buttonNamed(name: string): HTMLButtonElement {
  const buttons = [...document.body.querySelectorAll('button')]
  const found = buttons.find((one) => one.textContent?.trim() === name || one.getAttribute('aria-label') === name)
  if (found === undefined) throw new RangeError(name)
  return found
}

async function type(selector: string, value: string): Promise<void> {
  const input = inBody(selector) as HTMLInputElement
  input.value = value
  input.dispatchEvent(new Event('input'))
  await flushPromises()
}

afterEach(() => {
  document.body.innerHTML = ''
})

it('opens with the versions of the quarter that a page of present facts leads to', async () => {
  await mount('clerk', {}, '/quarters?open=2026Q2')
  expect(inBody('.el-drawer, [role="dialog"]').textContent).toContain('2026年第二季度')
  expect(document.body.textContent).toContain(makeVersion(2).manifestSha256)
})

describe('the list of quarters', () => {
  it('tells a running, an ended and a frozen quarter apart, and what came since', async () => {
    const { wrapper } = await mount('clerk')
    const rows = wrapper.findAll('tbody tr').map((row) => row.text().replace(/\s+/g, ''))
    expect(rows[0]).toContain('进行中')
    expect(rows[1]).toContain('已结束未冻结')
    expect(rows[2]).toMatch(/已冻结第2版.*284a3532584b.*3条，2家单位/)
    expect(wrapper.text()).toContain('2026年第二季度冻结后又有新事实')
    expect(wrapper.findAll('tbody button').map((button) => button.text())).toEqual(['查看'])
  })

  it('says why a quarter cannot be frozen, and offers no button that would be refused', async () => {
    const obstacle = { reason: 'freeze_calendar_missing', params: { quarter: '2026Q3', year: '2027' } }
    const { wrapper } = await mount('approver', { list: makeQuarterList([makeItem({ obstacle })]) })
    expect(wrapper.text()).toContain('2027 年放假安排还没有录入')
    expect(wrapper.get('[aria-label="冻结2026年第三季度"]').attributes('disabled')).toBeDefined()
  })

  it('is free of barriers', async () => {
    const { wrapper } = await mount('approver')
    await expectAccessible(wrapper.element.parentElement!)
  })
})

describe('freezing', () => {
  it('asks for the quarter in writing and a tick, and sends nothing before', async () => {
    const { calls } = await mount('approver', { freeze: REPORT })
    buttonNamed('冻结2026年第三季度').click()
    await flushPromises()
    await expectAccessible(inBody('.freeze-form'))
    await type('.freeze-form .zd-input', '2026Q2')
    inBody('.freeze-form').dispatchEvent(new Event('submit'))
    await flushPromises()
    expect(document.body.textContent).toContain('没有写对，请照样写 2026Q3。')
    expect(calls.filter(({ path }) => path === 'quarter.freeze')).toEqual([])
    await type('.freeze-form .zd-input', '2026q3')
    inBody('.freeze-form input[type=checkbox]').click()
    await flushPromises()
    inBody('.freeze-form').dispatchEvent(new Event('submit'))
    await flushPromises()
    expect(calls.find(({ path }) => path === 'quarter.freeze')?.input).toEqual({ quarter: '2026Q3', confirm: '2026q3' })
    expect(document.body.textContent).toContain('2026年第三季度已冻结为第 1 版，清单 284a3532584b。')
  })

  it('of a frozen one is a supplement with its reason; a refusal stands where it was asked', async () => {
    const refuse = () => {
      throw new Refusal({ code: 'conflict', reason: 'supplement_without_change', params: { version: '2' } })
    }
    const { calls } = await mount('approver', { supplement: refuse })
    buttonNamed('为2026年第二季度建补充版').click()
    await flushPromises()
    const [reason, quarter] = document.body.querySelectorAll<HTMLInputElement>('.freeze-form .zd-input')
    await type(`#${CSS.escape(reason?.id ?? '')}`, '申诉成立')
    await type(`#${CSS.escape(quarter?.id ?? '')}`, '2026Q2')
    inBody('.freeze-form input[type=checkbox]').click()
    await flushPromises()
    inBody('.freeze-form').dispatchEvent(new Event('submit'))
    await flushPromises()
    const sent = { quarter: '2026Q2', confirm: '2026Q2', reason: '申诉成立' }
    expect(calls.find(({ path }) => path === 'quarter.supplement')?.input).toEqual(sent)
    expect(document.body.textContent).toContain('事实和结果都没有变化，不用建补充版')
  })

  it('shows how far it is, and can be stopped', async () => {
    const never = new Promise<QuarterReport>(() => undefined)
    const progress = { quarter: toQuarter('2026Q3'), work: 'freeze', phase: 'judging', done: 100, total: 3000 } as const
    await mount('approver', { freeze: () => never, progress })
    buttonNamed('冻结2026年第三季度').click()
    await flushPromises()
    await type('.freeze-form .zd-input', '2026Q3')
    inBody('.freeze-form input[type=checkbox]').click()
    await flushPromises()
    inBody('.freeze-form').dispatchEvent(new Event('submit'))
    await new Promise((resolve) => setTimeout(resolve, 900))
    await flushPromises()
    expect(document.body.textContent).toContain('第 2 步共 4 步：写入事实并计算，100 / 3,000')
    expect(buttonNamed('停止').disabled).toBe(false)
  })
})

describe('a frozen quarter', () => {
  it('shows what a supplement changed, and proves itself', async () => {
    const unit = {
      unitCode: 'D13',
      name: '市气象局',
      group: '市直组',
      before: { score: 90, rank: 3, grade: '优秀' as const },
      after: { score: 91, rank: 2, grade: '优秀' as const },
      deductions: {
        added: [],
        removed: [
          { dimension: 'timeliness' as const, code: 'written_late' as const, points: 1, ref: 'E1', at: REPORT.asOf },
        ],
      },
      facts: [{ kind: 'reports', ref: 'E1/first/0', change: 'changed' as const }],
    }
    await mount('approver', {
      difference: { quarter: toQuarter('2026Q2'), version: 2, units: [unit], unitCount: 1 },
      verify: { ...REPORT, equal: false, problems: [{ file: 'facts/reports.jsonl', reason: 'file_differs' }] },
    })
    buttonNamed('查看2026年第二季度的版本').click()
    await flushPromises()
    const drawer = document.body.querySelectorAll<HTMLElement>('.el-drawer')[1]!
    expect(drawer.textContent?.replace(/\s+/g, '')).toContain('市气象局市直组90.0第3名优秀91.0+1.0第2名优秀')
    expect(drawer.textContent).toContain('更正 突发事件信息报告 E1/first/0')
    expect(drawer.textContent).toContain('不再扣 书面首报迟报 E1')
    buttonNamed('核验并复算').click()
    await flushPromises()
    expect(drawer.textContent?.replace(/\s+/g, ' ')).toContain('facts/reports.jsonl 文件被改动过')
    await expectAccessible(drawer.querySelector('.el-drawer__body')!)
  })
})
