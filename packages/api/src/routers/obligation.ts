import { ObligationInput, ObligationList, ObligationListInput, ObligationPage, ReopenInput } from '@zhidu/contract'
import { getObligation, listObligations, reopenObligation } from '@zhidu/services'
import { procedureFor, router } from '../trpc.ts'

export const obligationRouter = router({
  list: procedureFor('facts.read')
    .input(ObligationListInput)
    .output(ObligationList)
    .query(({ ctx, input }) => listObligations(ctx.service, input)),
  get: procedureFor('facts.read')
    .input(ObligationInput)
    .output(ObligationPage)
    .query(({ ctx, input }) => getObligation(ctx.service, input)),
  reopen: procedureFor('obligations.reopen')
    .input(ReopenInput)
    .output(ObligationPage)
    .mutation(({ ctx, input }) => reopenObligation(ctx.service, input)),
})
