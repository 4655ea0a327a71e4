import { asReadonly, findAccountBySubject } from '@zhidu/db'
import { type OidcClaims, type OidcClient, OidcError, type OidcFlow } from '@zhidu/identity'
import { ServiceError } from '../service-error.ts'
import { beginSession, type SessionGrant } from './begin-session.ts'
import { mayHaveSessions } from './session-rules.ts'
import type { IdentityContext } from './identity.ts'
import { refuseSignIn } from './sign-in.ts'

/** How long somebody may take to sign in elsewhere. */
export const FLOW_MINUTES = 10
const PURPOSE = 'single sign-on'

interface SealedFlow extends OidcFlow {
  /** Epoch ms. */
  readonly until: number
}

function clientOf(ctx: IdentityContext): OidcClient {
  const { singleSignOn } = ctx.identity
  if (singleSignOn === null) throw new ServiceError('not_found', 'sso_not_set_up')
  return singleSignOn
}

function openFlow(ctx: IdentityContext, flow: string): SealedFlow | null {
  const opened = ctx.identity.sealer.open(PURPOSE, '', Buffer.from(flow, 'base64url'))
  // Safe: nobody but this installation seals, and it seals nothing else for this purpose.
  return opened === null ? null : (JSON.parse(opened.toString('utf8')) as SealedFlow)
}

/**
 * Where to send the browser, and what it must bring back: `flow` goes into a cookie of FLOW_MINUTES that scripts cannot read
 * and that comes along from the issuer's page (SameSite=Lax). Throws ServiceError `not_found` when single sign-on is not set
 * up, `conflict` when the issuer does not answer.
 */
export async function beginOidc(ctx: IdentityContext): Promise<{ readonly url: string; readonly flow: string }> {
  const client = clientOf(ctx)
  try {
    const { nonce, state, url, verifier } = await client.beginSignIn()
    const sealed: SealedFlow = { state, nonce, verifier, until: ctx.clock() + FLOW_MINUTES * 60_000 }
    const flow = ctx.identity.sealer.seal(PURPOSE, '', Buffer.from(JSON.stringify(sealed)))
    return { url, flow: flow.toString('base64url') }
  } catch (cause) {
    if (!(cause instanceof OidcError)) throw cause
    throw new ServiceError('conflict', 'sso_unreachable', {}, { cause })
  }
}

/**
 * Signs in whoever the issuer names, if the system administrator has bound an account to that name. `search`: query of the
 * address the browser came back to. Throws ServiceError `unauthenticated` `sso_failed` whatever was wrong; the audit trail
 * says what.
 */
export async function finishOidc(
  ctx: IdentityContext,
  args: { readonly flow: string; readonly search: string; readonly address: string; readonly userAgent: string },
): Promise<SessionGrant> {
  const client = clientOf(ctx)
  const flow = openFlow(ctx, args.flow)
  if (flow === null || ctx.clock() >= flow.until) {
    throw await refuseSignIn(ctx, undefined, { reason: 'sso_failed', cause: 'flow_unknown_or_late' })
  }
  let claims: OidcClaims
  try {
    claims = await client.finishSignIn(new URL(`http://localhost/?${args.search.replace(/^\?/, '')}`), flow)
  } catch (error) {
    if (!(error instanceof OidcError)) throw error
    throw await refuseSignIn(ctx, undefined, { reason: 'sso_failed', cause: error.reason }, error)
  }
  const account = await findAccountBySubject(asReadonly(ctx.db), claims.issuer, claims.subject)
  if (account === undefined) throw await refuseSignIn(ctx, undefined, { reason: 'sso_failed', cause: 'not_bound' })
  if (!mayHaveSessions(ctx, account)) {
    throw await refuseSignIn(ctx, account, { reason: 'sso_failed', cause: 'disabled' })
  }
  const { address, userAgent } = args
  const grant = await beginSession(ctx, account, { authLevel: 'sso', address, userAgent })
  if (grant === undefined) {
    throw await refuseSignIn(ctx, account, { reason: 'sso_failed', cause: 'changed_meanwhile' })
  }
  return { token: grant.token, endsAt: grant.endsAt }
}
