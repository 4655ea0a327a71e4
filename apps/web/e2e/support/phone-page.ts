import type { BrowserContext, Page } from 'playwright-core'
import type { Account } from './accounts.ts'

/** The inspector's pages in the hand of a test, which counts what it taps. */
export interface PhoneHand {
  readonly page: Page
  /** Taps since `count` was last set to 0. */
  count: number
  tap(words: string | RegExp): Promise<void>
  answer(item: string, words: string): Promise<void>
  /** Lets time pass on the phone. */
  pass(seconds: number): Promise<void>
}

/** `offset`: by how much the phone's wall clock is off, ms. */
export async function openPhone(context: BrowserContext, url: string, offset = 0): Promise<PhoneHand> {
  const page = await context.newPage()
  await page.clock.install({ time: Date.now() + offset })
  await page.goto(`${url}/m/check`)
  await page.locator('.phone-main').waitFor()
  const hand: PhoneHand = {
    page,
    count: 0,
    tap: async (words) => {
      hand.count += 1
      await page.locator('button, a, label').filter({ hasText: words, visible: true }).first().click()
    },
    answer: async (item, words) => {
      hand.count += 1
      await page
        .getByRole('group', { name: item, exact: true })
        .getByRole('button', { name: words, exact: true })
        .click()
    },
    pass: async (seconds) => {
      await page.clock.runFor(seconds * 1_000)
    },
  }
  return hand
}

export async function signInOnPhone(page: Page, { loginName, password }: Pick<Account, 'loginName' | 'password'>) {
  await page.getByRole('link', { name: '登录' }).first().click()
  await page.locator('input[name=username]').fill(loginName)
  await page.locator('input[name=password]').fill(password)
  await page.locator('form button[type=submit]').click()
  await page.locator('.visit-rows').waitFor()
}

/** Waits until the service worker holds the pages. */
export async function waitForOfflineCopy(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready
  })
}

/** Waits until something of what was tapped lies in the phone's storage: a tab that is closed in the same instant may be quicker. */
export async function waitUntilKept(page: Page, words: string): Promise<void> {
  await page.waitForFunction(async (wanted) => {
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      const opening = indexedDB.open('zhidu-outbox')
      opening.addEventListener('success', () => resolve(opening.result))
      opening.addEventListener('error', () => reject(new Error('no storage')))
    })
    const values = await new Promise<unknown[]>((resolve) => {
      const reading = database.transaction('values').objectStore('values').getAll()
      reading.addEventListener('success', () => resolve(reading.result))
    })
    database.close()
    return JSON.stringify(values).includes(wanted)
  }, words)
}
