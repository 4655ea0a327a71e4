import {
  ExplainMoveInput,
  Groups,
  GroupsInput,
  LeagueInput,
  LeagueStanding,
  LeagueTable,
  MoveExplanation,
  PairInput,
  PairStanding,
} from '@zhidu/contract'
import { explainUnitMove, getLeagueStanding, getLeagueTable, getPairStanding, listGroups } from '@zhidu/services'
import { procedureFor, router } from '../trpc.ts'

export const leagueRouter = router({
  groups: procedureFor('comparison')
    .input(GroupsInput)
    .output(Groups)
    .query(({ ctx, input }) => listGroups(ctx.service, input)),
  table: procedureFor('comparison')
    .input(LeagueInput)
    .output(LeagueTable)
    .query(({ ctx, input }) => getLeagueTable(ctx.service, input)),
  standing: procedureFor('comparison')
    .input(LeagueInput)
    .output(LeagueStanding)
    .query(({ ctx, input }) => getLeagueStanding(ctx.service, input)),
  pair: procedureFor('comparison')
    .input(PairInput)
    .output(PairStanding)
    .query(({ ctx, input }) => getPairStanding(ctx.service, input)),
  explainMove: procedureFor('comparison')
    .input(ExplainMoveInput)
    .output(MoveExplanation)
    .query(({ ctx, input }) => explainUnitMove(ctx.service, input)),
})
