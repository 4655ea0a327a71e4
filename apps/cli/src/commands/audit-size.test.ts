import { spawn } from 'node:child_process'
import { createHash, generateKeyPairSync, sign } from 'node:crypto'
import { once } from 'node:events'
import { createWriteStream, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { toAuditText } from '@zhidu/audit'
import { afterAll, expect, it } from 'vitest'

const ENTRIES = process.env['ZHIDU_LONG_TESTS'] === '1' ? 1_000_000 : 20_000
const SECONDS = 30
const PEAK_KB = 500_000
const ORIGIN = 'example.org/zhidu'
const MAIN = join(import.meta.dirname, '../main.ts')

const folder = mkdtempSync(join(tmpdir(), 'zhidu-size-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function sha256(...parts: readonly (Buffer | string)[]): Buffer {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest()
}

/** RFC 6962, section 2.1, as it is written there. */
function rootOf(leaves: readonly Buffer[], from: number, to: number): Buffer {
  if (to - from === 1) return leaves[from] ?? Buffer.alloc(0)
  let half = 1
  while (half * 2 < to - from) half *= 2
  return sha256(Buffer.of(1), rootOf(leaves, from, from + half), rootOf(leaves, from + half, to))
}

const ZERO = Buffer.of(0)

/** The log and its checkpoint by the words of the document alone: nothing here is the program's but the text of an entry. */
async function writeLog(): Promise<string> {
  const leaves: Buffer[] = []
  let prev: Buffer = Buffer.alloc(32)
  const actor = { kind: 'account', id: 'A1', name: '督查员', unit: 'U1' } as const
  const what = { from: '192.0.2.7', action: 'check.record', outcome: 'done', reason: null, detail: { n: 1 } } as const
  function* lines(): Generator<string> {
    yield `{"zhidu":"audit-log","v":1,"origin":"${ORIGIN}"}\n`
    for (let seq = 1; seq <= ENTRIES; seq += 1) {
      const text = toAuditText({ v: 1, at: '2026-07-03T06:05:00.000Z', actor, object: `check/${seq}`, ...what })
      const hash = sha256(ZERO, prev, text)
      yield `{"seq":${seq},"text":${JSON.stringify(text)},"prev":"${prev.toString('hex')}","hash":"${hash.toString('hex')}"}\n`
      leaves.push(hash)
      prev = hash
    }
  }
  await pipeline(Readable.from(lines()), createWriteStream(join(folder, 'log.jsonl')))
  const root = rootOf(leaves, 0, leaves.length).toString('base64')
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  const raw = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32)
  const typed = Buffer.concat([Buffer.of(1), raw])
  const id = sha256(`${ORIGIN}\n`, typed).subarray(0, 4)
  const note = `${ORIGIN}\n${ENTRIES}\n${root}\n`
  const signature = Buffer.concat([id, sign(null, Buffer.from(note), privateKey)]).toString('base64')
  writeFileSync(join(folder, 'kept.txt'), `${note}\n— ${ORIGIN} ${signature}\n\n`)
  writeFileSync(join(folder, 'key.pub'), `${ORIGIN}+${id.toString('hex')}+${typed.toString('base64')}\n`)
  return root
}

it(`verifies ${ENTRIES} entries that another program wrote, without a database, in time and in little memory`, async () => {
  const root = await writeLog()
  const tell = 'process.on("exit",()=>process.stderr.write(`peak ${process.resourceUsage().maxRSS}`))'
  const args = ['audit', 'verify', 'log.jsonl', '--checkpoints', 'kept.txt', '--key', 'key.pub', '--json']
  const since = performance.now()
  const child = spawn(
    process.execPath,
    ['--import', `data:text/javascript,${encodeURIComponent(tell)}`, MAIN, ...args],
    {
      cwd: folder,
      env: {
        ...process.env,
        INIT_CWD: folder,
        DATABASE_URL: 'postgresql://nobody@127.0.0.1:1/none',
        ZHIDU_DATA: '/dev/null/none',
      },
    },
  )
  let [out, err] = ['', '']
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text))
  const [status] = await once(child, 'close')
  const seconds = (performance.now() - since) / 1_000
  expect([status, JSON.parse(out)], err).toMatchObject([
    0,
    { ok: true, entries: ENTRIES, checkpoints: 1, provenThrough: ENTRIES, root, firstBad: null },
  ])
  expect(seconds).toBeLessThan(SECONDS)
  const peak = Number(/peak (\d+)/.exec(err)?.[1])
  expect(peak).toBeGreaterThan(10_000)
  expect(peak).toBeLessThan(PEAK_KB)
}, 300_000)
