import {
  BeginHandoverInput,
  Done,
  HandoverKey,
  HandoverList,
  HandoverListInput,
  HandoverPage,
  HandoverStepInput,
  LogClosureInput,
  LogClosureTable,
  LogDayInput,
  LogDayPage,
  LogDesk,
  LogDeskInput,
  LogEntryKey,
  LogEntryPage,
  LogList,
  LogListInput,
  LogStepInput,
  LogUnits,
  LogUnitsInput,
  PutLogDayInput,
  RevealedLog,
  TakeInPersonInput,
  WriteLogInput,
  WrittenLog,
} from '@zhidu/contract'
import {
  beginHandover,
  getHandover,
  getLogClosure,
  getLogDay,
  getLogDesk,
  getLogEntry,
  getLogUnits,
  listLog,
  listUnitHandovers,
  putLogDay,
  revealLog,
  takeHandoverStep,
  takeInPerson,
  takeLogStep,
  writeLog,
} from '@zhidu/services'
import { DONE, procedureFor, router } from '../trpc.ts'

const reading = procedureFor('facts.read')
const keeping = procedureFor('duty.keep')
const overseeing = procedureFor('duty.oversee')

export const logRouter = router({
  desk: reading
    .input(LogDeskInput)
    .output(LogDesk)
    .query(({ ctx, input }) => getLogDesk(ctx.service, input)),
  list: reading
    .input(LogListInput)
    .output(LogList)
    .query(({ ctx, input }) => listLog(ctx.service, input)),
  get: reading
    .input(LogEntryKey)
    .output(LogEntryPage)
    .query(({ ctx, input }) => getLogEntry(ctx.service, input)),
  day: reading
    .input(LogDayInput)
    .output(LogDayPage)
    .query(({ ctx, input }) => getLogDay(ctx.service, input)),
  closure: reading
    .input(LogClosureInput)
    .output(LogClosureTable)
    .query(({ ctx, input }) => getLogClosure(ctx.service, input)),
  units: overseeing
    .input(LogUnitsInput)
    .output(LogUnits)
    .query(({ ctx, input }) => getLogUnits(ctx.service, input)),
  write: keeping
    .input(WriteLogInput)
    .output(WrittenLog)
    .mutation(({ ctx, input }) => writeLog(ctx.service, input)),
  step: keeping
    .input(LogStepInput)
    .output(Done)
    .mutation(async ({ ctx, input }) => {
      await takeLogStep(ctx.service, input)
      return DONE
    }),
  putDay: keeping
    .input(PutLogDayInput)
    .output(Done)
    .mutation(async ({ ctx, input }) => {
      await putLogDay(ctx.service, input)
      return DONE
    }),
  reveal: keeping
    .input(LogEntryKey)
    .output(RevealedLog)
    .mutation(({ ctx, input }) => revealLog(ctx.service, input)),
})

export const handoverRouter = router({
  list: reading
    .input(HandoverListInput)
    .output(HandoverList)
    .query(({ ctx, input }) => listUnitHandovers(ctx.service, input)),
  get: reading
    .input(HandoverKey)
    .output(HandoverPage)
    .query(({ ctx, input }) => getHandover(ctx.service, input)),
  begin: keeping
    .input(BeginHandoverInput)
    .output(HandoverKey)
    .mutation(({ ctx, input }) => beginHandover(ctx.service, input)),
  step: keeping
    .input(HandoverStepInput)
    .output(Done)
    .mutation(async ({ ctx, input }) => {
      await takeHandoverStep(ctx.service, input)
      return DONE
    }),
  takeInPerson: keeping
    .input(TakeInPersonInput)
    .output(Done)
    .mutation(async ({ ctx, input }) => {
      await takeInPerson({ ...ctx.service, identity: ctx.options.identity }, input)
      return DONE
    }),
})
