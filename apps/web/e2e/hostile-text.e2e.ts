import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type BrowserContext, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createAccount, enter, type SignedIn } from './support/accounts.ts'
import {
  CHECK_CODES,
  EVENT_CODES,
  HOSTILE,
  HOSTILE_GROUP,
  hostileFiles,
  TOP,
  UNIT_CODES,
} from './support/hostile-city.ts'
import { launchBrowser } from './support/launch-browser.ts'
import { launchOldBrowser } from './support/launch-old-browser.ts'
import { createInstallation } from './support/run-server.ts'
import { settle, visit, watchPages } from './support/watch-page.ts'

const installation = createInstallation()
let url: string
let clerk: SignedIn
let others: readonly (readonly [SignedIn, string])[]

beforeAll(async () => {
  const server = await installation.serve(['--empty'])
  url = server.url
  for (const { kind, text } of hostileFiles()) {
    const file = join(installation.dataDir, `${kind}.csv`)
    writeFileSync(file, text)
    const end = await installation.run(['import', kind, file, '--json'])
    if (end.status !== 0) throw new Error(`${kind}: ${end.stdout}${end.stderr}`)
  }
  const make = (
    loginName: string,
    role: Parameters<typeof createAccount>[2]['role'],
    unitCode: string | null,
    n: number,
  ) => createAccount(installation, url, { loginName, role, unitCode, displayName: HOSTILE[n] ?? '' })
  clerk = (await make('kaohe', 'clerk', TOP, 0)).session
  const officer = (await make('zhiban', 'unit_officer', UNIT_CODES[1] ?? '', 1)).session
  const system = (await make('xitong', 'system_admin', null, 4)).session
  const security = (await make('anquan', 'security_admin', null, 8)).session
  const auditor = (await make('shenji', 'audit_admin', null, 5)).session
  others = [
    [officer, '/'],
    [officer, `/league?quarter=2026Q3&group=${encodeURIComponent(HOSTILE_GROUP)}`],
    [system, '/admin/users'],
    [security, '/admin/access'],
    [auditor, '/admin/audit'],
  ]
})
afterAll(() => installation.remove())

interface Guard {
  /** Dialogs, scripts from elsewhere, violations of the policy, and everything that `watchPages` notes. */
  troubles(): Promise<readonly string[]>
}

async function guard(context: BrowserContext): Promise<Guard> {
  const found: string[] = []
  const watch = watchPages(context, url)
  await context.addInitScript(() => {
    const kept: string[] = []
    Object.assign(globalThis, { violations: kept })
    document.addEventListener('securitypolicyviolation', (event) => {
      kept.push(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`)
    })
  })
  context.on('dialog', (dialog) => {
    found.push(`dialog: ${dialog.message()}`)
    void dialog.dismiss()
  })
  context.on('request', (request) => {
    const { pathname, host } = new URL(request.url())
    const isOwn = host === new URL(url).host && pathname.startsWith('/assets/')
    if (request.resourceType() === 'script' && !isOwn) found.push(`script ${request.url()}`)
  })
  return { troubles: async () => [...found, ...watch.troubles] }
}

/** What ran or was refused on this page. */
async function traces(page: Page): Promise<string[]> {
  return await page.evaluate(() => {
    const state = globalThis as { owned?: unknown; violations?: string[] }
    const links = [...document.querySelectorAll('a[href]')].map((link) => link.getAttribute('href') ?? '')
    return [
      ...(state.owned === undefined ? [] : [`ran: ${JSON.stringify(state.owned)}`]),
      ...(state.violations ?? []),
      ...links.filter((href) => /^\s*(javascript|data|vbscript):/i.test(href)).map((href) => `link ${href}`),
      ...[...document.querySelectorAll('main img, main iframe, main script, body > script:not([src])')].map(
        (element) => `element ${element.outerHTML.slice(0, 120)}`,
      ),
    ]
  })
}

/** Points at everything that explains itself, opens everything that opens, and puts the page on paper. */
async function explore(page: Page): Promise<void> {
  // In the page itself: what is pointed at may be drawn anew while it is.
  await page.evaluate(async () => {
    const pause = async (): Promise<void> => await new Promise((resolve) => setTimeout(resolve, 10))
    const all = (selector: string): Element[] => [...document.querySelectorAll(selector)]
    for (const button of all('#deductions .reason-button, main button[aria-pressed="false"], .account-menu .opener')) {
      button.dispatchEvent(new MouseEvent('click', { bubbles: true }))
      await pause()
    }
    for (const target of all('[data-explain]')) {
      target.dispatchEvent(new FocusEvent('focusin', { bubbles: true }))
      await pause()
    }
    for (const part of all('main svg circle, main svg path, main svg rect')) {
      for (const name of ['mouseover', 'mousemove']) part.dispatchEvent(new MouseEvent(name, { bubbles: true }))
    }
  })
  await page.emulateMedia({ media: 'print' })
  await page.waitForTimeout(50)
  await page.emulateMedia({ media: 'screen' })
}

function pathsOf(count: number): string[] {
  const some = <T>(list: readonly T[]): readonly T[] => list.slice(0, count)
  return [
    '/?quarter=2026Q3',
    `/league?quarter=2026Q3&group=${encodeURIComponent(HOSTILE_GROUP)}`,
    '/units?quarter=2026Q3',
    ...some(UNIT_CODES).map((code) => `/units/${encodeURIComponent(code)}?quarter=2026Q3`),
    '/events?quarter=2026Q3',
    ...some(EVENT_CODES).map((code) => `/events/${encodeURIComponent(code)}`),
    '/checks?quarter=2026Q3',
    ...some(CHECK_CODES).map((code) => `/checks/${encodeURIComponent(code)}`),
    '/imports',
    `/nowhere/${encodeURIComponent(HOSTILE[0])}`,
  ]
}

test('nothing typed into any field runs on any page, whatever is pointed at, opened or printed', async () => {
  const browser = await launchBrowser()
  const found: string[] = []
  try {
    const tour: readonly (readonly [SignedIn, readonly string[]])[] = [
      [clerk, pathsOf(4)],
      ...others.map(([who, path]) => [who, [path]] as const),
    ]
    for (const [who, paths] of tour) {
      const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
      await enter(context, who)
      const { troubles } = await guard(context)
      const page = await context.newPage()
      for (const path of paths) {
        await visit(page, url + path)
        await explore(page)
        found.push(...(await traces(page)).map((trace) => `${path}: ${trace}`))
      }
      found.push(...(await troubles()))
      await context.close()
    }
  } finally {
    await browser.close()
  }
  expect(found).toEqual([])
})

test('the markup is there to be read: the test saw what it was meant to see', async () => {
  const browser = await launchBrowser()
  try {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
    await enter(context, clerk)
    const page = await context.newPage()
    await visit(page, `${url}/units/${encodeURIComponent(UNIT_CODES[0] ?? '')}?quarter=2026Q3`)
    expect(await page.locator('h1').first().innerText()).toContain('<img src=x onerror=')
    // The guard itself: what is refused by the policy is seen.
    await page.evaluate(() => {
      const kept: string[] = []
      Object.assign(globalThis, { violations: kept })
      document.addEventListener('securitypolicyviolation', (event) => kept.push(event.violatedDirective))
      const image = document.createElement('div')
      image.innerHTML = '<img src=x onerror="window.owned=1">'
      document.querySelector('main')?.append(image)
    })
    await page.waitForFunction(() => ((globalThis as { violations?: string[] }).violations ?? []).length > 0)
    expect((await traces(page)).join('\n')).toMatch(/script-src/)
    expect((await traces(page)).join('\n')).not.toContain('ran:')
  } finally {
    await browser.close()
  }
})

test.runIf(process.platform === 'linux' && process.arch === 'x64')(
  'nor in Chromium 91, on a page of every kind',
  async () => {
    const old = await launchOldBrowser()
    try {
      const browser = await chromium.connectOverCDP(old.endpoint)
      const [context] = browser.contexts()
      if (context === undefined) throw new Error('no window')
      await enter(context, clerk)
      const { troubles } = await guard(context)
      const page = await context.newPage()
      const found: string[] = []
      for (const path of pathsOf(2)) {
        await visit(page, url + path)
        await settle(page)
        found.push(...(await traces(page)).map((trace) => `${path}: ${trace}`))
      }
      expect([...found, ...(await troubles())]).toEqual([])
      await browser.close()
    } finally {
      await old.close()
    }
  },
)
