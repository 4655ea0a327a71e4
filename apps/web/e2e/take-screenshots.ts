import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, BrowserContext } from 'playwright-core'
import { enter, openSession } from './support/accounts.ts'
import { launchBrowser } from './support/launch-browser.ts'
import { accountOf, createInstallation, type RunningServer } from './support/run-server.ts'

/** Beside the documents that show them. */
const FOLDER = join(import.meta.dirname, '../../../docs/screenshots')

const WIDTHS = { 1440: 900, 1920: 1080, 390: 844 } as const

/** Name of the picture, who looks, and at what; null = nobody is signed in. */
const PAGES: readonly (readonly [name: string, login: string | null, path: string])[] = [
  ['overview', 'clerk', '/?quarter=2026Q3'],
  ['league', 'clerk', '/league?quarter=2026Q3&group=市直组'],
  ['unit', 'clerk', '/units/D13?quarter=2026Q3'],
  ['sign-in', null, '/sign-in'],
  ['officer-overview', 'unit-officer', '/?quarter=2026Q3'],
  ['officer-league', 'unit-officer', '/league?quarter=2026Q3&group=市直组'],
  ['users', 'system-admin', '/admin/users'],
  ['access', 'security-admin', '/admin/access'],
  ['audit', 'audit-admin', '/admin/audit'],
]
/** Taken as the window shows them: the whole page is long and says no more. */
const CUT = new Set(['league', 'users', 'access', 'audit'])

async function openAs(
  browser: Browser,
  server: RunningServer,
  login: string | null,
  viewport: { readonly width: number; readonly height: number },
): Promise<BrowserContext> {
  const context = await browser.newContext({ viewport })
  if (login !== null) await enter(context, await openSession(server.url, accountOf(server, login)))
  return context
}

async function take(context: BrowserContext, address: string, name: string, width: number): Promise<void> {
  const page = await context.newPage()
  await page.goto(address, { waitUntil: 'networkidle' })
  await page.evaluate(() => document.fonts.ready)
  await page.screenshot({ path: join(FOLDER, `${name}-${width}.png`), fullPage: !CUT.has(name) })
  await context.close()
}

/** Pictures of the demonstration city for README and docs, from a fresh installation: `pnpm --filter @zhidu/web screenshots`. */
async function main(): Promise<void> {
  mkdirSync(FOLDER, { recursive: true })
  const installation = createInstallation()
  const browser = await launchBrowser()
  try {
    const server = await installation.serve(['--demo'])
    for (const [width, height] of Object.entries(WIDTHS)) {
      for (const [name, login, path] of PAGES) {
        const context = await openAs(browser, server, login, { width: Number(width), height })
        await take(context, server.url + path, name, Number(width))
      }
    }
    const onPaper = await openAs(browser, server, 'clerk', { width: 1588, height: 1123 })
    const paper = await onPaper.newPage()
    await paper.goto(`${server.url}/league?quarter=2026Q3&group=市直组`, { waitUntil: 'networkidle' })
    await paper.emulateMedia({ media: 'print' })
    await paper.screenshot({ path: join(FOLDER, 'league-paper.png') })
    const importing = await openAs(browser, server, 'clerk', { width: 1440, height: 900 })
    const imports = await importing.newPage()
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
