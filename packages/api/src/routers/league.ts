import { Groups, GroupsInput, LeagueInput, LeagueTable } from '@zhidu/contract'
import { getLeagueTable, listGroups } from '@zhidu/services'
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
})
