import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { enter, openSession } from './support/accounts.ts'
import { findBarriers } from './support/find-barriers.ts'
import { launchBrowser } from './support/launch-browser.ts'
import { accountOf, createInstallation, type RunningServer } from './support/run-server.ts'
import { overhang, visit, watchPages } from './support/watch-page.ts'

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

async function openPage(width: number): Promise<{ page: Page; watch: ReturnType<typeof watchPages> }> {
  const context = await browser.newContext({ viewport: { width, height: width < 500 ? 844 : 900 } })
  await enter(context, await openSession(server.url, accountOf(server, 'approver')))
  const watch = watchPages(context, server.url)
  return { page: await context.newPage(), watch }
}

test('an approver freezes a quarter; pages say so; it proves itself and is handed over whole', async () => {
  const { page, watch } = await openPage(1440)
  await visit(page, `${server.url}/quarters`)
  await page.getByRole('button', { name: '冻结2026年第三季度' }).click()
  await page.getByLabel('请写出季度代码 2026Q3').fill('2026Q3')
  await page.getByRole('checkbox').check()
  await page.locator('.freeze-form button[type=submit]').click()
  await page.getByText('2026年第三季度已冻结为第 1 版').waitFor()
  await page.getByRole('button', { name: '查看2026年第三季度的版本' }).click()
  await page.getByRole('button', { name: '核验并复算' }).click()
  await page.getByText('复算结果逐字节相同').waitFor()
  expect(await findBarriers(page)).toEqual([])
  await page.getByLabel('下载缘由').fill('存档备查')
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByText('下载整包').click()])
  expect(download.suggestedFilename()).toBe('2026Q3-第1版.zip')
  expect(await download.failure()).toBeNull()
  await visit(page, `${server.url}/league?quarter=2026Q3&group=市直组`)
  await page.getByText('已冻结 第 1 版').waitFor()
  expect(watch.troubles).toEqual([])
})

test('on a phone the list of quarters does not run over its edge', async () => {
  const { page } = await openPage(390)
  await visit(page, `${server.url}/quarters`)
  await page.getByText('已冻结 第 1 版').waitFor()
  expect(await overhang(page)).toBe(0)
})
