import {
  DailyGrid,
  DailyGridInput,
  DayReported,
  Done,
  DutySettings,
  FilingDraftSaved,
  FilingGetInput,
  FilingHolidays,
  FilingList,
  FilingListInput,
  FilingPage,
  FilingReceipt,
  FilingReminded,
  FilingsOfUnit,
  FilingsWaiting,
  RemindFilingInput,
  ReportDayInput,
  SaveFilingDraftInput,
  SeeRemindersInput,
  SetDutyInput,
  SubmitFilingInput,
} from '@zhidu/contract'
import {
  getDailyGrid,
  getDutySettings,
  getFiling,
  getFilings,
  getFilingsWaiting,
  listFilingHolidays,
  listFilings,
  remindFiling,
  reportDay,
  saveFilingDraft,
  seeReminders,
  setDuty,
  submitFiling,
} from '@zhidu/services'
import { DONE, procedureFor, router } from '../trpc.ts'

const reading = procedureFor('facts.read')
const keeping = procedureFor('duty.keep')
const overseeing = procedureFor('duty.oversee')

export const filingRouter = router({
  mine: reading.output(FilingsOfUnit).query(({ ctx }) => getFilings(ctx.service)),
  waiting: reading.output(FilingsWaiting).query(({ ctx }) => getFilingsWaiting(ctx.service)),
  holidays: reading.output(FilingHolidays).query(({ ctx }) => listFilingHolidays(ctx.service)),
  get: reading
    .input(FilingGetInput)
    .output(FilingPage)
    .query(({ ctx, input }) => getFiling(ctx.service, input)),
  list: reading
    .input(FilingListInput)
    .output(FilingList)
    .query(({ ctx, input }) => listFilings(ctx.service, input)),
  days: reading
    .input(DailyGridInput)
    .output(DailyGrid)
    .query(({ ctx, input }) => getDailyGrid(ctx.service, input)),
  settings: reading.output(DutySettings).query(({ ctx }) => getDutySettings(ctx.service)),
  saveDraft: keeping
    .input(SaveFilingDraftInput)
    .output(FilingDraftSaved)
    .mutation(({ ctx, input }) => saveFilingDraft(ctx.service, input)),
  submit: keeping
    .input(SubmitFilingInput)
    .output(FilingReceipt)
    .mutation(({ ctx, input }) => submitFiling(ctx.service, input)),
  see: keeping
    .input(SeeRemindersInput)
    .output(Done)
    .mutation(async ({ ctx, input }) => {
      await seeReminders(ctx.service, input)
      return DONE
    }),
  reportDay: keeping
    .input(ReportDayInput)
    .output(DayReported)
    .mutation(({ ctx, input }) => reportDay(ctx.service, input)),
  remind: overseeing
    .input(RemindFilingInput)
    .output(FilingReminded)
    .mutation(({ ctx, input }) => remindFiling(ctx.service, input)),
  setDuty: overseeing
    .input(SetDutyInput)
    .output(Done)
    .mutation(async ({ ctx, input }) => {
      await setDuty(ctx.service, input)
      return DONE
    }),
})
