import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { AxeBuilder } from '@axe-core/playwright'
import { appendSubstitution, computeSubstitution, parseCertificateFile, parsePoolFile } from '@zhidu/draw'
import { exampleFiles, exampleSigner } from '@zhidu/draw/testing'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchBrowser } from './support/launch-browser.ts'
import { launchOldBrowser } from './support/launch-old-browser.ts'
import { overhang } from './support/watch-page.ts'

const MAIN = fileURLToPath(new URL('../../cli/src/main.ts', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'zhidu-draw-page-'))
const address = pathToFileURL(join(folder, 'draw.html')).href
let files: Awaited<ReturnType<typeof exampleFiles>>
let browser: Browser

beforeAll(async () => {
  execFileSync(process.execPath, [MAIN, 'draw', 'page', '--out', join(folder, 'draw.html')], { stdio: 'ignore' })
  files = await exampleFiles()
  writeFileSync(join(folder, 'pool.json'), files.pool)
  writeFileSync(join(folder, 'certificate.txt'), await substituteOne())
  writeFileSync(join(folder, 'changed.json'), files.pool.replace('Unit U07', 'Unit U08'))
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser?.close()
  rmSync(folder, { recursive: true, force: true })
})

/** The certificate with its first unit not visited. */
async function substituteOne(): Promise<string> {
  const [parsed, file] = [parsePoolFile(new TextEncoder().encode(files.pool)), parseCertificateFile(files.certificate)]
  if (parsed.kind === 'bad' || file === null) throw new Error('the example cannot be read')
  const what = { out: 'U03', reason: 'road washed away', by: 'Officer A', at: '2026-11-29T01:00:00Z' }
  const entry = computeSubstitution({ pool: parsed.value, file, ...what })
  if (entry === null) throw new Error('nothing to substitute')
  return await appendSubstitution(files.certificate, entry, exampleSigner())
}

/** What leaves the page or is refused by its own policy. */
function watch(page: Page): string[] {
  const seen: string[] = []
  page.on('request', (request) => {
    if (request.url() !== address) seen.push(request.url())
  })
  page.on('console', (message) => seen.push(message.text()))
  page.on('pageerror', (error) => seen.push(error.message))
  return seen
}

async function drop(page: Page, pool: string): Promise<void> {
  await page.evaluate(
    (texts) => {
      const dataTransfer = new DataTransfer()
      for (const text of texts) dataTransfer.items.add(new File([text], 'dropped'))
      document.dispatchEvent(new DragEvent('drop', { dataTransfer, cancelable: true }))
    },
    [files.certificate, pool],
  )
}

const rowsOf = (page: Page, outcome: string) =>
  page.locator(`#report tr[data-outcome="${outcome}"]`).evaluateAll((rows) => rows.map((row) => row.textContent))

test('verifies two chosen files from a disk, and says which step a changed byte breaks', async () => {
  const context = await browser.newContext({ locale: 'zh-CN', viewport: { width: 390, height: 844 } })
  const page = await context.newPage()
  const seen = watch(page)
  await page.goto(address)
  await page.setInputFiles('#certificate', join(folder, 'certificate.txt'))
  await page.setInputFiles('#pool', join(folder, 'pool.json'))
  await page.locator('#report.passed .verdict').waitFor()
  expect(await page.locator('.verdict').textContent()).toBe('核验通过：重新计算的结果与证书完全一致。')
  expect(await rowsOf(page, 'failed')).toEqual([])
  expect(await page.locator('#report table:last-child tbody tr').count()).toBe(6)
  expect(await page.locator('#report').textContent()).toContain('road washed away')
  expect(await overhang(page)).toBe(0)
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([])
  if (process.env['ZHIDU_PICTURES'] !== undefined) {
    await page.screenshot({ path: join(process.env['ZHIDU_PICTURES'], 'draw-390.png'), fullPage: true })
    await page.setViewportSize({ width: 1440, height: 900 })
    await page.screenshot({ path: join(process.env['ZHIDU_PICTURES'], 'draw-1440.png'), fullPage: true })
  }

  await page.locator('#language').click()
  expect(await page.locator('html').getAttribute('lang')).toBe('en')
  await page.setInputFiles('#pool', join(folder, 'changed.json'))
  await page.locator('#report.failed .verdict').waitFor()
  expect(await rowsOf(page, 'failed')).toEqual([expect.stringContaining('hash of the pool')])
  expect(seen).toEqual([])
  await context.close()
})

test.runIf(process.platform === 'linux' && process.arch === 'x64')(
  'verifies dropped files in Chromium 91',
  async () => {
    const old = await launchOldBrowser()
    try {
      const connected = await chromium.connectOverCDP(old.endpoint)
      const page = await (connected.contexts()[0] ?? (await connected.newContext())).newPage()
      await page.goto(address)
      await drop(page, files.pool)
      await page.waitForFunction(() => document.querySelector('#report.passed') !== null)
      await drop(page, files.pool.replace('"weight":3', '"weight":4'))
      await page.waitForFunction(() => document.querySelector('#report.failed') !== null)
      expect(await rowsOf(page, 'failed')).toHaveLength(1)
    } finally {
      await old.close()
    }
  },
)
