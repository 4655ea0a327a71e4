import {
  AskedRoster,
  AskRosterInput,
  ChangeDutyLineInput,
  PlanRosterInput,
  ReplaceInShiftInput,
  RevealAskedInput,
  RevealRosterInput,
  RosterChanged,
  RosterHours,
  RosterHoursInput,
  RosterInput,
  RosterPage,
  RosterUnits,
  RosterUnitsInput,
  SwapShiftsInput,
  WithdrawShiftsInput,
} from '@zhidu/contract'
import {
  askRoster,
  changeDutyLine,
  getRoster,
  getRosterHours,
  listRosterUnits,
  planRoster,
  replaceRoster,
  revealAskedRoster,
  revealRoster,
  swapRoster,
  withdrawRoster,
} from '@zhidu/services'
import { procedureFor, router } from '../trpc.ts'

const reading = procedureFor('facts.read')
const keeping = procedureFor('duty.keep')
const revealing = procedureFor('personal_data.view')

export const rosterRouter = router({
  units: reading
    .input(RosterUnitsInput)
    .output(RosterUnits)
    .query(({ ctx, input }) => listRosterUnits(ctx.service, input)),
  get: reading
    .input(RosterInput)
    .output(RosterPage)
    .query(({ ctx, input }) => getRoster(ctx.service, input)),
  hours: reading
    .input(RosterHoursInput)
    .output(RosterHours)
    .query(({ ctx, input }) => getRosterHours(ctx.service, input)),
  ask: reading
    .input(AskRosterInput)
    .output(AskedRoster)
    .query(({ ctx, input }) => askRoster(ctx.service, input)),
  reveal: revealing
    .input(RevealRosterInput)
    .output(RosterPage)
    .mutation(({ ctx, input }) => revealRoster(ctx.service, input)),
  revealAsked: revealing
    .input(RevealAskedInput)
    .output(AskedRoster)
    .mutation(({ ctx, input }) => revealAskedRoster(ctx.service, input)),
  plan: keeping
    .input(PlanRosterInput)
    .output(RosterChanged)
    .mutation(({ ctx, input }) => planRoster(ctx.service, input)),
  withdraw: keeping
    .input(WithdrawShiftsInput)
    .output(RosterChanged)
    .mutation(({ ctx, input }) => withdrawRoster(ctx.service, input)),
  swap: keeping
    .input(SwapShiftsInput)
    .output(RosterChanged)
    .mutation(({ ctx, input }) => swapRoster(ctx.service, input)),
  replace: keeping
    .input(ReplaceInShiftInput)
    .output(RosterChanged)
    .mutation(({ ctx, input }) => replaceRoster(ctx.service, input)),
  changeLine: keeping
    .input(ChangeDutyLineInput)
    .output(RosterChanged)
    .mutation(({ ctx, input }) => changeDutyLine(ctx.service, input)),
})
