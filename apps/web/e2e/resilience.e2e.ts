import { writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { createAccount, enter, type SignedIn } from './support/accounts.ts'
import { launchBrowser } from './support/launch-browser.ts'
import { createInstallation } from './support/run-server.ts'
import { visit } from './support/watch-page.ts'

const UNITS =
  'unit_code,name,parent_code,tier,peer_group,duty_mode\nA0,某市,,city,本级,room\nA1,甲县,A0,county,县区组,room\nA2,乙县,A0,county,县区组,room\n'
const ROUNDS = 3

const installation = createInstallation()
let browser: Browser
/** Signed in once; sessions outlive the server. */
let clerk: SignedIn

beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser?.close()
  await installation.remove()
})

/** A port that was free a moment ago: the server comes back at the same address. */
async function findPort(): Promise<string> {
  const probe = createServer()
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve))
  const address = probe.address()
  await new Promise((resolve) => probe.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('no port')
  return String(address.port)
}

async function openPage(who?: SignedIn): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
  onTestFinished(() => context.close())
  if (who !== undefined) await enter(context, who)
  return await context.newPage()
}

async function importOnPage(page: Page, url: string, kind: string, text: string): Promise<void> {
  await visit(page, `${url}/imports?kind=${kind}`)
  await page
    .getByLabel('要导入的文件')
    .setInputFiles({ name: `${kind}.csv`, mimeType: 'text/csv', buffer: Buffer.from(text) })
  await page.getByRole('button', { name: '全部导入' }).click()
  await page.getByText(/^已导入：新增/).waitFor()
}

function checksOf(round: number): string {
  const rows = Array.from({ length: 200 }, (_, n) => `R${round}-${n},A1,phone,2026-08-03 10:00,`)
  return `check_code,unit_code,method,checked_at,findings\n${rows.join('\n')}\n`
}

test('an acknowledged import survives kill -9 of the server and of every process of its database, each time', async () => {
  const port = await findPort()
  for (let round = 0; round < ROUNDS; round += 1) {
    const server = await installation.serve(['--empty'], { PORT: port })
    if (round === 0) {
      const { session } = await createAccount(installation, server.url, {
        loginName: 'guanli',
        role: 'system_admin',
        unitCode: null,
      })
      await importOnPage(await openPage(session), server.url, 'units', UNITS)
      clerk = (await createAccount(installation, server.url, { loginName: 'kaohe', role: 'clerk', unitCode: 'A0' }))
        .session
    }
    const page = await openPage(clerk)
    await importOnPage(page, server.url, 'checks', checksOf(round))
    // From the acknowledgement on screen to the blow nothing is waited for.
    await server.killEverything()
  }
  const server = await installation.serve(['--empty'], { PORT: port })
  const page = await openPage(clerk)
  await visit(page, `${server.url}/checks?quarter=2026Q3`)
  expect(await page.locator('main').innerText()).toContain(`${200 * ROUNDS}`)
  const file = join(installation.dataDir, 'again.csv')
  for (let round = 0; round < ROUNDS; round += 1) {
    writeFileSync(file, checksOf(round))
    const end = await installation.run(['import', 'checks', file, '--json'])
    expect(JSON.parse(end.stdout)).toMatchObject({ rows: 200, unchanged: 200, created: 0, updated: 0 })
  }
  await server.stop()
})

test('the page says in words that the server is gone, and recovers when it is back', async () => {
  const page = await openPage(clerk)
  const port = await findPort()
  const first = await installation.serve(['--empty'], { PORT: port })
  await visit(page, `${first.url}/checks?quarter=2026Q3`)
  await first.killEverything()
  // A page not opened before: nothing of it can come from memory.
  await page.getByRole('link', { name: '单位', exact: true }).first().click()
  const trouble = page.getByRole('alert')
  await trouble.waitFor()
  expect(await trouble.innerText()).toContain('连接不上服务器')
  expect(await trouble.innerText()).toContain('已有数据不受影响')

  const second = await installation.serve(['--empty'], { PORT: port })
  expect(second.url).toBe(first.url)
  const retry = page.getByRole('button', { name: '重试' })
  if (await retry.isVisible()) await retry.click()
  await page.locator('main').getByRole('link', { name: '甲县' }).waitFor()
  expect(await page.getByRole('alert').count()).toBe(0)
  await second.stop()
})

test('a second server on the same data is refused and names the first', async () => {
  const port = await findPort()
  const first = await installation.serve(['--empty'], { PORT: port })
  const second = await installation.run(['serve', '--empty'], { PORT: '0' })
  expect(second.status).toBe(1)
  expect(second.stderr).toContain(`进程 ${first.pid}`)
  expect(second.stderr).toContain(`127.0.0.1:${port}`)
  expect((await fetch(`${first.url}/readyz`)).status).toBe(200)
  await first.stop()
})

test('without encryption only this machine may reach it: any other address is refused with the reason', async () => {
  for (const host of ['0.0.0.0', '192.168.1.10', '::']) {
    const end = await installation.run(['serve', '--empty'], { HOST: host, PORT: '0' })
    expect(end.status).toBe(1)
    expect(end.stderr).toContain(host)
    expect(end.stderr).toContain('ZHIDU_TLS')
  }
})
