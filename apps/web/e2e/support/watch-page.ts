import type { BrowserContext, Page, Request } from 'playwright-core'

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

/** Requests of a page that are not answered yet. */
const UNDER_WAY = new WeakMap<Page, Set<Request>>()
/** How often it is looked again, ms. */
const LOOK_MS = 40

function requestsOf(page: Page): Set<Request> {
  const known = UNDER_WAY.get(page)
  if (known !== undefined) return known
  const requests = new Set<Request>()
  UNDER_WAY.set(page, requests)
  page.on('request', (request) => requests.add(request))
  page.on('requestfinished', (request) => requests.delete(request))
  page.on('requestfailed', (request) => requests.delete(request))
  return requests
}

/** Opens a page and waits until what it asked for is there. */
export async function visit(page: Page, url: string): Promise<void> {
  requestsOf(page)
  await page.goto(url)
  await settle(page)
}

/** Loads a page again, as `visit`. */
export async function revisit(page: Page): Promise<void> {
  requestsOf(page)
  await page.reload()
  await settle(page)
}

/** Waits for the answers, for what they draw and ask in their turn, and for the fonts. */
export async function settle(page: Page): Promise<void> {
  const isWatched = UNDER_WAY.has(page)
  const requests = requestsOf(page)
  // What it asked before it was watched is not known.
  if (!isWatched) await page.waitForLoadState('networkidle')
  await page.waitForFunction(
    () => document.querySelector('main') !== null && document.querySelector('.loading-block') === null,
  )
  // Twice in a row, each after a frame: what an answer leads to has been asked by then.
  for (let quiet = 0; quiet < 2; quiet = requests.size === 0 ? quiet + 1 : 0) {
    await page.waitForTimeout(LOOK_MS)
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve))))
  }
  await page.waitForFunction(() => document.querySelector('.loading-block') === null)
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
