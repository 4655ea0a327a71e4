import {
  SuccessionInput,
  SuccessionPreview,
  SuccessionPreviewInput,
  UnitHistory,
  UnitHistoryInput,
  UnitInput,
  UnitList,
  UnitListInput,
  UnitPage,
  UnitTreeInput,
  UnitTreeView,
  WithdrawSuccessionInput,
} from '@zhidu/contract'
import {
  getUnitHistory,
  getUnitPage,
  getUnitTree,
  listUnits,
  previewSuccession,
  recordSuccession,
  withdrawUnitSuccession,
} from '@zhidu/services'
import { z } from 'zod'
import { DONE, procedureFor, router } from '../trpc.ts'

export const unitRouter = router({
  list: procedureFor('units.read')
    .input(UnitListInput)
    .output(UnitList)
    .query(({ ctx, input }) => listUnits(ctx.service, input)),
  get: procedureFor('facts.read')
    .input(UnitInput)
    .output(UnitPage)
    .query(({ ctx, input }) => getUnitPage(ctx.service, input)),
  tree: procedureFor('units.read')
    .input(UnitTreeInput)
    .output(UnitTreeView)
    .query(({ ctx, input }) => getUnitTree(ctx.service, input)),
  history: procedureFor('units.read')
    .input(UnitHistoryInput)
    .output(UnitHistory)
    .query(({ ctx, input }) => getUnitHistory(ctx.service, input)),
  preview: procedureFor('units.write')
    .input(SuccessionPreviewInput)
    .output(SuccessionPreview)
    .query(({ ctx, input }) => previewSuccession(ctx.service, input)),
  record: procedureFor('units.write')
    .input(SuccessionInput)
    .output(z.object({ actId: z.uuid() }))
    .mutation(({ ctx, input }) => recordSuccession(ctx.service, input)),
  withdraw: procedureFor('units.write')
    .input(WithdrawSuccessionInput)
    .mutation(async ({ ctx, input }) => {
      await withdrawUnitSuccession(ctx.service, input)
      return DONE
    }),
})
