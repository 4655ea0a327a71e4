import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseKeyFile, toKeyLine } from '@zhidu/draw'
import { exampleFiles, exampleSigner } from '@zhidu/draw/testing'
import { parseVerifierKeys, toVerifierKeyLine } from '@zhidu/audit'
import { afterAll, beforeEach, expect, it } from 'vitest'
import { runCommandLine } from '../run-command-line.ts'

const folder = mkdtempSync(join(tmpdir(), 'zhidu-draw-'))
const files = await exampleFiles()
const key = toKeyLine(exampleSigner().key)
writeFileSync(join(folder, 'pool.json'), files.pool)
writeFileSync(join(folder, 'changed.json'), files.pool.replace('"weight":3', '"weight":2'))
writeFileSync(join(folder, 'certificate.txt'), files.certificate)
writeFileSync(join(folder, 'key.pub'), `${key}\n`)
writeFileSync(join(folder, 'other.pub'), `${toKeyLine({ name: 'example.org/other', publicKey: new Uint8Array(32) })}\n`)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

let out: string[]
let err: string[]
beforeEach(() => {
  out = []
  err = []
})

/** Any use of a database fails: there is none, and no folder for one. */
function zhidu(...args: readonly string[]): Promise<number> {
  return runCommandLine(['draw', ...args], {
    env: { DATABASE_URL: 'postgresql://nobody@127.0.0.1:1/none', ZHIDU_DATA: '/dev/null/none' },
    language: 'zh-CN',
    cwd: folder,
    print: (text) => out.push(text),
    say: (line) => err.push(line),
    signal: new AbortController().signal,
  })
}

it('verifies a draw without a database, with and without a key kept elsewhere', async () => {
  expect(await zhidu('verify', 'pool.json', 'certificate.txt', '--key', 'key.pub')).toBe(0)
  expect(err[0]).toBe('核验通过：重新计算的结果与证书完全一致。')
  expect(err.join()).not.toContain('没有提供公钥')
  expect(await zhidu('verify', 'pool.json', 'certificate.txt')).toBe(0)
  expect(err.join()).toContain('没有提供公钥')
})

it.each([
  [['changed.json', 'certificate.txt'], 1, '“名单库哈希值”不符'],
  [['pool.json', 'pool.json'], 1, '“证书格式”不符'],
  [['pool.json', 'certificate.txt', '--key', 'other.pub'], 1, '“签名公钥”不符'],
  [['pool.json', 'certificate.txt', '--key', 'pool.json'], 1, '没有 Ed25519 验证公钥'],
  [['nothing.json', 'certificate.txt'], 1, '读不了文件'],
  [['pool.json'], 2, 'missing required argument'],
])('refuses %j with status %d and says why', async (args, status, words) => {
  expect(await zhidu('verify', ...args)).toBe(status)
  expect(err.join('\n')).toContain(words)
})

it('gives one JSON document with every step', async () => {
  expect(await zhidu('verify', 'changed.json', 'certificate.txt', '--json')).toBe(1)
  expect(out).toHaveLength(1)
  expect(JSON.parse(out[0] ?? '')).toMatchObject({
    isGenuine: false,
    steps: expect.arrayContaining([expect.objectContaining({ step: 'pool_hash', outcome: 'failed' })]) as unknown,
    certificate: { draw: 'D-2026-017' },
  })
})

it('writes a page that lets nothing in or out, without types or imports left over', async () => {
  expect(await zhidu('page', '--out', 'draw.html')).toBe(0)
  const page = readFileSync(join(folder, 'draw.html'), 'utf8')
  expect(page).toMatch(/default-src 'none'; script-src 'sha256-[A-Za-z0-9+/=]{44}'; style-src 'sha256-/)
  expect(page).not.toMatch(/^\s*(import|export|interface|type) /m)
  expect(page).not.toMatch(/https?:|\bsrc=|\bhref=|url\(/)
})

it('writes keys as the audit trail does', () => {
  const [ours] = parseVerifierKeys(key)
  expect(ours === undefined ? null : toVerifierKeyLine(ours)).toBe(key)
  expect(parseKeyFile(`${key}\n`)).toEqual(
    [exampleSigner().key].map((one) => ({ ...one, publicKey: Uint8Array.from(one.publicKey) })),
  )
})
