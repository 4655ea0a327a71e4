import { CreateTokenInput, Done, TokenCreated, TokenInput, TokenList } from '@zhidu/contract'
import { createToken, listTokens, revokeToken } from '@zhidu/services'
import { DONE, procedureFor, router } from '../trpc.ts'

const managing = procedureFor('tokens.manage')

export const tokenRouter = router({
  list: managing.output(TokenList).query(({ ctx }) => listTokens(ctx.service)),
  create: managing
    .input(CreateTokenInput)
    .output(TokenCreated)
    .mutation(({ ctx, input }) => createToken(ctx.service, input)),
  revoke: managing
    .input(TokenInput)
    .output(Done)
    .mutation(async ({ ctx, input }) => {
      await revokeToken(ctx.service, input)
      return DONE
    }),
})
