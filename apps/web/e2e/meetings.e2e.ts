import { readFileSync } from 'node:fs'
import type { MeetingPage } from '@zhidu/contract'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { actAs, createAccount, enter, openSession, type SignedIn } from './support/accounts.ts'
import { findBarriers } from './support/find-barriers.ts'
import { launchBrowser } from './support/launch-browser.ts'
import { readZip } from './support/read-zip.ts'
import { accountOf, createInstallation, type RunningServer } from './support/run-server.ts'
import { overhang, revisit, visit, watchPages } from './support/watch-page.ts'

const DAY_MS = 24 * 3_600_000
const WHAT = '规范夜间交接班登记，每班双人核对'
const installation = createInstallation()
const watches: ReturnType<typeof watchPages>[] = []
const people = new Map<string, SignedIn>()
let server: RunningServer
let browser: Browser
let meetingId = ''

beforeAll(async () => {
  const [started, launched] = await Promise.all([installation.serve(['--demo']), launchBrowser()])
  server = started
  browser = launched
  for (const name of ['clerk', 'approver', 'leader', 'unit-officer']) {
    people.set(name, await openSession(server.url, accountOf(server, name)))
  }
  for (const [loginName, unitCode] of [
    ['officer-one', 'D01'],
    ['officer-three', 'D03'],
  ] as const) {
    const { session } = await createAccount(installation, server.url, { loginName, role: 'unit_officer', unitCode })
    people.set(loginName, session)
  }
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

async function openAs(name: string, path: string, width = 1440, height = 900): Promise<Page> {
  const context = await browser.newContext({ viewport: { width, height: width < 500 ? 844 : height }, locale: 'zh-CN' })
  await enter(context, personOf(name))
  watches.push(watchPages(context, server.url))
  const page = await context.newPage()
  await visit(page, server.url + path)
  return page
}

/** A calendar day from today. */
function dayFrom(days: number): string {
  return new Date(Date.now() + 8 * 3_600_000 + days * DAY_MS).toISOString().slice(0, 10)
}

async function readMeeting(): Promise<MeetingPage> {
  const input = encodeURIComponent(JSON.stringify({ meetingId }))
  const { cookie } = personOf('clerk')
  const response = await fetch(`${server.url}/trpc/meeting.get?input=${input}`, { headers: { cookie } })
  return (JSON.parse(await response.text()) as { result: { data: MeetingPage } }).result.data
}

/** Nothing bars anybody, and nothing can be pushed sideways. */
async function expectSound(page: Page): Promise<void> {
  expect(await findBarriers(page)).toEqual([])
  expect(await overhang(page)).toBe(0)
}

async function turnTo(page: Page, tab: string): Promise<void> {
  await page.getByRole('button', { name: tab, exact: true }).click()
}

/** Presses a step of a decision and confirms it. */
async function step(page: Page, name: string, note?: string): Promise<void> {
  await page.getByRole('button', { name, exact: true }).click()
  const dialog = page.getByRole('dialog')
  if (note !== undefined) await dialog.locator('textarea').fill(note)
  await dialog.locator('.zd-form-actions button').first().click()
  await dialog.waitFor({ state: 'hidden' })
}

async function draftMeeting(title: string): Promise<Page> {
  const page = await openAs('clerk', '/meetings')
  await page.getByLabel('名称', { exact: true }).fill(title)
  await page.getByRole('button', { name: '起草议程' }).click()
  await page.getByRole('heading', { level: 1, name: title }).waitFor()
  meetingId = new URL(page.url()).pathname.split('/').at(-1) ?? ''
  return page
}

test('an agenda is drafted from the frozen quarter; two units confirm, one takes leave, the silent are reminded', async () => {
  const page = await draftMeeting('第三季度值班工作座谈会')
  await page.getByText('议程依据2026年第三季度第1版快照起草').waitFor()
  expect(await page.locator('.items li .evidence a').count()).toBeGreaterThan(0)
  await expectSound(page)
  await turnTo(page, '回执')
  await page.getByLabel('日期', { exact: true }).fill(dayFrom(6))
  await page.getByLabel('地点', { exact: true }).fill('第一会议室')
  await page.getByLabel('最迟答复', { exact: true }).fill(dayFrom(3))
  await page.getByRole('button', { name: /^邀请全部\d+个单位$/ }).click()
  await page.getByText(/已邀请\d+个单位，0个已全部答复/).waitFor()

  for (const [officer, kind] of [
    ['officer-one', { kind: 'attend' }],
    ['officer-three', { kind: 'leave', note: '外出参加会议', substitute: '常务副局长' }],
  ] as const) {
    for (const seat of ['deputy', 'head']) {
      await actAs(personOf(officer), 'meeting.reply', { meetingId, round: 1, seat, person: '分管副局长', ...kind })
    }
  }
  const unit = await openAs('unit-officer', '/', 390)
  await unit.locator('.waiting-meetings a').click()
  for (const seat of ['分管领导', '主要负责人']) {
    await unit.getByLabel('姓名或职务', { exact: true }).fill(seat)
    await unit.getByRole('button', { name: '提交回执' }).click()
    await unit.locator('.seats li', { hasText: seat }).getByText('出席').waitFor()
  }
  await expectSound(unit)
  await revisit(page)
  await page.getByText(/个单位，3个已全部答复/).waitFor()
  await page.locator('tr', { hasText: '市科技局' }).getByText('由常务副局长参加').first().waitFor()
  await page.getByRole('button', { name: '催办未答复的' }).click()
  await page.getByText('已催办1次').first().waitFor()
  await expectSound(page)
})

test('the projector shows no name of a unit, needs no network, and turns by keyboard', async () => {
  const { agenda, units } = await readMeeting()
  const names = units.flatMap(({ name, shortName }) => (shortName === null ? [name] : [name, shortName]))
  for (const [width, height] of [
    [1920, 1080],
    [1024, 768],
  ] as const) {
    const page = await openAs('leader', `/meetings/${meetingId}/show`, width, height)
    await page.context().setOffline(true)
    for (const _ of agenda.document.items) {
      await page.keyboard.press('ArrowRight')
      const drawn = await page.evaluate(() => document.documentElement.outerHTML + document.title)
      expect(names.filter((name) => drawn.includes(name))).toEqual([])
      const rest = await page.locator('.show').evaluate((box) => box.scrollHeight - box.clientHeight)
      expect(rest).toBe(0)
    }
    expect(await findBarriers(page)).toEqual([])
    await page.keyboard.press('f')
    await page.waitForFunction(() => document.fullscreenElement !== null)
    await page.keyboard.press('h')
    const shown = await page.locator('.slide').innerText()
    expect(names.some((name) => shown.includes(name))).toBe(true)
    await page.context().close()
  }
})

test('minutes are written by one and signed by another; a unit reports a decision with a file, from a phone', async () => {
  const page = await openAs('clerk', `/meetings/${meetingId}?tab=decisions`)
  await page.getByLabel('责任单位', { exact: true }).selectOption('D02')
  await page.getByLabel('做什么', { exact: true }).fill(WHAT)
  await page.getByLabel('责任人（职务）', { exact: true }).fill('分管负责人')
  await page.getByLabel('报送什么', { exact: true }).fill('书面报告和登记样张')
  await page.getByLabel('时限', { exact: true }).fill(dayFrom(20))
  await page.getByLabel('针对的指标', { exact: true }).selectOption('checks')
  await page.getByRole('button', { name: '记下' }).click()
  await page.locator('tr', { hasText: WHAT }).waitFor()
  await expectSound(page)
  await turnTo(page, '纪要')
  await page.getByRole('button', { name: '起草纪要' }).click()
  await page.getByText('一、参会情况').waitFor()
  await page.getByRole('button', { name: '报审' }).click()
  await page.getByText('已报审，等待签发').waitFor()
  expect(await page.getByRole('button', { name: '签发' }).count()).toBe(0)
  await expectSound(page)

  const signer = await openAs('approver', `/meetings/${meetingId}?tab=minutes`)
  await signer.getByRole('button', { name: '签发' }).click()
  await signer.getByText('已签发，只能更正').waitFor()
  const [download] = await Promise.all([signer.waitForEvent('download'), signer.getByText('下载纪要 Word').click()])
  const word = readZip(readFileSync(await download.path())).get('word/document.xml') ?? ''
  expect(word).toContain('w:pgSz w:w="11906" w:h="16838"')
  expect(word).toContain(WHAT)

  const unit = await openAs('unit-officer', '/meetings', 390)
  await step(unit, '签收')
  await unit.getByRole('button', { name: '报告完成' }).click()
  const dialog = unit.getByRole('dialog')
  await dialog.locator('textarea').fill('已印发登记样张，每班双人核对')
  const buffer = Buffer.from('%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n')
  await dialog.locator('input[type=file]').setInputFiles({ name: '样张.pdf', mimeType: 'application/pdf', buffer })
  await dialog.getByText('样张.pdf').waitFor()
  expect(await findBarriers(unit)).toEqual([])
  await dialog.locator('.zd-form-actions button').first().click()
  await dialog.waitFor({ state: 'hidden' })
  await unit.getByRole('link', { name: '样张.pdf' }).waitFor()
  await expectSound(unit)
})

test('the next agenda opens with what was decided; another person closes it, who also reads the file', async () => {
  await draftMeeting('第四季度值班工作座谈会')
  const { items } = (await readMeeting()).agenda.document
  const own = items.findIndex(({ text }) => text.includes(WHAT))
  expect(items[own]).toMatchObject({ kind: 'follow_up', unitCodes: ['D02'] })
  expect(items.slice(0, own + 1).every(({ kind }) => kind === 'follow_up')).toBe(true)
  const clerk = await openAs('clerk', `/meetings/${meetingId}?tab=decisions`)
  await clerk.getByText('核验办结：由您记下或报告，要由另一人核验').waitFor()
  const closer = await openAs('approver', `/meetings/${meetingId}?tab=decisions`)
  const address = await closer.getByRole('link', { name: '样张.pdf' }).getAttribute('href')
  const file = await fetch(server.url + address, { headers: { cookie: personOf('approver').cookie } })
  expect((await file.text()).slice(0, 8)).toBe('%PDF-1.4')
  await step(closer, '核验办结', '材料齐全')
  await closer.locator('tr', { hasText: WHAT }).getByText('已办结').waitFor()
  await expectSound(closer)
  expect(watches.flatMap(({ troubles }) => troubles)).toEqual([])
})

test('nothing runs over the edge of a phone', async () => {
  for (const path of ['/meetings', `/meetings/${meetingId}`, `/meetings/${meetingId}/units/D02`]) {
    await expectSound(await openAs('clerk', path, 390))
  }
})
