import pg from 'pg'
import { expect, test } from 'vitest'
import { toConnectionString } from './connection-string.ts'

const ODD = { user: 'a b@c', password: 'p/w:%?#值', database: 'd b值' }

test.each(['/tmp/a folder/run', '127.0.0.1', '::1', 'db.example'])(
  'what the address says of %s is what the driver reads',
  (host) => {
    const text = toConnectionString({ host, port: 5433, ...ODD })
    expect(URL.canParse(text)).toBe(true)
    const { database, password, port, user, ...client } = new pg.Client({ connectionString: text })
    expect({ host: client.host.replace(/^\[|\]$/g, ''), port, user, password, database }).toEqual({
      host,
      port: 5433,
      ...ODD,
    })
  },
)
