import {
  AnnounceCaseFileInput,
  AnswerMisreportInput,
  Done,
  FileReceipt,
  HandleMisreportInput,
  MisreportCasePage,
  MisreportKey,
  MisreportList,
  MisreportListInput,
  MisreportsWaiting,
  OpenedMisreport,
  OpenMisreportInput,
} from '@zhidu/contract'
import {
  announceCaseFile,
  answerMisreport,
  getMisreport,
  getMisreportsWaiting,
  handleMisreport,
  listMisreports,
  openMisreport,
} from '@zhidu/services'
import { DONE, procedureFor, router } from '../trpc.ts'

const reading = procedureFor('facts.read')
const handling = procedureFor('cases.handle')
const answering = procedureFor('cases.answer')
const bringing = procedureFor(['cases.answer', 'cases.handle'])

export const misreportRouter = router({
  list: reading
    .input(MisreportListInput)
    .output(MisreportList)
    .query(({ ctx, input }) => listMisreports(ctx.service, input)),
  waiting: reading.output(MisreportsWaiting).query(({ ctx }) => getMisreportsWaiting(ctx.service)),
  get: reading
    .input(MisreportKey)
    .output(MisreportCasePage)
    .query(({ ctx, input }) => getMisreport(ctx.service, input)),
  open: handling
    .input(OpenMisreportInput)
    .output(OpenedMisreport)
    .mutation(({ ctx, input }) => openMisreport(ctx.service, input)),
  handle: handling
    .input(HandleMisreportInput)
    .output(Done)
    .mutation(async ({ ctx, input }) => {
      await handleMisreport(ctx.service, input)
      return DONE
    }),
  answer: answering
    .input(AnswerMisreportInput)
    .output(Done)
    .mutation(async ({ ctx, input }) => {
      await answerMisreport(ctx.service, input)
      return DONE
    }),
  announceFile: bringing
    .input(AnnounceCaseFileInput)
    .output(FileReceipt)
    .mutation(({ ctx, input }) => announceCaseFile(ctx.service, input, 'misreport')),
})
