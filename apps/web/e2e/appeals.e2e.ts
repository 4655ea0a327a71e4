import type { AppealList, UnitPage } from '@zhidu/contract'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { actAs, enter, openSession, type SignedIn } from './support/accounts.ts'
import { findBarriers } from './support/find-barriers.ts'
import { launchBrowser } from './support/launch-browser.ts'
import { accountOf, createInstallation, type RunningServer } from './support/run-server.ts'
import { overhang, revisit, visit, watchPages } from './support/watch-page.ts'

const QUARTER = '2026Q3'
const installation = createInstallation()
let server: RunningServer
let browser: Browser
let demo: RunningServer
const watches: ReturnType<typeof watchPages>[] = []

beforeAll(async () => {
  const [started, launched] = await Promise.all([installation.serve(['--demo']), launchBrowser()])
  demo = started
  server = started
  browser = launched
})
afterAll(async () => {
  await browser?.close()
  await installation.remove()
})

function signIn(name: string): Promise<SignedIn> {
  return openSession(server.url, accountOf(demo, name))
}

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

/** Presses a step and fills its text. */
async function step(page: Page, name: string, note?: string): Promise<void> {
  await page.getByRole('button', { name, exact: true }).click()
  const dialog = page.getByRole('dialog')
  if (note !== undefined) await dialog.locator('textarea').fill(note)
  await dialog.locator('.zd-form-actions button').first().click()
  await dialog.waitFor({ state: 'hidden' })
}

test('a draft goes out, a unit appeals with a file, another person upholds it, two approve, the quarter is frozen', async () => {
  const clerk = await signIn('clerk')
  const officer = await signIn('unit-officer')
  const unitCode = accountOf(demo, 'unit-officer').unitCode ?? ''
  const office = await openWindow(clerk, 1440)
  await visit(office, `${server.url}/assessment?quarter=${QUARTER}`)
  await step(office, '出草案征求意见')
  await office.locator('[aria-current=step]').getByText('征求意见与申诉').waitFor()
  expect(await findBarriers(office)).toEqual([])

  const unit = await openWindow(officer, 390)
  const pageOf = () => ask<UnitPage>(officer, 'unit.get', { unitCode, quarter: QUARTER })
  const before = await pageOf()
  await visit(unit, `${server.url}/units/${unitCode}?quarter=${QUARTER}`)
  await unit.getByText('征求意见稿', { exact: true }).waitFor()
  await unit.locator('.reason-button').first().click()
  await unit.getByRole('button', { name: '申诉', exact: true }).click()
  const dialog = unit.getByRole('dialog')
  await dialog.locator('textarea').fill('当时系统停运，附运维记录')
  await dialog.locator('.zd-form-actions button').first().click()
  await unit.waitForURL(/\/appeals\//)
  await unit.getByRole('button', { name: '提交申诉' }).click()
  const pdf = Buffer.from('%PDF-1.4 log of the outage')
  await dialog.locator('input[type=file]').setInputFiles({ name: '记录.pdf', mimeType: 'application/pdf', buffer: pdf })
  await dialog.getByLabel('记录.pdf').waitFor()
  await dialog.locator('.zd-form-actions button').first().click()
  await dialog.waitFor({ state: 'hidden' })
  expect(await overhang(unit)).toBe(0)
  expect(await findBarriers(unit)).toEqual([])

  const { items } = await ask<AppealList>(clerk, 'appeal.list', { view: 'waiting' })
  await visit(office, `${server.url}/appeals?view=waiting`)
  expect(await findBarriers(office)).toEqual([])
  await office.locator('tbody a').first().click()
  await step(office, '受理')
  await step(office, '申诉成立', '运维记录属实，予以撤销')
  await office.getByText('申诉成立，扣分已撤销').waitFor()
  expect(items).toHaveLength(1)
  const after = await pageOf()
  expect(after.deductions.length).toBe(before.deductions.length - 1)
  expect(after.row?.score ?? 0).toBeGreaterThanOrEqual(before.row?.score ?? 0)
  await revisit(unit)
  expect(await unit.locator('.steps a').count()).toBe(1)

  // A fortnight later the days for appeals are over.
  await server.stop()
  const later = 'data:text/javascript,const%20n=Date.now;Date.now=()=>n()+1296e6'
  server = await installation.serve([], { NODE_OPTIONS: `--import=${later}` })
  const approver = await signIn('approver')
  const first = await openWindow(approver, 1440)
  await visit(first, `${server.url}/assessment?quarter=${QUARTER}`)
  await step(first, '审定')
  await first.getByText('您已经审定，要由另一人审定').waitFor()
  const refused = await actAs(approver, 'quarter.freeze', { quarter: QUARTER, confirm: QUARTER }).catch(
    (error: unknown) => String(error),
  )
  expect(JSON.stringify(refused)).toContain('freeze_not_approved')
  const second = await openWindow(await signIn('leader'), 390)
  await visit(second, `${server.url}/assessment?quarter=${QUARTER}`)
  await step(second, '审定')
  await second.locator('[aria-current=step]').getByText('两人审定').waitFor()
  expect(await overhang(second)).toBe(0)
  await actAs(approver, 'quarter.freeze', { quarter: QUARTER, confirm: QUARTER })
  const report = await ask<{ equal: boolean }>(approver, 'quarter.verify', { quarter: QUARTER, version: 1 })
  expect(report.equal).toBe(true)
  expect(watches.flatMap(({ troubles }) => troubles)).toEqual([])
}, 180_000)
