import {
  AnnounceCaseFileInput,
  AnswerInquiryInput,
  Done,
  FileReceipt,
  HandleLeadInput,
  LeadInquiryList,
  LeadKey,
  LeadList,
  LeadListInput,
  LeadPage,
  LeadPlaces,
  LeadsWaiting,
  MarkQuietInput,
  QuietPage,
  RecordedLeads,
  RecordLeadsInput,
  ReviseLeadInput,
  SaveLeadPlacesInput,
} from '@zhidu/contract'
import {
  announceCaseFile,
  answerInquiry,
  getLead,
  getLeadPlaces,
  getLeadsWaiting,
  getQuiet,
  handleLead,
  listInquiries,
  listLeads,
  markQuiet,
  recordLeads,
  reviseLead,
  saveLeadPlaces,
} from '@zhidu/services'
import { DONE, procedureFor, router } from '../trpc.ts'

const reading = procedureFor('leads.read')
const handling = procedureFor('leads.handle')
const asked = procedureFor('facts.read')
const answering = procedureFor('cases.answer')

export const leadRouter = router({
  list: reading
    .input(LeadListInput)
    .output(LeadList)
    .query(({ ctx, input }) => listLeads(ctx.service, input)),
  get: reading
    .input(LeadKey)
    .output(LeadPage)
    .query(({ ctx, input }) => getLead(ctx.service, input)),
  waiting: asked.output(LeadsWaiting).query(({ ctx }) => getLeadsWaiting(ctx.service)),
  record: handling
    .input(RecordLeadsInput)
    .output(RecordedLeads)
    .mutation(({ ctx, input }) => recordLeads(ctx.service, input)),
  revise: handling
    .input(ReviseLeadInput)
    .output(Done)
    .mutation(async ({ ctx, input }) => {
      await reviseLead(ctx.service, input)
      return DONE
    }),
  handle: handling
    .input(HandleLeadInput)
    .output(Done)
    .mutation(async ({ ctx, input }) => {
      await handleLead(ctx.service, input)
      return DONE
    }),
  inquiries: asked.output(LeadInquiryList).query(({ ctx }) => listInquiries(ctx.service)),
  answer: answering
    .input(AnswerInquiryInput)
    .output(Done)
    .mutation(async ({ ctx, input }) => {
      await answerInquiry(ctx.service, input)
      return DONE
    }),
  announceFile: answering
    .input(AnnounceCaseFileInput)
    .output(FileReceipt)
    .mutation(({ ctx, input }) => announceCaseFile(ctx.service, input, 'lead')),
  places: reading.output(LeadPlaces).query(({ ctx }) => getLeadPlaces(ctx.service)),
  savePlaces: handling
    .input(SaveLeadPlacesInput)
    .output(Done)
    .mutation(async ({ ctx, input }) => {
      await saveLeadPlaces(ctx.service, input)
      return DONE
    }),
  quiet: reading.output(QuietPage).query(({ ctx }) => getQuiet(ctx.service)),
  markQuiet: handling
    .input(MarkQuietInput)
    .output(Done)
    .mutation(async ({ ctx, input }) => {
      await markQuiet(ctx.service, input)
      return DONE
    }),
})
