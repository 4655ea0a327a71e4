import {
  ApproveAssessmentInput,
  AssessmentPage,
  AssessmentQuarterInput,
  Done,
  PrepareAssessmentInput,
} from '@zhidu/contract'
import { approveAssessment, getAssessmentPage, prepareAssessment } from '@zhidu/services'
import { DONE, procedureFor, router } from '../trpc.ts'

export const assessmentRouter = router({
  get: procedureFor('facts.read')
    .input(AssessmentQuarterInput)
    .output(AssessmentPage)
    .query(({ ctx, input }) => getAssessmentPage(ctx.service, input)),
  prepare: procedureFor('assessments.prepare')
    .input(PrepareAssessmentInput)
    .output(Done)
    .mutation(async ({ ctx, input }) => {
      await prepareAssessment(ctx.service, input)
      return DONE
    }),
  approve: procedureFor('assessments.approve')
    .input(ApproveAssessmentInput)
    .output(Done)
    .mutation(async ({ ctx, input }) => {
      await approveAssessment(ctx.service, input)
      return DONE
    }),
})
