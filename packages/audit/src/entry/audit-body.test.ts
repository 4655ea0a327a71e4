import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { type AuditBody, parseAuditText, toAuditText } from './audit-body.ts'
import { hashEntry, NO_ENTRY } from './entry-hash.ts'

const BODY: AuditBody = {
  v: 1,
  at: '2026-07-03T06:05:00.000Z',
  actor: { kind: 'anonymous', id: null, name: 'a\u0000\ud800b', unit: null },
  from: '192.0.2.7',
  action: 'session.sign_in',
  object: null,
  outcome: 'refused',
  reason: 'sign_in_failed',
  detail: { tries: 3 },
}
const TEXT =
  '{"action":"session.sign_in","actor":{"id":null,"kind":"anonymous","name":"a\ufffd\ufffdb","unit":null},' +
  '"at":"2026-07-03T06:05:00.000Z","detail":{"tries":3},"from":"192.0.2.7","object":null,"outcome":"refused",' +
  '"reason":"sign_in_failed","v":1}'

describe('the text of an entry', () => {
  it('has one spelling, without what PostgreSQL cannot hold and without fields of others', () => {
    expect(toAuditText(BODY)).toBe(TEXT)
    expect(toAuditText({ ...BODY, extra: 1 } as AuditBody)).toBe(TEXT)
    expect(() => toAuditText({ ...BODY, at: '2026-07-03T14:05:00+08:00' })).toThrow(RangeError)
  })

  it('is read back only when it was made here', () => {
    expect(parseAuditText(TEXT)).toEqual({ ...BODY, actor: { ...BODY.actor, name: 'a\ufffd\ufffdb' } })
    for (const other of [TEXT.replace('"v":1', '"v":2'), ` ${TEXT}`, 'null', '{', '{"v":1}']) {
      expect(parseAuditText(other)).toBeNull()
    }
  })

  it('is hashed behind 0x00 and the hash before it', () => {
    const prev = 'ab'.repeat(32)
    const expected = createHash('sha256').update(`00${prev}`, 'hex').update(TEXT, 'utf8').digest('hex')
    expect(hashEntry(prev, TEXT)).toBe(expected)
    expect(hashEntry(NO_ENTRY, '')).toBe(createHash('sha256').update(Buffer.alloc(33)).digest('hex'))
  })
})
