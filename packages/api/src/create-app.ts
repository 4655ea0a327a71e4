import { trpcServer } from '@hono/trpc-server'
import { ServiceError } from '@zhidu/services'
import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { compress } from 'hono/compress'
import { secureHeaders } from 'hono/secure-headers'
import { appRouter } from './app-router.ts'
import type { ApiOptions, RequestContext } from './context.ts'
import { createExportRoutes } from './files/export-routes.ts'
import { createImportRoutes } from './files/import-routes.ts'
import { refuseForeignChanges, refuseForeignHosts } from './guards.ts'
import { createHealthRoutes } from './health-routes.ts'
import { languageOf } from './language.ts'
import { type ErrorBody, HTTP_STATUS_OF, logUnexpected, toErrorBody } from './request-error.ts'

const MAX_REQUEST_BYTES = 1_000_000
const MAX_BATCH_SIZE = 10

const TOO_LARGE: ErrorBody = { code: 'invalid', reason: 'request_too_large', params: {}, errorNumber: null }
const NOT_FOUND: ErrorBody = { code: 'not_found', reason: 'unknown_request', params: {}, errorNumber: null }

/** The HTTP edge without a port: tests call `app.request`, `apps/api` adds static files and listens. */
export function createApp(options: ApiOptions): Hono {
  const app = new Hono()

  app.use(
    secureHeaders({
      contentSecurityPolicy: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        // Element Plus and the chart tooltip place themselves by style attributes.
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        connectSrc: ["'self'"],
        fontSrc: ["'self'"],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
      // Plain HTTP on loopback; a proxy with a certificate sets its own.
      strictTransportSecurity: false,
      xFrameOptions: 'DENY',
      referrerPolicy: 'same-origin',
    }),
  )
  app.use(refuseForeignHosts(options.allowedHosts))
  app.use(refuseForeignChanges)
  app.use(compress())

  app.route('/', createHealthRoutes(options))
  app.use('/trpc/*', bodyLimit({ maxSize: MAX_REQUEST_BYTES, onError: (c) => c.json(TOO_LARGE, 413) }))
  app.use('/trpc/*', async (c, next) => {
    await next()
    c.header('cache-control', 'no-store')
  })
  app.use(
    '/trpc/*',
    trpcServer({
      router: appRouter,
      endpoint: '/trpc',
      maxBatchSize: MAX_BATCH_SIZE,
      createContext: (_, c): RequestContext => ({ options, language: languageOf(c) }),
    }),
  )
  app.route('/files', createExportRoutes(options))
  app.route('/files', createImportRoutes(options))

  app.onError((error, c) => {
    if (error instanceof ServiceError) return c.json(toErrorBody(error), HTTP_STATUS_OF[error.code])
    return c.json(logUnexpected(options.log, error, c.req.path), 500)
  })
  app.notFound((c) => c.json(NOT_FOUND, 404))
  return app
}
