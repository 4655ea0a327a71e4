import { expect, test } from 'vitest'
import { platformPins } from './platform.mjs'

const glibc = () => false

test.each(['linux-x64', 'linux-arm64', 'darwin-x64', 'darwin-arm64', 'win32-x64'])('%s has pinned packages', (name) => {
  const [os, cpu] = name.split('-')
  const { node, pnpm } = platformPins(os, cpu, glibc)
  for (const pin of [node, pnpm]) {
    expect(pin.version).toMatch(/^\d+\.\d+\.\d+$/)
    expect(pin.integrity).toMatch(/^sha512-[\w+/]{86}==$/)
  }
  expect(Number(node.version.split('.')[0])).toBeGreaterThanOrEqual(24)
})

test('a machine without a published engine, and Linux without glibc, are refused by name', () => {
  expect(() => platformPins('freebsd', 'x64', glibc)).toThrow('freebsd-x64')
  expect(() => platformPins('linux', 'riscv64', glibc)).toThrow('linux-riscv64')
  expect(() => platformPins('linux', 'x64', () => true)).toThrow('musl')
})
