import { UnitInput, UnitList, UnitListInput, UnitPage } from '@zhidu/contract'
import { getUnitPage, listUnits } from '@zhidu/services'
import { procedure, router } from '../trpc.ts'

export const unitRouter = router({
  list: procedure
    .input(UnitListInput)
    .output(UnitList)
    .query(({ ctx, input }) => listUnits(ctx.options.service, input)),
  get: procedure
    .input(UnitInput)
    .output(UnitPage)
    .query(({ ctx, input }) => getUnitPage(ctx.options.service, input)),
})
