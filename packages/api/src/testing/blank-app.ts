import type { Hono } from 'hono'
import type { ApiOptions } from '../context.ts'
import { createApp } from '../create-app.ts'

export const HOST = 'zhidu.example'
export const ORIGIN = `http://${HOST}`

export interface BlankApp {
  readonly app: Hono
  /** How often anything behind the edge was asked for. */
  touches(): number
  /** Also with a host, which a request made by hand has not. */
  request(path: string, init?: RequestInit, env?: object): Promise<Response>
}

/** The whole edge with nothing behind it: whatever is touched there is counted and fails with a secret. */
export function createBlankApp(changes: Partial<ApiOptions> = {}): BlankApp {
  let touched = 0
  const nothing = new Proxy(
    {},
    {
      get() {
        touched += 1
        throw new Error(
          'postgres://somebody:secret@db /srv/zhidu/packages/db/src/x.ts:7 select "secret" from "account"',
        )
      },
    },
  )
  // Safe: the point of these is that they are never of use.
  const behind = { service: nothing, importJobs: nothing, upkeep: nothing } as unknown as Pick<
    ApiOptions,
    'service' | 'importJobs' | 'upkeep'
  >
  const app = createApp({
    ...behind,
    log: { error: () => undefined },
    version: '9.8.7-test',
    maxUploadBytes: 1_000_000,
    allowedHosts: [HOST],
    origins: [ORIGIN],
    isHttps: false,
    trustedProxies: [],
    ...changes,
  } as ApiOptions)
  return {
    app,
    touches: () => touched,
    request: async (path, init = {}, env = {}) => {
      const headers = new Headers(init.headers)
      if (!headers.has('host')) headers.set('host', HOST)
      return await app.request(`http://${HOST}${path}`, { ...init, headers }, env)
    },
  }
}
