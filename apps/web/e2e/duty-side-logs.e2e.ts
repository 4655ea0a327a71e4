import { join } from 'node:path'
import type { LogDesk } from '@zhidu/contract'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { enter, openSession, type SignedIn } from './support/accounts.ts'
import { findBarriers } from './support/find-barriers.ts'
import { launchBrowser } from './support/launch-browser.ts'
import { accountOf, createInstallation, type RunningServer } from './support/run-server.ts'
import { overhang, revisit, visit, watchPages } from './support/watch-page.ts'

const SHOTS = process.env['ZHIDU_SHOTS']
type Person = 'clerk' | 'inspector' | 'officer'
const installation = createInstallation()
let server: RunningServer
let browser: Browser
const people = {} as Record<Person, SignedIn>
const pages = {} as Record<Person, Page>
const watches: ReturnType<typeof watchPages>[] = []

async function openWindow(who: SignedIn, width: number): Promise<Page> {
  const context: BrowserContext = await browser.newContext({
    viewport: { width, height: width < 500 ? 844 : 900 },
    locale: 'zh-CN',
  })
  await enter(context, who)
  watches.push(watchPages(context, server.url))
  return await context.newPage()
}

async function deskOf(who: SignedIn): Promise<LogDesk> {
  const query = new URLSearchParams({ input: '{}' })
  const response = await fetch(`${server.url}/trpc/log.desk?${query.toString()}`, { headers: { cookie: who.cookie } })
  return (JSON.parse(await response.text()) as { result: { data: LogDesk } }).result.data
}

/** Beijing time of so many minutes from now, as an input of a local time has it. */
function local(minutes: number): string {
  return new Date(Date.now() + minutes * 60_000 + 8 * 3_600_000).toISOString().slice(0, 16)
}

async function shoot(page: Page, name: string): Promise<void> {
  if (SHOTS !== undefined) await page.screenshot({ path: join(SHOTS, `${name}.png`), fullPage: true })
}

beforeAll(async () => {
  const [started, launched] = await Promise.all([installation.serve(['--demo']), launchBrowser()])
  server = started
  browser = launched
  people.clerk = await openSession(server.url, accountOf(server, 'clerk'))
  people.inspector = await openSession(server.url, accountOf(server, 'inspector'))
  people.officer = await openSession(server.url, accountOf(server, 'unit-officer'))
  pages.clerk = await openWindow(people.clerk, 1440)
  pages.inspector = await openWindow(people.inspector, 1920)
  pages.officer = await openWindow(people.officer, 390)
})
afterAll(async () => {
  await browser?.close()
  await installation.remove()
})

async function closeEntry(page: Page, code: string, note: string): Promise<void> {
  await visit(page, `${server.url}/logs`)
  await page.getByRole('link', { name: code }).first().click()
  await page.getByRole('button', { name: '办结', exact: true }).click()
  const dialog = page.getByRole('dialog')
  await dialog.locator('textarea').fill(note)
  await dialog.locator('.zd-form-actions button').first().click()
  await dialog.waitFor({ state: 'hidden' })
}

test('entries are typed line by line, refused from the future, marked when late, and kept over a reload', async () => {
  const { clerk } = pages
  await visit(clerk, `${server.url}/logs`)
  const line = clerk.getByPlaceholder('何人何事何地')
  await line.fill('来电反映广场灯箱倾斜，请派人查看')
  await line.press('Enter')
  await clerk.getByText(/已写入 S00-\d{8}-001/).waitFor()
  await line.fill('来文要求报送值班表')
  await revisit(clerk)
  expect(await line.inputValue()).toBe('来文要求报送值班表')
  await line.press('Enter')
  await clerk.getByText(/已写入 S00-\d{8}-002/).waitFor()

  await line.fill('上午口头交代的事')
  await clerk.getByText('来电人、时间、关联').click()
  await clerk.getByLabel('发生时间').first().fill(local(90))
  await line.press('Enter')
  await clerk.getByRole('alert').getByText('发生时间不能晚于现在').waitFor()
  for (const watch of watches) watch.clear()
  expect((await deskOf(people.clerk)).todayCount).toBe(2)
  await clerk.getByLabel('发生时间').first().fill(local(-200))
  await line.press('Enter')
  await clerk.getByText('记为补记 3 小时').waitFor()
  await clerk.getByText('补记 3 小时').first().waitFor()
  expect(await findBarriers(clerk)).toEqual([])
  await shoot(clerk, 'logs-1440')

  const { open } = await deskOf(people.clerk)
  await closeEntry(clerk, open[1]?.entryCode ?? '', '值班表已报送，回执已存')
  expect((await deskOf(people.clerk)).open.map(({ number }) => number)).toEqual([1, 3])
  await shoot(clerk, 'log-entry-1440')
})

test('a shift is handed over with what is open by two people at one screen, and the next finds it first', async () => {
  const { clerk, inspector } = pages
  await visit(clerk, `${server.url}/handovers`)
  await clerk.getByLabel('值班表以外的交接时刻').fill(local(0))
  await clerk.getByRole('button', { name: '开始交接' }).click()
  await clerk.waitForURL(/handovers\/[0-9a-f-]{36}$/)
  await clerk.getByLabel(/-001 的交代/).fill('城管答应两小时内回话')
  await clerk.getByLabel('钥匙、设备').fill('钥匙 2 把，座机传真正常')
  await clerk.getByLabel('交给谁').fill('演示督查员')
  await clerk.getByLabel('不在下一班值班表上，原因').fill('本办没有导入值班表')
  await clerk.getByLabel('确认人不在值班表上，原因').fill('本办没有导入值班表')
  expect(await findBarriers(clerk)).toEqual([])
  await clerk.getByRole('button', { name: '交班确认' }).click()
  await clerk.getByText('交班是您确认的，接班要由另一人确认').waitFor()
  await shoot(clerk, 'handover-1440')
  const { loginName, password } = accountOf(server, 'inspector')
  await clerk.getByLabel('接班人账号').fill(loginName)
  await clerk.getByLabel('接班人密码', { exact: true }).fill('不是这个密码')
  await clerk.getByLabel('确认人不在值班表上，原因').fill('本办没有导入值班表')
  await clerk.getByRole('button', { name: '接班确认' }).click()
  await clerk.getByRole('alert').getByText('账号或密码不对').waitFor()
  for (const watch of watches) watch.clear()
  await clerk.getByLabel('接班人密码', { exact: true }).fill(password)
  await clerk.getByRole('button', { name: '接班确认' }).click()
  await clerk.getByText('已交接，遗留 2 件，由下一班继续办。').waitFor()
  expect(await findBarriers(clerk)).toEqual([])
  await shoot(clerk, 'handover-done-1440')

  await visit(inspector, `${server.url}/logs`)
  const open = inspector.getByRole('region', { name: '未办结事项，最早的在前' })
  const first = open.getByRole('row').nth(1)
  expect(await first.textContent()).toMatch(/-001[\s\S]*灯箱倾斜[\s\S]*移交 1 次/)
  expect(await findBarriers(inspector)).toEqual([])
  await shoot(inspector, 'logs-1920')
  for (const { entryCode } of (await deskOf(people.inspector)).open) {
    await closeEntry(inspector, entryCode, '已核实处理并答复来电人')
  }
  await visit(inspector, `${server.url}/logs`)
  await inspector.getByText('没有未办结事项：事事有回音，件件有落实。').waitFor()
})

test('the office sees how units below keep theirs, a unit its own alone, also on a telephone and on paper', async () => {
  const { clerk, officer } = pages
  await visit(clerk, `${server.url}/log-units`)
  await clerk.getByRole('heading', { name: /办结情况/ }).waitFor()
  expect(await findBarriers(clerk)).toEqual([])
  await shoot(clerk, 'log-units-1440')
  for (const [path, name] of [
    ['/logs', 'logs-390'],
    ['/handovers', 'handovers-390'],
  ] as const) {
    await visit(officer, `${server.url}${path}`)
    expect(await overhang(officer)).toBe(0)
    expect(await findBarriers(officer)).toEqual([])
    await shoot(officer, name)
  }
  const { day, unitCode } = await deskOf(people.officer)
  await visit(officer, `${server.url}/log-days/${unitCode}/${day}`)
  expect(await overhang(officer)).toBe(0)
  expect(await findBarriers(officer)).toEqual([])
  await officer.emulateMedia({ media: 'print' })
  await shoot(officer, 'log-day-print')
  await officer.emulateMedia({ media: 'screen' })
  const word = await fetch(`${server.url}/files/units/${unitCode}/logs/${day}/log.docx`, {
    headers: { cookie: people.officer.cookie },
  })
  expect(word.status).toBe(200)
  for (const watch of watches) expect(watch.troubles).toEqual([])
})
