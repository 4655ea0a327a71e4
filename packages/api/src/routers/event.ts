import { EventInput, EventList, EventListInput, EventPage } from '@zhidu/contract'
import { getEventPage, listEvents } from '@zhidu/services'
import { procedure, router } from '../trpc.ts'

export const eventRouter = router({
  list: procedure
    .input(EventListInput)
    .output(EventList)
    .query(({ ctx, input }) => listEvents(ctx.options.service, input)),
  get: procedure
    .input(EventInput)
    .output(EventPage)
    .query(({ ctx, input }) => getEventPage(ctx.options.service, input)),
})
