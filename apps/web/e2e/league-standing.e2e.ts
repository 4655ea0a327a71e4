import type { LeagueStanding, LeagueTable } from '@zhidu/contract'
import type { Locator, Page, Route } from 'playwright-core'
import { expect, test } from 'vitest'
import { askApi } from './support/ask-api.ts'
import { findBarriers } from './support/find-barriers.ts'
import { longestTasks } from './support/main-thread.ts'
import { useDemoCity } from './support/use-demo-city.ts'
import { overhang, settle, visit } from './support/watch-page.ts'

const QUARTER = '2026Q3'
const GROUP = '市直组'
const LEAGUE = `/league?quarter=${QUARTER}&group=${encodeURIComponent(GROUP)}`
const WIDTHS = [1440, 1920, 390]
const MANY_UNITS = 200
/** Drawing the ranges of a group for the first time. */
const PATIENCE_MS = 60_000

const city = useDemoCity()

async function toBars(page: Page): Promise<void> {
  await page.locator('.range-bar').first().waitFor({ timeout: PATIENCE_MS })
  await settle(page)
}

test('every place has the range the server gives, in both views, at every width, and axe finds nothing', async () => {
  const { page, watch } = await city().open(1440, city().clerk)
  const found: string[] = []
  const standing = await askApi(city().clerk, 'league.standing', { quarter: QUARTER, group: GROUP })
  for (const basis of ['official', 'fair'] as const) {
    await visit(page, `${city().url}${LEAGUE}${basis === 'fair' ? '&basis=fair' : ''}`)
    await toBars(page)
    const shown = await page
      .locator('.league-table tbody tr[data-unit]')
      .evaluateAll((lines) =>
        lines.map((line) => [line.getAttribute('data-unit'), line.querySelector('td.places')?.textContent?.trim()]),
      )
    for (const row of standing.rows) {
      const range = basis === 'fair' ? row.fair : row.rankInterval
      const text = range === null ? '' : range.low === range.high ? String(range.low) : `${range.low}–${range.high}`
      expect(shown).toContainEqual([row.unitCode, text])
    }
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 900 })
      await settle(page)
      expect(await page.locator('.range-bar').count()).toBeGreaterThanOrEqual(standing.rows.length - 1)
      const px = await overhang(page)
      if (px > 0) found.push(`${basis} at ${width} px is ${px} px too wide`)
      if (width === 1920 || (basis === 'fair' && width === 390)) continue
      found.push(...(await findBarriers(page)).map((barrier) => `${basis} at ${width} px: ${barrier}`))
    }
    await page.setViewportSize({ width: 1440, height: 900 })
  }
  expect(found).toEqual([])
  expect(watch.troubles).toEqual([])
})

test('bands stand before ranks in official order alone, and nobody is called first or last without certainty', async () => {
  const { page } = await city().open(1440, city().clerk)
  const standing = await askApi(city().clerk, 'league.standing', { quarter: QUARTER, group: GROUP })
  await visit(page, city().url + LEAGUE)
  await toBars(page)
  expect(await page.locator('.league-table tr.band[class*="tone-"]').count()).toBe(standing.bandCount)
  const isSaid = (pattern: RegExp, text: string): boolean => pattern.test(text)
  const text = await page.locator('main .headline').innerText()
  expect(isSaid(/列第一/, text)).toBe(standing.rows.some(({ certain }) => certain.isFirst))
  expect(isSaid(/列末位/, text)).toBe(standing.rows.some(({ certain }) => certain.isLast))
  expect(isSaid(/居首|居末/, text)).toBe(false)
  await page.getByRole('columnheader', { name: '可能 名次' }).getByRole('button').click()
  await page.waitForURL(/sort=expected/)
  await page.locator('.league-table tr.band[class*="tone-"]').first().waitFor({ state: 'detached' })
  const order = await page
    .locator('.league-table tbody tr[data-unit]')
    .evaluateAll((lines) => lines.map((line) => line.getAttribute('data-unit')))
  const expected = standing.rows.toSorted((a, b) => a.expectedRank - b.expectedRank).map(({ unitCode }) => unitCode)
  expect(order.slice(0, expected.length)).toEqual(expected)
})

test('by keyboard a place opens everything known of it, and Escape comes back', async () => {
  const { page } = await city().open(1440, city().clerk)
  await visit(page, city().url + LEAGUE)
  await toBars(page)
  const button = page.locator('.places-button').nth(2)
  await button.focus()
  await page.keyboard.press('Enter')
  const dialog = page.locator('.explanation[role="dialog"]')
  await dialog.waitFor()
  for (const part of ['期望名次', '90% 区间', '种子', '同样的数据给出同样的区间']) {
    expect(await dialog.innerText()).toContain(part)
  }
  await page.keyboard.press('Tab')
  expect(await page.evaluate(() => document.activeElement?.closest('.explanation') !== null)).toBe(true)
  await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'detached' })
  expect(await page.evaluate(() => document.activeElement?.className)).toContain('places-button')
})

test('on paper the bands and the ranges stand beside the figures on one sheet, the lists on their own', async () => {
  const { page } = await city().open(1440, city().clerk)
  const standing = await askApi(city().clerk, 'league.standing', { quarter: QUARTER, group: GROUP })
  await visit(page, city().url + LEAGUE)
  await toBars(page)
  await page.emulateMedia({ media: 'print' })
  const paper = page.locator('.league-paper')
  await paper.waitFor()
  expect(await paper.locator('.paper-range svg').count()).toBe(standing.rows.length)
  for (const part of ['第一档', '可排名性', '名次区间']) expect(await paper.innerText()).toContain(part)
  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1')
  expect(pdf.match(/\/Type \/Page\b/g)?.length).toBe(1)
})

test('a unit sees its own range and whether its group can be ranked, nobody else’s', async () => {
  const { page } = await city().open(1440, city().officer)
  await visit(page, city().url + LEAGUE)
  await toBars(page)
  expect(await page.locator('.range-bar').count()).toBe(1)
  expect(await page.locator('.league-peers .sure').innerText()).toMatch(/本单位.*可能.*可排名性/)
  expect(await page.locator('.league-lists').count()).toBe(0)
})

/** A group of two hundred units made of the server's own. */
function enlarge<Row extends { readonly unitCode: string }>(
  rows: readonly Row[],
  isRanked: (row: Row) => boolean,
): Row[] {
  const own = rows.filter(isRanked)
  return Array.from({ length: MANY_UNITS }, (_, index) => own[Math.floor((index * own.length) / MANY_UNITS)])
    .filter((row) => row !== undefined)
    .map((row, index) => ({ ...row, unitCode: `${row.unitCode}-${index}` }))
}

interface Told {
  readonly result?: { data?: Partial<LeagueTable> & Partial<LeagueStanding> }
}

async function enlargeAnswer(route: Route): Promise<void> {
  const response = await route.fetch()
  const body = (await response.json()) as Told | readonly Told[]
  for (const { result } of Array.isArray(body) ? body : [body]) {
    const data = result?.data
    if (data?.rows === undefined) continue
    data.rows = enlarge(data.rows as LeagueTable['rows'], ({ score }) => score !== null) as never
  }
  await route.fulfill({ response, json: body })
}

test('two hundred units all get their bars, and hold the page up for no more than 50 ms when the table or its order is another', async () => {
  const { page } = await city().open(1440, city().clerk)
  await page.route(/\/trpc\/\S*league\.(table|standing)/, enlargeAnswer)
  await visit(page, city().url + LEAGUE)
  const toWhole = async (): Promise<void> => {
    await settle(page)
    await page.waitForFunction((n) => document.querySelectorAll('.range-bar').length === n, MANY_UNITS)
  }
  const press = async (button: Locator): Promise<void> => {
    await button.click()
    await toWhole()
  }
  const trees = page.locator('.query-bar .tree-switch .zd-segment')
  await toWhole()
  const byTree = await longestTasks(page, {
    prepare: () => press(trees.nth(1)),
    act: () => press(trees.nth(0)),
  })
  expect(byTree).toEqual({ ...byTree, isShort: true })
  const byOrder = await longestTasks(page, {
    prepare: () => press(page.locator('.league-table thead .rank button')),
    act: () => press(page.locator('.league-table thead .score button')),
  })
  expect(byOrder).toEqual({ ...byOrder, isShort: true })
  expect(await page.locator('.league-table tbody tr[data-unit]').count()).toBeGreaterThanOrEqual(MANY_UNITS)
})
