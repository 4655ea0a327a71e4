import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Kind } from '@zhidu/contract'
import ExcelJS from 'exceljs'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { createAccount, enter, openSession, signIn, type SignedIn } from './support/accounts.ts'
import { launchBrowser } from './support/launch-browser.ts'
import { accountOf, createInstallation } from './support/run-server.ts'
import { type PageWatch, settle, visit, watchPages } from './support/watch-page.ts'

/** The contract's example quarter with the rows that it must give. */
const EXAMPLE = join(import.meta.dirname, '../../../packages/domain/test/fixtures/example-2026Q3')
const AS_OF = '2026-10-05T00:00:00+08:00'
const KINDS = ['units', 'reports', 'checks', 'misreports', 'filings', 'bonuses'] as const satisfies readonly Kind[]

interface ExpectedRow {
  readonly rank: number | null
  readonly tied: boolean
  readonly unitCode: string
  readonly score: number | null
}

const empty = createInstallation()
const demonstration = createInstallation()
let url: string
let browser: Browser
/** Brings the units, on which everybody else's reach rests. */
let administrator: SignedIn
/** Brings what happened; there is none before there are units. */
let clerk: SignedIn

beforeAll(async () => {
  const [server, launched] = await Promise.all([empty.serve(['--empty']), launchBrowser()])
  url = server.url
  browser = launched
  const made = await createAccount(empty, url, { loginName: 'guanli', role: 'system_admin', unitCode: null })
  administrator = made.session
})
afterAll(async () => {
  await browser?.close()
  await Promise.all([empty.remove(), demonstration.remove()])
})

async function open(who: SignedIn): Promise<{ page: Page; watch: PageWatch }> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, acceptDownloads: true })
  onTestFinished(() => context.close())
  await enter(context, who)
  const watch = watchPages(context, who.url)
  return { watch, page: await context.newPage() }
}

interface GivenFile {
  readonly name: string
  readonly buffer: Buffer
}

function example(kind: Kind): GivenFile {
  return { name: `${kind}.csv`, buffer: readFileSync(join(EXAMPLE, `${kind}.csv`)) }
}

function csv(name: string, ...lines: readonly string[]): GivenFile {
  return { name, buffer: Buffer.from(`${lines.join('\n')}\n`) }
}

/** Chooses a file for a kind and waits for what the page makes of it. */
async function give(page: Page, at: string, kind: Kind, file: GivenFile): Promise<void> {
  await visit(page, `${at}/imports?kind=${kind}`)
  await page.getByLabel('要导入的文件').setInputFiles({ ...file, mimeType: 'text/csv' })
  await page.getByText('重新选择文件').first().waitFor()
}

/** Lets go of a file over the page, as a hand with a mouse does. */
async function drop(page: Page, at: string, kind: Kind, file: GivenFile): Promise<void> {
  await visit(page, `${at}/imports?kind=${kind}`)
  const transfer = await page.evaluateHandle(
    ({ name, text }) => {
      const data = new DataTransfer()
      data.items.add(new File([text], name, { type: 'text/csv' }))
      return data
    },
    { name: file.name, text: file.buffer.toString('utf8') },
  )
  for (const event of ['dragenter', 'dragover', 'drop']) {
    await page.locator('.drop-zone').dispatchEvent(event, { dataTransfer: transfer })
  }
  await page.getByText('重新选择文件').first().waitFor()
}

/** The counts above a preview or a result: [rows, created, updated, unchanged, rejected]. */
async function countsOf(page: Page): Promise<number[]> {
  const texts = await page.locator('.result-counts dd').allTextContents()
  return texts.map((text) => Number(text.replaceAll(/[^\d]/g, '')))
}

async function importAll(page: Page): Promise<void> {
  await page.getByRole('button', { name: '全部导入' }).click()
  await page.getByText(/^已导入：新增/).waitFor()
}

/** Lines of the league table on screen: [code, rank as written, score as written]. */
async function leagueRows(page: Page, at: string, group: string): Promise<(string | null)[][]> {
  const query = new URLSearchParams({ quarter: '2026Q3', group, asOf: AS_OF })
  await visit(page, `${at}/league?${query.toString()}`)
  await page.locator('.league-table tbody tr[data-unit]').first().waitFor()
  return await page
    .locator('.league-table tbody tr[data-unit]')
    .evaluateAll((lines) =>
      lines.map((line) => [
        line.getAttribute('data-unit'),
        line.querySelector('.rank')?.textContent?.trim() ?? null,
        line.querySelector('.score .score-text')?.textContent ?? null,
      ]),
    )
}

function expectedRows(group: string): (string | null)[][] {
  const rows: ExpectedRow[] = JSON.parse(readFileSync(join(EXAMPLE, `expected-2026Q3-${group}.json`), 'utf8'))
  return rows.map((row) => [
    row.unitCode,
    row.rank === null ? '—' : `${row.tied ? '并列' : ''}${row.rank}`,
    row.score?.toFixed(1) ?? null,
  ])
}

test('without units nobody but the administrator can be there: the page of units leads to the units file', async () => {
  const { page, watch } = await open(administrator)
  await visit(page, `${url}/units`)
  const link = page.locator('main').getByRole('link', { name: /导入/ })
  await link.first().waitFor()
  expect(await link.first().getAttribute('href')).toMatch(/^\/imports/)
  expect(await page.locator('body').innerText()).not.toContain('演示数据')
  // Facts are no business of who administers the program.
  for (const path of ['/league', '/events', '/checks']) {
    await visit(page, url + path)
    expect(await page.locator('main table').count()).toBe(0)
    expect(await page.locator('main a[href^="/imports"]').count()).toBe(0)
  }
  expect(watch.troubles).toEqual([])
})

test('the example quarter, given on the page, ranks exactly as the contract says', async () => {
  const { page: unitsPage, watch: unitsWatch } = await open(administrator)
  await drop(unitsPage, url, 'units', example('units'))
  await importAll(unitsPage)
  expect(unitsWatch.troubles).toEqual([])
  clerk = (await createAccount(empty, url, { loginName: 'kaohe', role: 'clerk', unitCode: 'J00' })).session
  const { page, watch } = await open(clerk)
  for (const kind of KINDS) {
    if (kind === 'units') continue
    const file = example(kind)
    const rows = file.buffer.toString('utf8').trimEnd().split('\n').length - 1
    await give(page, url, kind, file)
    expect(await countsOf(page)).toEqual([rows, rows, 0, 0, 0])
    await importAll(page)
  }
  for (const group of ['县区组', '市直组']) expect(await leagueRows(page, url, group)).toEqual(expectedRows(group))

  // The same file again changes nothing, and the page says so.
  await give(page, url, 'checks', example('checks'))
  expect(await countsOf(page)).toEqual([138, 0, 0, 138, 0])
  expect(await page.getByRole('button', { name: '全部导入' }).isDisabled()).toBe(true)
  expect(watch.troubles).toEqual([])
})

const HEADER = 'event_code,unit_code,stage,sequence,category,level,occurred_at,learned_at,phoned_at,written_at,elements'
const BROKEN = csv(
  'broken.csv',
  HEADER,
  'B1,C01,first,0,accident,IV,2026-08-01 08:00,2026-08-01 08:10,,2026-08-01 09:00,source',
  'B2,C0l,first,0,accident,IV,2026-08-01 08:00,2026-08-01 08:10,,2026-08-01 09:00,source',
  'B3,C02,first,0,accident,V,2026-08-01 08:00,2026-08-01 08:10,,2026-08-01 09:00,source',
  'B4,C03,first,0,accident,IV,2026-08-01 08:00,2026-08-01 07:59,,2026-08-01 09:00,source',
  'B5,C04,first,0,accident,IV,2099-01-01 08:00,2099-01-01 08:10,,,',
  'B6,C05,first,0,accident,IV,2026-08-01 08:00,2026-08-01 08:10,,2026-08-01 09:00,source;colour',
)

test('a broken file is refused row by row with what would be accepted; its valid rows can be taken alone', async () => {
  const { page, watch } = await open(clerk)
  await give(page, url, 'reports', BROKEN)
  expect(await countsOf(page)).toEqual([6, 1, 0, 0, 5])
  expect(await page.getByRole('button', { name: '全部导入' }).isDisabled()).toBe(true)
  await page.locator('summary', { hasText: '处错误' }).click()
  const issues = await page
    .locator('details table tbody tr')
    .evaluateAll((lines) => lines.map((line) => [...line.children].map((cell) => cell.textContent?.trim() ?? '')))
  const brief = issues.map(([row, column, value]) => [row, column, value])
  expect(brief).toEqual(
    expect.arrayContaining([
      ['3', '报送单位编码', 'C0l'],
      ['4', '事件级别', 'V'],
      ['5', '获悉时间', '2026-08-01 07:59'],
      ['7', '已报要素', 'source;colour'],
    ]),
  )
  expect(brief.some(([row, column]) => row === '6' && column === '事发时间')).toBe(true)
  for (const [, , , reason, accepted] of issues) {
    expect(reason).toMatch(/[\u4e00-\u9fff]/)
    expect(accepted).toMatch(/[\u4e00-\u9fff]/)
  }
  const text = issues.flat().join('\n')
  for (const part of ['colour', '2026-08-01 08:00:00', 'I、II、III、IV']) expect(text).toContain(part)

  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: '下载有误行' }).click(),
  ])
  const book = new ExcelJS.Workbook()
  await book.xlsx.readFile(await download.path())
  const lines: string[][] = []
  book.worksheets[0]?.eachRow({ includeEmpty: true }, (row) => {
    const cells: string[] = []
    row.eachCell({ includeEmpty: true }, (cell) => void cells.push(cell.text))
    lines.push(cells)
  })
  const [head, ...refused] = lines
  expect(head?.slice(0, 3)).toEqual(['事件编号', '报送单位编码', '报告阶段'])
  expect(refused.map((line) => line[0])).toEqual(['B2', 'B3', 'B4', 'B5', 'B6'])
  for (const line of refused) expect(line[(head?.length ?? 0) - 1]).toMatch(/[\u4e00-\u9fff]/)

  await page.getByRole('button', { name: '只导入 1 行无误的' }).click()
  await page.getByText(/已导入无误的：新增 1 行/).waitFor()
  await visit(page, `${url}/events/B1`)
  await page.getByRole('heading', { level: 1, name: 'B1' }).waitFor()
  expect(watch.troubles).toEqual([])
})

test('a web page that calls itself .xlsx is refused in words, and nothing is offered for import', async () => {
  const { page, watch } = await open(clerk)
  await give(page, url, 'reports', {
    name: '系统导出.xlsx',
    buffer: Buffer.from('<html><body><table><tr><td>事件编号</td></tr></table></body></html>'),
  })
  const text = await page.locator('main').innerText()
  expect(text).toContain('系统导出.xlsx')
  expect(text).toMatch(/网页/)
  expect(text).toContain('已有数据不变')
  expect(await page.getByRole('button', { name: '全部导入' }).count()).toBe(0)
  expect(watch.troubles).toEqual([])
})

test('a command beside the running server imports through the same engine, and the open page shows it', async () => {
  const { page } = await open(clerk)
  await visit(page, `${url}/units/C09?quarter=2026Q3`)
  expect(await page.locator('main').innerText()).not.toContain('K-BESIDE')
  const file = join(empty.dataDir, 'beside.csv')
  writeFileSync(
    file,
    'check_code,unit_code,method,checked_at,findings\nK-BESIDE,C09,phone,2026-08-03 10:00,no_answer\n',
  )
  const end = await empty.run(['import', 'checks', file, '--json'])
  expect({ status: end.status, ...JSON.parse(end.stdout) }).toMatchObject({ status: 0, created: 1, rejected: 0 })
  await page.reload()
  await settle(page)
  const text = await page.locator('main').innerText()
  expect(text).toContain('K-BESIDE')
  expect(text).toContain('无人接听')
})

const XSS = `<img src=x onerror="document.title='owned'"><svg onload="document.title='owned'">`

test('markup in names, notes and grounds is shown as the text it is', async () => {
  const { page, watch } = await open(clerk)
  const quoted = `"${XSS.replaceAll('"', '""')}"`
  await give(
    page,
    url,
    'units',
    csv(
      'x.csv',
      'unit_code,name,short_name,parent_code,tier,peer_group,duty_mode',
      `XS1,${quoted},,J00,county,${quoted},room`,
    ),
  )
  await importAll(page)
  await give(
    page,
    url,
    'checks',
    csv(
      'x.csv',
      'check_code,unit_code,method,checked_at,inspectors,findings,note',
      `X-C1,XS1,phone,2026-08-03 10:00,${quoted},no_answer,${quoted}`,
    ),
  )
  await importAll(page)
  await give(
    page,
    url,
    'misreports',
    csv('x.csv', 'misreport_code,unit_code,kind,confirmed_on,basis', `X-M1,XS1,false,2026-08-03,${quoted}`),
  )
  await importAll(page)
  const group = encodeURIComponent(XSS)
  for (const path of [
    '/',
    `/league?quarter=2026Q3&group=${group}`,
    '/units?quarter=2026Q3',
    '/units/XS1?quarter=2026Q3',
    '/checks?quarter=2026Q3',
    '/checks/X-C1',
    '/imports',
  ]) {
    await visit(page, url + path)
    if (path.startsWith('/units/')) {
      for (const button of await page.locator('#deductions .reason-button').all()) await button.click()
      await settle(page)
    }
    expect(await page.locator('main img[src="x"]').count()).toBe(0)
    expect(await page.title()).not.toBe('owned')
  }
  await visit(page, `${url}/units/XS1?quarter=2026Q3`)
  expect(await page.getByRole('heading', { level: 1 }).first().innerText()).toContain('<img src=x')
  expect(watch.troubles).toEqual([])
})

test('the first units of one’s own replace the demonstration city, at the machine and not from a page', async () => {
  const server = await demonstration.serve(['--demo'])
  const { page, watch } = await open(await openSession(server.url, accountOf(server, 'clerk')))
  await visit(page, server.url)
  expect(await page.locator('body').innerText()).toContain('演示数据，纯属虚构')
  await visit(page, `${server.url}/imports?kind=units`)
  await page.getByLabel('要导入的文件').setInputFiles({ ...example('units'), mimeType: 'text/csv' })
  await page.getByText('npx zhidu import units').waitFor()
  expect(await page.locator('main').innerText()).toContain('npm start -- --empty')
  expect(watch.troubles).toHaveLength(2)
  expect(watch.troubles.join('\n')).toContain('409')

  const file = join(demonstration.dataDir, 'units.csv')
  writeFileSync(file, example('units').buffer)
  const end = await demonstration.run(['import', 'units', file, '--json'])
  expect({ status: end.status, ...JSON.parse(end.stdout) }).toMatchObject({ status: 0, rejected: 0 })
  // The accounts went with the city they belonged to.
  await page.goto(`${server.url}/units`)
  await page.getByText('还没有任何账号').waitFor()
  const made = await createAccount(demonstration, server.url, { loginName: 'kaohe', role: 'clerk', unitCode: 'J00' })
  await page.goto(`${server.url}/units?quarter=2026Q3`)
  await signIn(page, made)
  await settle(page)
  const text = await page.locator('body').innerText()
  expect(text).toContain('市第17局')
  expect(text).not.toContain('市生态环境局')
  expect(text).not.toContain('演示数据')
  await visit(page, `${server.url}/events?quarter=2026Q3`)
  expect(await page.locator('main').innerText()).not.toContain('SJ-2026')
})
