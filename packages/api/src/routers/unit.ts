import { UnitInput, UnitList, UnitListInput, UnitPage } from '@zhidu/contract'
import { getUnitPage, listUnits } from '@zhidu/services'
import { procedureFor, router } from '../trpc.ts'

export const unitRouter = router({
  list: procedureFor('units.read')
    .input(UnitListInput)
    .output(UnitList)
    .query(({ ctx, input }) => listUnits(ctx.service, input)),
  get: procedureFor('facts.read')
    .input(UnitInput)
    .output(UnitPage)
    .query(({ ctx, input }) => getUnitPage(ctx.service, input)),
})
