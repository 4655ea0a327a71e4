import { mkdtempSync, openSync, closeSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { InspectionList } from '@zhidu/contract'
import { quarterOf } from '@zhidu/domain'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { actAs, enter, openSession, type SignedIn } from './support/accounts.ts'
import { callScripts } from './support/call-scripts.ts'
import { findBarriers } from './support/find-barriers.ts'
import { launchBrowser } from './support/launch-browser.ts'
import { downloadDraw, makeDraw } from './support/make-draw.ts'
import { openPhone, type PhoneHand, signInOnPhone, waitForOfflineCopy, waitUntilKept } from './support/phone-page.ts'
import { accountOf, createInstallation, type RunningServer } from './support/run-server.ts'
import { overhang, watchPages } from './support/watch-page.ts'

const VISITS = 7
const MOST_TAPS = 8
const MOST_MS = 90_000
const FIRST_SCREEN_MS = 1_000
const SLOWER = 4
const MOST_ROUNDS = 6
const YEAR_MS = 365 * 24 * 3_600_000
/** Chromium says so of every request that found no network. */
const OFFLINE = /ERR_INTERNET_DISCONNECTED|ERR_FAILED|Failed to load resource|error: Failed to/

const folder = mkdtempSync(join(tmpdir(), 'zhidu-night-'))
const installation = createInstallation()
let server: RunningServer
let browser: Browser
let context: BrowserContext
let hand: PhoneHand
let drawId: string
const people = {} as Record<'clerk' | 'approver' | 'inspector' | 'leader', SignedIn>
/** What went to the server, as it went. */
const submitted = new Map<string, string>()
const troubles: string[] = []

async function openContext(): Promise<BrowserContext> {
  const made = await browser.newContext({
    viewport: { width: 390, height: 844 },
    locale: 'zh-CN',
    acceptDownloads: true,
  })
  const watch = watchPages(made, server.url)
  made.on('request', (request) => {
    if (request.url().endsWith('/trpc/inspection.submit')) {
      const text = request.postData() ?? ''
      submitted.set((JSON.parse(text) as { inspectionId: string }).inspectionId, text)
    }
    troubles.push(...watch.troubles)
    watch.clear()
  })
  return made
}

beforeAll(async () => {
  const [started, launched] = await Promise.all([installation.serve(['--demo']), launchBrowser()])
  server = started
  browser = launched
  for (const name of ['clerk', 'approver', 'inspector', 'leader'] as const) {
    people[name] = await openSession(server.url, accountOf(server, name))
  }
  drawId = await makeDraw(people, { title: '春节夜间抽查', group: '市直组', size: VISITS })
  context = await openContext()
})
afterAll(async () => {
  await context?.close()
  await browser?.close()
  await installation.remove()
  rmSync(folder, { recursive: true, force: true })
})

async function openDesk(who: SignedIn): Promise<Page> {
  const desk = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'zh-CN' })
  onTestFinished(() => desk.close())
  await enter(desk, who)
  return await desk.newPage()
}

async function listInspections(who: SignedIn): Promise<InspectionList> {
  const input = JSON.stringify({ quarter: quarterOf(Date.now()) })
  const response = await fetch(`${who.url}/trpc/inspection.list?${new URLSearchParams({ input }).toString()}`, {
    headers: { cookie: who.cookie },
  })
  const body: { result: { data: InspectionList } } = JSON.parse(await response.text())
  return body.result.data
}

/** What the server has of tonight's draw, without what only says when it was asked. */
async function nightOf(who: SignedIn): Promise<Record<string, string>> {
  const { items } = await listInspections(who)
  const own = items.filter(({ inspectionId }) => submitted.has(inspectionId))
  return Object.fromEntries(
    own.map(({ filesMissing, findings, inspectionId, state }) => [
      inspectionId,
      [state, filesMissing, ...findings.map(({ finding, standing }) => `${finding} ${standing}`)].join(' '),
    ]),
  )
}

async function photo(page: Page, colour: string): Promise<Buffer> {
  const blank = await page.context().newPage()
  await blank.setContent(`<body style="background:${colour};height:100vh;margin:0">`)
  const bytes = await blank.screenshot({ type: 'jpeg' })
  await blank.close()
  return bytes
}

const { absent, all: scripts, forwarded } = callScripts(() => hand)

test('the draw is verified elsewhere, and six telephone checks follow the protocol in few taps', async () => {
  const [pool = '', certificate = '', key = ''] = await downloadDraw(people.clerk, drawId, folder)
  expect(await installation.run(['draw', 'verify', pool, certificate, '--key', key])).toMatchObject({ status: 0 })

  hand = await openPhone(context, server.url)
  await signInOnPhone(hand.page, accountOf(server, 'inspector'))
  const rows = hand.page.locator('.visit-row')
  expect(await rows.filter({ hasText: '春节夜间抽查' }).count()).toBe(VISITS)
  // Behind the draw stand second checks that the demonstration has ordered.
  const all = await rows.count()
  expect(await hand.page.locator('h1').innerText()).toBe(`${all} 家待查，已查 0 家，共 ${all} 家`)
  expect(await findBarriers(hand.page)).toEqual([])
  await waitForOfflineCopy(hand.page)

  await hand.page.locator('.visit-row').first().click()
  const rest = [...scripts]
  for (let place = 1; place < VISITS; place += 1) {
    await hand.page.getByText(`第 ${place} 家，共 ${VISITS} 家`).waitFor()
    // Forwarding is a fault of duty rooms alone: that script waits for the first of them.
    const isRoom = (await hand.page.locator('.unit-head p').innerText()).startsWith('设值班室')
    const [script] = rest.splice(isRoom ? 0 : rest.findIndex((one) => one !== forwarded), 1)
    const startedAt = performance.now()
    hand.count = 0
    await script?.()
    if (script !== absent) expect(hand.count, script?.name).toBeLessThanOrEqual(MOST_TAPS)
    expect(performance.now() - startedAt).toBeLessThan(MOST_MS)
  }
  await hand.page.getByText(`第 7 家，共 ${VISITS} 家`).waitFor()
  expect(await overhang(hand.page)).toBe(0)

  const findings = async () =>
    Object.values(await nightOf(people.leader))
      .map((words) => words.replace(/^\w+ 0 ?/, ''))
      .toSorted()
  await expect
    .poll(findings, { timeout: 20_000 })
    .toEqual([
      '',
      '',
      'absent provisional',
      'call_forwarded suspected',
      'not_as_rostered provisional',
      'unfamiliar provisional',
    ])
  await hand.page.getByText('已全部送达').waitFor()
  expect(troubles).toEqual([])
})

test('a visit without network survives a closed tab, and its photos arrive once, whatever the line does', async () => {
  const [red, blue] = [await photo(hand.page, '#b00'), await photo(hand.page, '#00b')]
  await context.setOffline(true)
  await hand.page.getByText('无网络').first().waitFor()
  await hand.tap('改为实地')
  await hand.page.getByText('定位仅用于证明到场').waitFor()
  expect(await findBarriers(hand.page)).toEqual([])
  await hand.tap('不定位，开始')

  // What is no photo, and what is far too large, is refused in words and leaves nothing.
  const input = hand.page.locator('.act-bar input[type=file]').first()
  const huge = join(folder, 'huge.jpg')
  closeSync(openSync(huge, 'w'))
  writeFileSync(huge, Buffer.from([0xff, 0xd8, 0xff, 0xe0]))
  truncateSync(huge, 80_000_000)
  await input.setInputFiles(huge)
  await hand.page.getByText('照片太大，没有读取。').waitFor()
  const renamed = join(folder, 'photo.jpg')
  writeFileSync(renamed, Buffer.from('MZ\u0090\u0000'.padEnd(600, '\0'), 'latin1'))
  await input.setInputFiles(renamed)
  await hand.page.getByText('这个文件不是照片，没有收下。').waitFor()
  expect(await hand.page.locator('.file-list li').count()).toBe(0)

  await input.setInputFiles({ name: '值班室.jpg', mimeType: 'image/jpeg', buffer: red })
  await hand.page.getByText('值班室.jpg').waitFor()
  await hand.answer('值班人员在岗', '否')
  await waitUntilKept(hand.page, '"present":{"answer":"no"')
  await hand.page.close()

  // The tab was closed, there is still no network: the pages open, and the check goes on where it was.
  hand = await openPhone(context, server.url)
  await hand.page.getByText('未完成').first().click()
  await hand.page.getByText('值班室.jpg').waitFor()
  const second = hand.page.locator('.act-bar input[type=file]').first()
  await second.setInputFiles({ name: '传真机.jpg', mimeType: 'image/jpeg', buffer: blue })
  await hand.page.getByText('传真机.jpg').waitFor()
  expect(await findBarriers(hand.page)).toEqual([])
  const open = hand.page.locator('.item .tri-state:not(:has([aria-pressed=true]))')
  while ((await open.count()) > 0) await open.first().getByRole('button', { name: '是', exact: true }).click()
  await hand.tap('下一步，念给对方听')
  await hand.page.locator('#person').fill('孙某')
  await hand.page.locator('.act-bar', { hasText: '无网络。已存本机，有网自动上传；' }).waitFor()
  expect(await findBarriers(hand.page)).toEqual([])
  await hand.tap(/^保存/)
  await hand.page.getByText('1 条待同步').waitFor()
  expect(await overhang(hand.page)).toBe(0)

  // The line breaks between photo 1 and 2.
  let parts = 0
  await context.route('**/files/inspections/**', async (route) => {
    if (route.request().method() === 'PUT') parts += 1
    if (route.request().method() === 'PUT' && parts === 2) await route.abort('connectionreset')
    else await route.continue()
  })
  await context.setOffline(false)
  await hand.page.getByRole('link', { name: /待同步|正在传/ }).click()
  await hand.page.getByText('记录已到，文件 1/2').waitFor()
  await hand.tap('现在上传')
  await hand.page.getByText('已全部送达').first().waitFor()
  expect(parts).toBe(3)
  expect(await findBarriers(hand.page)).toEqual([])
  await context.unroute('**/files/inspections/**')
  expect(troubles.filter((trouble) => !OFFLINE.test(trouble))).toEqual([])
  troubles.splice(0)
})

test('the same queue ten times over changes nothing, and what was found is decided by another', async () => {
  const before = await nightOf(people.leader)
  expect(Object.keys(before)).toHaveLength(VISITS)
  for (let round = 0; round < 10; round += 1) {
    for (const [, text] of submitted) await actAs(people.inspector, 'inspection.submit', JSON.parse(text) as object)
  }
  expect(await nightOf(people.leader)).toEqual(before)

  // The leader sees the night on the desktop, and one who was not there decides.
  const leader = await openDesk(people.leader)
  await leader.goto(`${server.url}/inspections`)
  const row = leader.locator('tbody tr', { hasText: '脱岗' }).filter({ hasText: '电话' })
  await row.waitFor()
  expect(await leader.locator('tbody tr').count()).toBeGreaterThanOrEqual(VISITS)
  expect(await findBarriers(leader)).toEqual([])
  const address = await row.getByRole('link').first().getAttribute('href')
  const inspectionId = address?.split('/').at(-1)
  await actAs(people.clerk, 'case.notify', { inspectionIds: [inspectionId] })
  const clerk = await openDesk(people.clerk)
  await clerk.goto(`${server.url}${address}`)
  await clerk.getByRole('button', { name: '不成立', exact: true }).first().click()
  const dialog = clerk.getByRole('dialog')
  await dialog.locator('.zd-input').fill('经查在岗，电话故障')
  await dialog.getByRole('button', { name: '不成立', exact: true }).click()
  await clerk.getByText('经查在岗，电话故障').waitFor()
  await leader.goto(`${server.url}${address}`)
  await leader.getByText('经查在岗，电话故障').waitFor()
})

/** A check of a unit nobody drew, in few words. */
async function checkByOrder(phone: PhoneHand): Promise<void> {
  await phone.tap('非抽取的抽查')
  await phone.page.locator('input[name=unit]').first().check()
  await phone.page.locator('textarea').fill('群众反映无人接听')
  await phone.tap(/^开始/)
  await phone.tap(/^拨号/)
  await phone.pass(9)
  await phone.tap('接听，在岗')
  await phone.tap('其余都是')
  await phone.tap('下一步，念给对方听')
  await phone.tap(/^保存/)
}

test('what waits outlives a sign-out, and goes by file through another computer, once', async () => {
  const before = new Set(submitted.keys())
  const own = await openContext()
  const phone = await openPhone(own, server.url)
  await signInOnPhone(phone.page, accountOf(server, 'inspector'))
  await own.route('**/trpc/inspection.submit', (route) => route.abort('connectionreset'))
  await checkByOrder(phone)
  await phone.page.getByRole('link', { name: '1 条待同步' }).click()
  const [file] = await Promise.all([phone.page.waitForEvent('download'), phone.tap('导出文件')])
  const path = join(folder, file.suggestedFilename())
  await file.saveAs(path)
  expect(path).toMatch(/\.jsonl$/)
  await phone.tap('退出登录')
  await phone.page.getByText(/本机还有别的账号的 [12] 条记录/).waitFor()
  // Names and numbers went with the sign-out.
  await phone.page.goto(`${server.url}/m/check#/`)
  await phone.page.getByText('登录后领取今晚的抽查名单').waitFor()

  const office = await openContext()
  await enter(office, people.clerk)
  const computer = await openPhone(office, server.url)
  await computer.page.locator('.visit-rows').waitFor()
  await computer.page.getByRole('link', { name: '无待传' }).click()
  await computer.page.locator('.take-queue input').setInputFiles(path)
  await computer.page.getByText('收下 1 条，原有 0 条').waitFor()
  await computer.page.getByText(/^已送达 /).waitFor()
  const id = [...submitted.keys()].find((one) => !before.has(one)) ?? ''
  const night = await nightOf(people.leader)
  expect(night[id]).toBe('passed 0')

  await own.unroute('**/trpc/inspection.submit')
  await signInOnPhone(phone.page, accountOf(server, 'inspector'))
  await phone.page.getByText('已全部送达').waitFor()
  expect(await nightOf(people.leader)).toEqual(night)
  await office.close()
  await own.close()
})

/** From the start of the navigation until the list is painted, ms. Not by a test's clock: another window, with the machine's own. */
async function firstScreenMs(own: BrowserContext): Promise<number> {
  const page = await own.newPage()
  const session = await own.newCDPSession(page)
  await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWER })
  await page.goto(`${server.url}/m/check`)
  await page.locator('.visit-rows').waitFor()
  const shown = await page.waitForFunction(() => {
    const entries = ['zhidu-phone-shown', 'first-contentful-paint'].flatMap((name) =>
      performance.getEntriesByName(name),
    )
    return entries.length < 2 ? null : Math.max(...entries.map(({ startTime }) => startTime))
  })
  const ms = await shown.jsonValue()
  await page.close()
  return ms ?? Number.NaN
}

test('the first screen is there within a second from the offline copy, on a processor four times slower', async () => {
  const own = await openContext()
  await enter(own, people.inspector)
  const page = await own.newPage()
  await page.goto(`${server.url}/m/check`)
  await page.locator('.visit-rows').waitFor()
  await waitForOfflineCopy(page)
  await page.close()
  await own.setOffline(true)
  // A neighbour on the same core makes a round dearer; nothing makes it cheaper than what the page has to do.
  const found: number[] = []
  while (found.length < MOST_ROUNDS && !found.some((ms) => ms <= FIRST_SCREEN_MS)) found.push(await firstScreenMs(own))
  await own.close()
  expect(
    found.some((ms) => ms <= FIRST_SCREEN_MS),
    `first screen after ${found.join(', ')} ms`,
  ).toBe(true)
})

test('a clock a year off is said in words, put right, and loses nothing', async () => {
  const other = await openContext()
  const wrong = await openPhone(other, server.url, -YEAR_MS)
  await signInOnPhone(wrong.page, accountOf(server, 'inspector'))
  await wrong.page.getByText(/本机时钟慢 36[45] 天/).waitFor()
  const before = new Set(submitted.keys())
  await checkByOrder(wrong)
  await wrong.page.getByText('已全部送达').waitFor()
  const own = [...submitted.keys()].find((id) => !before.has(id))
  const item = (await listInspections(people.leader)).items.find(({ inspectionId }) => inspectionId === own)
  expect(Math.abs(Date.parse(item?.at ?? '') - Date.now())).toBeLessThan(10 * 60_000)
  await other.close()
})
