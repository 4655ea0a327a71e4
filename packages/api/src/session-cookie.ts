import type { Context } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'

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

function write(c: Context, options: SessionCookieOptions, token: string, maxAgeSeconds: number): void {
  setCookie(c, sessionCookieName(options), token, {
    httpOnly: true,
    maxAge: maxAgeSeconds,
    path: '/',
    sameSite: 'Strict',
    secure: options.isHttps,
  })
}

/** The session token a browser sent; null = none. */
export function readSessionCookie(c: Context, options: SessionCookieOptions): string | null {
  const token = getCookie(c, sessionCookieName(options))
  return token === undefined || token === '' ? null : token
}

/** `maxAgeSeconds`: whole seconds until the session ends whatever is done. */
export function setSessionCookie(
  c: Context,
  options: SessionCookieOptions,
  token: string,
  maxAgeSeconds: number,
): void {
  write(c, options, token, maxAgeSeconds)
}

export function clearSessionCookie(c: Context, options: SessionCookieOptions): void {
  write(c, options, '', 0)
}
