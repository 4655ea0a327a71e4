import { CalendarInput, CalendarYear, NoticeInput, NoticePreview, NoticePreviewInput } from '@zhidu/contract'
import { getCalendarYear, previewNotice, recordNotice } from '@zhidu/services'
import { procedureFor, router } from '../trpc.ts'

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
})
