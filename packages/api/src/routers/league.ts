import { Groups, GroupsInput, LeagueInput, LeagueTable } from '@zhidu/contract'
import { getLeagueTable, listGroups } from '@zhidu/services'
import { procedure, router } from '../trpc.ts'

export const leagueRouter = router({
  groups: procedure
    .input(GroupsInput)
    .output(Groups)
    .query(({ ctx, input }) => listGroups(ctx.options.service, input)),
  table: procedure
    .input(LeagueInput)
    .output(LeagueTable)
    .query(({ ctx, input }) => getLeagueTable(ctx.options.service, input)),
})
