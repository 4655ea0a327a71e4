import { createHash, createHmac, createSign, generateKeyPairSync, type KeyObject, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'

type Claims = Record<string, unknown>

/** How the next ID token is spoiled; nothing = it is right. */
export interface Spoiling {
  readonly claims?: Claims
  readonly without?: readonly string[]
  readonly header?: Readonly<Record<string, unknown>>
  /** `other` = another key under the same name; `secret` = HMAC by the published key; `none` = no signature. */
  readonly signature?: 'right' | 'other' | 'secret' | 'none'
}

export interface FakeIssuer {
  readonly url: string
  readonly clientId: string
  spoil(next: Spoiling): void
  /** What a person's browser does: signs in at `address` as `subject` and gives the address it is sent back to. */
  visit(address: string, subject: string): URL
  close(): Promise<void>
}

const CLIENT_ID = 'zhidu'
const KEY_ID = 'k1'

function toSegment(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}

function sign(claims: Claims, key: KeyObject, published: KeyObject, spoiling: Spoiling): string {
  const kind = spoiling.signature ?? 'right'
  const alg = { right: 'RS256', other: 'RS256', secret: 'HS256', none: 'none' }[kind]
  const input = `${toSegment({ alg, kid: KEY_ID, ...spoiling.header })}.${toSegment(claims)}`
  if (kind === 'none') return `${input}.`
  if (kind === 'secret') {
    const pem = published.export({ type: 'spki', format: 'pem' })
    return `${input}.${createHmac('sha256', pem).update(input).digest('base64url')}`
  }
  return `${input}.${createSign('RSA-SHA256').update(input).sign(key, 'base64url')}`
}

async function readBody(request: IncomingMessage): Promise<URLSearchParams> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  return new URLSearchParams(Buffer.concat(chunks).toString('utf8'))
}

/** An OpenID provider on this machine that keeps the rules, but for the ID tokens it is told to spoil. */
export async function startFakeIssuer(now: () => number): Promise<FakeIssuer> {
  const real = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const other = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const codes = new Map<string, { challenge: string; nonce: string; subject: string; redirectUri: string }>()
  let spoiling: Spoiling = {}
  let url = ''

  const answerToken = (body: URLSearchParams): { status: number; json: unknown } => {
    const code = body.get('code') ?? ''
    const grant = codes.get(code)
    codes.delete(code)
    const challenge = createHash('sha256')
      .update(body.get('code_verifier') ?? '')
      .digest('base64url')
    if (grant === undefined || grant.challenge !== challenge || grant.redirectUri !== body.get('redirect_uri')) {
      return { status: 400, json: { error: 'invalid_grant' } }
    }
    const issuedAt = Math.floor(now() / 1000)
    const claims: Claims = { iss: url, sub: grant.subject, aud: CLIENT_ID, nonce: grant.nonce, name: '王立华' }
    const whole: Claims = { ...claims, iat: issuedAt, exp: issuedAt + 300, ...spoiling.claims }
    for (const name of spoiling.without ?? []) delete whole[name]
    const key = spoiling.signature === 'other' ? other.privateKey : real.privateKey
    const idToken = sign(whole, key, real.publicKey, spoiling)
    spoiling = {}
    return { status: 200, json: { access_token: randomUUID(), token_type: 'Bearer', id_token: idToken } }
  }

  const server = createServer((request, response) => {
    const send = (status: number, json: unknown): void => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(json))
    }
    if (request.url === '/.well-known/openid-configuration') {
      send(200, {
        issuer: url,
        authorization_endpoint: `${url}/authorize`,
        token_endpoint: `${url}/token`,
        jwks_uri: `${url}/keys`,
        response_types_supported: ['code'],
        subject_types_supported: ['public'],
        id_token_signing_alg_values_supported: ['RS256', 'HS256', 'none'],
        code_challenge_methods_supported: ['S256'],
      })
    } else if (request.url === '/keys') {
      send(200, { keys: [{ ...real.publicKey.export({ format: 'jwk' }), kid: KEY_ID, alg: 'RS256', use: 'sig' }] })
    } else if (request.url === '/token') {
      void readBody(request).then((body) => {
        const { status, json } = answerToken(body)
        send(status, json)
      })
    } else {
      send(404, {})
    }
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const bound = server.address()
  if (bound === null || typeof bound === 'string') throw new Error('no port')
  url = `http://127.0.0.1:${bound.port}`

  return {
    url,
    clientId: CLIENT_ID,
    spoil: (next) => {
      spoiling = next
    },
    visit: (address, subject) => {
      const asked = new URL(address).searchParams
      const back = new URL(asked.get('redirect_uri') ?? '')
      const code = randomUUID()
      codes.set(code, {
        challenge: asked.get('code_challenge') ?? '',
        nonce: asked.get('nonce') ?? '',
        subject,
        redirectUri: back.href,
      })
      back.searchParams.set('code', code)
      back.searchParams.set('state', asked.get('state') ?? '')
      return back
    },
    close: async () => {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}
