import {
  AnswerAppealInput,
  AppealKey,
  AppealList,
  AppealListInput,
  AppealNotice,
  AppealNoticeInput,
  AppealPage,
  BeginAppealInput,
  DecideAppealInput,
  Done,
} from '@zhidu/contract'
import {
  answerAppeal,
  beginAppeal,
  decideAppeal,
  getAppealNotice,
  getAppealPage,
  listAppealItems,
} from '@zhidu/services'
import { DONE, procedureFor, router } from '../trpc.ts'

const reading = procedureFor('facts.read')
const lodging = procedureFor('cases.answer')

export const appealRouter = router({
  list: reading
    .input(AppealListInput)
    .output(AppealList)
    .query(({ ctx, input }) => listAppealItems(ctx.service, input)),
  get: reading
    .input(AppealKey)
    .output(AppealPage)
    .query(({ ctx, input }) => getAppealPage(ctx.service, input)),
  notice: reading
    .input(AppealNoticeInput)
    .output(AppealNotice)
    .query(({ ctx, input }) => getAppealNotice(ctx.service, input)),
  begin: lodging
    .input(BeginAppealInput)
    .output(AppealKey)
    .mutation(({ ctx, input }) => beginAppeal(ctx.service, input)),
  answer: lodging
    .input(AnswerAppealInput)
    .output(Done)
    .mutation(async ({ ctx, input }) => {
      await answerAppeal(ctx.service, input)
      return DONE
    }),
  decide: procedureFor('cases.handle')
    .input(DecideAppealInput)
    .output(Done)
    .mutation(async ({ ctx, input }) => {
      await decideAppeal(ctx.service, input)
      return DONE
    }),
})
