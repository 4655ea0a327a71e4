import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { serveStatic } from '@hono/node-server/serve-static'
import { Hono } from 'hono'

/**
 * The built dashboard. Hashed assets may be kept for ever; the page itself is asked for anew each time. Every address that
 * is no file and no endpoint is a page of the dashboard. Throws when the dashboard was never built.
 */
export function createStaticFiles(webRoot: string): Hono {
  const page = join(webRoot, 'index.html')
  if (!existsSync(page)) throw new Error(`no dashboard at ${webRoot}; run npm run setup`)
  const html = readFileSync(page, 'utf8')
  const files = new Hono()
  files.use(
    '/assets/*',
    serveStatic({
      root: webRoot,
      precompressed: false,
      onFound: (_, c) => c.header('cache-control', 'public, max-age=31536000, immutable'),
    }),
  )
  files.use('/:file{.+\\.(?:svg|png|ico|webmanifest|txt)}', serveStatic({ root: webRoot }))
  files.get('*', (c, next) => {
    if (/^\/(?:trpc|files|api|assets)(?:\/|$)/.test(c.req.path)) return next()
    return c.html(html, 200, { 'cache-control': 'no-cache' })
  })
  return files
}
