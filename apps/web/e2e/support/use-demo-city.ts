import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, onTestFinished } from 'vitest'
import { enter, openSession, type SignedIn } from './accounts.ts'
import { launchBrowser } from './launch-browser.ts'
import { accountOf, createInstallation } from './run-server.ts'
import { type PageWatch, watchPages } from './watch-page.ts'

export interface DemoCity {
  readonly url: string
  /** Of the city's office. */
  readonly clerk: SignedIn
  /** Of one bureau. */
  readonly officer: SignedIn
  /** A window of its own for one test, signed in and watched. */
  open(width: number, who: SignedIn): Promise<{ readonly page: Page; readonly watch: PageWatch }>
}

/** The demonstration city served for a file of tests, with a browser; `city()` from the first test on. */
export function useDemoCity(): () => DemoCity {
  const installation = createInstallation()
  let browser: Browser | undefined
  let city: DemoCity | undefined

  beforeAll(async () => {
    const [server, launched] = await Promise.all([installation.serve(['--demo']), launchBrowser()])
    browser = launched
    const { url } = server
    city = {
      url,
      clerk: await openSession(url, accountOf(server, 'clerk')),
      officer: await openSession(url, accountOf(server, 'unit-officer')),
      async open(width, who) {
        const context = await launched.newContext({
          viewport: { width, height: width < 500 ? 844 : 900 },
          acceptDownloads: true,
        })
        onTestFinished(() => context.close())
        await enter(context, who)
        const watch = watchPages(context, url)
        return { watch, page: await context.newPage() }
      },
    }
  })
  afterAll(async () => {
    await browser?.close()
    await installation.remove()
  })
  return () => {
    if (city === undefined) throw new Error('the city is served from the first test on')
    return city
  }
}
