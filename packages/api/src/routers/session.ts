import {
  ChangePasswordInput,
  ConfirmTotpInput,
  Done,
  RemoveTotpInput,
  SessionInput,
  SessionList,
  SessionState,
  SignInInput,
  SignInResult,
  TotpSetup,
} from '@zhidu/contract'
import {
  beginTotp,
  changePassword,
  confirmTotp,
  getSessionState,
  type IdentityContext,
  listSessions,
  removeTotp,
  revokeSession,
  signIn,
  signOut,
} from '@zhidu/services'
import { clientAddress } from '../client-address.ts'
import type { RequestContext } from '../context.ts'
import { clearSessionCookie, setSessionCookie } from '../session-cookie.ts'
import { DONE, procedureFor, router } from '../trpc.ts'

function identityOf({ options, service }: RequestContext): IdentityContext {
  return { ...service, identity: options.identity }
}

/** Puts a token into the browser's cookie until its session ends (epoch ms). */
function keepToken({ answerHeaders, options, service }: RequestContext, token: string, endsAt: number): void {
  setSessionCookie(answerHeaders, options, token, Math.max(0, Math.floor((endsAt - service.clock()) / 1_000)))
}

const own = procedureFor('session.own')
const ownAlways = procedureFor('session.own', { beforePasswordChange: true, whileViewing: true })
const ownBeforeChange = procedureFor('session.own', { beforePasswordChange: true })

export const sessionRouter = router({
  get: procedureFor('public')
    .output(SessionState)
    .query(({ ctx }) => getSessionState(identityOf(ctx))),
  signIn: procedureFor('public')
    .input(SignInInput)
    .output(SignInResult)
    .mutation(async ({ ctx, input }) => {
      const { http, options } = ctx
      const userAgent = http.req.header('user-agent') ?? ''
      const outcome = await signIn(identityOf(ctx), { ...input, address: clientAddress(http, options), userAgent })
      if (outcome.state === 'signed_in') keepToken(ctx, outcome.token, outcome.endsAt)
      return { state: outcome.state }
    }),
  signOut: ownAlways.output(Done).mutation(async ({ ctx }) => {
    await signOut(ctx.service)
    clearSessionCookie(ctx.answerHeaders, ctx.options)
    // Not "storage": what waits on an inspector's phone to be sent outlives a sign-out; the pages empty their own.
    ctx.answerHeaders.set('clear-site-data', '"cache"')
    return DONE
  }),
  changePassword: ownBeforeChange
    .input(ChangePasswordInput)
    .output(Done)
    .mutation(async ({ ctx, input }) => {
      const { endsAt } = await getSessionState(identityOf(ctx))
      const { token } = await changePassword(identityOf(ctx), input)
      keepToken(ctx, token, endsAt === null ? ctx.service.clock() : Date.parse(endsAt))
      return DONE
    }),
  list: own.output(SessionList).query(({ ctx }) => listSessions(ctx.service)),
  revoke: own
    .input(SessionInput)
    .output(Done)
    .mutation(async ({ ctx, input }) => {
      await revokeSession(ctx.service, input)
      return DONE
    }),
  beginTotp: own.output(TotpSetup).mutation(({ ctx }) => beginTotp(identityOf(ctx))),
  confirmTotp: own
    .input(ConfirmTotpInput)
    .output(Done)
    .mutation(async ({ ctx, input }) => {
      await confirmTotp(identityOf(ctx), input)
      return DONE
    }),
  removeTotp: own
    .input(RemoveTotpInput)
    .output(Done)
    .mutation(async ({ ctx, input }) => {
      await removeTotp(identityOf(ctx), input)
      return DONE
    }),
})
