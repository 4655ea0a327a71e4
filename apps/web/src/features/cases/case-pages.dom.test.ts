// Seam: the tRPC client's last link answers; everything above it is the application's own.
import type { SupervisionCaseList, SupervisionCasePage } from '@zhidu/contract'
import { type Role, toQuarter } from '@zhidu/domain'
import { flushPromises } from '@vue/test-utils'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { Answers } from '../../testing/answer-link.ts'
import { makeMeta } from '../../testing/make-meta.ts'
import { makeAccount, makeSession } from '../../testing/make-session.ts'
import { expectAccessible, mountApp } from '../../testing/mount-app.ts'
import CasePage from './CasePage.vue'
import CasesPage from './CasesPage.vue'
import NoticePage from './NoticePage.vue'
import { CASE_ID, makeCaseItem, makeCaseList, makeCasePage, makeCaseStep, makeClosure } from './testing/make-case.ts'

afterEach(() => {
  document.body.innerHTML = ''
  localStorage.clear()
  vi.unstubAllGlobals()
})

const LOCALES = ['zh-CN', 'en'] as const
type Locale = (typeof LOCALES)[number]

function signedIn(role: Role): Answers['session'] {
  return { get: makeSession({ account: makeAccount([role]) }) }
}

async function mountList(list: SupervisionCaseList = makeCaseList(), at = '/cases', locale: Locale = 'zh-CN') {
  const given = { list, closure: makeClosure(), notify: { notified: 3 } }
  const meta = { get: makeMeta({ currentQuarter: toQuarter('2026Q4') }) }
  return await mountApp(CasesPage, { answers: { session: signedIn('clerk'), meta, case: given }, at, locale })
}

async function mountPage(
  page: SupervisionCasePage,
  { component = CasePage, locale = 'zh-CN' as Locale, more = {} as Answers['case'] } = {},
) {
  const answers = { session: signedIn('clerk'), case: { get: page, ...more } }
  return await mountApp(component, { answers, at: `/cases/${CASE_ID}`, locale, props: { caseId: CASE_ID } })
}

function buttonNamed(name: string): HTMLButtonElement {
  // A dialog that was closed keeps its words while it fades.
  const found = [...document.body.querySelectorAll('button')].findLast(
    (one) => one.textContent?.trim() === name && one.closest('[style*="display: none"]') === null,
  )
  if (found === undefined) throw new RangeError(name)
  return found
}

async function press(name: string): Promise<void> {
  buttonNamed(name).click()
  await flushPromises()
}

async function fill(selector: string, value: string): Promise<void> {
  const input = document.body.querySelector<HTMLInputElement | HTMLTextAreaElement>(selector)
  if (input === null) throw new RangeError(selector)
  input.value = value
  input.dispatchEvent(new Event('input'))
  await flushPromises()
}

describe('the list of cases', () => {
  it('opens with what is open and what is ours, and asks with the words of the address', async () => {
    const at = '/cases?view=waiting&state=rectifying&lamp=red&finding=absent&unit=D13'
    const { calls, wrapper } = await mountList(makeCaseList(), at)
    expect(wrapper.get('.headline').text()).toBe('未了 2 个，待本单位处理 1 个；超期 1 个，三天内到期 1 个。')
    expect(calls.find(({ path }) => path === 'case.list')?.input).toEqual({
      view: 'waiting',
      unitCode: 'D13',
      state: 'rectifying',
      lamp: 'red',
      finding: 'absent',
    })
  })

  it('tells what is due, overdue, without a day and not to be said apart', async () => {
    const items = [
      makeCaseItem(),
      makeCaseItem({ caseId: '1', daysLeft: -3, lamp: 'red' }),
      makeCaseItem({ caseId: '2', daysLeft: 0 }),
      makeCaseItem({ caseId: '3', lastDay: null, daysLeft: null, lamp: 'off', turn: 'office' }),
      makeCaseItem({ caseId: '4', lastDay: null, daysLeft: null, lamp: 'off', notAnnounced: 2027 }),
    ]
    const { wrapper } = await mountList(makeCaseList({ items }))
    const words = wrapper
      .findAll('tbody')[0]
      ?.findAll('.status-lamp')
      .map((one) => one.text())
    expect(words).toEqual(['还有 2 天', '超期 3 天', '今天到期', '无期限', '2027 年节假日安排未公布，期限待定'])
  })

  it('notifies all that nobody was told of in one step', async () => {
    const toNotify = { inspectionIds: ['7f3a0000-0000-4000-8000-00000000c0de'], findings: 3 }
    const { calls } = await mountList(makeCaseList({ toNotify }))
    await press('下发通知')
    await press('下发通知')
    expect(calls.find(({ path }) => path === 'case.notify')?.input).toEqual({ inspectionIds: toNotify.inspectionIds })
  })

  it('shows what was closed beside what came again', async () => {
    const { wrapper } = await mountList()
    await flushPromises()
    expect(wrapper.text()).toContain('2/3 66.7%')
    expect(wrapper.text()).toContain('1/2 50.0%')
  })

  it('tells nothing open from filters that match nothing', async () => {
    const empty = makeCaseList({ items: [] })
    expect((await mountList(empty)).wrapper.text()).toContain('没有未了的问题')
    expect((await mountList(empty, '/cases?lamp=red')).wrapper.text()).toContain('没有符合条件的问题')
  })

  it.each(LOCALES)('is free of barriers in %s', async (locale) => {
    const { wrapper } = await mountList(makeCaseList(), '/cases', locale)
    expect(wrapper.text()).not.toMatch(/cases\.|words\.|shell\./)
    await expectAccessible(wrapper.element.parentElement!)
  })
})

describe('a case', () => {
  it('says whose turn it is, what the reader may do, and why not the rest', async () => {
    const next: SupervisionCasePage['next'] = [
      { kind: 'dismissed', barredBy: null },
      { kind: 'escalated', barredBy: null },
      { kind: 'confirmed', barredBy: 'waits_for_explanation' },
    ]
    const { wrapper } = await mountPage(makeCasePage({ next }))
    expect(wrapper.get('.headline').text()).toBe('等 市住房城乡建设局 说明情况，期限 2026-11-25。')
    expect(wrapper.findAll('.buttons button').map((one) => one.text())).toEqual(['不予认定', '提醒'])
    expect(wrapper.text()).toContain('认定：单位还没有说明，说明期限也没有过。')
  })

  it('takes no step without what it needs, then sends what was filled in', async () => {
    const page = makeCasePage({ next: [{ kind: 'ordered', barredBy: null }] })
    const { calls } = await mountPage(page, { more: { handle: { done: true } } })
    await press('责令整改')
    await press('责令整改')
    expect(document.body.textContent).toContain('请填写')
    await fill('textarea', '补齐日志')
    await fill('input[type=text]', '张主任')
    await fill('input[type=date]', '2026-12-01')
    await press('责令整改')
    expect(calls.find(({ path }) => path === 'case.handle')?.input).toEqual({
      caseId: CASE_ID,
      steps: 1,
      kind: 'ordered',
      note: '补齐日志',
      owner: '张主任',
      lastDay: '2026-12-01',
    })
  })

  it('keeps an explanation that is not ready, and hands it in with its evidence', async () => {
    const file = { sha256: 'ab'.repeat(32), bytes: 9, receivedBytes: 9, receivedSha256: 'ab'.repeat(32) }
    const drafts = [{ ...file, type: 'image/jpeg' as const, name: '日志.jpg' }]
    const page = makeCasePage({ next: [{ kind: 'explained', barredBy: null }], drafts })
    const { calls } = await mountPage(page, { more: { answer: { done: true } } })
    await press('说明情况')
    await fill('textarea', '当晚漏记')
    await press('暂存')
    expect(document.body.textContent).toContain('已暂存在本机')
    await press('取消')
    await press('说明情况')
    expect(document.body.querySelector('textarea')?.value).toBe('当晚漏记')
    document.body.querySelector<HTMLInputElement>('input[type=checkbox]')?.click()
    await flushPromises()
    await press('说明情况')
    expect(calls.find(({ path }) => path === 'case.answer')?.input).toEqual({
      caseId: CASE_ID,
      steps: 1,
      kind: 'explained',
      note: '当晚漏记',
      files: [file.sha256],
    })
  })

  it.each(LOCALES)('is free of barriers in %s', async (locale) => {
    const page = makeCasePage({
      next: [{ kind: 'returned', barredBy: null }],
      recheck: { state: 'due', fromDay: '2026-12-10', dueAt: '2026-12-17T00:00:00+08:00', inspectionId: null },
      recurrence: { caseId: CASE_ID, foundAt: '2026-12-20T22:10:05+08:00' },
    })
    const { wrapper } = await mountPage(page, { locale })
    expect(wrapper.text()).not.toMatch(/cases\.|words\.|shell\./)
    await expectAccessible(wrapper.element.parentElement!)
  })
})

describe('the paper', () => {
  it('tells of the finding until it is ordered to be put right', async () => {
    const first = await mountPage(makeCasePage(), { component: NoticePage })
    expect(first.wrapper.get('h1').text()).toBe('抽查问题告知书')
    expect(first.wrapper.text()).toContain('请于 2026-11-25 前（3 个工作日内）说明情况')
    const ordered = makeCaseStep({ kind: 'ordered', note: '补齐日志', owner: '张主任', lastDay: '2026-12-01' })
    const item = makeCaseItem({ lastDay: '2026-12-01', state: 'rectifying' })
    const page = makeCasePage({ item, steps: [makeCaseStep(), ordered] })
    const { wrapper } = await mountPage(page, { component: NoticePage })
    expect(wrapper.get('h1').text()).toBe('整改通知书')
    expect(wrapper.text()).toContain('请由 张主任 负责，于 2026-12-01 前完成整改')
    const print = vi.fn<() => void>()
    vi.stubGlobal('print', print)
    await press('打印')
    expect(print).toHaveBeenCalledOnce()
  })

  it.each(LOCALES)('is free of barriers in %s', async (locale) => {
    const { wrapper } = await mountPage(makeCasePage(), { component: NoticePage, locale })
    expect(wrapper.text()).not.toMatch(/cases\.|words\./)
    await expectAccessible(wrapper.element.parentElement!)
  })
})
