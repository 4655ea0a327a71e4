export { type AppRouter, appRouter } from './app-router.ts'
export type { ApiOptions, ErrorLog, Language } from './context.ts'
export { createApp } from './create-app.ts'
export type { ErrorBody } from './request-error.ts'
