import { Overview, OverviewInput } from '@zhidu/contract'
import { getOverview } from '@zhidu/services'
import { procedure, router } from '../trpc.ts'

export const overviewRouter = router({
  get: procedure
    .input(OverviewInput)
    .output(Overview)
    .query(({ ctx, input }) => getOverview(ctx.options.service, input)),
})
