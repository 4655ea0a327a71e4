import type { FilingList, FilingPage } from '@zhidu/contract'
import ExcelJS from 'exceljs'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { actAs, type SignedIn } from './support/accounts.ts'
import { findBarriers } from './support/find-barriers.ts'
import { useDemoCity } from './support/use-demo-city.ts'
import { overhang } from './support/watch-page.ts'

const city = useDemoCity()
/** A holiday that is always to come, so that its forms are not yet due. */
const YEAR = new Date().getUTCFullYear() + 1
const COMING = `${YEAR}-劳动节`
const BLOCK = { name: '劳动节', firstDayOff: `${YEAR}-05-01`, lastDayOff: `${YEAR}-05-03`, makeupWorkdays: [] }

async function ask<T>(who: SignedIn, procedure: string, input: object): Promise<T> {
  const query = new URLSearchParams({ input: JSON.stringify(input) })
  const response = await fetch(`${who.url}/trpc/${procedure}?${query.toString()}`, { headers: { cookie: who.cookie } })
  return (JSON.parse(await response.text()) as { result: { data: T } }).result.data
}

async function workbookOf(rows: readonly (readonly string[])[]): Promise<Buffer> {
  const book = new ExcelJS.Workbook()
  book.addWorksheet('表').addRows(rows.map((row) => [...row]))
  return Buffer.from(await book.xlsx.writeBuffer())
}

function rosterRows(holiday: string, month: number, days: number): string[][] {
  return [
    [`法定节假日期间值班安排表（${holiday}）`],
    ['值班电话：0199-0123456　传真：0199-0123457'],
    ['日期', '带班领导', '', '', '值班人员', '', '备注'],
    ['', '姓名', '职务', '电话', '姓名', '电话', ''],
    ...Array.from({ length: days }, (_, n) => [
      `${month}月${n + 1}日`,
      '陈甲',
      '局长',
      '15400001111',
      `林乙${n}`,
      '15400002222',
      '',
    ]),
    ['填表人：黄丙　联系电话：0199-0123400'],
  ]
}

function whereaboutsRows(holiday: string, month: number, days: number): string[][] {
  return [
    [`法定节假日期间去向表（${holiday}）`],
    ['姓名', '职务', '去向'],
    ['陈甲', '局长', `${month}月1日至${days}日在岗值班`],
    ['填表人：黄丙　联系电话：0199-0123400'],
  ]
}

/** Uploads the unit's own file, looks at what was read, and files it; gives the receipt's code. */
async function fileFrom(page: Page, path: string, rows: readonly (readonly string[])[]): Promise<string> {
  await page.goto(city().url + path, { waitUntil: 'networkidle' })
  await page.locator('input[type=file]').setInputFiles({
    name: '报送表.xlsx',
    mimeType: 'application/octet-stream',
    buffer: await workbookOf(rows),
  })
  await page.getByText('已读取报送表.xlsx，0 处要核对。').waitFor()
  const accept = page.getByRole('checkbox')
  if ((await accept.count()) > 0) await accept.check()
  await page.getByRole('button', { name: '报送', exact: true }).click()
  const receipt = await page.locator('.receipt').innerText()
  return /回执 ([0-9A-Z]{5}-[0-9A-Z]{5})/.exec(receipt)?.[1] ?? ''
}

test('a unit files both forms of two holidays from Excel; late is said, and the receipts are on record', async () => {
  await actAs(city().clerk, 'calendar.record', { year: YEAR, blocks: [BLOCK], source: '演示放假通知' })
  const { page, watch } = await city().open(1440, city().officer)
  for (const [holiday, key, month, days] of [
    ['国庆节', '2026-国庆节', 10, 7],
    ['劳动节', COMING, 5, 3],
  ] as const) {
    const roster = await fileFrom(page, `/filings/${key}/roster`, rosterRows(holiday, month, days))
    const whereabouts = await fileFrom(page, `/filings/${key}/whereabouts`, whereaboutsRows(holiday, month, days))
    expect([roster, whereabouts].every((code) => code !== '')).toBe(true)
    const filed = await ask<FilingPage>(city().officer, 'filing.get', { holiday: key, form: 'roster' })
    expect(filed.versions[0]).toMatchObject({ receipt: roster, isLate: key !== COMING })
    expect(filed.sources.map(({ name }) => name)).toEqual(['报送表.xlsx'])
  }
  await page.goto(`${city().url}/filings`, { waitUntil: 'networkidle' })
  expect(await findBarriers(page)).toEqual([])
  expect(await overhang(page)).toBe(0)
  expect(watch.troubles).toEqual([])
})

test('the office sees the unit on time among those that are silent, and reminds them at once', async () => {
  const { page } = await city().open(1440, city().clerk)
  await page.goto(`${city().url}/filings?tab=below&holiday=${encodeURIComponent(COMING)}`, { waitUntil: 'networkidle' })
  const before = await ask<FilingList>(city().clerk, 'filing.list', { holiday: COMING })
  expect(before.counts).toMatchObject({ on_time: 1, missing: 0 })
  await page.getByRole('button', { name: `催报全部未报单位（${before.counts.not_yet_due} 家）` }).click()
  await page.getByText(`已催 ${before.counts.not_yet_due} 家。`).waitFor()
  expect(await findBarriers(page)).toEqual([])
})

test('the pages hold on a phone', async () => {
  const { page } = await city().open(390, city().officer)
  for (const path of ['/filings', `/filings/${COMING}/roster`, `/filings/${COMING}/whereabouts`, '/admin/calendar']) {
    await page.goto(city().url + path, { waitUntil: 'networkidle' })
    expect(await findBarriers(page)).toEqual([])
    expect(await overhang(page)).toBe(0)
  }
})
