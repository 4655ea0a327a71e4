import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { serveStatic } from '@hono/node-server/serve-static'
import { Hono } from 'hono'

/** The inspector's pages: an entry of their own below this address. */
const PHONE = '/m'
const KEPT_FOR_EVER = 'public, max-age=31536000, immutable'

/**
 * The inspector's pages. The service worker and the manifest are asked for anew each time, or no phone would hear of a new version; every other
 * address below `/m` is the page itself.
 */
function createPhoneFiles(webRoot: string): Hono {
  const page = join(webRoot, 'm', 'index.html')
  const files = new Hono()
  files.use(
    '/assets/*',
    serveStatic({
      root: join(webRoot, 'm'),
      rewriteRequestPath: withoutBase,
      onFound: (_, c) => c.header('cache-control', KEPT_FOR_EVER),
    }),
  )
  files.use(
    '/:file{.+\\.(?:svg|png|js|webmanifest)}',
    serveStatic({
      root: join(webRoot, 'm'),
      rewriteRequestPath: withoutBase,
      onFound: (_, c) => c.header('cache-control', 'no-cache'),
    }),
  )
  files.get('/assets/*', (c) => c.notFound())
  files.get('*', async (c) => c.html(await readFile(page, 'utf8'), 200, { 'cache-control': 'no-cache' }))
  return files
}

function withoutBase(path: string): string {
  return path.slice(PHONE.length)
}

/**
 * The built dashboard. Hashed assets may be kept for ever; the page itself is asked for anew each time. Every address that
 * is no file and no endpoint is a page of the dashboard. Throws when the dashboard was never built.
 */
export function createStaticFiles(webRoot: string): Hono {
  const page = join(webRoot, 'index.html')
  if (!existsSync(page)) throw new Error(`no dashboard at ${webRoot}; run npm run setup`)
  const files = new Hono()
  files.use(
    '/assets/*',
    serveStatic({
      root: webRoot,
      precompressed: false,
      onFound: (_, c) => c.header('cache-control', KEPT_FOR_EVER),
    }),
  )
  files.use('/:file{.+\\.(?:svg|png|ico|webmanifest|txt)}', serveStatic({ root: webRoot }))
  files.route(PHONE, createPhoneFiles(webRoot))
  files.get('*', async (c, next) => {
    if (/^\/(?:trpc|files|api|assets|metrics)(?:\/|$)/.test(c.req.path)) return next()
    // Read each time: an update of the program changes the names of the assets under a running server.
    return c.html(await readFile(page, 'utf8'), 200, { 'cache-control': 'no-cache' })
  })
  return files
}
