import { Overview, OverviewInput } from '@zhidu/contract'
import { getOverview } from '@zhidu/services'
import { procedureFor, router } from '../trpc.ts'

export const overviewRouter = router({
  get: procedureFor('facts.read')
    .input(OverviewInput)
    .output(Overview)
    .query(({ ctx, input }) => getOverview(ctx.service, input)),
})
