import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { enter, openSession } from './support/accounts.ts'
import { askApi } from './support/ask-api.ts'
import { findBarriers } from './support/find-barriers.ts'
import { launchBrowser } from './support/launch-browser.ts'
import { accountOf, createInstallation, type RunningServer } from './support/run-server.ts'
import { overhang, watchPages } from './support/watch-page.ts'

const GROUP = '市直组'
const OFFICE = '/admin/regulations/office/2027-1'

const installation = createInstallation()
let server: RunningServer
let browser: Browser

beforeAll(async () => {
  const [started, launched] = await Promise.all([installation.serve(['--demo']), launchBrowser()])
  server = started
  browser = launched
})
afterAll(async () => {
  await browser?.close()
  await installation.remove()
})

async function openAs(
  login: string,
  width = 1440,
): Promise<{ page: Page; context: BrowserContext; troubles: readonly string[] }> {
  const context = await browser.newContext({ viewport: { width, height: width < 500 ? 844 : 900 } })
  onTestFinished(() => context.close())
  await enter(context, await openSession(server.url, accountOf(server, login)))
  const { troubles } = watchPages(context, server.url)
  return { context, page: await context.newPage(), troubles }
}

async function scoresOf(quarter: string): Promise<unknown> {
  const clerk = await openSession(server.url, accountOf(server, 'clerk'))
  const table = await askApi(clerk, 'league.table', { quarter, group: GROUP })
  return { rows: table.rows.map(({ score, unitCode }) => [unitCode, score]), rules: table.provenance.regulation }
}

test('a clerk drafts from 宝鸡 and sees before and after, an approver publishes, open quarters follow and closed ones do not', async () => {
  const { page, troubles } = await openAs('clerk')
  const meta = await askApi(await openSession(server.url, accountOf(server, 'clerk')), 'meta.get', {})
  const closed = meta.quarters.find((quarter) => quarter < meta.currentQuarter) ?? ''
  const before = await scoresOf(closed)

  await page.goto(`${server.url}/admin/regulations`)
  await page.getByRole('button', { name: '起草新版本' }).click()
  await page.getByLabel('从哪份办法开始').selectOption('sample/baoji')
  await page.getByLabel('名称', { exact: true }).fill('岭安市值班工作考核办法')
  await page.getByLabel('版本', { exact: true }).fill('2027-1')
  await page.getByRole('button', { name: '开始起草' }).click()
  await page.waitForURL(/office\/2027-1/)
  await page.getByText('没有矛盾和缺漏').waitFor()
  expect(await findBarriers(page)).toEqual([])

  // A contradiction is said at once, with its clause and what would be accepted.
  await page.getByLabel('脱岗扣分').fill('-1')
  await page
    .getByText(/条款“24小时值班”：“脱岗”的“扣分”不能是 −1；可填 0 至/)
    .first()
    .waitFor()
  await page.getByLabel('脱岗扣分').fill('3')
  await page.getByText('没有矛盾和缺漏').waitFor()
  await page.getByRole('button', { name: '暂存' }).click()
  await page.getByText(/已暂存 \d\d:\d\d/).waitFor()

  await page.getByRole('button', { name: '试算', exact: true }).first().click()
  await page.getByRole('button', { name: '试算', exact: true }).last().click()
  await page.getByText(/家中，\d+ 家名次变动/).waitFor()
  const rows = page.locator('.what-if tbody tr')
  expect(await rows.count()).toBeGreaterThan(3)
  expect(await page.locator('.what-if').innerText()).toMatch(/稳健|敏感/)
  expect(await findBarriers(page)).toEqual([])

  const approver = await openAs('approver')
  await approver.page.goto(server.url + OFFICE)
  await approver.page.getByRole('button', { name: '发布' }).click()
  await approver.page.getByRole('dialog').getByRole('button', { name: '发布' }).click()
  await approver.page.getByText('仍在施行').waitFor()
  expect(await findBarriers(approver.page)).toEqual([])
  // The names of the method's own dimensions stand in the table of the open quarter.
  await approver.page.goto(`${server.url}/league?quarter=${meta.currentQuarter}&group=${encodeURIComponent(GROUP)}`)
  await approver.page.getByText('岭安市值班工作考核办法').first().waitFor()
  expect(await scoresOf(meta.currentQuarter)).toMatchObject({ rules: { id: 'office', version: '2027-1' } })
  expect(await scoresOf(closed)).toEqual(before)
  expect([...troubles, ...approver.troubles]).toEqual([])
})

test('the card is read on a phone and printed', async () => {
  const { page, troubles } = await openAs('clerk', 390)
  await page.goto(`${server.url}/admin/regulations/sample/2026-1`)
  await page.getByText('与计算一致').waitFor()
  expect(await overhang(page)).toBe(0)
  expect(await findBarriers(page)).toEqual([])
  await page.emulateMedia({ media: 'print' })
  expect(await page.getByRole('button', { name: '打印' }).isVisible()).toBe(false)
  expect(await page.locator('.rule-card').isVisible()).toBe(true)
  await page.emulateMedia({ media: 'screen' })
  await page.goto(`${server.url}/admin/regulations`)
  await page.getByText('各季度按哪个版本').first().waitFor()
  expect(await overhang(page)).toBe(0)
  expect(troubles).toEqual([])
})
