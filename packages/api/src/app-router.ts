import { checkRouter } from './routers/check.ts'
import { eventRouter } from './routers/event.ts'
import { importRouter } from './routers/import.ts'
import { leagueRouter } from './routers/league.ts'
import { metaRouter } from './routers/meta.ts'
import { overviewRouter } from './routers/overview.ts'
import { searchRouter } from './routers/search.ts'
import { unitRouter } from './routers/unit.ts'
import { router } from './trpc.ts'

export const appRouter = router({
  meta: metaRouter,
  league: leagueRouter,
  overview: overviewRouter,
  unit: unitRouter,
  event: eventRouter,
  check: checkRouter,
  search: searchRouter,
  import: importRouter,
})

export type AppRouter = typeof appRouter
