import {
  CommitDrawInput,
  DeclareDrawInput,
  Done,
  DrawKey,
  DrawList,
  DrawNumberInput,
  DrawPage,
  DrawPlanKey,
  DrawPreparation,
  RevealDrawInput,
  SaveDrawPlanInput,
  SubstituteDrawInput,
  ToldDraw,
  ToldDrawPage,
  VoidDrawInput,
} from '@zhidu/contract'
import {
  approvePlan,
  commitToDraw,
  declareDraw,
  discloseDraw,
  enterDrawNumber,
  freezeDrawPool,
  getDrawList,
  getDrawPage,
  getToldDraw,
  listToldDraws,
  prepareDraw,
  revealForDraw,
  saveDrawPlan,
  substituteInDraw,
  voidDraw,
} from '@zhidu/services'
import { z } from 'zod'
import type { ApiOptions } from '../context.ts'
import { DONE, procedureFor, router } from '../trpc.ts'

const reading = procedureFor('draws.read')
/** Of every unit, about what it was told itself. */
const hearing = procedureFor('facts.read')
const planning = procedureFor('draws.plan')
/** Two officers: one who plans, and the one who approves. */
const seeding = procedureFor(['draws.plan', 'draws.approve'])

function sealOf({ auditSigners, version }: ApiOptions) {
  return { signers: auditSigners, version }
}

export const drawRouter = router({
  list: reading.output(DrawList).query(({ ctx }) => getDrawList(ctx.service)),
  get: reading
    .input(DrawKey)
    .output(DrawPage)
    .query(({ ctx, input }) => getDrawPage(ctx.service, input)),
  told: hearing.output(z.array(ToldDraw)).query(({ ctx }) => listToldDraws(ctx.service)),
  getTold: hearing
    .input(DrawKey)
    .output(ToldDrawPage)
    .query(({ ctx, input }) => getToldDraw(ctx.service, input)),
  prepare: planning.output(DrawPreparation).query(({ ctx }) => prepareDraw(ctx.service)),
  savePlan: planning
    .input(SaveDrawPlanInput)
    .output(DrawPlanKey)
    .mutation(({ ctx, input }) => saveDrawPlan(ctx.service, input)),
  approvePlan: procedureFor('draws.approve')
    .input(DrawPlanKey)
    .output(Done)
    .mutation(async ({ ctx, input }) => {
      await approvePlan(ctx.service, input)
      return DONE
    }),
  declare: planning
    .input(DeclareDrawInput)
    .output(DrawKey)
    .mutation(({ ctx, input }) => declareDraw(ctx.service, input)),
  commit: seeding
    .input(CommitDrawInput)
    .output(Done)
    .mutation(async ({ ctx, input }) => {
      await commitToDraw(ctx.service, input)
      return DONE
    }),
  freeze: seeding
    .input(DrawKey)
    .output(Done)
    .mutation(async ({ ctx, input }) => {
      await freezeDrawPool(ctx.service, input)
      return DONE
    }),
  reveal: seeding
    .input(RevealDrawInput)
    .output(Done)
    .mutation(async ({ ctx, input }) => {
      await revealForDraw(ctx.service, input, sealOf(ctx.options))
      return DONE
    }),
  enterNumber: planning
    .input(DrawNumberInput)
    .output(Done)
    .mutation(async ({ ctx, input }) => {
      await enterDrawNumber(ctx.service, input, sealOf(ctx.options))
      return DONE
    }),
  void: planning
    .input(VoidDrawInput)
    .output(Done)
    .mutation(async ({ ctx, input }) => {
      await voidDraw(ctx.service, input)
      return DONE
    }),
  substitute: planning
    .input(SubstituteDrawInput)
    .output(Done)
    .mutation(async ({ ctx, input }) => {
      await substituteInDraw(ctx.service, input, sealOf(ctx.options))
      return DONE
    }),
  disclose: planning
    .input(DrawKey)
    .output(Done)
    .mutation(async ({ ctx, input }) => {
      await discloseDraw(ctx.service, input)
      return DONE
    }),
})
