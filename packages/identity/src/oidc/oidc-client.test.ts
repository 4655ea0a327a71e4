import { afterAll, beforeAll, expect, it } from 'vitest'
import { type FakeIssuer, type Spoiling, startFakeIssuer } from '../testing/fake-issuer.ts'
import { createOidcClient, type OidcClient } from './oidc-client.ts'

const HOUR = 3600
let issuer: FakeIssuer
let client: OidcClient

beforeAll(async () => {
  issuer = await startFakeIssuer(Date.now)
  client = createOidcClient({
    issuer: issuer.url,
    clientId: issuer.clientId,
    clientSecret: 'a secret of ours',
    redirectUri: 'http://127.0.0.1:3000/sign-in/return',
    label: '统一认证',
    isLoopbackHttpAllowed: true,
  })
})
afterAll(() => issuer.close())

/** Begins, has the browser come back with `spoiled` or `changed`, and finishes. */
async function signIn(spoiled: Spoiling = {}, change: (callback: URL) => void = () => undefined) {
  const { url, ...flow } = await client.beginSignIn()
  const callback = issuer.visit(url, 'subject-1')
  change(callback)
  issuer.spoil(spoiled)
  return client.finishSignIn(callback, flow)
}

it('gives who the issuer says it is, after code, state, nonce and PKCE', async () => {
  const begun = await client.beginSignIn()
  const asked = Object.fromEntries(new URL(begun.url).searchParams)
  expect(asked).toMatchObject({
    client_id: 'zhidu',
    response_type: 'code',
    scope: 'openid profile',
    state: begun.state,
    nonce: begun.nonce,
    code_challenge_method: 'S256',
  })
  expect(begun.url).not.toContain(begun.verifier)
  expect(await signIn()).toEqual({ issuer: issuer.url, subject: 'subject-1', name: '王立华' })
})

const now = Math.floor(Date.now() / 1000)
const REFUSED: readonly (readonly [string, Spoiling, ((callback: URL) => void)?])[] = [
  ['a state of another sign-in', {}, (callback) => callback.searchParams.set('state', 'other')],
  ['a nonce of another sign-in', { claims: { nonce: 'other' } }],
  ['no nonce', { without: ['nonce'] }],
  ['another audience', { claims: { aud: 'another-client' } }],
  ['another issuer', { claims: { iss: 'https://issuer.example' } }],
  ['no signature (alg none)', { signature: 'none' }],
  ['the published key used as a shared secret (HS256)', { signature: 'secret' }],
  ['a signature by another key', { signature: 'other' }],
  ['a key the issuer does not publish', { header: { kid: 'k2' } }],
  ['a token that has expired', { claims: { iat: now - 2 * HOUR, exp: now - HOUR } }],
  ['a token made out to another client (azp)', { claims: { azp: 'another-client' } }],
  ['a token for several without saying for whom', { claims: { aud: ['zhidu', 'another-client'] } }],
  ['no subject', { without: ['sub'] }],
]

it.each(REFUSED.map(([what, spoiled, change]) => ({ what, spoiled, change })))(
  'refuses $what',
  async ({ spoiled, change }) => {
    await expect(signIn(spoiled, change)).rejects.toMatchObject({ name: 'OidcError', reason: 'refused' })
  },
)

it('refuses a code that was used before, and one that another browser began', async () => {
  const { url, ...flow } = await client.beginSignIn()
  const callback = issuer.visit(url, 'subject-1')
  await client.finishSignIn(callback, flow)
  await expect(client.finishSignIn(callback, flow)).rejects.toMatchObject({ reason: 'refused' })
  // The issuer itself refuses the code, too: another sign-in of ours that brings it back.
  const second = await client.beginSignIn()
  callback.searchParams.set('state', second.state)
  await expect(client.finishSignIn(callback, second)).rejects.toMatchObject({ reason: 'refused' })

  const ours = await client.beginSignIn()
  const theirs = await client.beginSignIn()
  const planted = issuer.visit(theirs.url, 'subject-2')
  planted.searchParams.set('state', ours.state)
  await expect(client.finishSignIn(planted, ours)).rejects.toMatchObject({ reason: 'refused' })
})

it('waits for an issuer that is not up yet, and is configured by https alone', async () => {
  const config = { clientId: 'zhidu', clientSecret: null, redirectUri: 'https://zhidu.example/return', label: '认证' }
  const closed = await startFakeIssuer(Date.now)
  await closed.close()
  const late = createOidcClient({ ...config, issuer: closed.url, isLoopbackHttpAllowed: true })
  await expect(late.beginSignIn()).rejects.toMatchObject({ reason: 'issuer_unreachable' })
  expect(() => createOidcClient({ ...config, issuer: 'http://127.0.0.1:1' })).toThrow(RangeError)
  expect(() => createOidcClient({ ...config, issuer: 'http://issuer.example', isLoopbackHttpAllowed: true })).toThrow(
    RangeError,
  )
})
