import { join } from 'node:path'
import type { AskedRoster, RosterPage } from '@zhidu/contract'
import { addDays, localDateOf, toLocalIso, weekdayOf } from '@zhidu/domain'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { enter, openSession, type SignedIn } from './support/accounts.ts'
import { findBarriers } from './support/find-barriers.ts'
import { launchBrowser } from './support/launch-browser.ts'
import { accountOf, createInstallation, type RunningServer } from './support/run-server.ts'
import { overhang, visit, watchPages } from './support/watch-page.ts'

const installation = createInstallation()
const DAY_MS = 86_400_000
let server: RunningServer
let browser: Browser
let officer: SignedIn
let inspector: SignedIn
let desk: Page
let phone: Page
let office: Page
let unit = ''
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

async function ask<T>(who: SignedIn, procedure: string, input: object): Promise<T> {
  const query = new URLSearchParams({ input: JSON.stringify(input) })
  const response = await fetch(`${who.url}/trpc/${procedure}?${query.toString()}`, { headers: { cookie: who.cookie } })
  return (JSON.parse(await response.text()) as { result: { data: T } }).result.data
}

beforeAll(async () => {
  const [started, launched] = await Promise.all([installation.serve(['--demo']), launchBrowser()])
  server = started
  browser = launched
  officer = await openSession(server.url, accountOf(server, 'unit-officer'))
  inspector = await openSession(server.url, accountOf(server, 'inspector'))
  unit = accountOf(server, 'unit-officer').unitCode ?? ''
  desk = await openWindow(officer, 1440)
  phone = await openWindow(officer, 390)
  office = await openWindow(inspector, 1920)
})
afterAll(async () => {
  await browser?.close()
  await installation.remove()
})

/** So many days from today. */
const day = (days: number): string => addDays(localDateOf(Date.now()), days)
const at = (days: number): string => `${day(days)}T08:00:00+08:00`
/** A Monday beyond the roster of the demonstration. */
const FIRST = [18, 19, 20, 21, 22, 23, 24].find((days) => weekdayOf(addDays(localDateOf(Date.now()), days)) === 0) ?? 18

async function roster(from: number, to: number): Promise<RosterPage> {
  return await ask<RosterPage>(officer, 'roster.get', { unitCode: unit, from: day(from), to: day(to) })
}

async function openRoster(page: Page, days: number): Promise<void> {
  const address = `${server.url}/rosters/${unit}?view=week&day=${day(days)}`
  await visit(page, address)
}

async function plan(people: string, from: number, to: number, role: 'leader' | 'officer'): Promise<void> {
  const form = desk.locator('form.plan-form')
  await form.getByLabel('岗位').selectOption(role)
  await form.getByLabel('从', { exact: true }).fill(`${day(from)}T08:00`)
  await form.getByLabel('至', { exact: true }).fill(`${day(to)}T08:00`)
  await form.getByLabel('轮流人员').fill(people)
  await form.getByRole('button', { name: '预览' }).click()
  await desk.locator('.preview').waitFor()
  await desk.getByRole('button', { name: '登记', exact: true }).click()
  await desk.getByText(/已登记 \d+ 班/).waitFor()
}

test('an officer makes a rotation, and a gap is shown and closed', async () => {
  await openRoster(desk, FIRST)
  await plan('王局长', FIRST, FIRST + 4, 'leader')
  await plan('赵一 科员\n钱二 科员', FIRST, FIRST + 2, 'officer')
  const open = await roster(FIRST, FIRST + 3)
  expect(open.gaps.filter(({ need }) => need === 'officer').map(({ from }) => from)).toContain(at(FIRST + 2))
  await openRoster(desk, FIRST + 2)
  await desk.locator('td', { hasText: '缺值班员' }).first().waitFor()
  await plan('孙三', FIRST + 2, FIRST + 4, 'officer')
  const closed = await roster(FIRST + 1, FIRST + 3)
  expect(closed.gaps).toEqual([])
  expect(await findBarriers(desk)).toEqual([])
})

test('a swap is filed before the shifts begin', async () => {
  await openRoster(desk, FIRST)
  await desk.locator('button.shift', { hasText: '赵一' }).first().click()
  const drawer = desk.getByRole('dialog')
  await drawer.getByRole('button', { name: '换班', exact: true }).click()
  await drawer.getByLabel('与哪一班对换').selectOption({ index: 0 })
  await drawer.getByLabel('同意人').fill('值班科科长')
  await drawer.getByLabel('事由').fill('赵一参加培训')
  await drawer.getByRole('button', { name: '登记换班' }).click()
  await drawer.waitFor({ state: 'hidden' })
  const { changes } = await roster(FIRST, FIRST + 3)
  expect(changes[0]).toMatchObject({ kind: 'swapped', isLate: false, askedBy: '赵一' })
})

test('a replacement after the shift began is marked, and does not change what was known', async () => {
  const before = toLocalIso(Date.now() - 60_000)
  const [running] = (await roster(-1, 0)).shifts.filter(
    ({ endsAt, role, startsAt }) =>
      role === 'officer' && startsAt <= toLocalIso(Date.now()) && endsAt > toLocalIso(Date.now()),
  )
  const person = running?.person ?? ''
  const instant = toLocalIso(Date.parse(running?.startsAt ?? '') + 60_000)
  const now = Date.parse(running?.startsAt ?? '')
  await openRoster(
    phone,
    Math.round((Date.parse(`${localDateOf(now)}T00:00:00+08:00`) - Date.parse(`${day(0)}T00:00:00+08:00`)) / DAY_MS),
  )
  await phone.locator('button.shift.is-officer', { hasText: person }).first().click()
  const drawer = phone.getByRole('dialog')
  await drawer.getByText('这一班已经开始，只能报替班').waitFor()
  expect(await drawer.getByRole('button', { name: '换班', exact: true }).count()).toBe(0)
  await drawer.getByLabel('替班人').fill('吴五 科员')
  await drawer.getByLabel('同意人').fill('值班科科长')
  await drawer.getByLabel('事由').fill('突发急病')
  await drawer.getByText('登记后标为“事后报备”').waitFor()
  await drawer.getByRole('button', { name: '登记替班' }).click()
  await drawer.waitFor({ state: 'hidden' })
  await phone.getByText('事后报备').first().waitFor()
  expect(await overhang(phone)).toBe(0)

  await visit(office, `${server.url}/rosters/${unit}`)
  await office.getByLabel('时刻', { exact: true }).fill(instant.slice(0, 16))
  await office.getByLabel('按何时所知（空为现在）').fill(before.slice(0, 16))
  await office.getByRole('button', { name: '查询', exact: true }).click()
  const answer = office.locator('section[aria-labelledby="ask-title"]')
  await answer.getByText('事后增加').waitFor()
  await answer.getByText('事后取消').waitFor()
  expect(await findBarriers(office)).toEqual([])
  // Masked, until a reason is given.
  expect(await answer.getByText('吴五').count()).toBe(0)
  await answer.getByRole('button', { name: '查看姓名电话' }).click()
  const dialog = office.getByRole('dialog')
  await dialog.locator('input').fill('核对当班人员')
  await dialog.locator('.zd-form-actions button').first().click()
  await answer.getByText('吴五').first().waitFor()
  const asked = { unitCode: unit, at: instant, knownAt: before }
  const known = await ask<AskedRoster>(officer, 'roster.ask', asked)
  expect(known.onDuty.filter(({ role }) => role === 'officer').map((one) => one.person)).toContain(person)
  expect(known.later.map(({ change, person: who }) => `${change} ${who}`).toSorted()).toEqual([
    'added 吴五',
    `removed ${person}`,
  ])
})

test('the office sees whose coming days are open, worst first, and what rooms lack', async () => {
  await visit(office, `${server.url}/rosters?days=14`)
  await office
    .locator('tbody tr')
    .first()
    .getByText(/未报|有空档/)
    .waitFor()
  expect(await findBarriers(office)).toEqual([])
  await visit(office, `${server.url}/duty-rooms`)
  await office.getByText('与自报不符').first().waitFor()
  expect(await findBarriers(office)).toEqual([])
  await visit(phone, `${server.url}/duty-rooms/${unit}`)
  await phone.getByText('历次登记').waitFor()
  expect(await overhang(phone)).toBe(0)
  expect(await findBarriers(phone)).toEqual([])
  expect(watches.flatMap(({ troubles }) => troubles)).toEqual([])
})

test('the pages read at every width', async () => {
  const pictures = process.env['ZHIDU_PICTURES']
  for (const [page, width] of [
    [desk, 1440],
    [office, 1920],
    [phone, 390],
  ] as const) {
    for (const [name, address] of [
      ['rosters', '/rosters?days=14'],
      ['roster', `/rosters/${unit}`],
      ['duty-rooms', '/duty-rooms'],
      ['duty-room', `/duty-rooms/${unit}`],
    ] as const) {
      await visit(page, `${server.url}${address}`)
      expect([name, width, await overhang(page)]).toEqual([name, width, 0])
      if (pictures !== undefined)
        await page.screenshot({ path: join(pictures, `${name}-${width}.png`), fullPage: true })
    }
  }
})
