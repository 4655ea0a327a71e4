import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { EventPage, ObligationList, ReportContent, RunningReports } from '@zhidu/contract'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { enter, openSession, type SignedIn } from './support/accounts.ts'
import { findBarriers } from './support/find-barriers.ts'
import { launchBrowser } from './support/launch-browser.ts'
import { readZip } from './support/read-zip.ts'
import { accountOf, createInstallation, type RunningServer } from './support/run-server.ts'
import { overhang, watchPages } from './support/watch-page.ts'

/** Pictures for whoever wants to look: a folder named in the environment, else none. */
const PICTURES = process.env['ZHIDU_PICTURES']
const MINUTE_MS = 60_000
const installation = createInstallation()
let server: RunningServer
let browser: Browser
let inspector: SignedIn
let officer: SignedIn
let office: Page
let phone: Page
const watches: ReturnType<typeof watchPages>[] = []
let eventCode = ''
let receiptCode = ''

async function openWindow(who: SignedIn, width: number): Promise<Page> {
  const viewport = { width, height: width < 500 ? 844 : 900 }
  const context: BrowserContext = await browser.newContext({ viewport, locale: 'zh-CN' })
  await enter(context, who)
  watches.push(watchPages(context, server.url))
  return await context.newPage()
}

async function ask<T>(who: SignedIn, procedure: string, input: object = {}): Promise<T> {
  const query = new URLSearchParams({ input: JSON.stringify(input) })
  const response = await fetch(`${who.url}/trpc/${procedure}?${query.toString()}`, { headers: { cookie: who.cookie } })
  return (JSON.parse(await response.text()) as { result: { data: T } }).result.data
}

async function picture(page: Page, name: string): Promise<void> {
  if (PICTURES === undefined) return
  mkdirSync(PICTURES, { recursive: true })
  await page.screenshot({ path: join(PICTURES, `${name}-${page.viewportSize()?.width ?? 0}.png`), fullPage: true })
}

/** So many minutes ago, as a field for local times has it. */
function ago(minutes: number): string {
  return new Date(Date.now() - minutes * MINUTE_MS + 8 * 3_600_000).toISOString().slice(0, 16)
}

async function look(page: Page, name: string): Promise<void> {
  await picture(page, name)
  expect(await overhang(page)).toBe(0)
  expect(await findBarriers(page)).toEqual([])
}

const unitOf = (): string => accountOf(server, 'unit-officer').unitCode ?? ''
const contentOf = (code: string) => ask<ReportContent>(officer, 'report.receipt', { receiptCode: code })
const codeOf = (page: Page): string => page.url().split('/').at(-1) ?? ''

beforeAll(async () => {
  const [started, launched] = await Promise.all([installation.serve(['--demo']), launchBrowser()])
  server = started
  browser = launched
  inspector = await openSession(server.url, accountOf(server, 'inspector'))
  officer = await openSession(server.url, accountOf(server, 'unit-officer'))
  office = await openWindow(inspector, 1440)
  phone = await openWindow(officer, 390)
})
afterAll(async () => {
  await browser?.close()
  await installation.remove()
})

test('the office writes down a call, which opens the event and stops the clock of the call', async () => {
  await office.goto(`${server.url}/report`, { waitUntil: 'networkidle' })
  await office.getByText('收到的报告').waitFor()
  await look(office, 'desk-office')
  await office.goto(`${server.url}/report/calls/new`, { waitUntil: 'networkidle' })
  await office.locator('.unit-select').click()
  await office.keyboard.type(unitOf())
  await office.locator('.el-select-dropdown__item:visible').first().click()
  const event = office.getByLabel('是哪个事件')
  await event.waitFor()
  await event.selectOption('')
  await office.getByLabel('报告人姓名').fill('周某')
  await office.getByLabel('电话', { exact: true }).fill('15400001234')
  await office.getByLabel('事件级别').selectOption('II')
  await office.getByLabel('事发时间').fill(ago(12))
  await office.getByLabel('单位获悉时间').fill(ago(10))
  await office.getByLabel('事发地点').fill('南塘街道某工地')
  await office.getByLabel('起因、过程、措施、结果、影响、趋势').fill('边坡坍塌，3 人被困，救援力量在途')
  await look(office, 'call')
  await office.getByRole('button', { name: '登记', exact: true }).click()
  await office.waitForURL(/\/events\//)
  eventCode = decodeURIComponent(codeOf(office))
  expect(eventCode.startsWith(`${unitOf()}-`)).toBe(true)
  await office.getByText('边坡坍塌，3 人被困').waitFor()
  await office.getByText('办公室电话记录').waitFor()
  await office.getByText('154****1234').waitFor()
})

test('the officer sees the clock run, sends the first report in time, and gets a receipt', async () => {
  await phone.goto(server.url, { waitUntil: 'networkidle' })
  await phone.getByRole('link', { name: '现在报送' }).waitFor()
  await look(phone, 'overview-officer')
  await phone.goto(`${server.url}/report/${eventCode}`, { waitUntil: 'networkidle' })
  await phone.locator('.filing-side').waitFor()
  expect(await phone.locator('.filing-side').textContent()).toContain('现在报出：首报按时')
  await phone.getByLabel('死亡（人）').fill('3')
  await phone.getByLabel('信息来源（规则要求）').fill('工地安全员电话')
  await phone.getByLabel('基本过程（规则要求）').fill('基坑边坡坍塌，3 人被埋')
  await phone.getByLabel('签发人').fill('郑某')
  const side = await phone.locator('.filing-side').textContent()
  expect(side).toContain('已报要素 7 / 12')
  expect(side).toContain('缺：起因')
  await look(phone, 'file-first')
  await phone.getByText('已暂存').waitFor()
  await phone.getByRole('button', { name: '报出首报' }).click()
  await phone.waitForURL(/\/report\/receipts\//)
  receiptCode = codeOf(phone)
  await phone.getByText(receiptCode).first().waitFor()
  await look(phone, 'receipt')
  const { document, receipt } = await contentOf(receiptCode)
  expect(document).toMatchObject({ deaths: 3, level: 'II', signer: '郑某' })
  const word = await fetch(`${server.url}/files/events/${eventCode}/report.docx?receipt=${receiptCode}`, {
    headers: { cookie: officer.cookie },
  })
  const text = readZip(Buffer.from(await word.arrayBuffer())).get('word/document.xml') ?? ''
  for (const said of [
    '基坑边坡坍塌，3 人被埋',
    '郑某',
    '首报',
    receiptCode,
    receipt.sha256,
    '待核实，续报',
    '死亡 3 人',
  ]) {
    expect(text).toContain(said)
  }
})

test('a cut network loses nothing and sends once', async () => {
  await phone.goto(`${server.url}/report/${eventCode}`, { waitUntil: 'networkidle' })
  await phone.getByLabel('发展趋势（规则要求）').fill('两人已救出')
  let isSent = 0
  // The server has the report; its answer gets lost.
  await phone.route('**/trpc/report.send*', async (route) => {
    isSent += 1
    if (isSent > 1) return route.continue()
    await route.fetch()
    return route.abort('connectionfailed')
  })
  await phone.getByRole('button', { name: '报出续报一' }).click()
  await phone.getByText('还没有送到').waitFor()
  await picture(phone, 'waits')
  await phone.getByRole('button', { name: '现在报送' }).first().click()
  await phone.waitForURL(/\/report\/receipts\//)
  await phone.unroute('**/trpc/report.send*')
  const { judgements } = await ask<EventPage>(officer, 'event.get', { eventCode })
  expect(judgements[0]?.reports.map(({ sequence, stage }) => `${stage} ${sequence}`)).toEqual([
    'first 0',
    'follow_up 1',
  ])
  expect((await contentOf(codeOf(phone))).document.texts.trend).toBe('两人已救出')
  for (const watch of watches) watch.clear()
})

test('the final report ends it, the office signs, and the judge says what the page said', async () => {
  await phone.goto(`${server.url}/report/${eventCode}?stage=final`, { waitUntil: 'networkidle' })
  await phone.getByLabel('处置情况（规则要求）').fill('3 人全部救出，现场封控')
  await phone.getByRole('button', { name: '报出终报' }).click()
  await phone.waitForURL(/\/report\/receipts\//)
  await phone.goto(`${server.url}/report/${eventCode}`, { waitUntil: 'networkidle' })
  await phone.getByText('这个事件已有终报').waitFor()

  await office.goto(`${server.url}/report`, { waitUntil: 'networkidle' })
  await office.getByRole('button', { name: new RegExp(`签收.*${receiptCode}`) }).click()
  await office.getByRole('dialog').getByRole('button', { name: '签收', exact: true }).click()
  await office.getByRole('dialog').waitFor({ state: 'hidden' })
  expect((await contentOf(receiptCode)).acts.map(({ kind }) => kind)).toEqual(['signed_for'])
  await office.goto(`${server.url}/events/${eventCode}`, { waitUntil: 'networkidle' })
  await office.getByText('演示督查员 已签收').first().waitFor()
  await look(office, 'event')

  const { judgements } = await ask<EventPage>(officer, 'event.get', { eventCode })
  const [judged] = judgements
  expect(judged).toMatchObject({ level: 'II', written: { outcome: 'on_time' }, phone: { outcome: 'on_time' }, lost: 0 })
  expect(judged?.completeness.given).toContain('trend')
  const quarter = judged?.quarter
  const { items } = await ask<ObligationList>(officer, 'obligation.list', { quarter, unitCode: unitOf() })
  const own = items.filter(({ ref }) => ref === eventCode).map(({ kind, outcome }) => `${kind} ${outcome}`)
  expect(own.sort()).toEqual(['phone on_time', 'written on_time'])
  const running = await ask<RunningReports>(officer, 'report.running')
  expect(running.items.find((item) => item.eventCode === eventCode)?.next).toEqual([])
})

test('nothing went wrong beside', () => {
  expect(watches.flatMap(({ troubles }) => troubles)).toEqual([])
})
