import {
  AccountCreated,
  AccountInput,
  AccountItem,
  AccountList,
  AccountListInput,
  BindSubjectInput,
  CreateAccountInput,
  PasswordReset,
  UpdateAccountInput,
} from '@zhidu/contract'
import { bindSubject, createAccount, listAccounts, resetPassword, updateAccount } from '@zhidu/services'
import { procedureFor, router } from '../trpc.ts'

const managing = procedureFor('accounts.manage')

export const accountRouter = router({
  list: managing
    .input(AccountListInput)
    .output(AccountList)
    .query(({ ctx, input }) => listAccounts(ctx.service, input)),
  create: managing
    .input(CreateAccountInput)
    .output(AccountCreated)
    .mutation(({ ctx, input }) => createAccount({ ...ctx.service, identity: ctx.options.identity }, input)),
  update: managing
    .input(UpdateAccountInput)
    .output(AccountItem)
    .mutation(({ ctx, input }) => updateAccount(ctx.service, input)),
  bindSubject: managing
    .input(BindSubjectInput)
    .output(AccountItem)
    .mutation(({ ctx, input }) => bindSubject({ ...ctx.service, identity: ctx.options.identity }, input)),
  resetPassword: managing
    .input(AccountInput)
    .output(PasswordReset)
    .mutation(({ ctx, input }) => resetPassword({ ...ctx.service, identity: ctx.options.identity }, input)),
})
