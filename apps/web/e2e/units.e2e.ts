import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { enter, openSession, type SignedIn } from './support/accounts.ts'
import { findBarriers } from './support/find-barriers.ts'
import { launchBrowser } from './support/launch-browser.ts'
import { accountOf, createInstallation, type RunningServer } from './support/run-server.ts'
import { overhang, visit, watchPages } from './support/watch-page.ts'

const installation = createInstallation()
let server: RunningServer
let browser: Browser
let clerk: SignedIn

beforeAll(async () => {
  const [started, launched] = await Promise.all([installation.serve(['--demo']), launchBrowser()])
  server = started
  browser = launched
  clerk = await openSession(server.url, accountOf(server, 'clerk'))
})
afterAll(async () => {
  await browser?.close()
  await installation.remove()
})

async function openUnits(width: number): Promise<{ page: Page; watch: ReturnType<typeof watchPages> }> {
  const context = await browser.newContext({ viewport: { width, height: width < 500 ? 844 : 900 } })
  await enter(context, clerk)
  const watch = watchPages(context, server.url)
  const page = await context.newPage()
  await visit(page, `${server.url}/admin/units`)
  return { page, watch }
}

/** Chooses units in a list that is searched by code. */
async function choose(page: Page, label: string, ...codes: string[]): Promise<void> {
  const box = page.getByRole('combobox', { name: label })
  for (const code of codes) {
    // Its placeholder lies over the field.
    await box.click({ force: true })
    await box.fill(code)
    await page.locator('.el-select-dropdown__item:visible').first().click()
  }
  await page.keyboard.press('Tab')
}

async function fillNew(page: Page, place: number, code: string, name: string): Promise<void> {
  const part = page.locator('fieldset.created').nth(place)
  await part.getByLabel('编码').fill(code)
  await part.getByLabel('单位名称').fill(name)
}

async function recordIt(page: Page, button: string): Promise<void> {
  await page.getByLabel('原因或依据').fill('机构改革方案')
  await page.getByRole('button', { name: '看看会改变什么' }).click()
  await page.getByRole('button', { name: button }).click()
}

/** Names in the table of a group, by the tree of then or of now. */
async function namesIn(page: Page, tree: 'then' | 'now'): Promise<string[]> {
  const query = new URLSearchParams({ quarter: '2026Q3', group: '市直组', ...(tree === 'now' && { tree }) })
  await visit(page, `${server.url}/league?${query.toString()}`)
  await page.locator('.league-table tbody tr[data-unit]').first().waitFor()
  return await page.locator('.league-table tbody th[scope="row"] a').allInnerTexts()
}

test('a clerk merges two bureaus into a new one and splits a third, and takes the merger back', async () => {
  const { page, watch } = await openUnits(1440)
  await page.getByRole('button', { name: '登记单位变动' }).click()
  await choose(page, '并入的单位（可多选）', 'D05', 'D06')
  await page.getByRole('button', { name: '并成新设单位' }).click()
  await fillNew(page, 0, 'D90', '市商务和招商局')
  await page.getByLabel('从哪一天起').fill('2026-10-01')
  await page.getByRole('button', { name: '看看会改变什么' }).click()
  await page.getByText('“按现在”的表里').waitFor()
  expect(await page.locator('.effect .rows li').allInnerTexts()).toHaveLength(3)
  expect(await findBarriers(page, '.el-drawer')).toEqual([])
  await page.getByLabel('原因或依据').fill('机构改革方案')
  await page.getByRole('button', { name: '登记合并' }).click()
  await page.getByText('已登记：合并，自 2026-10-01 起。').waitFor()

  await page.getByRole('button', { name: '登记单位变动' }).click()
  await page.getByRole('button', { name: '拆分', exact: true }).click()
  await choose(page, '被拆分的单位', 'D07')
  for (const [place, name] of ['甲局', '乙局'].entries()) {
    await page.getByRole('button', { name: '加一家新设单位' }).click()
    await fillNew(page, place, `D9${place + 1}`, name)
  }
  await page.getByLabel('从哪一天起').fill('2026-10-01')
  await recordIt(page, '登记拆分')
  await page.getByText('已登记：拆分，自 2026-10-01 起。').waitFor()

  const then = await namesIn(page, 'then')
  const now = await namesIn(page, 'now')
  expect(then).not.toContain('市商务和招商局')
  expect(now).toContain('市商务和招商局')
  expect(now).toEqual(expect.arrayContaining(['甲局', '乙局']))
  // Two went into one; the split one keeps its past beside its two parts.
  expect(now.length).toBe(then.length - 1 + 2)

  await visit(page, `${server.url}/admin/units`)
  await page
    .getByRole('row', { name: /并入 市商务和招商局/ })
    .getByRole('button', { name: '撤销' })
    .click()
  await page.locator('.el-dialog').getByLabel('原因或依据').fill('日期录错')
  await page.locator('.el-dialog').getByRole('button', { name: '撤销' }).click()
  await page.getByText('已撤销，停用、新设和划转一并恢复原状。').waitFor()
  const again = await namesIn(page, 'now')
  expect(again).not.toContain('市商务和招商局')
  expect(again.length).toBe(then.length + 2)
  expect(watch.troubles).toEqual([])
})

test('from the page of a unit it is renamed, on a phone, and its history says so', async () => {
  const { page, watch } = await openUnits(390)
  await visit(page, `${server.url}/units/D08?quarter=2026Q3`)
  await page.getByRole('link', { name: '登记这家单位的变动' }).click()
  await page.locator('.el-drawer').getByLabel('单位名称').fill('市民政和养老局')
  await page.getByLabel('从哪一天起').fill('2026-10-01')
  await page.getByRole('button', { name: '看看会改变什么' }).click()
  await page.getByText('从 2026年10月1日 起').waitFor()
  expect(await overhang(page)).toBe(0)
  expect(await findBarriers(page, '.el-drawer')).toEqual([])
  await page.getByLabel('原因或依据').fill('机构改革方案')
  await page.getByRole('button', { name: '登记更改' }).click()
  await page.getByText('已登记：更改').waitFor()
  await visit(page, `${server.url}/units/D08?quarter=2026Q3`)
  await page.locator('#history').getByText('→ 市民政和养老局').waitFor()
  expect(watch.troubles).toEqual([])
})
