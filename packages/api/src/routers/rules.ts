import {
  CreateDraftInput,
  DiscardDraftInput,
  Done,
  ImportDraftInput,
  PublishInput,
  RegulationItem,
  RegulationKey,
  RegulationList,
  RegulationVersion,
  RulesWork,
  SaveDraftInput,
  WhatIfFacts,
  WhatIfInput,
} from '@zhidu/contract'
import {
  createDraft,
  discardDraft,
  getRegulation,
  getRulesWork,
  getWhatIfFacts,
  importDraft,
  listRegulations,
  publishRegulation,
  saveDraft,
} from '@zhidu/services'
import { DONE, procedureFor, router } from '../trpc.ts'

const reading = procedureFor('facts.read')
const drafting = procedureFor('rules.write')

export const rulesRouter = router({
  list: reading.output(RegulationList).query(({ ctx }) => listRegulations(ctx.service)),
  get: reading
    .input(RegulationKey)
    .output(RegulationVersion)
    .query(({ ctx, input }) => getRegulation(ctx.service, input)),
  createDraft: drafting
    .input(CreateDraftInput)
    .output(RegulationItem)
    .mutation(({ ctx, input }) => createDraft(ctx.service, input)),
  importDraft: drafting
    .input(ImportDraftInput)
    .output(RegulationItem)
    .mutation(({ ctx, input }) => importDraft(ctx.service, input)),
  saveDraft: drafting
    .input(SaveDraftInput)
    .output(RegulationItem)
    .mutation(({ ctx, input }) => saveDraft(ctx.service, input)),
  discardDraft: drafting
    .input(DiscardDraftInput)
    .output(Done)
    .mutation(async ({ ctx, input }) => {
      await discardDraft(ctx.service, input)
      return DONE
    }),
  publish: procedureFor('rules.publish')
    .input(PublishInput)
    .output(RegulationItem)
    .mutation(async ({ ctx, input }) => {
      const item = await publishRegulation(ctx.service, input)
      ctx.options.upkeep.nudge()
      return item
    }),
  work: reading.output(RulesWork).query(({ ctx }) => getRulesWork(ctx.service, ctx.options.upkeep.running())),
  whatIfFacts: drafting
    .input(WhatIfInput)
    .output(WhatIfFacts)
    .query(({ ctx, input }) => getWhatIfFacts(ctx.service, input)),
})
