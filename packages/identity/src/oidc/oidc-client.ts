import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  calculatePKCECodeChallenge,
  ClientSecretPost,
  type Configuration,
  discovery,
  enableNonRepudiationChecks,
  None,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
} from 'openid-client'

export interface OidcConfig {
  /** Issuer identifier, https; its `/.well-known/openid-configuration` is asked for. */
  readonly issuer: string
  readonly clientId: string
  /** null = a public client, held by PKCE alone. */
  readonly clientSecret: string | null
  /** Our own address that the issuer sends people back to. */
  readonly redirectUri: string
  /** What the button says, such as 省政务统一认证. */
  readonly label: string
  /** Plain http is taken from an issuer on this machine. */
  readonly isLoopbackHttpAllowed?: boolean
}

/** What the browser must bring back unchanged, kept from everybody else. */
export interface OidcFlow {
  readonly state: string
  readonly nonce: string
  readonly verifier: string
}

export interface OidcClaims {
  readonly issuer: string
  readonly subject: string
  readonly name: string | null
}

/** A sign-in that did not come about. `cause` says why, for the log alone. */
export class OidcError extends Error {
  override readonly name = 'OidcError'
  readonly reason: 'issuer_unreachable' | 'refused'

  constructor(reason: OidcError['reason'], options: { readonly cause: unknown }) {
    super(reason, options)
    this.reason = reason
  }
}

export interface OidcClient {
  readonly issuer: string
  readonly label: string
  /** Where to send the browser. Throws OidcError `issuer_unreachable`. */
  beginSignIn(): Promise<OidcFlow & { readonly url: string }>
  /** `callback`: the whole address the browser came back to. Throws OidcError. */
  finishSignIn(callback: URL, flow: OidcFlow): Promise<OidcClaims>
}

const TIMEOUT_SECONDS = 10
/** Signatures by a key pair of the issuer; neither none nor anything our own secret could sign. */
const ALGORITHMS = ['RS256', 'PS256', 'ES256', 'EdDSA', 'Ed25519', 'RS384', 'RS512', 'PS384', 'PS512', 'ES384', 'ES512']
const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]'])

function isPlainLoopback(url: URL): boolean {
  return url.protocol === 'http:' && LOOPBACK.has(url.hostname)
}

/** Throws RangeError for an issuer that is not reached by https. */
function toIssuerUrl(config: OidcConfig): URL {
  const url = new URL(config.issuer)
  const isSafe = url.protocol === 'https:' || (config.isLoopbackHttpAllowed === true && isPlainLoopback(url))
  if (!isSafe) throw new RangeError(`an issuer is reached by https: ${config.issuer}`)
  return url
}

async function discover(config: OidcConfig, issuer: URL): Promise<Configuration> {
  const secret = config.clientSecret
  const found = await discovery(issuer, config.clientId, {}, secret === null ? None() : ClientSecretPost(secret), {
    // Without this an ID token straight from the issuer would be taken with any signature or none.
    execute: [enableNonRepudiationChecks, ...(isPlainLoopback(issuer) ? [allowInsecureRequests] : [])],
    timeout: TIMEOUT_SECONDS,
  })
  const offered = found.serverMetadata().id_token_signing_alg_values_supported ?? ['RS256']
  if (!offered.some((name) => ALGORITHMS.includes(name)))
    throw new RangeError('the issuer signs with no key of its own')
  return found
}

/**
 * Single sign-on by the authorization code flow with PKCE. The issuer is asked on first use, and again after a failure, so
 * that it may come up later than we do. Throws RangeError for a configuration that is none.
 */
export function createOidcClient(config: OidcConfig): OidcClient {
  const issuer = toIssuerUrl(config)
  const redirectUri = new URL(config.redirectUri).href
  let found: Promise<Configuration> | undefined
  const configuration = (): Promise<Configuration> => {
    found ??= discover(config, issuer).catch((cause: unknown) => {
      found = undefined
      throw new OidcError('issuer_unreachable', { cause })
    })
    return found
  }
  /** States that came back once; each is good for one sign-in. Holds the newest thousands. */
  const spent = new Set<string>()
  const spend = (state: string): void => {
    if (spent.has(state)) throw new RangeError('this sign-in has come back before')
    spent.add(state)
    const [oldest] = spent
    if (spent.size > 10_000 && oldest !== undefined) spent.delete(oldest)
  }

  return {
    issuer: config.issuer,
    label: config.label,
    async beginSignIn() {
      const known = await configuration()
      const flow = { state: randomState(), nonce: randomNonce(), verifier: randomPKCECodeVerifier() }
      const url = buildAuthorizationUrl(known, {
        redirect_uri: redirectUri,
        scope: 'openid profile',
        code_challenge: await calculatePKCECodeChallenge(flow.verifier),
        code_challenge_method: 'S256',
        state: flow.state,
        nonce: flow.nonce,
      })
      return { ...flow, url: url.href }
    },
    async finishSignIn(callback, flow) {
      const known = await configuration()
      try {
        spend(flow.state)
        // The issuer compares it with the address it sent people to, whatever proxies made of the one we saw.
        const current = new URL(redirectUri)
        current.search = callback.search
        const tokens = await authorizationCodeGrant(known, current, {
          expectedState: flow.state,
          expectedNonce: flow.nonce,
          pkceCodeVerifier: flow.verifier,
          idTokenExpected: true,
        })
        const claims = tokens.claims()
        if (claims === undefined) throw new RangeError('no ID token came')
        if (claims.azp !== undefined && claims.azp !== config.clientId)
          throw new RangeError('made out to another client')
        const { name } = claims
        return { issuer: claims.iss, subject: claims.sub, name: typeof name === 'string' ? name : null }
      } catch (cause) {
        throw new OidcError('refused', { cause })
      }
    },
  }
}
