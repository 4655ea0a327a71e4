import { AccessTable, AccountInput, AccountList, AccountListInput, Done, RoleChangeInput } from '@zhidu/contract'
import {
  endSessionsOf,
  endViewAs,
  getAccessTable,
  grantRole,
  listAccounts,
  revokeRole,
  unlockAccount,
  viewAs,
} from '@zhidu/services'
import { DONE, procedureFor, router } from '../trpc.ts'

const granting = procedureFor('roles.manage')
const inspecting = procedureFor('access.inspect')

export const accessRouter = router({
  accounts: granting
    .input(AccountListInput)
    .output(AccountList)
    .query(({ ctx, input }) => listAccounts(ctx.service, input)),
  grant: granting
    .input(RoleChangeInput)
    .output(Done)
    .mutation(async ({ ctx, input }) => {
      await grantRole(ctx.service, input)
      return DONE
    }),
  revoke: granting
    .input(RoleChangeInput)
    .output(Done)
    .mutation(async ({ ctx, input }) => {
      await revokeRole(ctx.service, input)
      return DONE
    }),
  unlock: granting
    .input(AccountInput)
    .output(Done)
    .mutation(async ({ ctx, input }) => {
      await unlockAccount(ctx.service, input)
      return DONE
    }),
  endSessions: granting
    .input(AccountInput)
    .output(Done)
    .mutation(async ({ ctx, input }) => {
      await endSessionsOf(ctx.service, input)
      return DONE
    }),
  table: inspecting.output(AccessTable).query(({ ctx }) => getAccessTable(ctx.service)),
  viewAs: inspecting
    .input(AccountInput)
    .output(Done)
    .mutation(async ({ ctx, input }) => {
      await viewAs(ctx.service, input)
      return DONE
    }),
  // Asked by whoever is being looked through: every role may stop.
  endViewAs: procedureFor('session.own', { whileViewing: true })
    .output(Done)
    .mutation(async ({ ctx }) => {
      await endViewAs(ctx.service)
      return DONE
    }),
})
