import type { BadKind } from '@zhidu/audit'
import { AuditList } from '@zhidu/contract'
import { describe, expect, test } from 'vitest'
import { useAuditTrail } from '../testing/audit-trail.ts'
import { listAudit } from './list-audit.ts'

const trail = useAuditTrail()
const { append, checkpoint, exported, keptFile, tamper, verify } = trail

/** Gives entries from `seq` on the hashes that fit their texts. */
function hashAnew(from: number, through: number): string {
  return `do $$ declare last bytea; entry record; begin
    select coalesce((select hash from audit_entry where seq = ${from - 1}), decode(repeat('00', 32), 'hex')) into last;
    for entry in select * from audit_entry where seq between ${from} and ${through} order by seq loop
      update audit_entry set prev_hash = last, hash = sha256('\\x00'::bytea || last || convert_to(text, 'UTF8'))
        where seq = entry.seq returning hash into last;
    end loop; end $$`
}
const LIE = (seq: number): string => `update audit_entry set text = replace(text, 'U1', 'U2') where seq = ${seq}`

interface Crime {
  readonly statements: readonly string[]
  /** What the export and the checkpoints that were kept say. */
  readonly found: { readonly seq: number; readonly kind: BadKind }
  /** Why nothing more is signed. */
  readonly refusal: { readonly reason: string; readonly params: Readonly<Record<string, string>> }
}

function broken(seq: number): Crime['refusal'] {
  return { reason: 'audit_chain_broken', params: { seq: String(seq) } }
}

/** Checkpoints of 3 and 6 entries are kept; a seventh came later. */
const CRIMES: Readonly<Record<string, Crime>> = {
  'a text changed': { statements: [LIE(2)], found: { seq: 2, kind: 'edited' }, refusal: broken(2) },
  'a text changed and hashed anew': {
    statements: [LIE(2), hashAnew(2, 2)],
    found: { seq: 2, kind: 'edited' },
    refusal: broken(2),
  },
  'an entry deleted': {
    statements: ['delete from audit_entry where seq = 4'],
    found: { seq: 4, kind: 'missing' },
    refusal: broken(4),
  },
  'an entry deleted, the rest numbered anew': {
    statements: [
      'delete from audit_entry where seq = 5',
      'update audit_entry set seq = seq + 1000 where seq > 5',
      'update audit_entry set seq = seq - 1001 where seq > 1000',
    ],
    found: { seq: 5, kind: 'unlinked' },
    refusal: broken(5),
  },
  'two entries exchanged': {
    statements: [
      'update audit_entry set seq = 1000 where seq = 2',
      'update audit_entry set seq = 2 where seq = 3',
      'update audit_entry set seq = 3 where seq = 1000',
    ],
    found: { seq: 2, kind: 'unlinked' },
    refusal: broken(2),
  },
  'everything from an entry on written anew': {
    statements: [LIE(5), `update audit_entry set unit_code = 'U2' where seq = 5`, hashAnew(5, 7)],
    found: { seq: 4, kind: 'rewritten' },
    refusal: { reason: 'audit_inconsistent', params: { size: '6' } },
  },
  'the end deleted': {
    statements: ['delete from audit_entry where seq > 4'],
    found: { seq: 5, kind: 'truncated' },
    refusal: { reason: 'audit_inconsistent', params: { size: '6' } },
  },
  'everything deleted': {
    statements: ['delete from audit_entry', 'delete from audit_checkpoint'],
    found: { seq: 1, kind: 'truncated' },
    refusal: { reason: 'audit_checkpoints_ahead', params: {} },
  },
}

describe('a superuser is found out', () => {
  test.each(Object.entries(CRIMES))('%s', async (_, { found, refusal, statements }) => {
    await append('甲', '乙', '丙')
    await checkpoint()
    await append('丁', '戊', '己')
    await checkpoint()
    await append('庚')
    const kept = await keptFile()
    await tamper(...statements)
    const { log } = await exported()
    expect((await verify(log, kept)).firstBad).toEqual(found)
    await expect(checkpoint()).rejects.toMatchObject({ ...refusal, params: expect.objectContaining(refusal.params) })
    expect(await keptFile()).toBe(kept)
  })

  test('a column changed alone: the row is filed under a lie, and the text still tells', async () => {
    await append('甲', '乙', '丙')
    await checkpoint()
    await tamper(`update audit_entry set actor_name = '无辜者' where seq = 2`)
    const { firstTampered, log } = await exported()
    expect(firstTampered).toBe(2)
    expect((await verify(log, await keptFile())).ok).toBe(true)
    const { items } = await listAudit(trail.ctx, {})
    expect(items.map(({ actor, isIntact }) => [actor.name, isIntact])).toEqual([
      ['丙', true],
      ['乙', false],
      ['甲', true],
    ])
  })

  test('a checkpoint changed in the database', async () => {
    await append('甲')
    await checkpoint()
    await tamper(`update audit_checkpoint set note = replace(note, E'\\n1\\n', E'\\n2\\n'), size = 2`)
    const { checkpoints, log } = await exported()
    expect((await verify(log, checkpoints)).firstBad).toEqual({ seq: 2, kind: 'signature_bad' })
    await expect(checkpoint()).rejects.toMatchObject({ reason: 'audit_checkpoints_differ' })
    await tamper(`update audit_checkpoint set note = 'x'`)
    await expect(checkpoint({ checkpointDir: null })).rejects.toMatchObject({ reason: 'audit_checkpoint_unreadable' })
    expect((await exported()).entries).toBe(1)
  })

  test('a text that is no entry any more is shown by its columns', async () => {
    await append('甲')
    await tamper(`update audit_entry set text = '{', actor_kind = 'ghost'`)
    const { items } = AuditList.parse(await listAudit(trail.ctx, {}))
    expect(items[0]).toMatchObject({ isIntact: false, actor: { kind: 'anonymous', name: '甲' }, detail: {} })
  })
})
