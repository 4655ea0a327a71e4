import type { Role } from '@zhidu/domain'
import type { BrowserContext, Page } from 'playwright-core'
import type { Installation } from './run-server.ts'

export interface Account {
  readonly role: Role
  readonly loginName: string
  readonly password: string
  /** null = an administrator of the installation. */
  readonly unitCode: string | null
}

const LINE = /^演示账号 (\w+) (\S+) (\S+) (\S+)$/gm

/** The demonstration's accounts as the program lists them at the start, by login name. */
export function readAccounts(stderr: string): ReadonlyMap<string, Account> {
  const lines = [...stderr.matchAll(LINE)].map(([, role = '', loginName = '', password = '', unit = '']): Account => ({
    role: role as Role,
    loginName,
    password,
    unitCode: unit === '—' ? null : unit,
  }))
  return new Map(lines.map((account) => [account.loginName, account]))
}

/** Somebody signed in, for requests beside the browser and for windows that need no sign-in of their own. */
export interface SignedIn {
  readonly url: string
  readonly cookie: string
}

async function change(url: string, procedure: string, input: object, cookie: string | null): Promise<string> {
  const response = await fetch(`${url}/trpc/${procedure}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url, ...(cookie === null ? {} : { cookie }) },
    body: JSON.stringify(input),
  })
  const [setCookie] = response.headers.getSetCookie()
  if (!response.ok) throw new Error(`${procedure}: ${await response.text()}`)
  return setCookie?.split(';')[0] ?? cookie ?? ''
}

/** One session for a whole file of tests: each sign-in costs a password hash. */
export async function openSession(
  url: string,
  { loginName, password }: Pick<Account, 'loginName' | 'password'>,
): Promise<SignedIn> {
  return { url, cookie: await change(url, 'session.signIn', { loginName, password }, null) }
}

/** Does something as somebody, beside the browser. Throws unless the server did it. */
export async function actAs(who: SignedIn, procedure: string, input: object): Promise<void> {
  await change(who.url, procedure, input, who.cookie)
}

/** Types user name and password where the page asks for them, and waits until it has gone on. */
export async function signIn(
  page: Page,
  { loginName, password }: Pick<Account, 'loginName' | 'password'>,
): Promise<void> {
  const name = page.locator('.sign-in-form input[name="username"]')
  await name.waitFor()
  await name.fill(loginName)
  await page.locator('.sign-in-form input[autocomplete="current-password"]').fill(password)
  await page.locator('.sign-in-form button[type="submit"]').click()
  await page.locator('.sign-in-form').waitFor({ state: 'detached' })
}

const PASSWORD = 'Hupo-7304-mianzhou'

/** An account of one's own, made at the machine, its first password changed already. */
export async function createAccount(
  installation: Installation,
  url: string,
  about: {
    readonly loginName: string
    readonly role: Role
    readonly unitCode: string | null
    readonly displayName?: string
  },
): Promise<Account & { readonly session: SignedIn }> {
  const { displayName = about.loginName, loginName, role, unitCode } = about
  const unit = unitCode === null ? [] : ['--unit', unitCode]
  const end = await installation.run([
    'user',
    'add',
    loginName,
    '--name',
    displayName,
    '--role',
    role,
    ...unit,
    '--json',
  ])
  if (end.status !== 0) throw new Error(`user add: ${end.stderr}`)
  const { initialPassword }: { initialPassword: string } = JSON.parse(end.stdout)
  const first = await openSession(url, { loginName, password: initialPassword })
  const cookie = await change(url, 'session.changePassword', { current: initialPassword, next: PASSWORD }, first.cookie)
  return { ...about, password: PASSWORD, session: { url, cookie } }
}

/** Signs a window in as somebody who is signed in elsewhere: the same session, no password typed. */
export async function enter(context: BrowserContext, who: SignedIn): Promise<void> {
  const [name = '', value = ''] = who.cookie.split(/=(.*)/s)
  await context.addCookies([{ name, value, url: who.url, httpOnly: true, sameSite: 'Strict' }])
}
