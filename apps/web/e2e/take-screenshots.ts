import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { launchBrowser } from './support/launch-browser.ts'
import { createInstallation } from './support/run-server.ts'

/** Beside the documents that show them. */
const FOLDER = join(import.meta.dirname, '../../../docs/screenshots')

const WIDTHS = { 1440: 900, 1920: 1080, 390: 844 } as const

const PAGES = {
  overview: '/?quarter=2026Q3',
  league: '/league?quarter=2026Q3&group=市直组',
  unit: '/units/D13?quarter=2026Q3',
} as const

async function take(
  browser: Browser,
  base: string,
  name: string,
  width: number,
  height: number,
  path: string,
): Promise<void> {
  const page = await browser.newPage({ viewport: { width, height } })
  await page.goto(base + path, { waitUntil: 'networkidle' })
  await page.evaluate(() => document.fonts.ready)
  await page.screenshot({ path: join(FOLDER, `${name}-${width}.png`), fullPage: name !== 'league' })
  await page.close()
}

/** Pictures of the demonstration city for README and docs, from a fresh installation: `pnpm --filter @zhidu/web screenshots`. */
async function main(): Promise<void> {
  mkdirSync(FOLDER, { recursive: true })
  const installation = createInstallation()
  const browser = await launchBrowser()
  try {
    const server = await installation.serve(['--demo'])
    for (const [width, height] of Object.entries(WIDTHS)) {
      for (const [name, path] of Object.entries(PAGES)) {
        await take(browser, server.url, name, Number(width), height, path)
      }
    }
    const paper = await browser.newPage({ viewport: { width: 1588, height: 1123 } })
    await paper.goto(`${server.url}${PAGES.league}`, { waitUntil: 'networkidle' })
    await paper.emulateMedia({ media: 'print' })
    await paper.screenshot({ path: join(FOLDER, 'league-paper.png') })
    const imports = await browser.newPage({ viewport: { width: 1440, height: 900 } })
    await imports.goto(`${server.url}/imports?kind=reports`, { waitUntil: 'networkidle' })
    const lines = [
      'event_code,unit_code,stage,category,level,occurred_at,learned_at,phoned_at,written_at,elements',
      'SJ-2026-0704-02,D53,首报,事故灾难,IV,2026-07-04 09:00,2026-07-04 09:12,,2026-07-04 10:40,source;place',
      'SJ-2026-0731-05,C03,首报,事故灾难,四级,2026-07-31 22:00,2026-07-31 22:05,,2026-07-31 23:10,source;place',
      'SJ-2026-0817-93,D13,首报,事故灾难,IV,2026-08-17 13:52,2026-08-17 14:05,,2026-08-17 13:22,source;place',
      'SJ-2026-0817-94,D24,首报,事故灾难,IV,2026-08-17 18:20,2026-08-17 18:30,,2026-08-17 19:02,source;place',
    ]
    await imports
      .locator('input[type=file]')
      .setInputFiles({ name: '2026年三季度信息报告.csv', mimeType: 'text/csv', buffer: Buffer.from(lines.join('\n')) })
    await imports.getByText('D53').first().waitFor()
    await imports.screenshot({ path: join(FOLDER, 'import-1440.png'), fullPage: true })
    await server.stop()
  } finally {
    await browser.close()
    await installation.remove()
  }
}

await main()
