import { CheckInput, CheckList, CheckListInput, CheckPage } from '@zhidu/contract'
import { getCheckPage, listChecks } from '@zhidu/services'
import { procedure, router } from '../trpc.ts'

export const checkRouter = router({
  list: procedure
    .input(CheckListInput)
    .output(CheckList)
    .query(({ ctx, input }) => listChecks(ctx.options.service, input)),
  get: procedure
    .input(CheckInput)
    .output(CheckPage)
    .query(({ ctx, input }) => getCheckPage(ctx.options.service, input)),
})
