import { createServer as createHttpServer, type Server } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { createAdaptorServer } from '@hono/node-server'
import { type ApiOptions, createApp, type EdgeOptions, isAddressAmong, securityHeaders } from '@zhidu/api'
import { bearHeaders } from './plain-answers.ts'
import { createStaticFiles } from './static-files.ts'
import { isLoopback, type ListenAddress } from './listen-address.ts'

export interface RunningServer {
  /** `http://127.0.0.1:3000` */
  readonly url: string
  /** Stops taking requests, lets the running ones finish for at most `graceMs`, then cuts them. */
  stop(graceMs?: number): Promise<void>
}

/** Certificate chain and key, PEM. */
export interface TlsFiles {
  readonly cert: string
  readonly key: string
}

/** How long a client may take, in milliseconds. */
export interface Patience {
  /** To say what it wants. */
  readonly headersMs: number
  /** To have sent everything: a large file over a slow line. */
  readonly requestMs: number
}

const DEFAULT_GRACE_MS = 5_000
const KEEP_ALIVE_MS = 75_000
const PATIENCE: Patience = { headersMs: 15_000, requestMs: 600_000 }
const MAX_HEADER_BYTES = 16_384
/** Far more than the duty officers of a province; a flood of idle connections ends here. */
const MAX_CONNECTIONS = 4_000
const LOOPBACK_NAMES = ['127.0.0.1', 'localhost', '[::1]']

function listen(server: Server, address: ListenAddress): Promise<AddressInfo> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(address.port, address.host, () => {
      server.off('error', reject)
      resolve(server.address() as AddressInfo)
    })
  })
}

/** Plain HTTP that other machines can reach is spoken with the proxies in front alone: nobody goes round their encryption. */
function hangUpOnOthers(server: Server, proxies: readonly string[]): void {
  const welcome = [...proxies, '127.0.0.0/8', '::1']
  server.on('connection', (socket) => {
    if (!isAddressAmong(socket.remoteAddress, welcome)) socket.destroy()
  })
}

function hostInUrl(host: string): string {
  return host.includes(':') ? `[${host}]` : host
}

/** Whom we answer and whose pages are ours, once the port is known. Loopback names count where only they can reach us. */
function edgesOf(
  args: { readonly address: ListenAddress; readonly origin?: string | undefined },
  scheme: 'http' | 'https',
  port: number,
): Pick<EdgeOptions, 'allowedHosts' | 'origins'> {
  const own = hostInUrl(args.address.host)
  const names = isLoopback(args.address.host) ? [...new Set([...LOOPBACK_NAMES, own])] : [own]
  const configured = args.origin === undefined ? [] : [new URL(args.origin)]
  return {
    // A health check of this machine may use loopback names wherever we listen.
    allowedHosts: [...new Set([...configured.map((url) => url.hostname), ...LOOPBACK_NAMES, ...names])],
    origins: [
      ...configured.map((url) => url.origin),
      ...names.map((name) => new URL(`${scheme}://${name}:${port}`).origin),
    ],
  }
}

/**
 * Serves dashboard and API, over https where `tls` is given. `origin`: where users find us, when it is not the address we
 * listen on. Rejects with the system's error (`EADDRINUSE`, `EACCES`) when the port cannot be had.
 */
export async function serve(args: {
  readonly address: ListenAddress
  readonly origin?: string | undefined
  readonly tls?: TlsFiles | undefined
  readonly webRoot: string
  readonly api: Omit<ApiOptions, 'allowedHosts' | 'origins' | 'isHttps'>
  readonly patience?: Patience
}): Promise<RunningServer> {
  const { address, patience = PATIENCE, tls } = args
  const scheme = tls === undefined ? 'http' : 'https'
  const isHttps = new URL(args.origin ?? `${scheme}://localhost`).protocol === 'https:'
  let answer: ReturnType<typeof createApp>['fetch'] | null = null
  const serverOptions = {
    headersTimeout: patience.headersMs,
    requestTimeout: patience.requestMs,
    connectionsCheckingInterval: Math.min(patience.headersMs, 5_000),
    maxHeaderSize: MAX_HEADER_BYTES,
    // One without a name is refused like one with a foreign name, with all headers.
    requireHostHeader: false,
  }
  // Safe: of the adaptor's servers only the two of HTTP/1 are asked for.
  const server = createAdaptorServer({
    fetch: (request, env) => answer?.(request, env),
    ...(tls === undefined
      ? { createServer: createHttpServer, serverOptions }
      : { createServer: createHttpsServer, serverOptions: { ...serverOptions, ...tls, minVersion: 'TLSv1.2' } }),
  }) as Server
  // Longer than a reader rests between two pages: a browser then never sends into a connection that is just being closed.
  server.keepAliveTimeout = KEEP_ALIVE_MS
  server.maxConnections = MAX_CONNECTIONS
  bearHeaders(server, securityHeaders(isHttps))
  if (tls === undefined && !isLoopback(address.host)) hangUpOnOthers(server, args.api.trustedProxies)
  const bound = await listen(server, address)
  const app = createApp({ ...args.api, ...edgesOf(args, scheme, bound.port), isHttps })
  app.route('/', createStaticFiles(args.webRoot))
  answer = app.fetch
  return {
    url: args.origin ?? `${scheme}://${hostInUrl(bound.address)}:${bound.port}`,
    stop(graceMs = DEFAULT_GRACE_MS) {
      return new Promise((resolve) => {
        const cut = setTimeout(() => server.closeAllConnections(), graceMs)
        server.close(() => {
          clearTimeout(cut)
          resolve()
        })
        server.closeIdleConnections()
      })
    },
  }
}
