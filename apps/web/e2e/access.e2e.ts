import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { actAs, enter, openSession, type SignedIn, signIn } from './support/accounts.ts'
import { askApi } from './support/ask-api.ts'
import { findBarriers } from './support/find-barriers.ts'
import { launchBrowser } from './support/launch-browser.ts'
import { accountOf, createInstallation, type RunningServer } from './support/run-server.ts'
import { overhang, type PageWatch, settle, visit, watchPages } from './support/watch-page.ts'

const QUARTER = '2026Q3'
const GROUP = '市直组'
const LEAGUE = `/league?quarter=${QUARTER}&group=${encodeURIComponent(GROUP)}`

const installation = createInstallation()
let server: RunningServer
let url: string
let browser: Browser
let clerk: SignedIn

beforeAll(async () => {
  const [started, launched] = await Promise.all([installation.serve(['--demo']), launchBrowser()])
  server = started
  url = started.url
  browser = launched
  clerk = await openSession(url, accountOf(server, 'clerk'))
})
afterAll(async () => {
  await browser?.close()
  await installation.remove()
})

interface Opened {
  readonly context: BrowserContext
  readonly page: Page
  readonly watch: PageWatch
}

async function open(options: { width?: number; language?: string; as?: string } = {}): Promise<Opened> {
  const { as, language = 'zh-CN', width = 1440 } = options
  const context = await browser.newContext({ viewport: { width, height: width < 500 ? 844 : 900 } })
  onTestFinished(() => context.close())
  if (language !== 'zh-CN') {
    // A page about: has no storage.
    await context.addInitScript((locale) => {
      if (location.protocol.startsWith('http')) localStorage.setItem('zhidu.locale', locale)
    }, language)
  }
  if (as !== undefined) await enter(context, await openSession(url, accountOf(server, as)))
  const watch = watchPages(context, url)
  return { context, watch, page: await context.newPage() }
}

async function menuOf(page: Page): Promise<string[]> {
  return await page
    .locator('nav[aria-label="主导航"] a')
    .evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''))
}

describe('who signs in finds what is theirs', () => {
  test.each([
    ['leader', '/league', '/imports'],
    ['clerk', '/imports', '/admin/users'],
    ['system-admin', '/admin/users', '/league'],
    ['security-admin', '/admin/access', '/league'],
    ['audit-admin', '/admin/audit', '/league'],
  ])('%s has %s in the menu and not %s', async (login, there, missing) => {
    const { page, watch } = await open()
    await page.goto(url)
    await signIn(page, accountOf(server, login))
    await settle(page)
    const menu = await menuOf(page)
    expect(menu).toContain(there)
    expect(menu).not.toContain(missing)
    expect(watch.troubles).toEqual([])
  })

  test('a unit officer sees its own unit, every score, the first three names, and no other name anywhere', async () => {
    const { page, watch } = await open({ as: 'unit-officer' })
    const { unitCode } = accountOf(server, 'unit-officer')
    const whole = await askApi(clerk, 'league.table', { quarter: QUARTER, group: GROUP })
    const ranked = whole.rows.filter((row) => row.rank !== null)
    const named = new Set(ranked.filter((row) => (row.rank ?? 99) <= 3).map((row) => row.name))
    const own = whole.rows.find((row) => row.unitCode === unitCode)
    const hidden = whole.rows.filter((row) => row !== own && !named.has(row.name))
    expect(hidden.length).toBeGreaterThan(20)

    await visit(page, url + LEAGUE)
    await page.locator('.league-peers').waitFor()
    expect(await page.locator('tr[data-unit]').count()).toBe(1)
    expect(await page.locator('.peers-picture circle').count()).toBe(ranked.length)
    expect(await page.locator('.headline').innerText()).toContain(
      `本单位${own?.tied === true ? '并列' : ''}第 ${own?.rank} 名`,
    )
    for (const path of [LEAGUE, `/?quarter=${QUARTER}`, `/units/${unitCode}?quarter=${QUARTER}`, `/units`]) {
      await visit(page, url + path)
      const dom = await page.content()
      const shown = hidden.filter((row) => dom.includes(row.name) || new RegExp(`\\b${row.unitCode}\\b`).test(dom))
      expect(shown.map((row) => `${path}: ${row.name}`)).toEqual([])
    }
    await visit(page, url + LEAGUE)
    await page.emulateMedia({ media: 'print' })
    await page.locator('.league-paper').waitFor()
    const paper = await page.locator('.league-paper').innerText()
    expect(hidden.filter((row) => paper.includes(row.name))).toEqual([])
    expect(paper).toContain('全组前三名')
    expect(watch.troubles).toEqual([])
  })

  test('another unit’s page, by its address, is answered as one that does not exist', async () => {
    const { page } = await open({ as: 'unit-officer' })
    await visit(page, `${url}/units/D13?quarter=${QUARTER}`)
    const foreign = await page.locator('main').innerText()
    await visit(page, `${url}/units/X-NOWHERE?quarter=${QUARTER}`)
    expect(foreign.replaceAll('D13', 'X-NOWHERE')).toBe(await page.locator('main').innerText())
    expect(foreign).toContain('没有编码为 D13 的单位')
  })

  test('a county sees its own place among peers and its townships, and opens in the first person', async () => {
    const { page, watch } = await open({ as: 'county-leader' })
    await visit(page, `${url}/?quarter=${QUARTER}`)
    expect(await page.locator('.headline').innerText()).toMatch(/^本单位在县区组 5 家中(并列)?第 \d 名/)
    expect(watch.troubles).toEqual([])
  })

  test('the keyboard alone is enough to sign in, and leads back to the page asked for', async () => {
    const { page } = await open()
    await page.goto(`${url}/units?quarter=${QUARTER}`)
    await page.locator('.sign-in-form').waitFor()
    const { loginName, password } = accountOf(server, 'leader')
    await page.keyboard.type(loginName)
    await page.keyboard.press('Tab')
    await page.keyboard.type(password)
    await page.keyboard.press('Enter')
    await page.waitForURL((address) => address.pathname === '/units')
    expect(await page.locator('.sign-in-form').count()).toBe(0)
  })

  test('a wrong password is refused in words, beside the field', async () => {
    const { page } = await open()
    await page.goto(url)
    await page.locator('input[name="username"]').fill('nobody')
    await page.locator('input[autocomplete="current-password"]').fill('wrong-Password-1')
    await page.keyboard.press('Enter')
    await page.locator('.sign-in-form [role="alert"]').waitFor()
    expect(await page.locator('.sign-in-form [role="alert"]').innerText()).toMatch(/[\u4e00-\u9fff]/)
  })
})

describe('a session that ends', () => {
  test('a disabled account is asked to sign in at its next click, and comes back to the same page', async () => {
    const { page } = await open({ as: 'approver' })
    await visit(page, `${url}/units?quarter=${QUARTER}`)
    const { account } = await askApi(await openSession(url, accountOf(server, 'approver')), 'session.get', {})
    const administrator = await openSession(url, accountOf(server, 'system-admin'))
    const change = {
      accountId: account?.accountId,
      displayName: account?.displayName,
      staffNumber: null,
      unitCode: 'S00',
    }
    await actAs(administrator, 'account.update', { ...change, isDisabled: true })
    await page.locator('main').getByRole('link', { name: '排名表' }).first().click()
    await page.locator('.sign-in-form').waitFor()
    await actAs(administrator, 'account.update', { ...change, isDisabled: false })
    await signIn(page, accountOf(server, 'approver'))
    await settle(page)
    expect(new URL(page.url()).pathname).toMatch(/^\/(units|league)$/)
    expect(await page.locator('main h1').count()).toBe(1)
  })

  test('signing out in one window ends the other', async () => {
    const { context, page } = await open({ as: 'inspector' })
    await visit(page, `${url}/units`)
    const other = await context.newPage()
    await visit(other, `${url}/checks?quarter=${QUARTER}`)
    await page.locator('.account-menu .opener').click()
    await page.locator('.account-menu .panel button').click()
    await page.waitForURL((address) => address.pathname === '/sign-in')
    await other.locator('.sign-in-form').waitFor()
    expect(
      await other
        .locator('main table')
        .isVisible()
        .catch(() => false),
    ).toBe(false)
  })

  test('a page that is not used for the idle time warns, and then asks to sign in again', async () => {
    const { context, page } = await open({ as: 'leader' })
    await context.clock.install()
    await visit(page, `${url}/units`)
    await context.clock.fastForward('14:30')
    await page.getByRole('dialog').waitFor()
    await context.clock.fastForward('01:00')
    await page.locator('.sign-in-form').waitFor()
    expect(await page.locator('.session-ended h1').innerText()).toContain('15')
  })
})

describe('every new page in both languages', () => {
  const PAGES = [
    ['', '/sign-in'],
    ['clerk', '/my-account'],
    ['system-admin', '/admin/users'],
    ['security-admin', '/admin/access'],
    ['security-admin', '/admin/tokens'],
    ['audit-admin', '/admin/audit'],
    ['unit-officer', LEAGUE],
    ['unit-officer', '/'],
    ['county-leader', '/'],
  ] as const

  test.each(['zh-CN', 'en'])(
    '%s: axe finds nothing and nothing scrolls sideways, at 1440 and 390',
    async (language) => {
      const found: string[] = []
      for (const [login, path] of PAGES) {
        const { context, page, watch } = await open({ language, ...(login === '' ? {} : { as: login }) })
        await visit(page, url + path)
        for (const width of [1440, 390]) {
          await page.setViewportSize({ width, height: 900 })
          await settle(page)
          const px = await overhang(page)
          if (px > 0) found.push(`${path} at ${width} px is ${px} px too wide`)
          // What axe looks at is the same in both languages, but for the width of words.
          if (language === 'en' && width === 390) continue
          found.push(...(await findBarriers(page)).map((barrier) => `${path} at ${width} px: ${barrier}`))
          // The audit trail names procedures as they are called; everywhere else a name with a dot is a text that is missing.
          if (path === '/admin/audit') continue
          const text = await page.locator('body').innerText()
          found.push(...(text.match(/\b(shell|session|signIn|league|overview|accounts|audit|access)\.[a-z]\w+/g) ?? []))
        }
        found.push(...watch.troubles)
        await context.close()
      }
      expect(found).toEqual([])
    },
  )

  test('the dialog that asks why somebody wants to see a name, and the trace it leaves', async () => {
    const { page, watch } = await open({ as: 'inspector' })
    const table = await askApi(clerk, 'league.table', { quarter: QUARTER, group: GROUP })
    const unitCode = table.rows.find((row) => row.checks.total > 0)?.unitCode ?? ''
    const [check] = (await askApi(clerk, 'unit.get', { quarter: QUARTER, unitCode })).checks
    await visit(page, `${url}/checks/${check?.checkCode}`)
    expect(await page.locator('.facts').innerText()).toContain('*')
    await page.getByRole('button', { name: '显示个人信息' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('查看理由').fill('核对抽查签名')
    // A dialog that still fades in has no colours of its own yet.
    await page.waitForFunction(() => document.getAnimations().length === 0)
    expect(await findBarriers(page)).toEqual([])
    await page.keyboard.press('Enter')
    await page.getByText('本次查看已记入审计').waitFor()
    expect(await page.locator('.facts').innerText()).not.toContain('*')
    expect(watch.troubles).toEqual([])
  })
})

describe('what is owed', () => {
  test('is re-opened by a superior with a reason; the unit sees by whom and why, and cannot itself', async () => {
    const { unitCode } = accountOf(server, 'unit-officer')
    const list = `/obligations?quarter=${QUARTER}&kind=written&outcome=late`
    const { page, watch } = await open({ as: 'clerk' })
    await visit(page, `${url}${list}&unit=${unitCode}`)
    expect(await page.locator('.headline').innerText()).toMatch(/^符合条件的 \d+ 件次。$/)
    await page.locator('tbody tr button', { hasText: '时间线' }).first().click()
    await page.locator('.el-drawer button', { hasText: '重开' }).click()
    await page
      .getByRole('combobox', { name: '重开到' })
      .or(page.locator('.reopen-form .el-date-editor input'))
      .first()
      .fill('2027-01-10 18:00')
    await page.keyboard.press('Enter')
    await page.locator('.reopen-form input.zd-input').fill('通信线路中断，已核实')
    await page.locator('.el-dialog button.is-primary').click()
    await page.locator('.milestones tr.reopened').waitFor()
    expect(await page.locator('.milestones tr.reopened').innerText()).toContain('理由：通信线路中断，已核实')
    expect(watch.troubles).toEqual([])

    const officer = await open({ as: 'unit-officer', width: 390 })
    await visit(officer.page, `${url}/obligations?quarter=${QUARTER}&mark=reopened`)
    expect(await officer.page.locator('.obligation-table tbody tr').count()).toBe(1)
    expect(await overhang(officer.page)).toBe(0)
    await officer.page.locator('tbody tr button', { hasText: '时间线' }).click()
    await officer.page.locator('.milestones tr.reopened').waitFor()
    expect(await officer.page.locator('.milestones tr.reopened').innerText()).toContain('重开到 2027-01-10 18:00')
    expect(await officer.page.locator('.el-drawer button', { hasText: '重开' }).count()).toBe(0)
    expect(await findBarriers(officer.page)).toEqual([])
    expect(officer.watch.troubles).toEqual([])
  })
})
