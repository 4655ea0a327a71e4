import type { BrowserContext, Page } from 'playwright-core'

/** Everything on a page that must not happen; a test expects the list to stay empty. */
export interface PageWatch {
  readonly troubles: readonly string[]
  /** Forgets what a test itself brought about. */
  clear(): void
}

/** Notes script errors, console errors, violated policies and requests that leave the host, on all pages of a context. */
export function watchPages(context: BrowserContext, url: string): PageWatch {
  const troubles: string[] = []
  const { host } = new URL(url)
  context.on('request', (request) => {
    const target = new URL(request.url())
    if (/^(https?|wss?):$/.test(target.protocol) && target.host !== host) troubles.push(`request to ${target.href}`)
  })
  context.on('response', (response) => {
    if (response.status() >= 400) troubles.push(`${response.status()} of ${response.url()}`)
  })
  context.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning')
      troubles.push(`${message.type()}: ${message.text()}`)
  })
  context.on('weberror', (error) => troubles.push(`script error: ${error.error().message}`))
  return { troubles, clear: () => troubles.splice(0) }
}

/** Opens a page and waits until what it asked for is there. */
export async function visit(page: Page, url: string): Promise<void> {
  await page.goto(url)
  await settle(page)
}

/** Waits for the answers and for the fonts. */
export async function settle(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle')
  await page.waitForFunction(
    () => document.querySelector('main') !== null && document.querySelector('.loading-block') === null,
  )
  await page.evaluate(() => document.fonts.ready)
}

const REDRAW_MS = 2_000

/** How far the page can be pushed sideways, px; 0 = it cannot. A changed window is given time to be drawn anew. */
export async function overhang(page: Page): Promise<number> {
  return await page.evaluate(async (patience) => {
    const root = document.documentElement
    const givenUpAt = performance.now() + patience
    while (root.scrollWidth > root.clientWidth && performance.now() < givenUpAt) {
      await new Promise((resolve) => requestAnimationFrame(resolve))
    }
    return root.scrollWidth - root.clientWidth
  }, REDRAW_MS)
}
