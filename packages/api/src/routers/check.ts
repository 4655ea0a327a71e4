import { CheckInput, CheckList, CheckListInput, CheckPage } from '@zhidu/contract'
import { getCheckPage, listChecks } from '@zhidu/services'
import { procedureFor, router } from '../trpc.ts'

export const checkRouter = router({
  list: procedureFor('facts.read')
    .input(CheckListInput)
    .output(CheckList)
    .query(({ ctx, input }) => listChecks(ctx.service, input)),
  get: procedureFor('facts.read')
    .input(CheckInput)
    .output(CheckPage)
    .query(({ ctx, input }) => getCheckPage(ctx.service, input)),
})
