import { serveDrawPage } from '@zhidu/services'
import { Hono } from 'hono'

/** `/verify`: whoever holds the files of a draw verifies them here without an account; nothing of them leaves the browser. */
export function createVerifyRoute(): Hono {
  const routes = new Hono()
  let page: ReturnType<typeof serveDrawPage> | null = null
  routes.get('/verify', (c) => {
    page ??= serveDrawPage()
    return c.html(page.html, 200, {
      'content-security-policy': `${page.policy}; frame-ancestors 'none'`,
      'cache-control': 'no-cache',
    })
  })
  return routes
}
