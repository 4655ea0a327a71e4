import { chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { enter, openSession, type SignedIn } from './support/accounts.ts'
import { askApi } from './support/ask-api.ts'
import { launchOldBrowser, type OldBrowser } from './support/launch-old-browser.ts'
import { accountOf, createInstallation } from './support/run-server.ts'
import { overhang, visit, watchPages } from './support/watch-page.ts'

const QUARTER = '2026Q3'
const GROUP = '市直组'

// It is published for one platform only.
const isThere = process.platform === 'linux' && process.arch === 'x64'

const installation = createInstallation()
let url: string
let clerk: SignedIn
let old: OldBrowser

beforeAll(async () => {
  if (!isThere) return
  const [server, launched] = await Promise.all([installation.serve(['--demo']), launchOldBrowser()])
  url = server.url
  clerk = await openSession(url, accountOf(server, 'clerk'))
  old = launched
})
afterAll(async () => {
  await old?.close()
  await installation.remove()
})

/** Presses what says this on the inspector's pages, once it is there. */
async function press(page: Page, words: string): Promise<void> {
  const found = await page.waitForFunction((wanted) => {
    const all = [...document.querySelectorAll<HTMLElement>('button, a, label')]
    return all.find((one) => one.textContent?.includes(wanted) === true && !one.hasAttribute('disabled')) ?? null
  }, words)
  await found.evaluate((one) => one?.click())
}

/** A telephone check of a unit nobody drew, from the list to the server. */
async function checkUnit(page: Page): Promise<void> {
  await press(page, '非抽取的抽查')
  await page.waitForFunction(() => document.querySelector('input[name=unit]') !== null)
  await page.evaluate(() => {
    document.querySelector<HTMLInputElement>('input[name=unit]')?.click()
    const reason = document.querySelector('textarea')
    if (reason === null) return
    reason.value = '群众反映'
    reason.dispatchEvent(new Event('input'))
  })
  for (const words of ['开始', '拨号', '接听，在岗', '其余都是', '下一步', '保存']) await press(page, words)
  await page.waitForFunction(() => document.querySelector('.queue-pill')?.textContent?.includes('已全部送达'))
}

test.runIf(isThere)('Chromium 91 draws every page, and the league table as the server gives it', async () => {
  const browser = await chromium.connectOverCDP(old.endpoint)
  expect(browser.version()).toMatch(/^91\./)
  const [context] = browser.contexts()
  if (context === undefined) throw new Error('no window')
  await enter(context, clerk)
  const watch = watchPages(context, url)
  const page = await context.newPage()
  await page.setViewportSize({ width: 1440, height: 900 })
  await visit(page, `${url}/league?quarter=${QUARTER}&group=${encodeURIComponent(GROUP)}`)
  const lines = page.locator('.league-table tbody tr[data-unit]')
  // Playwright asks for visibility in ways that this browser does not know; presence and text it can read.
  await page.waitForFunction(() => document.querySelector('.league-table tbody tr[data-unit]') !== null)
  const { rows } = await askApi(clerk, 'league.table', { quarter: QUARTER, group: GROUP })
  const shown = await lines.evaluateAll((all) => all.map((line) => line.getAttribute('data-unit')))
  expect(shown).toEqual(rows.map((row) => row.unitCode))

  for (const path of [
    '/',
    '/units',
    `/units/${rows[0]?.unitCode}?quarter=${QUARTER}`,
    '/events',
    '/checks',
    '/imports',
  ]) {
    await visit(page, url + path)
    await page.waitForFunction(() => document.querySelector('main h1')?.textContent?.trim())
    expect(await page.locator('main [role="alert"]').count()).toBe(0)
    expect(await overhang(page)).toBe(0)
  }

  await page.setViewportSize({ width: 390, height: 844 })
  await page.goto(`${url}/m/check`)
  await checkUnit(page)
  expect(await overhang(page)).toBe(0)
  expect(watch.troubles).toEqual([])
  await browser.close()
})
