import {
  AnnounceRoomFileInput,
  AssessRoomInput,
  Done,
  DutyRoomInput,
  DutyRoomPage,
  DutyRooms,
  DutyRoomsInput,
  FileReceipt,
  RecordTrainingInput,
  SaveRoomItemsInput,
} from '@zhidu/contract'
import {
  announceRoomFile,
  assessDutyRoom,
  getDutyRoom,
  listDutyRooms,
  recordTraining,
  saveRoomItems,
} from '@zhidu/services'
import { DONE, procedureFor, router } from '../trpc.ts'

const reading = procedureFor('facts.read')
const keeping = procedureFor('duty.keep')
const overseeing = procedureFor('duty.oversee')
/** The unit of itself, or the office above. */
const assessing = procedureFor(['duty.keep', 'duty.oversee'])

export const dutyRoomRouter = router({
  list: reading
    .input(DutyRoomsInput)
    .output(DutyRooms)
    .query(({ ctx, input }) => listDutyRooms(ctx.service, input)),
  get: reading
    .input(DutyRoomInput)
    .output(DutyRoomPage)
    .query(({ ctx, input }) => getDutyRoom(ctx.service, input)),
  assess: assessing
    .input(AssessRoomInput)
    .output(Done)
    .mutation(async ({ ctx, input }) => {
      await assessDutyRoom(ctx.service, input)
      return DONE
    }),
  recordTraining: keeping
    .input(RecordTrainingInput)
    .output(Done)
    .mutation(async ({ ctx, input }) => {
      await recordTraining(ctx.service, input)
      return DONE
    }),
  saveItems: overseeing
    .input(SaveRoomItemsInput)
    .output(Done)
    .mutation(async ({ ctx, input }) => {
      await saveRoomItems(ctx.service, input)
      return DONE
    }),
  announceFile: assessing
    .input(AnnounceRoomFileInput)
    .output(FileReceipt)
    .mutation(({ ctx, input }) => announceRoomFile(ctx.service, input)),
})
