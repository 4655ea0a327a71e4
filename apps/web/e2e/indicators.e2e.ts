import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import ExcelJS from 'exceljs'
import type { Page, Route } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { findBarriers } from './support/find-barriers.ts'
import { longestTasks } from './support/main-thread.ts'
import { useDemoCity } from './support/use-demo-city.ts'
import { overhang, settle, visit } from './support/watch-page.ts'

const PLACE = `quarter=2026Q3&group=${encodeURIComponent('市直组')}`
const PAGES = [
  ['funnel', `/funnel?${PLACE}`],
  ['trends', '/trends?quarter=2026Q3&unit=D13'],
  ['trends-month', '/trends?quarter=2026Q3&unit=D13&by=month'],
  ['compare', `/compare?${PLACE}&a=D13&b=D10`],
  ['sensitivity', `/sensitivity?${PLACE}`],
  ['how-to-read', '/how-to-read'],
] as const
const WIDTHS = [1440, 1920, 390]
const MANY_UNITS = 200

const city = useDemoCity()
const folder = process.env['ZHIDU_PICTURES']

async function picture(page: Page, name: string): Promise<void> {
  if (folder === undefined) return
  mkdirSync(folder, { recursive: true })
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true })
}

describe.each(WIDTHS)('at %i px', (width) => {
  test('the pages have no barrier, nothing overhangs, and each says its caveats', async () => {
    const { page, watch } = await city().open(width, city().clerk)
    for (const [name, path] of PAGES) {
      await visit(page, city().url + path)
      await page.locator('.caveats').waitFor()
      expect([name, await overhang(page)]).toEqual([name, 0])
      // Between the two widths beside it there is nothing that a reader could run into.
      if (width === 1920) {
        await picture(page, `${name}-${width}`)
        continue
      }
      expect([name, ...(await findBarriers(page))]).toEqual([name])
      await picture(page, `${name}-${width}`)
    }
    expect(watch.troubles).toEqual([])
  })
})

test('a point of the funnel leads to its unit, a line of the table to the evidence, in two clicks', async () => {
  const { page } = await city().open(1440, city().clerk)
  await visit(page, `${city().url}/funnel?${PLACE}`)
  const point = page.locator('.funnel-plot a').first()
  const unitCode = await point.getAttribute('data-unit')
  await point.focus()
  await page.keyboard.press('Enter')
  await page.waitForURL(`**/units/${unitCode}?*`)
  await settle(page)
  await page.goBack()
  await settle(page)
  await page.locator(`.funnel-table tr[data-unit="${unitCode}"] td a`).click()
  await page.waitForURL(`**/units/${unitCode}?quarter=2026Q3#events`)
  await page.locator('#events').waitFor()
  expect(new URL(page.url()).hash).toBe('#events')
})

test('the table on screen and the workbook tell the same, with the same caveats', async () => {
  const { page } = await city().open(1440, city().clerk)
  await visit(page, `${city().url}/funnel?${PLACE}`)
  const first = page.locator('.funnel-table tbody tr').first()
  const onScreen = await first.locator('th, td').allInnerTexts()
  const unitCode = await first.getAttribute('data-unit')
  const caveats = await page.locator('.caveats li').allInnerTexts()
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByText('导出 Excel').click()])
  const workbook = new ExcelJS.Workbook()
  await workbook.xlsx.readFile(await download.path())
  const sheet = workbook.worksheets[0]
  const rows: string[][] = []
  sheet?.eachRow((row) => rows.push(Array.from({ length: row.cellCount }, (_, index) => row.getCell(index + 1).text)))
  const line = rows.find(([indicator, code]) => indicator === '按时率' && code === unitCode) ?? []
  expect([`${line[3]}/${line[4]}`, line[9]]).toEqual([onScreen[1], onScreen[4]])
  expect(rows.map(([first]) => first)).toEqual(expect.arrayContaining(caveats))
})

test('a unit’s officer sees its own unit and of its peers how they lie, no name and no count', async () => {
  const { page, watch } = await city().open(1440, city().officer)
  await visit(page, `${city().url}/funnel?quarter=2026Q3`)
  expect(await page.locator('.funnel-table tbody tr').count()).toBe(1)
  expect(await page.locator('.funnel-plot a').count()).toBeLessThanOrEqual(1)
  expect(await page.locator('.notes').innerText()).toContain('不显示名称和件数')
  await picture(page, 'funnel-officer')
  await visit(page, `${city().url}/compare?quarter=2026Q3`)
  expect(await page.locator('main').innerText()).toContain('不足 2 家')
  await visit(page, `${city().url}/sensitivity?quarter=2026Q3`)
  expect(await page.locator('main').innerText()).toContain('本组不全在本辖区')
  expect(watch.troubles).toEqual([])
})

test('paper holds the drawing, the table and the caveats, and no button', async () => {
  const { page } = await city().open(1440, city().clerk)
  for (const [name, path] of PAGES.slice(0, 2)) {
    await visit(page, city().url + path)
    await page.emulateMedia({ media: 'print' })
    expect([name, await page.locator('svg.zd-plot').isVisible()]).toEqual([name, true])
    expect(await page.locator('.caveats').isVisible()).toBe(true)
    expect(await page.locator('.query-bar').isVisible()).toBe(false)
    await picture(page, `${name}-paper`)
    await page.emulateMedia({ media: 'screen' })
  }
})

interface Told {
  readonly result?: {
    readonly data?: {
      rows?: readonly { readonly unitCode: string; readonly name: string; readonly score?: number | null }[]
    } | null
  }
}

/** The answers of the server with a group of two hundred units made of its own. */
async function enlarge(route: Route): Promise<void> {
  const response = await route.fetch()
  const answers = (await response.json()) as readonly Told[]
  for (const { result } of answers) {
    const own = result?.data?.rows?.filter(({ score }) => score !== null)
    if (own === undefined || result?.data == null) continue
    result.data.rows = Array.from({ length: MANY_UNITS }, (_, index) => own.slice(index % own.length)[0])
      .filter((row) => row !== undefined)
      .map((row, index) => ({ ...row, unitCode: `${row.unitCode}-${index}`, name: `${row.name}${index}` }))
  }
  await route.fulfill({ response, json: answers })
}

test('two hundred units hold the page up for no more than 50 ms', async () => {
  const { page } = await city().open(1440, city().clerk)
  await page.route(/\/trpc\/\S*(indicator\.group|league\.table)/, enlarge)
  for (const [name, path] of [PAGES[0], PAGES[4]]) {
    await visit(page, city().url + path)
    const press = async (index: number): Promise<void> => {
      await page.locator('.query-bar .tree-switch .zd-segment').nth(index).click()
      await settle(page)
      await page.waitForFunction((n) => document.querySelectorAll('main tbody tr[data-unit]').length === n, MANY_UNITS)
    }
    const tasks = await longestTasks(page, { prepare: () => press(1), act: () => press(0) })
    expect([name, tasks]).toEqual([name, { ...tasks, isShort: true }])
  }
})
