import { describe, expect, it } from 'vitest'
import { listenAddress } from './listen-address.ts'

describe('listenAddress', () => {
  it('listens on this machine alone unless told otherwise', () => {
    expect(listenAddress({})).toEqual({ host: '127.0.0.1', port: 3000 })
  })

  it.each(['127.0.0.1', '127.255.0.9', '::1', 'localhost', 'LOCALHOST'])(
    'takes %s, an address of this machine',
    (host) => {
      expect(listenAddress({ HOST: host, PORT: '0' })).toEqual({ host, port: 0 })
    },
  )

  it.each(['0.0.0.0', '::', '192.168.1.5', '128.0.0.1', 'localhost.example', '127.0.0.1.example', ''])(
    'refuses %j while there are no accounts',
    (host) => {
      expect(() => listenAddress({ HOST: host })).toThrow(
        expect.objectContaining({ reason: 'not_loopback', value: host }),
      )
    },
  )

  it.each(['65536', '-1', '80a', '', '3000.5'])('refuses %j as a port', (port) => {
    expect(() => listenAddress({ PORT: port })).toThrow(expect.objectContaining({ reason: 'bad_port', value: port }))
  })
})
