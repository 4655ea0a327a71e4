import { createHash, randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { fingerprint } from '../testing/drill.ts'
import { countEntries, KEY, useDrillPair } from '../testing/drill-pair.ts'
import { PLAIN_LINE, TRAILER_BYTES } from './backup-format.ts'
import type { RestoreArgs } from './restore-backup.ts'

const pair = useDrillPair()
const { folder, load, path, put, putRaw, save, sealedPath } = pair

/** A file of the same format, with another text and a trailer that fits it. */
function rewrite(change: (text: string) => string): string {
  const file = readFileSync(path)
  const text = gunzipSync(file.subarray(PLAIN_LINE.length, -TRAILER_BYTES)).toString('utf8')
  const changed = change(text)
  expect(changed).not.toBe(text)
  return put(Buffer.concat([Buffer.from(PLAIN_LINE), gzipSync(changed)]))
}

describe('a file that is not as it was written', () => {
  /** Every refusal leaves the database as it was but for its entry. */
  async function refusalOf(file: string, args: Partial<RestoreArgs> = {}): Promise<string> {
    const count = await countEntries(pair.target)
    const before = await fingerprint(pair.target, count)
    const reason = await load(pair.target.ctx, { path: file, replace: true, ...args }).then(
      () => 'done',
      (error: unknown) => (error instanceof Error && 'reason' in error ? String(error.reason) : String(error)),
    )
    expect(await fingerprint(pair.target, count)).toEqual(before)
    return reason
  }

  it('is refused when it was cut anywhere', async () => {
    const file = readFileSync(path)
    for (const length of [PLAIN_LINE.length, 500, file.length >> 1, file.length - TRAILER_BYTES, file.length - 1]) {
      expect(await refusalOf(putRaw(file.subarray(0, length)))).toBe('backup_damaged')
    }
    expect(await refusalOf(putRaw(Buffer.concat([file, Buffer.from('x')])))).toBe('backup_damaged')
  })

  it('is refused when any bit was flipped', async () => {
    for (const original of [path, sealedPath]) {
      const file = readFileSync(original)
      const places = Array.from({ length: 12 }, (_, n) => Math.floor(((n + Math.random()) / 12) * file.length))
      for (const at of places) {
        const flipped = Buffer.from(file)
        flipped[at] = (flipped[at] ?? 0) ^ (1 << Math.floor(Math.random() * 8))
        const key = original === path ? null : KEY
        expect(['backup_damaged', 'backup_foreign', 'backup_format_newer']).toContain(
          await refusalOf(putRaw(flipped), { key }),
        )
      }
    }
  })

  it('is refused when a row was changed and every check but the hash of the table made to fit', async () => {
    expect(await refusalOf(rewrite((text) => text.replace('\tphone\t', '\tvideo\t')))).toBe('backup_damaged')
    expect(await refusalOf(rewrite((text) => `${text}{}\n`))).toBe('backup_damaged')
    expect(await refusalOf(rewrite((text) => text.slice(0, text.lastIndexOf('{"tables"'))))).toBe('backup_damaged')
  })

  it('is undone when what was copied reads back other than the manifest says', async () => {
    const file = rewrite((text) => {
      const rows = /(?<=\{"table":"setting".*\n)[^]*?(?=\\\.\n)/.exec(text)?.[0] ?? ''
      // The same value for PostgreSQL, in another spelling.
      const spelt = rows.replace('odd\t{', 'odd\t{ ')
      const hash = (part: string): string => createHash('sha256').update(part).digest('hex')
      return text.replace(rows, () => spelt).replace(hash(rows), hash(spelt))
    })
    expect(await refusalOf(file)).toBe('restore_differs')
  })

  it('is refused by name when it is another kind of file, of a newer program, or of a newer format', async () => {
    expect(await refusalOf(putRaw(Buffer.from('unit_code,name\nC01,甲\n')))).toBe('backup_foreign')
    expect(await refusalOf(putRaw(Buffer.alloc(0)))).toBe('backup_foreign')
    expect(await refusalOf(put(Buffer.from('zhidu-backup 2 zstd\n\u0000')))).toBe('backup_format_newer')
    const newer = rewrite((text) => text.replace('"migrations":["', '"migrations":["2099-01-01-0001-x","'))
    await expect(load(pair.target.ctx, { path: newer, replace: true })).rejects.toMatchObject({
      reason: 'backup_newer',
      params: { migration: '2099-01-01-0001-x', program: '0.1.0' },
    })
  })

  it('is refused without its key, with another, with one it does not have, and with its segments in another order', async () => {
    expect(await refusalOf(sealedPath)).toBe('backup_sealed')
    expect(await refusalOf(sealedPath, { key: randomBytes(32) })).toBe('backup_other_key')
    expect(await refusalOf(path, { key: KEY })).toBe('backup_not_sealed')
    const noise = join(folder, 'large.backup')
    await pair.source.query(`insert into setting values ('large', '"${randomBytes(150_000).toString('hex')}"')`)
    await save(pair.source.ctx, { path: noise, key: KEY })
    await pair.source.query(`delete from setting where key = 'large'`)
    const file = readFileSync(noise).subarray(0, -TRAILER_BYTES)
    const start = file.indexOf('\n') + 1
    const segment = 65_536 + 16
    const [head, first, second, rest] = [
      file.subarray(0, start),
      file.subarray(start, start + segment),
      file.subarray(start + segment, start + 2 * segment),
      file.subarray(start + 2 * segment),
    ]
    expect(rest?.length).toBeGreaterThan(0)
    await load(pair.target.ctx, { path: put(Buffer.concat([head, first, second, rest])), key: KEY, replace: true })
    expect(await refusalOf(put(Buffer.concat([head, first, second])), { key: KEY })).toBe('backup_damaged')
    expect(await refusalOf(put(Buffer.concat([head, second, first, rest])), { key: KEY })).toBe('backup_other_key')
    expect(await refusalOf(put(Buffer.concat([head, first, rest])), { key: KEY })).toBe('backup_damaged')
  })
})
