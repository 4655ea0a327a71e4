import {
  CalendarInput,
  CalendarYear,
  Done,
  NoticeInput,
  NoticePreview,
  NoticePreviewInput,
  PeriodPreviews,
  PeriodsRecorded,
  RecordPeriodInput,
  RecordPeriodsInput,
  SpecialPeriods,
} from '@zhidu/contract'
import {
  getCalendarYear,
  listPeriods,
  previewNotice,
  previewPeriods,
  recordNotice,
  recordPeriod,
  recordPeriods,
} from '@zhidu/services'
import { DONE, procedureFor, router } from '../trpc.ts'

const overseeing = procedureFor('duty.oversee')

export const calendarRouter = router({
  get: procedureFor('facts.read')
    .input(CalendarInput)
    .output(CalendarYear)
    .query(({ ctx, input }) => getCalendarYear(ctx.service, input)),
  preview: procedureFor('calendar.write')
    .input(NoticePreviewInput)
    .output(NoticePreview)
    .query(({ ctx, input }) => previewNotice(ctx.service, input)),
  record: procedureFor('calendar.write')
    .input(NoticeInput)
    .output(NoticePreview)
    .mutation(async ({ ctx, input }) => {
      const effect = await recordNotice(ctx.service, input)
      ctx.options.upkeep.nudge()
      return effect
    }),
  periods: procedureFor('facts.read')
    .output(SpecialPeriods)
    .query(({ ctx }) => listPeriods(ctx.service)),
  previewPeriods: overseeing
    .input(RecordPeriodsInput)
    .output(PeriodPreviews)
    .query(({ ctx, input }) => previewPeriods(ctx.service, input)),
  recordPeriod: overseeing
    .input(RecordPeriodInput)
    .output(Done)
    .mutation(async ({ ctx, input }) => {
      await recordPeriod(ctx.service, input)
      return DONE
    }),
  recordPeriods: overseeing
    .input(RecordPeriodsInput)
    .output(PeriodsRecorded)
    .mutation(({ ctx, input }) => recordPeriods(ctx.service, input)),
})
