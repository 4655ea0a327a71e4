import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { enter, openSession } from './support/accounts.ts'
import { findBarriers } from './support/find-barriers.ts'
import { launchBrowser } from './support/launch-browser.ts'
import { accountOf, createInstallation, type RunningServer } from './support/run-server.ts'
import { overhang, visit, watchPages } from './support/watch-page.ts'

const folder = mkdtempSync(join(tmpdir(), 'zhidu-draws-'))
const installation = createInstallation()
let server: RunningServer
let browser: Browser
const contexts: BrowserContext[] = []

beforeAll(async () => {
  const [started, launched] = await Promise.all([installation.serve(['--demo']), launchBrowser()])
  server = started
  browser = launched
})
afterAll(async () => {
  for (const context of contexts) await context.close()
  await browser?.close()
  await installation.remove()
  rmSync(folder, { recursive: true, force: true })
})

interface Window {
  readonly page: Page
  readonly troubles: readonly string[]
}

async function openAs(login: string, width = 1440): Promise<Window> {
  const context = await browser.newContext({ viewport: { width, height: 900 }, locale: 'zh-CN' })
  contexts.push(context)
  await enter(context, await openSession(server.url, accountOf(server, login)))
  const { troubles } = watchPages(context, server.url)
  return { page: await context.newPage(), troubles }
}

/** Leaves a secret and gives the line that the officer keeps. */
async function commit(page: Page, words: string): Promise<string> {
  await page.getByLabel('您的一个数或一句话').fill(words)
  await page.getByRole('button', { name: '生成' }).click()
  const slip = await page.locator('.secret-once code').innerText()
  await page.getByLabel('我已保存好这一行').check()
  await page.getByRole('button', { name: '交哈希值' }).click()
  await page.locator('.commit-part').waitFor({ state: 'detached' })
  return slip
}

async function reveal(page: Page, slip: string): Promise<void> {
  await page.getByLabel('亮出您的数').fill(slip)
  await page.getByRole('button', { name: '亮出', exact: true }).click()
}

async function download(page: Page, label: string, name: string): Promise<string> {
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: label, exact: true }).click(),
  ])
  const path = join(folder, name)
  await file.saveAs(path)
  return path
}

async function planAndApprove(clerk: Page): Promise<void> {
  await visit(clerk, `${server.url}/draws`)
  await clerk.getByRole('button', { name: '新拟方案' }).click()
  await clerk.getByLabel('方案名称').fill('春节夜间抽查')
  await clerk.getByLabel('市直组抽取数').fill('4')
  await clerk.getByLabel('市直组替补数').fill('2')
  await clerk.getByRole('button', { name: /采用上季排名表的建议/ }).click()
  await clerk.getByLabel('督查员', { exact: true }).fill('甲\n乙\n丙')
  expect(await findBarriers(clerk)).toEqual([])
  await clerk.getByRole('button', { name: '保存方案' }).click()
  await clerk.getByText('待批准', { exact: true }).waitFor()

  const approver = await openAs('approver')
  await visit(approver.page, `${server.url}/draws`)
  await approver.page.getByRole('button', { name: '批准“春节夜间抽查”第 1 版' }).click()
  await approver.page.getByRole('dialog').getByRole('button', { name: '批准', exact: true }).click()
  await approver.page.getByText('已批准').waitFor()
  expect(await findBarriers(approver.page)).toEqual([])
  expect(approver.troubles).toEqual([])
}

test('two officers draw what was planned, the files are verified by the command, and a changed byte fails', async () => {
  const [clerk, inspector] = [await openAs('clerk'), await openAs('inspector', 390)]
  await planAndApprove(clerk.page)

  await clerk.page.reload()
  await clerk.page.getByRole('button', { name: /按“春节夜间抽查”第 1 版开始抽取/ }).click()
  await clerk.page.getByRole('button', { name: '宣布', exact: true }).click()
  await clerk.page.waitForURL(/\/draws\/[0-9a-f-]{36}$/)
  const address = clerk.page.url()
  const first = await commit(clerk.page, '8765')
  expect(await clerk.page.getByText('这次抽取由您宣布').isVisible()).toBe(true)

  await visit(inspector.page, address)
  const second = await commit(inspector.page, '雪落无声')
  await inspector.page.getByRole('button', { name: '冻结名单库' }).click()
  await inspector.page.getByRole('dialog').getByRole('button', { name: '冻结名单库' }).click()
  await inspector.page.getByText(/0 人已亮出原数/).waitFor()
  expect(await overhang(inspector.page)).toBe(0)
  expect(await findBarriers(inspector.page)).toEqual([])

  // Another's line, or one with a letter missing, is not even sent.
  await reveal(inspector.page, first)
  await inspector.page.getByText('没有发送').waitFor()
  await reveal(inspector.page, second)
  await inspector.page.getByText(/1 人已亮出原数/).waitFor()
  await visit(clerk.page, address)
  await reveal(clerk.page, first)
  await clerk.page.locator('.certificate').waitFor()
  expect(await clerk.page.locator('.certificate tbody tr').count()).toBe(4)
  expect(await clerk.page.locator('.certificate tbody').innerText()).toMatch(/\d+ \/ \d+/)

  await clerk.page
    .getByRole('button', { name: /未查成/ })
    .first()
    .click()
  await clerk.page.getByLabel('理由（至少 2 个字）').fill('道路中断')
  await clerk.page.getByRole('button', { name: '记替补' }).click()
  await clerk.page.getByText(/未查，.*替补。道路中断/).waitFor()

  await clerk.page.getByRole('button', { name: '当场核验' }).click()
  await clerk.page.getByText('核验通过').waitFor()
  expect(await clerk.page.locator('.verify-draw [data-outcome="failed"]').count()).toBe(0)
  expect(await findBarriers(clerk.page)).toEqual([])

  const [pool, certificate, key, html] = [
    await download(clerk.page, '名单库', 'pool.json'),
    await download(clerk.page, '抽取证书', 'certificate.txt'),
    await download(clerk.page, '公钥', 'key.txt'),
    await download(clerk.page, '离线核验网页', 'verify.html'),
  ]
  const fits = await installation.run(['draw', 'verify', pool, certificate, '--key', key])
  expect(fits).toMatchObject({ status: 0 })
  expect(fits.stdout).not.toMatch(/不符|未核/)
  expect(readFileSync(html, 'utf8')).toContain("default-src 'none'")
  const changed = join(folder, 'changed.json')
  writeFileSync(changed, readFileSync(pool, 'utf8').replace('"weight":1', '"weight":9'))
  const broken = await installation.run(['draw', 'verify', changed, certificate, '--key', key])
  expect(broken.status).toBe(1)
  expect(broken.stdout).toMatch(/名单库哈希值\s+不符/)

  const stranger = await browser.newContext({ viewport: { width: 390, height: 844 }, locale: 'zh-CN' })
  contexts.push(stranger)
  const watch = watchPages(stranger, server.url)
  const anywhere = await stranger.newPage()
  await anywhere.goto(`${server.url}/verify`)
  await anywhere.setInputFiles('#certificate', certificate)
  await anywhere.setInputFiles('#pool', changed)
  await anywhere.locator('#report.failed .verdict').waitFor()
  await anywhere.setInputFiles('#pool', pool)
  await anywhere.locator('#report.passed .verdict').waitFor()
  expect(watch.troubles).toEqual([])

  await clerk.page.emulateMedia({ media: 'print' })
  expect(await clerk.page.locator('.certificate .qr-code').isVisible()).toBe(true)
  expect(await clerk.page.getByRole('button', { name: '作废' }).isVisible()).toBe(false)
  await clerk.page.emulateMedia({ media: 'screen' })
  expect([...clerk.troubles, ...inspector.troubles]).toEqual([])
})

test('a unit of the pool knows the hash, and the outcome only once it is disclosed', async () => {
  const [unit, clerk] = [await openAs('unit-officer', 390), await openAs('clerk')]
  await visit(unit.page, `${server.url}/draws`)
  await unit.page.getByRole('link', { name: '春节夜间抽查' }).click()
  await unit.page.getByText('结果还没有公开').waitFor()
  const hash = await unit.page.locator('code.hash').innerText()
  expect(hash).toMatch(/^sha256:[0-9a-f]{64}$/)
  expect(await unit.page.locator('.certificate').count()).toBe(0)
  expect(await overhang(unit.page)).toBe(0)
  expect(await findBarriers(unit.page)).toEqual([])

  await visit(clerk.page, `${server.url}/draws`)
  await clerk.page.getByRole('link', { name: '春节夜间抽查' }).first().click()
  await clerk.page.getByRole('button', { name: '公开', exact: true }).click()
  await clerk.page.getByRole('dialog').getByRole('button', { name: '公开', exact: true }).click()
  await clerk.page.getByText('结果已向名单库各单位公开').waitFor()
  await unit.page.reload()
  await unit.page.getByText('与抽取前告知本单位的相同').waitFor()
  await unit.page.getByRole('button', { name: '当场核验' }).click()
  await unit.page.getByText('核验通过').waitFor()
  expect(await overhang(unit.page)).toBe(0)
  expect(await findBarriers(unit.page)).toEqual([])
  expect([...unit.troubles, ...clerk.troubles]).toEqual([])
})
