import {
  CommendationInput,
  CommendationPage,
  ConfirmCommendationInput,
  DecideCommendationInput,
  Done,
  ReturnCommendationInput,
} from '@zhidu/contract'
import { confirmCommendation, decideCommendation, getCommendation, returnCommendation } from '@zhidu/services'
import { DONE, procedureFor, router } from '../trpc.ts'

const approving = procedureFor('assessments.approve')

export const commendationRouter = router({
  get: procedureFor('bulletins.read')
    .input(CommendationInput)
    .output(CommendationPage)
    .query(({ ctx, input }) => getCommendation(ctx.service, input)),
  decide: procedureFor('assessments.prepare')
    .input(DecideCommendationInput)
    .output(Done)
    .mutation(async ({ ctx, input }) => {
      await decideCommendation(ctx.service, input)
      return DONE
    }),
  confirm: approving
    .input(ConfirmCommendationInput)
    .output(Done)
    .mutation(async ({ ctx, input }) => {
      await confirmCommendation(ctx.service, input)
      return DONE
    }),
  return: approving
    .input(ReturnCommendationInput)
    .output(Done)
    .mutation(async ({ ctx, input }) => {
      await returnCommendation(ctx.service, input)
      return DONE
    }),
})
