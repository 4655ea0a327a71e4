import ExcelJS from 'exceljs'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { enter, openSession, type SignedIn } from './support/accounts.ts'
import { askApi } from './support/ask-api.ts'
import { findBarriers } from './support/find-barriers.ts'
import { launchBrowser } from './support/launch-browser.ts'
import { accountOf, createInstallation } from './support/run-server.ts'
import { overhang, type PageWatch, settle, visit, watchPages } from './support/watch-page.ts'

const QUARTER = '2026Q3'
const GROUP = '市直组'
const LEAGUE = `/league?quarter=${QUARTER}&group=${encodeURIComponent(GROUP)}`
const WIDTHS = [1440, 1920, 390]

const installation = createInstallation()
let url: string
let browser: Browser
let clerk: SignedIn

beforeAll(async () => {
  const [server, launched] = await Promise.all([installation.serve(['--demo']), launchBrowser()])
  url = server.url
  browser = launched
  clerk = await openSession(url, accountOf(server, 'clerk'))
})
afterAll(async () => {
  await browser?.close()
  await installation.remove()
})

interface Opened {
  readonly context: BrowserContext
  readonly page: Page
  readonly watch: PageWatch
}

async function open(width: number, language = 'zh-CN'): Promise<Opened> {
  const context = await browser.newContext({
    viewport: { width, height: width < 500 ? 844 : 900 },
    acceptDownloads: true,
  })
  onTestFinished(() => context.close())
  if (language !== 'zh-CN') {
    // A page about: has no storage.
    await context.addInitScript((locale) => {
      if (location.protocol.startsWith('http')) localStorage.setItem('zhidu.locale', locale)
    }, language)
  }
  await enter(context, clerk)
  const watch = watchPages(context, url)
  return { context, watch, page: await context.newPage() }
}

/** Names in the order of the table on screen. */
async function namesOf(page: Page): Promise<string[]> {
  return await page.locator('.league-table tbody th[scope="row"] a').allTextContents()
}

async function toRowCount(page: Page, count: number): Promise<void> {
  await page.waitForFunction((n) => document.querySelectorAll('.league-table tbody tr[data-unit]').length === n, count)
}

async function toRows(page: Page): Promise<void> {
  await page.locator('.league-table tbody tr[data-unit]').first().waitFor()
}

/** The last ranked unit that reported late: there is always something to explain. */
async function findLate(): Promise<{ unitCode: string; name: string }> {
  const table = await askApi(clerk, 'league.table', { quarter: QUARTER, group: GROUP })
  const last = table.rows.findLast((row) => row.rank !== null && row.timeliness.late > 0)
  if (last === undefined) throw new Error('nobody was late')
  return last
}

test('the first page is the overview in Chinese, marked as synthetic, with its instant and its rules', async () => {
  const { page, watch } = await open(1440)
  await visit(page, url)
  expect(await page.evaluate(() => document.documentElement.lang)).toBe('zh-CN')
  await page.getByRole('heading', { level: 1, name: '总览' }).waitFor()
  const text = await page.locator('body').innerText()
  expect(text).toContain('演示数据，纯属虚构')
  expect(text).toMatch(/数据截至\s*20\d\d-\d\d-\d\d \d\d:\d\d/)
  expect(text).toContain('示例，非任何单位的正式办法')
  expect(watch.troubles).toEqual([])
})

test('the league table has the order, the ranks and the scores that the server gives', async () => {
  const { page } = await open(1440)
  await visit(page, url + LEAGUE)
  await toRows(page)
  const { rows } = await askApi(clerk, 'league.table', { quarter: QUARTER, group: GROUP })
  const cells = page.locator('.league-table tbody tr[data-unit]')
  const shown = await cells.evaluateAll((lines) =>
    lines.map((line) => [
      line.getAttribute('data-unit'),
      line.querySelector('.rank')?.textContent?.trim() ?? '',
      line.querySelector('.score .score-text')?.textContent ?? null,
    ]),
  )
  const rankOf = (row: (typeof rows)[number]): string =>
    row.rank === null ? '—' : `${row.tied ? '并列' : ''}${row.rank}`
  expect(shown).toEqual(rows.map((row) => [row.unitCode, rankOf(row), row.score?.toFixed(1) ?? null]))
})

test('initials find a unit, a header sorts, and a reload keeps both from the address', async () => {
  const { page } = await open(1440)
  await visit(page, url + LEAGUE)
  await toRows(page)
  await page.getByRole('columnheader', { name: '得分', exact: true }).getByRole('button').click()
  await page.locator('.unit-input input').fill('zjj')
  await page.waitForURL((address) => address.searchParams.get('unit') === 'zjj' && address.searchParams.has('sort'))
  await toRowCount(page, 2)
  // 市民族宗教局 by the initials of its name, 市住房城乡建设局 by those of its short name; highest score first.
  expect(await namesOf(page)).toEqual(['市民族宗教局', '市住房城乡建设局'])

  await page.locator('.unit-input input').fill('sj')
  await page.waitForURL((address) => address.searchParams.get('unit') === 'sj')
  await page.waitForFunction(
    () => !document.querySelector('.league-table tbody')?.textContent?.includes('市民族宗教局'),
  )
  const address = page.url()
  const before = await namesOf(page)
  const { rows } = await askApi(clerk, 'league.table', { quarter: QUARTER, group: GROUP })
  const scores = before.map((name) => rows.find((row) => row.name === name)?.score ?? null)
  expect(scores.length).toBeGreaterThan(1)
  expect(scores).toEqual(scores.toSorted((a, b) => (b ?? 0) - (a ?? 0)))

  await page.reload()
  await settle(page)
  await toRows(page)
  expect(page.url()).toBe(address)
  expect(await namesOf(page)).toEqual(before)
  expect(await page.locator('.unit-input input').inputValue()).toBe('sj')
})

describe('from a rank to its evidence in three clicks at the most', () => {
  test.each(WIDTHS)('at %i px', async (width) => {
    const { page } = await open(width)
    const { name } = await findLate()
    await visit(page, url + LEAGUE)
    let clicks = 0
    const click = async (target: ReturnType<Page['locator']>): Promise<void> => {
      clicks += 1
      await target.click()
      await settle(page)
    }
    // In the table; the lists below it name units as well.
    await click(page.locator('main').getByRole('link', { name, exact: true }).first())
    await page.getByRole('heading', { level: 1, name }).waitFor()
    await click(page.locator('#deductions').getByRole('button', { name: '书面首报迟' }).first())
    const evidence = page.locator('.evidence')
    const proof = await evidence.innerText()
    const eventCode = /SJ-\d{4}-\d{4}-\d{2}/.exec(proof)?.[0] ?? ''
    const [judgement] = (await askApi(clerk, 'event.get', { eventCode })).judgements
    if (judgement?.written.at == null) throw new Error(`${eventCode} was not late`)
    const minutes = [judgement.clock.at, judgement.written.dueAt, judgement.written.at].map((instant) =>
      instant.slice(11, 16),
    )
    // The sum, the rule and the sample mark stand beside the evidence.
    for (const text of [...minutes, '示例规则', '§5-A', '扣']) expect(proof).toContain(text)
    await click(evidence.getByRole('link', { name: '事件全部报告' }))
    await page.getByRole('heading', { level: 1, name: eventCode }).waitFor()
    const text = await page.locator('main').innerText()
    for (const minute of minutes) expect(text).toContain(minute)
    expect(clicks).toBeLessThanOrEqual(3)
  })
})

test('the Excel file holds the rows on screen in their order, the filter and the number of rows', async () => {
  const { page } = await open(1440)
  await visit(page, `${url}${LEAGUE}&unit=sj&only=late&sort=score`)
  await toRows(page)
  const names = await namesOf(page)
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: '导出 Excel' }).click(),
  ])
  expect(download.suggestedFilename()).toMatch(/\.xlsx$/)
  const book = new ExcelJS.Workbook()
  await book.xlsx.readFile(await download.path())
  const texts: string[] = []
  book.worksheets[0]?.eachRow((row) => row.eachCell((cell) => void texts.push(cell.text)))
  expect(names.length).toBeGreaterThan(1)
  expect(texts.filter((text) => names.includes(text))).toEqual(names)
  const { rows } = await askApi(clerk, 'league.table', { quarter: QUARTER, group: GROUP })
  expect(texts.join('\n')).toMatch(new RegExp(`筛选：.*“sj”.*共 ${names.length} 行，全组 ${rows.length} 家`))
  expect(texts.join('\n')).toContain('演示数据')
})

test('on paper the table is an A3 sheet across, and its header repeats on every sheet', async () => {
  const { page } = await open(1440)
  await visit(page, url + LEAGUE)
  await toRows(page)
  await page.emulateMedia({ media: 'print' })
  const paper = page.locator('.league-paper')
  await paper.waitFor()
  expect(await paper.locator('thead').evaluate((head) => getComputedStyle(head).display)).toBe('table-header-group')
  expect(await page.locator('.league-table').isVisible()).toBe(false)
  const text = await paper.innerText()
  for (const part of ['市直组', '演示数据', '数据截至', '示例规则', '制表']) expect(text).toContain(part)
  // Twice the rows do not fit on one sheet.
  await paper.locator('tbody').evaluate((body) => body.append(...[...body.children].map((row) => row.cloneNode(true))))
  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1')
  expect(pdf.match(/\/Type \/Page\b/g)?.length).toBe(2)
  const [, width, height] = (/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/.exec(pdf) ?? []).map(Number)
  // A3 across in points.
  expect([Math.round(width ?? 0), Math.round(height ?? 0)]).toEqual([1191, 842])
})

describe('every page in both languages', () => {
  async function listAddresses(): Promise<string[]> {
    const { unitCode } = await findLate()
    const unit = await askApi(clerk, 'unit.get', { quarter: QUARTER, unitCode })
    const [event] = unit.events
    const [check] = unit.checks
    if (event === undefined || check === undefined) throw new Error(`${unitCode} has no event or no check`)
    return [
      '/',
      LEAGUE,
      '/units',
      `/units/${unitCode}?quarter=${QUARTER}`,
      `/events?quarter=${QUARTER}`,
      `/events/${encodeURIComponent(event.eventCode)}`,
      `/checks?quarter=${QUARTER}`,
      `/checks/${encodeURIComponent(check.checkCode)}`,
      '/imports',
      '/nowhere',
    ]
  }

  test.each([
    { language: 'zh-CN', widthsForAxe: [1440, 390] },
    { language: 'en', widthsForAxe: [1440] },
  ])(
    '$language: axe finds nothing, nothing scrolls sideways, nothing leaves the host, the console is quiet',
    async ({ language, widthsForAxe }) => {
      const { page, watch } = await open(1440, language)
      const found: string[] = []
      for (const address of await listAddresses()) {
        await visit(page, url + address)
        expect(await page.evaluate(() => document.documentElement.lang)).toBe(language)
        for (const width of WIDTHS) {
          await page.setViewportSize({ width, height: 900 })
          await settle(page)
          const px = await overhang(page)
          if (px > 0) found.push(`${address} at ${width} px is ${px} px too wide`)
          if (!widthsForAxe.includes(width)) continue
          found.push(...(await findBarriers(page)).map((barrier) => `${address} at ${width} px: ${barrier}`))
        }
      }
      expect(found).toEqual([])
      expect(watch.troubles).toEqual([])
    },
  )
})

test('the tree is chosen in the address, and a movement leads to why, which adds up', async () => {
  const { page, watch } = await open(1440)
  await visit(page, url + LEAGUE)
  await toRows(page)
  await page.getByRole('button', { name: '按现在' }).click()
  await page.waitForURL(/tree=now/)
  await page.getByText('按 20').first().waitFor()
  const { rows } = await askApi(clerk, 'league.table', { quarter: QUARTER, group: GROUP })
  const moved = rows.find((row) => row.rank !== null && row.previousRank !== null && row.rank !== row.previousRank)
  if (moved === undefined) throw new Error('nobody moved')
  await page.locator(`tr[data-unit="${moved.unitCode}"] .rank-move`).click()
  await page.locator('.move-steps tbody tr').first().waitFor()
  const told = await askApi(clerk, 'league.explainMove', { quarter: QUARTER, unitCode: moved.unitCode })
  const sum = Object.values(told.move?.places ?? {}).reduce((total, places) => total + places, 0)
  expect(sum).toBe((moved.previousRank ?? 0) - (moved.rank ?? 0))
  for (const path of [
    `/units/${moved.unitCode}/move?quarter=${QUARTER}`,
    '/admin/units',
    '/admin/calendar?year=2026',
  ]) {
    for (const width of [1440, 390]) {
      await page.setViewportSize({ width, height: 844 })
      await visit(page, url + path)
      await page.locator('.zd-section').first().waitFor()
      await settle(page)
      expect([path, width, await overhang(page)]).toEqual([path, width, 0])
      expect([path, ...(await findBarriers(page))]).toEqual([path])
    }
  }
  expect(watch.troubles).toEqual([])
})
