import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createAdaptorServer } from '@hono/node-server'
import { type ApiOptions, createApp } from '@zhidu/api'
import { createStaticFiles } from './static-files.ts'
import type { ListenAddress } from './listen-address.ts'

export interface RunningServer {
  /** `http://127.0.0.1:3000` */
  readonly url: string
  /** Stops taking requests, lets the running ones finish for at most `graceMs`, then cuts them. */
  stop(graceMs?: number): Promise<void>
}

const DEFAULT_GRACE_MS = 5_000
const KEEP_ALIVE_MS = 75_000

function listen(server: Server, address: ListenAddress): Promise<AddressInfo> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(address.port, address.host, () => {
      server.off('error', reject)
      resolve(server.address() as AddressInfo)
    })
  })
}

/** Serves dashboard and API. Rejects with the system's error (`EADDRINUSE`, `EACCES`) when the port cannot be had. */
export async function serve(args: {
  readonly address: ListenAddress
  readonly webRoot: string
  readonly api: Omit<ApiOptions, 'allowedHosts'>
}): Promise<RunningServer> {
  const app = createApp({ ...args.api, allowedHosts: ['127.0.0.1', 'localhost', '[::1]', args.address.host] })
  app.route('/', createStaticFiles(args.webRoot))
  const server = createAdaptorServer({ fetch: app.fetch }) as Server
  // Longer than a reader rests between two pages: a browser then never sends into a connection that is just being closed.
  server.keepAliveTimeout = KEEP_ALIVE_MS
  const bound = await listen(server, args.address)
  const host = bound.family === 'IPv6' ? `[${bound.address}]` : bound.address
  return {
    url: `http://${host}:${bound.port}`,
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
