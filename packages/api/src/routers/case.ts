import {
  AnnounceCaseFileInput,
  AnswerCaseInput,
  CaseClosure,
  CaseClosureInput,
  CasesWaiting,
  Done,
  FileReceipt,
  HandleCaseInput,
  NotifiedCases,
  NotifyCasesInput,
  SupervisionCaseKey,
  SupervisionCaseList,
  SupervisionCaseListInput,
  SupervisionCasePage,
} from '@zhidu/contract'
import {
  announceCaseFile,
  answerCase,
  getCaseClosure,
  getCasePage,
  getCasesWaiting,
  handleCase,
  listCases,
  notifyCases,
} from '@zhidu/services'
import { DONE, procedureFor, router } from '../trpc.ts'

const reading = procedureFor('facts.read')
const handling = procedureFor('cases.handle')
const answering = procedureFor('cases.answer')
export const caseRouter = router({
  list: reading
    .input(SupervisionCaseListInput)
    .output(SupervisionCaseList)
    .query(({ ctx, input }) => listCases(ctx.service, input)),
  waiting: reading.output(CasesWaiting).query(({ ctx }) => getCasesWaiting(ctx.service)),
  get: reading
    .input(SupervisionCaseKey)
    .output(SupervisionCasePage)
    .query(({ ctx, input }) => getCasePage(ctx.service, input)),
  closure: reading
    .input(CaseClosureInput)
    .output(CaseClosure)
    .query(({ ctx, input }) => getCaseClosure(ctx.service, input)),
  notify: handling
    .input(NotifyCasesInput)
    .output(NotifiedCases)
    .mutation(({ ctx, input }) => notifyCases(ctx.service, input)),
  handle: handling
    .input(HandleCaseInput)
    .output(Done)
    .mutation(async ({ ctx, input }) => {
      await handleCase(ctx.service, input)
      return DONE
    }),
  answer: answering
    .input(AnswerCaseInput)
    .output(Done)
    .mutation(async ({ ctx, input }) => {
      await answerCase(ctx.service, input)
      return DONE
    }),
  announceFile: answering
    .input(AnnounceCaseFileInput)
    .output(FileReceipt)
    .mutation(({ ctx, input }) => announceCaseFile(ctx.service, input)),
})
