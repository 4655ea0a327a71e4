import { AuditList, AuditListInput } from '@zhidu/contract'
import { describe, expect, test } from 'vitest'
import { useAuditTrail } from '../testing/audit-trail.ts'
import { listAudit } from './list-audit.ts'

const MINUTE = 60_000

const trail = useAuditTrail()
const { append } = trail

describe('the list', () => {
  test('gives what was written, by the contract', async () => {
    await append('甲')
    const { items, ...rest } = AuditList.parse(await listAudit(trail.ctx, AuditListInput.parse({})))
    expect(rest).toEqual({ nextCursor: null, total: 1, isTotalExact: true })
    expect(items).toEqual([
      {
        seq: 1,
        at: '2026-11-20T09:00:00+08:00',
        actor: { kind: 'account', id: 'A1', name: '甲', unit: 'U1' },
        address: '192.0.2.7',
        action: 'check.record',
        object: 'check/甲',
        outcome: 'done',
        reason: null,
        detail: { 说明: ['甲', 1, null] },
        hash: expect.stringMatching(/^[0-9a-f]{64}$/),
        isIntact: true,
      },
    ])
  })

  test('filters, and goes on where a page ended', async () => {
    await append('丁', ...Array.from({ length: 60 }, (_, index) => `n${index}`))
    trail.present += MINUTE
    await append('丁')
    const first = await listAudit(trail.ctx, {})
    expect(first).toMatchObject({ total: 62, nextCursor: '13' })
    expect(first.items.map(({ seq }) => seq)).toEqual(Array.from({ length: 50 }, (_, index) => 62 - index))
    const second = await listAudit(trail.ctx, { cursor: '13' })
    expect(second.items.map(({ seq }) => seq)).toEqual(Array.from({ length: 12 }, (_, index) => 12 - index))
    expect(second.nextCursor).toBeNull()
    const seqs = async (input: AuditListInput) => (await listAudit(trail.ctx, input)).items.map(({ seq }) => seq)
    expect(await seqs({ action: 'account' })).toEqual([62, 1])
    expect(await seqs({ outcome: 'refused', to: '2026-11-20T09:01:00+08:00' })).toEqual([1])
    expect(await seqs({ from: '2026-11-20T09:01:00+08:00' })).toEqual([62])
    expect(await seqs({ actor: 'N59' })).toEqual([61])
    expect(await seqs({ object: '/n58', actor: '' })).toEqual([60])
  })

  test('takes no field and no form that it does not know', () => {
    const inputs = [{ extra: 1 }, { action: 'a%' }, { cursor: '-1' }, { outcome: 'any' }, { from: '2026-11-20' }]
    for (const input of inputs) expect(AuditListInput.safeParse(input).success).toBe(false)
  })
})
