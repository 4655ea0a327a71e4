import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { InformantList, LeadPage, MisreportCasePage } from '@zhidu/contract'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { enter, openSession, type SignedIn } from './support/accounts.ts'
import { findBarriers } from './support/find-barriers.ts'
import { launchBrowser } from './support/launch-browser.ts'
import { accountOf, createInstallation, type RunningServer } from './support/run-server.ts'
import { overhang, revisit, visit, watchPages } from './support/watch-page.ts'

type Person = 'clerk' | 'approver' | 'officer'
const installation = createInstallation()
/** Where pictures for people go; unset = none are taken. */
const PICTURES = process.env['ZHIDU_PICTURES']
let server: RunningServer
let browser: Browser
const people = {} as Record<Person, SignedIn>
const pages = {} as Record<Person, Page>
const watches: ReturnType<typeof watchPages>[] = []
let leadCode = ''

async function openWindow(who: SignedIn | null, width: number): Promise<Page> {
  const context: BrowserContext = await browser.newContext({
    viewport: { width, height: width < 500 ? 844 : 900 },
    locale: 'zh-CN',
  })
  if (who !== null) {
    await enter(context, who)
    watches.push(watchPages(context, server.url))
  }
  return await context.newPage()
}

async function picture(page: Page, name: string): Promise<void> {
  if (PICTURES === undefined) return
  await mkdir(PICTURES, { recursive: true })
  await page.screenshot({ path: join(PICTURES, `${name}.png`), fullPage: true })
}

async function ask<T>(who: SignedIn, procedure: string, input: object): Promise<T> {
  const query = new URLSearchParams({ input: JSON.stringify(input) })
  const response = await fetch(`${who.url}/trpc/${procedure}?${query.toString()}`, { headers: { cookie: who.cookie } })
  return (JSON.parse(await response.text()) as { result: { data: T } }).result.data
}

/** What the unit's truthfulness counts this quarter. */
async function truthfulness(): Promise<number | undefined> {
  const { currentQuarter } = await ask<{ currentQuarter: string }>(people.clerk, 'meta.get', {})
  const { rows } = await ask<{ rows: { unitCode: string; dimensions: { truthfulness: number } }[] }>(
    people.clerk,
    'league.table',
    { quarter: currentQuarter, group: '市直组' },
  )
  const own = accountOf(server, 'unit-officer').unitCode
  return rows.find(({ unitCode }) => unitCode === own)?.dimensions.truthfulness
}

const leadPage = () => ask<LeadPage>(people.clerk, 'lead.get', { leadCode })

beforeAll(async () => {
  const [started, launched] = await Promise.all([installation.serve(['--demo']), launchBrowser()])
  server = started
  browser = launched
  for (const name of ['clerk', 'approver'] as const)
    people[name] = await openSession(server.url, accountOf(server, name))
  people.officer = await openSession(server.url, accountOf(server, 'unit-officer'))
  pages.clerk = await openWindow(people.clerk, 1440)
  pages.approver = await openWindow(people.approver, 1440)
  pages.officer = await openWindow(people.officer, 390)
})
afterAll(async () => {
  await browser?.close()
  await installation.remove()
})

async function press(page: Page, path: string, name: string, note?: string): Promise<void> {
  await visit(page, `${server.url}${path}`)
  await page.locator('.buttons button', { hasText: name }).first().click()
  const dialog = page.getByRole('dialog')
  const unit = dialog.locator('select')
  if ((await unit.count()) > 0 && name === '发核查通知') {
    await unit.selectOption(accountOf(server, 'unit-officer').unitCode ?? '')
  }
  if (note !== undefined) await dialog.locator('textarea').fill(note)
  await dialog.locator('.zd-form-actions button').first().click()
  await dialog.waitFor({ state: 'hidden' })
}

test('what an office has of leads stands in its list, with its candidates beside it', async () => {
  const { clerk } = pages
  await visit(clerk, `${server.url}/leads?view=all`)
  expect(await clerk.locator('tbody tr').count()).toBeGreaterThan(5)
  await clerk.locator('tbody button').first().click()
  await clerk.locator('aside .candidates').waitFor()
  expect(await findBarriers(clerk)).toEqual([])
  expect(await overhang(clerk)).toBeLessThanOrEqual(0)
  await picture(clerk, 'leads-1440')
})

test('a media lead that no report matches is asked about, explained, and becomes a case; its confirmation costs points', async () => {
  const { approver, clerk, officer } = pages
  await visit(clerk, `${server.url}/leads/new`)
  await clerk.getByRole('button', { name: '粘贴' }).click()
  await clerk.getByLabel('来源').selectOption('media')
  await clerk.getByLabel('每行一条').fill('晚报：昨天上午9时30分，望江新村一厂房起火，2人受伤')
  await clerk.getByRole('button', { name: '读取' }).click()
  expect(await clerk.locator('tbody').innerText()).toContain('事故灾难')
  await picture(clerk, 'leads-new-1440')
  await clerk.getByRole('button', { name: '登记 1 条' }).click()
  await clerk.getByText('已登记 1 条').waitFor()
  const { items } = await ask<{ items: { leadCode: string; summary: string }[] }>(people.clerk, 'lead.list', {
    view: 'open',
    text: '望江新村',
  })
  leadCode = items[0]?.leadCode ?? ''
  const path = `/leads/${leadCode}`
  await press(clerk, path, '发核查通知')
  expect((await leadPage()).item.state).toBe('awaiting_explanation')

  await visit(officer, `${server.url}/inquiries`)
  const part = officer.locator('section', { has: officer.locator('textarea') }).first()
  expect(await part.innerText()).not.toContain('晚报')
  await part.locator('textarea').fill('确有此事，当班人员未接报。')
  await picture(officer, 'inquiries-390')
  expect(await findBarriers(officer)).toEqual([])
  await part.getByRole('button', { name: '提交说明' }).click()
  await expect.poll(async () => (await leadPage()).item.state).toBe('awaiting_decision')

  await press(clerk, path, '转漏报认定', '媒体所报属实，单位未报')
  await picture(clerk, 'lead-1440')
  const decided = await leadPage()
  const caseId = decided.steps.at(-1)?.misreportId ?? ''
  await press(clerk, `/misreports/${caseId}`, '下发通知')
  await visit(officer, `${server.url}/misreports/${caseId}`)
  await press(officer, `/misreports/${caseId}`, '说明', '疏忽漏报')
  const before = await truthfulness()
  await press(approver, `/misreports/${caseId}`, '认定', '经核查属实')
  const { item } = await ask<MisreportCasePage>(people.clerk, 'misreport.get', { caseId })
  expect(item).toMatchObject({ state: 'confirmed', kind: 'omitted' })
  expect(await truthfulness()).toBeLessThan(before ?? 0)
})

test('an informant reports with nothing but a link, once it is revoked no more', async () => {
  const { clerk } = pages
  const { informants } = await ask<InformantList>(people.clerk, 'informant.list', {})
  const informant = informants.find(({ link }) => link === null)
  if (informant === undefined) throw new RangeError('everybody has a link')
  await visit(clerk, `${server.url}/informants`)
  await clerk.getByRole('button', { name: `发链接：${informant.name}` }).click()
  const url = await clerk.locator('.card .url').innerText()
  await picture(clerk, 'informants-1440')
  expect(await findBarriers(clerk)).toEqual([])
  const phone = await openWindow(null, 390)
  await visit(phone, url)
  await phone.getByLabel('发生了什么').fill('桥头塌了一段，没人受伤')
  expect(await findBarriers(phone)).toEqual([])
  expect(await overhang(phone)).toBeLessThanOrEqual(0)
  await picture(phone, 'informant-390')
  await phone.getByRole('button', { name: '上报' }).click()
  const receipt = await phone.locator('.receipt').innerText()
  expect(receipt).toMatch(/^[A-Z2-9]{8}$/)
  const { messages } = await ask<InformantList>(people.clerk, 'informant.list', {})
  expect(messages.map(({ receiptCode }) => receiptCode)).toContain(receipt)
  await revisit(clerk)
  await clerk.getByRole('button', { name: `作废链接：${informant.name}` }).click()
  await clerk.getByText('已作废').first().waitFor()
  await revisit(phone)
  await phone.getByText('这个链接不能用').waitFor()
})

test('quiet units and names of places have their pages', async () => {
  const { clerk } = pages
  for (const [path, name] of [
    ['/leads/quiet', 'quiet-1440'],
    ['/leads/places', 'places-1440'],
  ] as const) {
    await visit(clerk, `${server.url}${path}`)
    await clerk.locator('tbody tr').first().waitFor()
    expect(await findBarriers(clerk)).toEqual([])
    await picture(clerk, name)
  }
})

test('no page asked anything of another host', () => {
  expect(watches.flatMap(({ troubles }) => troubles)).toEqual([])
})
