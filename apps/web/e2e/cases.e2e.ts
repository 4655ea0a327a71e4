import { randomUUID } from 'node:crypto'
import type { SupervisionCaseList, SupervisionCasePage } from '@zhidu/contract'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { actAs, enter, openSession, type SignedIn } from './support/accounts.ts'
import { findBarriers } from './support/find-barriers.ts'
import { launchBrowser } from './support/launch-browser.ts'
import { accountOf, createInstallation, type RunningServer } from './support/run-server.ts'
import { overhang, visit, watchPages } from './support/watch-page.ts'

type Person = 'clerk' | 'approver' | 'inspector' | 'officer'
const installation = createInstallation()
let server: RunningServer
let browser: Browser
const people = {} as Record<Person, SignedIn>
const pages = {} as Record<Exclude<Person, 'inspector'>, Page>
const watches: ReturnType<typeof watchPages>[] = []
const inspectionId = randomUUID()
let caseId = ''

async function openWindow(who: SignedIn, width: number): Promise<Page> {
  const context: BrowserContext = await browser.newContext({
    viewport: { width, height: width < 500 ? 844 : 900 },
    locale: 'zh-CN',
  })
  await enter(context, who)
  watches.push(watchPages(context, server.url))
  return await context.newPage()
}

async function ask<T>(who: SignedIn, procedure: string, input: object): Promise<T> {
  const query = new URLSearchParams({ input: JSON.stringify(input) })
  const response = await fetch(`${who.url}/trpc/${procedure}?${query.toString()}`, { headers: { cookie: who.cookie } })
  return (JSON.parse(await response.text()) as { result: { data: T } }).result.data
}

/** A video check of the officer's unit that found no log. */
async function recordCheck(unitCode: string): Promise<void> {
  const start = { session: 'e2e', monotonicMs: 0, wallMs: Date.now() - 120_000 }
  const anchor = { session: 'e2e', monotonicMs: 120_000, wallMs: start.wallMs + 120_000, roundTripMs: 1 }
  await actAs(people.inspector, 'inspection.submit', {
    format: 1,
    inspectionId,
    unitCode,
    method: 'video',
    purpose: 'ordered',
    drawId: null,
    orderId: null,
    reason: '夜间抽查',
    inspectors: ['演示督查员'],
    checklist: { id: 'phone', version: 1 },
    start,
    anchors: [{ ...anchor, serverMs: anchor.wallMs }],
    elapsedMs: 60_000,
    attempts: [],
    callBack: null,
    signals: [],
    answers: [{ item: 'log', answer: 'no', note: null, files: [] }],
    startPlace: 'not_asked',
    endPlace: 'not_asked',
    readBack: null,
    files: [],
    metPerson: null,
    metPost: null,
    note: null,
  })
}

beforeAll(async () => {
  const [started, launched] = await Promise.all([installation.serve(['--demo']), launchBrowser()])
  server = started
  browser = launched
  for (const name of ['clerk', 'approver', 'inspector'] as const) {
    people[name] = await openSession(server.url, accountOf(server, name))
  }
  const officer = accountOf(server, 'unit-officer')
  people.officer = await openSession(server.url, officer)
  await recordCheck(officer.unitCode ?? '')
  pages.clerk = await openWindow(people.clerk, 1440)
  pages.approver = await openWindow(people.approver, 1440)
  pages.officer = await openWindow(people.officer, 390)
})
afterAll(async () => {
  await browser?.close()
  await installation.remove()
})

/** Presses a step of the case and fills its form. */
async function step(
  page: Page,
  name: string,
  fields: { readonly note?: string; readonly owner?: string; readonly lastDay?: string } = {},
): Promise<void> {
  await visit(page, `${server.url}/cases/${caseId}`)
  await page.locator('.buttons button', { hasText: name }).first().click()
  const dialog = page.getByRole('dialog')
  if (fields.note !== undefined) await dialog.locator('textarea').fill(fields.note)
  if (fields.owner !== undefined) await dialog.locator('input[type=text]').fill(fields.owner)
  if (fields.lastDay !== undefined) await dialog.locator('input[type=date]').fill(fields.lastDay)
  await dialog.locator('.zd-form-actions button').first().click()
  await dialog.waitFor({ state: 'hidden' })
}

const stateOf = async () => (await ask<SupervisionCasePage>(people.clerk, 'case.get', { caseId })).item.state

test('a finding goes from notice to being struck off, and a recheck is drawn', async () => {
  const { clerk, officer, approver } = pages
  await visit(clerk, `${server.url}/cases`)
  await clerk.locator('.notify button').click()
  await clerk.getByRole('dialog').locator('.zd-form-actions button').first().click()
  await clerk.locator('.notify').waitFor({ state: 'detached' })
  const { items } = await ask<SupervisionCaseList>(people.clerk, 'case.list', { view: 'all' })
  caseId = items.find((one) => one.inspectionId === inspectionId)?.caseId ?? ''
  expect(await stateOf()).toBe('awaiting_explanation')

  // On the page of the check too, nothing is confirmed before the unit was heard.
  await visit(clerk, `${server.url}/inspections/${inspectionId}`)
  await clerk.getByRole('link', { name: '待说明' }).waitFor()
  await clerk.getByRole('button', { name: '认定', exact: true }).first().click()
  await clerk.getByRole('dialog').locator('.zd-input').fill('日志缺页')
  await clerk.getByRole('dialog').getByRole('button', { name: '认定', exact: true }).click()
  await clerk.getByRole('alert').getByText('说明期限也没有过，不能认定').waitFor()
  expect(await stateOf()).toBe('awaiting_explanation')
  // The browser tells of the refusal, too.
  for (const watch of watches) watch.clear()

  await step(officer, '签收')
  await officer.locator('.buttons button', { hasText: '说明情况' }).click()
  const dialog = officer.getByRole('dialog')
  await dialog.locator('textarea').fill('当晚交接漏记，已补')
  const jpeg = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(1_500_000, 7)])
  await dialog.locator('input[type=file]').setInputFiles({ name: '日志.jpg', mimeType: 'image/jpeg', buffer: jpeg })
  await dialog.getByLabel('日志.jpg').waitFor()
  expect(await findBarriers(officer)).toEqual([])
  await dialog.locator('.zd-form-actions button').first().click()
  await dialog.waitFor({ state: 'hidden' })
  expect(await overhang(officer)).toBe(0)

  await step(clerk, '认定', { note: '日志缺 18 时至 22 时' })
  const lastDay = new Date(Date.now() + 10 * 86_400_000).toISOString().slice(0, 10)
  await step(clerk, '责令整改', { note: '补齐并自查一月', owner: '值班科长', lastDay })
  await step(officer, '提交整改情况', { note: '已补齐' })
  await visit(clerk, `${server.url}/cases/${caseId}`)
  await clerk.getByText('办结：责令或提交的人不能自己核验').waitFor()
  await step(approver, '退回', { note: '缺自查记录' })
  await step(officer, '提交整改情况', { note: '已附自查记录' })
  await step(approver, '办结')
  await step(clerk, '销号')
  expect(await stateOf()).toBe('struck_off')
  await clerk.getByText('回头看的日子已由服务器定好，到日才显示。').waitFor()
  expect(await findBarriers(clerk)).toEqual([])
  await visit(officer, `${server.url}/cases/${caseId}`)
  expect(await officer.getByText('回头看').count()).toBe(0)
  expect(await officer.locator('.steps a').count()).toBe(1)
})

test('the list and the paper read on a phone and print on A4', async () => {
  const { clerk, officer } = pages
  await visit(officer, `${server.url}/cases?view=all`)
  await officer.locator('tbody').getByText('已销号').first().waitFor()
  expect(await overhang(officer)).toBe(0)
  expect(await findBarriers(officer)).toEqual([])
  await visit(clerk, `${server.url}/cases/${caseId}/notice`)
  await clerk.getByRole('heading', { name: '整改通知书' }).waitFor()
  const pdf = await clerk.pdf({ preferCSSPageSize: true })
  expect(pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length).toBe(1)
  expect(watches.flatMap(({ troubles }) => troubles)).toEqual([])
})
