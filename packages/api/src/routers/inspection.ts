import {
  ChecklistKey,
  ChecklistVersion,
  DecideFindingInput,
  Done,
  InspectionKey,
  InspectionKit,
  InspectionList,
  InspectionListInput,
  InspectionOrderItem,
  InspectionPage,
  InspectionReceipt,
  KitInput,
  OrderedUpper,
  OrderKey,
  OrderSecondInput,
  OrderUpperInput,
  RoomCode,
  SaveChecklistInput,
  ServerTime,
  SubmitInspectionInput,
} from '@zhidu/contract'
import {
  decideFinding,
  getInspectionPage,
  getRoomCode,
  listChecklists,
  listInspections,
  listOrders,
  makeInspectionKit,
  orderSecond,
  orderUpperSample,
  saveChecklist,
  submitInspection,
} from '@zhidu/services'
import { z } from 'zod'
import { DONE, procedureFor, router } from '../trpc.ts'

const reading = procedureFor('facts.read')
const recording = procedureFor('inspections.record')
const deciding = procedureFor('inspections.decide')
export const inspectionRouter = router({
  serverTime: procedureFor('session.own')
    .output(ServerTime)
    .query(({ ctx }) => ({ serverMs: ctx.service.clock() })),
  kit: recording
    .input(KitInput)
    .output(InspectionKit)
    .mutation(({ ctx, input }) => {
      const { roomCodeKey } = ctx.options.identity
      return makeInspectionKit(ctx.service, input, { roomCodeKey, language: ctx.language })
    }),
  roomCode: reading.output(RoomCode).query(({ ctx }) => getRoomCode(ctx.service, ctx.options.identity)),
  submit: recording
    .input(SubmitInspectionInput)
    .output(InspectionReceipt)
    .mutation(({ ctx, input }) => submitInspection(ctx.service, input)),
  list: reading
    .input(InspectionListInput)
    .output(InspectionList)
    .query(({ ctx, input }) => listInspections(ctx.service, input)),
  get: reading
    .input(InspectionKey)
    .output(InspectionPage)
    .query(({ ctx, input }) => getInspectionPage(ctx.service, input)),
  decide: deciding
    .input(DecideFindingInput)
    .output(Done)
    .mutation(async ({ ctx, input }) => {
      await decideFinding(ctx.service, input)
      return DONE
    }),
  orders: reading.output(z.array(InspectionOrderItem)).query(({ ctx }) => listOrders(ctx.service)),
  orderSecond: recording
    .input(OrderSecondInput)
    .output(OrderKey)
    .mutation(({ ctx, input }) => orderSecond(ctx.service, input)),
  orderUpper: recording
    .input(OrderUpperInput)
    .output(OrderedUpper)
    .mutation(({ ctx, input }) => orderUpperSample(ctx.service, input)),
  checklists: reading.output(z.array(ChecklistVersion)).query(({ ctx }) => listChecklists(ctx.service)),
  saveChecklist: recording
    .input(SaveChecklistInput)
    .output(ChecklistKey)
    .mutation(({ ctx, input }) => saveChecklist(ctx.service, input)),
})
