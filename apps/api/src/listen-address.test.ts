import { expect, it } from 'vitest'
import { isLoopback } from './listen-address.ts'

it.each(['127.0.0.1', '127.255.0.9', '::1', 'localhost', 'LOCALHOST'])('%s is an address of this machine', (host) => {
  expect(isLoopback(host)).toBe(true)
})

it.each(['0.0.0.0', '::', '192.168.1.5', '128.0.0.1', 'localhost.example', '127.0.0.1.example', '::2', ''])(
  '%j is none',
  (host) => {
    expect(isLoopback(host)).toBe(false)
  },
)
