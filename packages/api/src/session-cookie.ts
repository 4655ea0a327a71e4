import type { Context } from 'hono'
import { generateCookie, getCookie } from 'hono/cookie'

export interface SessionCookieOptions {
  /** Our pages are reached over https alone. */
  readonly isHttps: boolean
}

/**
 * `__Host-` binds the cookie to https, this host and every path, and no sibling host can plant one. Browsers take such a
 * cookie over https only, so on plain loopback it has a name without promises.
 */
function sessionCookieName(options: SessionCookieOptions): string {
  return options.isHttps ? '__Host-zhidu' : 'zhidu_session'
}

function write(headers: Headers, options: SessionCookieOptions, token: string, maxAgeSeconds: number): void {
  const cookie = generateCookie(sessionCookieName(options), token, {
    httpOnly: true,
    maxAge: maxAgeSeconds,
    path: '/',
    sameSite: 'Strict',
    secure: options.isHttps,
  })
  headers.append('set-cookie', cookie)
}

/** The session token a browser sent; null = none. */
export function readSessionCookie(c: Context, options: SessionCookieOptions): string | null {
  const token = getCookie(c, sessionCookieName(options))
  return token === undefined || token === '' ? null : token
}

/** `headers`: of the answer. `maxAgeSeconds`: whole seconds until the session ends whatever is done. */
export function setSessionCookie(
  headers: Headers,
  options: SessionCookieOptions,
  token: string,
  maxAgeSeconds: number,
): void {
  write(headers, options, token, maxAgeSeconds)
}

export function clearSessionCookie(headers: Headers, options: SessionCookieOptions): void {
  write(headers, options, '', 0)
}
