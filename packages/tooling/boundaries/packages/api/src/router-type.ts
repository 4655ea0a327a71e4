export type AppRouter = 'router'
