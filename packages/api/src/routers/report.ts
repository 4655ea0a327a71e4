import {
  CandidatesInput,
  CorrectReportInput,
  DeskInput,
  Done,
  EventCandidates,
  EventTexts,
  EventTextsInput,
  InboxInput,
  PreReportInput,
  ReceiptInput,
  ReportContent,
  ReportDesk,
  ReportInbox,
  ReportReceipt,
  RunningReports,
  SaveReportDraftInput,
  SavedReportDraft,
  SendReportInput,
  SignReportInput,
  TakeCallInput,
  TakenCall,
} from '@zhidu/contract'
import {
  correctReport,
  findReceipt,
  getEventTexts,
  getReportDesk,
  listCallCandidates,
  listInbox,
  listRunning,
  keepReportDraft,
  sendPreReport,
  sendReport,
  signReport,
  takeCall,
} from '@zhidu/services'
import { DONE, procedureFor, router } from '../trpc.ts'

const reading = procedureFor('facts.read')
const filing = procedureFor('reports.file')
const taking = procedureFor('reports.take')

export const reportRouter = router({
  desk: filing
    .input(DeskInput)
    .output(ReportDesk)
    .query(({ ctx, input }) => getReportDesk(ctx.service, input)),
  running: filing.output(RunningReports).query(({ ctx }) => listRunning(ctx.service)),
  saveDraft: filing
    .input(SaveReportDraftInput)
    .output(SavedReportDraft)
    .mutation(({ ctx, input }) => keepReportDraft(ctx.service, input)),
  send: filing
    .input(SendReportInput)
    .output(ReportReceipt)
    .mutation(({ ctx, input }) => sendReport(ctx.service, input)),
  correct: filing
    .input(CorrectReportInput)
    .output(ReportReceipt)
    .mutation(({ ctx, input }) => correctReport(ctx.service, input)),
  preReport: filing
    .input(PreReportInput)
    .output(Done)
    .mutation(async ({ ctx, input }) => {
      await sendPreReport(ctx.service, input)
      return DONE
    }),
  receipt: reading
    .input(ReceiptInput)
    .output(ReportContent)
    .query(({ ctx, input }) => findReceipt(ctx.service, input)),
  texts: reading
    .input(EventTextsInput)
    .output(EventTexts)
    .query(({ ctx, input }) => getEventTexts(ctx.service, input)),
  candidates: taking
    .input(CandidatesInput)
    .output(EventCandidates)
    .query(({ ctx, input }) => listCallCandidates(ctx.service, input)),
  take: taking
    .input(TakeCallInput)
    .output(TakenCall)
    .mutation(({ ctx, input }) => takeCall(ctx.service, input)),
  inbox: taking
    .input(InboxInput)
    .output(ReportInbox)
    .query(({ ctx, input }) => listInbox(ctx.service, input)),
  sign: taking
    .input(SignReportInput)
    .output(Done)
    .mutation(async ({ ctx, input }) => {
      await signReport(ctx.service, input)
      return DONE
    }),
})
