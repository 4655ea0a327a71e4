import { readFileSync } from 'node:fs'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { actAs, enter, openSession, type SignedIn } from './support/accounts.ts'
import { findBarriers } from './support/find-barriers.ts'
import { launchBrowser } from './support/launch-browser.ts'
import { readZip } from './support/read-zip.ts'
import { accountOf, createInstallation, type RunningServer } from './support/run-server.ts'
import { overhang, visit, watchPages } from './support/watch-page.ts'

const installation = createInstallation()
let server: RunningServer
let browser: Browser
const people = new Map<string, SignedIn>()

beforeAll(async () => {
  const [started, launched] = await Promise.all([installation.serve(['--demo']), launchBrowser()])
  server = started
  browser = launched
  for (const name of ['clerk', 'approver']) people.set(name, await openSession(server.url, accountOf(server, name)))
  // The quarter before is frozen first: only then may it be quoted.
  for (const quarter of ['2026Q2', '2026Q3']) {
    await actAs(personOf('approver'), 'quarter.freeze', { quarter, confirm: quarter })
  }
})
afterAll(async () => {
  await browser?.close()
  await installation.remove()
})

function personOf(name: string): SignedIn {
  const person = people.get(name)
  if (person === undefined) throw new RangeError(name)
  return person
}

async function openAs(
  name: string,
  path: string,
  width = 1440,
): Promise<{ page: Page; watch: ReturnType<typeof watchPages> }> {
  const context = await browser.newContext({ viewport: { width, height: width < 500 ? 844 : 900 } })
  await enter(context, personOf(name))
  const watch = watchPages(context, server.url)
  const page = await context.newPage()
  await visit(page, server.url + path)
  return { page, watch }
}

/** Types a paragraph anew, as somebody does who marks all of it first. */
async function retype(page: Page, name: RegExp, text: string): Promise<void> {
  const editor = page.getByRole('textbox', { name }).first()
  await editor.click()
  await page.keyboard.press('Control+A')
  await page.keyboard.type(text)
}

let address = ''

test('a clerk drafts, edits two paragraphs, changes a figure by hand, and checks the numbers', async () => {
  const { page, watch } = await openAs('clerk', '/bulletins')
  await page.getByRole('button', { name: '起草2026年第三季度通报' }).click()
  await page.getByText('一、总体情况').waitFor()
  address = new URL(page.url()).pathname
  expect(await page.locator('.bulletin-paper').textContent()).toContain('较上季度')
  expect(await page.locator('.figure.is-changed').count()).toBe(0)
  expect(await findBarriers(page)).toEqual([])
  await page.getByRole('button', { name: '编辑' }).click()
  await retype(page, /发文字号/, '值班通报〔2026〕3号')
  await retype(page, /主送机关/, '各县（市、区）人民政府，市直各单位：')
  await page.locator('.bulletin-paper [data-key="all/owed"]').first().click()
  await page.getByLabel('写成').fill('999')
  await page.getByRole('button', { name: '写入' }).click()
  expect(await page.locator('.figure.is-changed').textContent()).toBe('999')
  expect(await findBarriers(page)).toEqual([])
  await page.getByRole('button', { name: '保存（3 处改动）' }).click()
  await page.getByText('已保存 3 处改动。').waitFor()
  await page.getByRole('button', { name: '核对数字' }).click()
  await page.getByText('已重新核对全部数字。').waitFor()
  expect(await page.locator('.check-panel').textContent()).toMatch(/1\s*人工改动/)
  await page.getByRole('button', { name: '报审' }).click()
  await page.getByRole('alert').filter({ hasText: '没有写明理由' }).waitFor()
  // The refusal itself.
  watch.clear()
  await page.getByRole('button', { name: '恢复' }).click()
  await page.getByRole('button', { name: '保存（1 处改动）' }).click()
  await page.getByText('已保存 1 处改动。').waitFor()
  expect(await page.locator('.figure.is-changed').count()).toBe(0)
  await page.getByRole('button', { name: '报审' }).click()
  await page.getByText('待签发').first().waitFor()
  expect(watch.troubles).toEqual([])
})

test('an approver publishes it; the Word file has the page of the standard, and nothing can be edited any more', async () => {
  const { page } = await openAs('approver', address)
  await page.getByRole('button', { name: '签发' }).click()
  await page.getByText('已发布').first().waitFor()
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByText('下载 Word').click()])
  expect(download.suggestedFilename()).toMatch(/^关于2026年第三季度全市政府系统值班工作情况的通报_\d{8}\.docx$/)
  const word = readZip(readFileSync(await download.path())).get('word/document.xml') ?? ''
  const [section = ''] = /<w:sectPr>.*?<\/w:sectPr>/.exec(word) ?? []
  expect(section).toContain('<w:pgSz w:w="11906" w:h="16838"/>')
  expect(section).toContain('<w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1587"')
  expect(section).toContain('<w:docGrid w:type="lines" w:linePitch="579"/>')
  expect(word).toContain('值班通报〔2026〕3号')
  expect(word.match(/DOCPROPERTY ZD\d+/g)?.length).toBeGreaterThan(50)

  const { page: clerks } = await openAs('clerk', address)
  await clerks.getByText('通报已发布，不能再改。').waitFor()
  expect(await clerks.getByRole('button', { name: '编辑' }).count()).toBe(0)
  const bulletinId = address.split('/').at(-1)
  const edits = [{ kind: 'remove', id: 'p3' }]
  await expect(actAs(personOf('clerk'), 'bulletin.save', { bulletinId, revision: 1, edits })).rejects.toThrow(
    'bulletin_published',
  )
})

test('a supplement of the quarter gives a correction', async () => {
  const csv =
    'check_code,unit_code,method,checked_at,inspectors,findings,note\nKC-LATE,D13,onsite,2026-08-09 22:10:00,甲;乙,absent,\n'
  const sent = await fetch(`${server.url}/files/imports?kind=checks&fileName=late.csv`, {
    method: 'POST',
    headers: { cookie: personOf('clerk').cookie, origin: server.url, 'content-type': 'text/csv' },
    body: csv,
  })
  const { importId }: { importId: string } = await sent.json()
  await expect
    .poll(
      () => actAs(personOf('clerk'), 'import.commit', { importId, acceptValid: false }).then(() => 'sent', String),
      {
        timeout: 20_000,
      },
    )
    .toBe('sent')
  await expect
    .poll(
      () =>
        actAs(personOf('approver'), 'quarter.supplement', {
          quarter: '2026Q3',
          confirm: '2026Q3',
          reason: '补录一次抽查',
        }).then(() => 'done', String),
      { timeout: 30_000, interval: 500 },
    )
    .toBe('done')
  const { page } = await openAs('clerk', address)
  await page.getByRole('button', { name: '按第 2 版快照拟更正通报' }).click()
  await page.getByText('更正缘由：补录一次抽查。').waitFor()
  expect(await page.locator('.bulletin-paper').textContent()).toContain('更正为：“')
  expect(await findBarriers(page)).toEqual([])
})

test('on a phone neither the list nor the sheet runs over the edge', async () => {
  for (const path of ['/bulletins', address]) {
    const { page } = await openAs('clerk', path, 390)
    await page.getByText('已发布').first().waitFor()
    expect(await overhang(page)).toBe(0)
  }
})
