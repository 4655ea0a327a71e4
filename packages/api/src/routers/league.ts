import { ExplainMoveInput, Groups, GroupsInput, LeagueInput, LeagueTable, MoveExplanation } from '@zhidu/contract'
import { explainUnitMove, getLeagueTable, listGroups } from '@zhidu/services'
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
  explainMove: procedureFor('comparison')
    .input(ExplainMoveInput)
    .output(MoveExplanation)
    .query(({ ctx, input }) => explainUnitMove(ctx.service, input)),
})
