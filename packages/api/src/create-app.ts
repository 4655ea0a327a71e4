import { trpcServer } from '@hono/trpc-server'
import { ServiceError } from '@zhidu/services'
import { type Context, Hono, type MiddlewareHandler } from 'hono'
import { compress } from 'hono/compress'
import { appRouter } from './app-router.ts'
import { clientAddress } from './client-address.ts'
import { callerOf } from './caller.ts'
import type { ApiOptions, RequestContext } from './context.ts'
import { createAuditRoutes } from './files/audit-routes.ts'
import { createBulletinRoutes } from './files/bulletin-routes.ts'
import { createMeetingRoutes } from './files/meeting-routes.ts'
import { createDrawRoutes } from './files/draw-routes.ts'
import { createVerifyRoute } from './files/verify-route.ts'
import { createCaseRoutes } from './files/case-routes.ts'
import { createDutyRoomRoutes } from './files/duty-room-routes.ts'
import { createExportRoutes } from './files/export-routes.ts'
import { createDutyLogRoutes } from './files/duty-log-routes.ts'
import { createFilingRoutes } from './files/filing-routes.ts'
import { createFormRoutes } from './files/form-routes.ts'
import { createImportRoutes } from './files/import-routes.ts'
import { createInspectionRoutes } from './files/inspection-routes.ts'
import { signInPage } from './files/sign-in-page.ts'
import { guardEdges } from './guards.ts'
import { createHealthRoutes } from './health-routes.ts'
import { countAnswers, createMetricsRoutes } from './metrics/metrics-routes.ts'
import { languageOf } from './language.ts'
import { refusalLogOf } from './refusal-log.ts'
import { createRestApp, wordEdgeRefusals } from './rest/rest-app.ts'
import { type ErrorBody, HTTP_STATUS_OF, logUnexpected, toErrorBody } from './request-error.ts'
import { createSingleSignOnRoutes } from './single-sign-on-routes.ts'

const MAX_BATCH_SIZE = 10

const NOT_FOUND: ErrorBody = { code: 'not_found', reason: 'unknown_request', params: {}, errorNumber: null }

/** What `compress` says of every answer that it may compress; said before, it leaves a short answer as it is. */
const varyByEncoding: MiddlewareHandler = async (c, next) => {
  await next()
  c.res.headers.append('vary', 'Accept-Encoding')
}

/** The HTTP edge without a port: tests call `app.request`, `apps/api` adds static files and listens. */
export function createApp(options: ApiOptions): Hono {
  const app = new Hono()

  const onRefused = (c: Context, reason: string): Promise<void> => {
    const service = { ...options.service, actor: { kind: 'anonymous', address: clientAddress(c, options) } as const }
    const what = { action: 'request', object: `${c.req.method} ${c.req.path}`.slice(0, 200) }
    return refusalLogOf(options).record(service, what, { reason, isAudited: false })
  }
  const rest = createRestApp(options)
  app.use(countAnswers(options))
  app.use('/api/v1/*', wordEdgeRefusals)
  for (const guard of guardEdges(options, onRefused)) app.use(guard)
  app.use(compress())

  app.route('/', createHealthRoutes(options))
  app.route('/', createMetricsRoutes(options))
  app.route('/', createVerifyRoute())
  app.use('/trpc/*', varyByEncoding)
  app.use(
    '/trpc/*',
    trpcServer({
      router: appRouter,
      endpoint: '/trpc',
      maxBatchSize: MAX_BATCH_SIZE,
      createContext: async ({ resHeaders }, c): Promise<RequestContext> => {
        const caller = await callerOf(c, options)
        const service = { ...options.service, actor: caller.actor }
        return { options, language: languageOf(c), caller, http: c, answerHeaders: resHeaders, service }
      },
    }),
  )
  app.route('/auth', createSingleSignOnRoutes(options))
  app.route('/files', createAuditRoutes(options))
  app.route('/files', createBulletinRoutes(options))
  app.route('/files', createMeetingRoutes(options))
  app.route('/files', createDrawRoutes(options))
  app.route('/files', createExportRoutes(options))
  app.route('/files', createFormRoutes(options))
  app.route('/files', createDutyLogRoutes(options))
  app.route('/files', createFilingRoutes(options))
  app.route('/files', createImportRoutes(options))
  app.route('/files', createInspectionRoutes(options))
  app.route('/files', createCaseRoutes(options))
  app.route('/files', createDutyRoomRoutes(options))

  app.all('/api/v1/*', (c) => rest.fetch(c.req.raw, c.env))

  app.onError((error, c) => {
    const page = error instanceof ServiceError && error.code === 'unauthenticated' ? signInPage(c) : null
    if (page !== null) return c.html(page, 401)
    if (error instanceof ServiceError) return c.json(toErrorBody(error), HTTP_STATUS_OF[error.code])
    return c.json(logUnexpected(options.log, error, c.req.path), 500)
  })
  app.notFound((c) => c.json(NOT_FOUND, 404))
  return app
}
