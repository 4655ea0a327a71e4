import {
  CheckLinkInput,
  Done,
  EndInformantInput,
  GiveLinkInput,
  InformantList,
  InformantSaved,
  LinkChecked,
  LinkGiven,
  MessageKey,
  MessagePhoto,
  MessageReceipt,
  RecordedLeads,
  SaveInformantInput,
  SendMessageInput,
} from '@zhidu/contract'
import {
  checkLink,
  endInformant,
  getMessagePhoto,
  giveLink,
  listInformants,
  saveInformant,
  sendMessage,
  takeMessage,
} from '@zhidu/services'
import { DONE, procedureFor, router } from '../trpc.ts'

const reading = procedureFor('leads.read')
const handling = procedureFor('leads.handle')
/** Who has nothing but a secret link; it comes in the body, and never in an address. */
const linked = procedureFor('public')

export const informantRouter = router({
  list: reading.output(InformantList).query(({ ctx }) => listInformants(ctx.service)),
  save: handling
    .input(SaveInformantInput)
    .output(InformantSaved)
    .mutation(({ ctx, input }) => saveInformant(ctx.service, input)),
  giveLink: handling
    .input(GiveLinkInput)
    .output(LinkGiven)
    .mutation(({ ctx, input }) => giveLink(ctx.service, input)),
  end: handling
    .input(EndInformantInput)
    .output(Done)
    .mutation(async ({ ctx, input }) => {
      await endInformant(ctx.service, input)
      return DONE
    }),
  take: handling
    .input(MessageKey)
    .output(RecordedLeads)
    .mutation(({ ctx, input }) => takeMessage(ctx.service, input)),
  photo: reading
    .input(MessageKey)
    .output(MessagePhoto)
    .query(({ ctx, input }) => getMessagePhoto(ctx.service, input)),
  checkLink: linked
    .input(CheckLinkInput)
    .output(LinkChecked)
    .mutation(({ ctx, input }) => checkLink(ctx.service, input)),
  send: linked
    .input(SendMessageInput)
    .output(MessageReceipt)
    .mutation(({ ctx, input }) => sendMessage(ctx.service, input)),
})
