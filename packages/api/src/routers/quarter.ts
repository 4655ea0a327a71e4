import {
  QuarterDifference,
  QuarterFreezeInput,
  QuarterList,
  QuarterProgress,
  QuarterReport,
  QuarterSupplementInput,
  QuarterVersionInput,
} from '@zhidu/contract'
import { getQuarterDifference, listQuarters } from '@zhidu/services'
import { quarterWorkOf } from '../quarter-work.ts'
import { procedureFor, router } from '../trpc.ts'

const reading = procedureFor('facts.read')
const freezing = procedureFor('quarters.freeze')

/** Long work ends with its request: a page that is left, or a button, aborts it, and nothing of it is kept. */
export const quarterRouter = router({
  list: reading.output(QuarterList).query(({ ctx }) => listQuarters(ctx.service)),
  difference: reading
    .input(QuarterVersionInput)
    .output(QuarterDifference)
    .query(({ ctx, input }) => getQuarterDifference(ctx.service, input)),
  freeze: freezing
    .input(QuarterFreezeInput)
    .output(QuarterReport)
    .mutation(({ ctx, input, signal }) => quarterWorkOf(ctx.options).freeze(ctx.service, input, signal)),
  supplement: freezing
    .input(QuarterSupplementInput)
    .output(QuarterReport)
    .mutation(({ ctx, input, signal }) => quarterWorkOf(ctx.options).supplement(ctx.service, input, signal)),
  verify: freezing
    .input(QuarterVersionInput)
    .output(QuarterReport)
    .query(({ ctx, input, signal }) => quarterWorkOf(ctx.options).verify(ctx.service, input, signal)),
  progress: freezing.output(QuarterProgress).query(({ ctx }) => quarterWorkOf(ctx.options).progress(ctx.service)),
})
