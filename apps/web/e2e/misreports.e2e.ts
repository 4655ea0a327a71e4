import { join } from 'node:path'
import type { MisreportCasePage } from '@zhidu/contract'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { enter, openSession, type SignedIn } from './support/accounts.ts'
import { findBarriers } from './support/find-barriers.ts'
import { launchBrowser } from './support/launch-browser.ts'
import { accountOf, createInstallation, type RunningServer } from './support/run-server.ts'
import { overhang, visit, watchPages } from './support/watch-page.ts'

type Person = 'clerk' | 'approver' | 'inspector' | 'officer'
const installation = createInstallation()
let server: RunningServer
let browser: Browser
const people = {} as Record<Person, SignedIn>
const pages = {} as Record<Person, Page>
const watches: ReturnType<typeof watchPages>[] = []
let caseId = ''

async function openWindow(who: SignedIn, width: number): Promise<Page> {
  const context: BrowserContext = await browser.newContext({
    viewport: { width, height: width < 500 ? 844 : 900 },
    locale: 'zh-CN',
  })
  await enter(context, who)
  watches.push(watchPages(context, server.url))
  return await context.newPage()
}

async function ask<T>(who: SignedIn, procedure: string, input: object): Promise<T> {
  const query = new URLSearchParams({ input: JSON.stringify(input) })
  const response = await fetch(`${who.url}/trpc/${procedure}?${query.toString()}`, { headers: { cookie: who.cookie } })
  return (JSON.parse(await response.text()) as { result: { data: T } }).result.data
}

beforeAll(async () => {
  const [started, launched] = await Promise.all([installation.serve(['--demo']), launchBrowser()])
  server = started
  browser = launched
  for (const name of ['clerk', 'approver', 'inspector'] as const) {
    people[name] = await openSession(server.url, accountOf(server, name))
  }
  people.officer = await openSession(server.url, accountOf(server, 'unit-officer'))
  pages.clerk = await openWindow(people.clerk, 1440)
  pages.approver = await openWindow(people.approver, 1440)
  pages.inspector = await openWindow(people.inspector, 1920)
  pages.officer = await openWindow(people.officer, 390)
})
afterAll(async () => {
  await browser?.close()
  await installation.remove()
})

const stateOf = async () => (await ask<MisreportCasePage>(people.clerk, 'misreport.get', { caseId })).item.state

/** Presses a step of the case, and fills what it asks for. */
async function step(page: Page, name: string, note?: string): Promise<void> {
  await visit(page, `${server.url}/misreports/${caseId}`)
  await page.locator('.buttons button', { hasText: name }).first().click()
  const dialog = page.getByRole('dialog')
  if (note !== undefined) await dialog.locator('textarea').fill(note)
  await dialog.locator('.zd-form-actions button').first().click()
  await dialog.waitFor({ state: 'hidden' })
}

/** What the unit is charged with this quarter. */
async function listConfirmed(): Promise<readonly string[]> {
  const { items } = await ask<{ items: { caseCode: string; state: string }[] }>(people.clerk, 'misreport.list', {
    view: 'over',
  })
  return items.filter(({ state }) => state === 'confirmed').map(({ caseCode }) => caseCode)
}

test('a suspicion is opened, explained, decided by another and signed by a third, and then costs points', async () => {
  const { approver, clerk, inspector, officer } = pages
  const unit = accountOf(server, 'unit-officer').unitCode ?? ''
  await visit(clerk, `${server.url}/misreports/new?unit=${unit}&kind=concealed`)
  await clerk
    .getByLabel('上级获悉时间')
    .fill(new Date(Date.now() - 3_600_000 + 8 * 3_600_000).toISOString().slice(0, 16))
  await clerk.getByLabel('疑点与证据').fill('记者来电核实，单位没有报告')
  await clerk.getByLabel('事件编号', { exact: true }).fill('SJ-9999-99')
  await clerk.getByRole('button', { name: '立案', exact: true }).click()
  await clerk.getByRole('alert').getByText('不是该单位报过的事件').waitFor()
  for (const watch of watches) watch.clear()
  await clerk.getByLabel('事件编号', { exact: true }).fill('')
  expect(await findBarriers(clerk)).toEqual([])
  await clerk.getByRole('button', { name: '立案', exact: true }).click()
  await clerk.waitForURL(/misreports\/[0-9a-f-]{36}$/)
  caseId = clerk.url().split('/').at(-1) ?? ''

  await step(clerk, '下发通知')
  await visit(approver, `${server.url}/misreports/${caseId}`)
  await approver.getByText('单位还没有说明，说明期限也没有过').waitFor()
  await visit(officer, server.url)
  await officer.getByText('件待本单位处理').first().waitFor()
  await visit(officer, `${server.url}/misreports/${caseId}`)
  expect(await overhang(officer)).toBe(0)
  expect(await findBarriers(officer)).toEqual([])
  await step(officer, '说明情况', '当班人员以为县里已报')
  await visit(clerk, `${server.url}/misreports/${caseId}`)
  await clerk.getByText('案是您立的，要由另一人认定').first().waitFor()
  await step(approver, '认定', '走访核实，事发后删改了日志')
  expect(await stateOf()).toBe('awaiting_second')
  expect(await listConfirmed()).toEqual([])
  await approver.getByText('认定是您作的，要由另一人复核').first().waitFor()
  await step(inspector, '复核确认')
  expect(await stateOf()).toBe('confirmed')
  const [code] = await listConfirmed()
  expect(code).toMatch(/^RDA-/)
  const { asOf } = await ask<MisreportCasePage>(people.clerk, 'misreport.get', { caseId })
  const quarter = `${asOf.slice(0, 4)}Q${Math.ceil(Number(asOf.slice(5, 7)) / 3)}`
  const own = await ask<{ deductions: { ref: string; code: string; points: number }[] }>(people.clerk, 'unit.get', {
    unitCode: unit,
    quarter,
  })
  expect(own.deductions.find(({ ref }) => ref === code)).toMatchObject({ code: 'concealed', points: 20 })
})

test('the lists are decided by one, confirmed by another, and marked in the table', async () => {
  const { approver, clerk } = pages
  const pictures = process.env['ZHIDU_PICTURES']
  await visit(clerk, `${server.url}/commendations`)
  await clerk.getByText('本季未冻结').waitFor()
  expect(await findBarriers(clerk)).toEqual([])
  const add = clerk.locator('select').last()
  await add.selectOption({ index: 15 })
  const decide = clerk.getByRole('button', { name: '定名单', exact: true })
  expect(await decide.isDisabled()).toBe(true)
  for (const field of await clerk.getByPlaceholder('要写理由').all()) await field.fill('会议研究')
  if (pictures !== undefined) await clerk.screenshot({ path: join(pictures, 'lists-1440.png'), fullPage: true })
  await decide.click()
  await clerk.getByText('等另一人复核确认').first().waitFor()
  const address = '/commendations'
  await visit(approver, `${server.url}${address}`)
  await approver.getByRole('button', { name: '复核确认', exact: true }).click()
  await approver.getByRole('dialog').locator('.zd-form-actions button').first().click()
  await approver.getByText('名单已经两人确认').first().waitFor()
  await approver.getByText('会议研究').first().waitFor()
  expect(await findBarriers(approver)).toEqual([])
  await clerk.setViewportSize({ width: 390, height: 844 })
  await visit(clerk, `${server.url}${address}`)
  expect(await overhang(clerk)).toBe(0)
  expect(await findBarriers(clerk)).toEqual([])
  if (pictures !== undefined) await clerk.screenshot({ path: join(pictures, 'lists-390.png'), fullPage: true })
  await clerk.setViewportSize({ width: 1440, height: 900 })
  const quarter = await approver.locator('select').first().inputValue()
  const group = await approver.locator('select').nth(1).inputValue()
  const query = new URLSearchParams({ quarter, group })
  await visit(approver, `${server.url}/league?${query.toString()}`)
  await approver.getByText('（已确认）').first().waitFor()
})

test('the pages read on a phone, in a list and by themselves', async () => {
  const { inspector, officer } = pages
  const pictures = process.env['ZHIDU_PICTURES']
  await visit(inspector, `${server.url}/misreports/${caseId}`)
  expect(await findBarriers(inspector)).toEqual([])
  await visit(officer, `${server.url}/misreports?view=all`)
  await officer.locator('tbody').getByText('已认定').first().waitFor()
  expect(await overhang(officer)).toBe(0)
  expect(await findBarriers(officer)).toEqual([])
  if (pictures !== undefined) {
    await inspector.screenshot({ path: join(pictures, 'misreport-1920.png'), fullPage: true })
    await officer.screenshot({ path: join(pictures, 'misreports-390.png'), fullPage: true })
    await visit(officer, `${server.url}/misreports/${caseId}`)
    await officer.screenshot({ path: join(pictures, 'misreport-390.png'), fullPage: true })
    await visit(pages.clerk, `${server.url}/misreports/new`)
    await pages.clerk.screenshot({ path: join(pictures, 'new-1440.png'), fullPage: true })
  }
  expect(watches.flatMap(({ troubles }) => troubles)).toEqual([])
})
