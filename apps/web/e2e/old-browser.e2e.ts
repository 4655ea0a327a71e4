import { chromium } from 'playwright-core'
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
  expect(watch.troubles).toEqual([])
  await browser.close()
})
