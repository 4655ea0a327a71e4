import {
  UnitActDone,
  UnitActInput,
  UnitActPreview,
  UnitActPreviewInput,
  UnitActWithdrawn,
  UnitHistory,
  UnitHistoryInput,
  UnitInput,
  UnitList,
  UnitListInput,
  UnitPage,
  UnitTreeInput,
  UnitTreeView,
  WithdrawUnitActInput,
} from '@zhidu/contract'
import {
  getUnitHistory,
  getUnitPage,
  getUnitTree,
  listUnits,
  previewUnitAct,
  recordUnitAct,
  withdrawUnitAct,
} from '@zhidu/services'
import { procedureFor, router } from '../trpc.ts'

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
    .input(UnitActPreviewInput)
    .output(UnitActPreview)
    .query(({ ctx, input }) => previewUnitAct(ctx.service, input)),
  record: procedureFor('units.write')
    .input(UnitActInput)
    .output(UnitActDone)
    .mutation(({ ctx, input }) => recordUnitAct(ctx.service, input)),
  withdraw: procedureFor('units.write')
    .input(WithdrawUnitActInput)
    .output(UnitActWithdrawn)
    .mutation(({ ctx, input }) => withdrawUnitAct(ctx.service, input)),
})
