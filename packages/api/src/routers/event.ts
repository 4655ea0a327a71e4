import { EventInput, EventList, EventListInput, EventPage } from '@zhidu/contract'
import { getEventPage, listEvents } from '@zhidu/services'
import { procedureFor, router } from '../trpc.ts'

export const eventRouter = router({
  list: procedureFor('facts.read')
    .input(EventListInput)
    .output(EventList)
    .query(({ ctx, input }) => listEvents(ctx.service, input)),
  get: procedureFor('facts.read')
    .input(EventInput)
    .output(EventPage)
    .query(({ ctx, input }) => getEventPage(ctx.service, input)),
})
