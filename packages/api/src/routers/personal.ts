import { Revealed, RevealInput } from '@zhidu/contract'
import { revealPersonal } from '@zhidu/services'
import { procedureFor, router } from '../trpc.ts'

export const personalRouter = router({
  // A mutation: it leaves a trace.
  reveal: procedureFor(['personal_data.view', 'accounts.manage'])
    .input(RevealInput)
    .output(Revealed)
    .mutation(({ ctx, input }) => revealPersonal(ctx.service, input)),
})
