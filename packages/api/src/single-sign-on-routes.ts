import { beginOidc, finishOidc, FLOW_MINUTES, type IdentityContext, ServiceError } from '@zhidu/services'
import { type Context, Hono } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import { clientAddress } from './client-address.ts'
import type { ApiOptions } from './context.ts'
import { setSessionCookie } from './session-cookie.ts'

/** A page of ours; anything else could lead elsewhere. */
const OWN_PAGE = /^\/(?![/\\])[\w\-./?=&%:~]*$/

function flowCookie(options: ApiOptions): string {
  return options.isHttps ? '__Host-zhidu-flow' : 'zhidu_flow'
}

function setFlow(c: Context, options: ApiOptions, value: string, maxAge: number): void {
  // Lax: the issuer's page sends the browser back here, and the cookie has to come along.
  const kept = { httpOnly: true, maxAge, path: '/', sameSite: 'Lax', secure: options.isHttps } as const
  setCookie(c, flowCookie(options), value, kept)
}

function identityOf(c: Context, options: ApiOptions): IdentityContext {
  const actor = { kind: 'anonymous', address: clientAddress(c, options) } as const
  return { ...options.service, actor, identity: options.identity }
}

/** A refusal is shown where one signs in. */
function toSignIn(c: Context, error: unknown): Response {
  if (!(error instanceof ServiceError)) throw error
  return c.redirect(`/sign-in?refused=${encodeURIComponent(error.reason)}`, 303)
}

/** Signing in elsewhere: to the issuer and back. */
export function createSingleSignOnRoutes(options: ApiOptions): Hono {
  const routes = new Hono()

  routes.get('/oidc/begin', async (c) => {
    const wanted = c.req.query('returnTo') ?? '/'
    const returnTo = OWN_PAGE.test(wanted) ? wanted : '/'
    try {
      const { flow, url } = await beginOidc(identityOf(c, options))
      setFlow(c, options, `${flow}.${Buffer.from(returnTo).toString('base64url')}`, FLOW_MINUTES * 60)
      return c.redirect(url, 303)
    } catch (error) {
      return toSignIn(c, error)
    }
  })

  routes.get('/oidc/callback', async (c) => {
    const [flow = '', page = ''] = (getCookie(c, flowCookie(options)) ?? '').split('.')
    const returnTo = Buffer.from(page, 'base64url').toString('utf8')
    setFlow(c, options, '', 0)
    try {
      const ctx = identityOf(c, options)
      const address = clientAddress(c, options)
      const userAgent = c.req.header('user-agent') ?? ''
      const grant = await finishOidc(ctx, { flow, search: new URL(c.req.url).search, address, userAgent })
      const answer = c.redirect(OWN_PAGE.test(returnTo) ? returnTo : '/', 303)
      setSessionCookie(answer.headers, options, grant.token, Math.floor((grant.endsAt - ctx.clock()) / 1_000))
      return answer
    } catch (error) {
      return toSignIn(c, error)
    }
  })

  return routes
}
