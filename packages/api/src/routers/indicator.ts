import { IndicatorGroup, IndicatorGroupInput, IndicatorTrend, IndicatorTrendInput } from '@zhidu/contract'
import { getIndicatorGroup, getIndicatorTrend } from '@zhidu/services'
import { procedureFor, router } from '../trpc.ts'

export const indicatorRouter = router({
  group: procedureFor('comparison')
    .input(IndicatorGroupInput)
    .output(IndicatorGroup)
    .query(({ ctx, input }) => getIndicatorGroup(ctx.service, input)),
  trend: procedureFor('facts.read')
    .input(IndicatorTrendInput)
    .output(IndicatorTrend)
    .query(({ ctx, input }) => getIndicatorTrend(ctx.service, input)),
})
