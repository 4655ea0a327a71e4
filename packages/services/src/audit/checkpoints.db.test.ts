import { chmod, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { splitLines, verifyAuditLog } from '@zhidu/audit'
import { AuditCheckpointList } from '@zhidu/contract'
import { describe, expect, test } from 'vitest'
import { useAuditTrail } from '../testing/audit-trail.ts'
import { openAuditKey } from './audit-key.ts'
import { createCheckpointTimer } from './checkpoint-timer.ts'
import { listAuditCheckpoints } from './list-audit-checkpoints.ts'

const MINUTE = 60_000

const trail = useAuditTrail()
const { append, checkpoint, exported, keptFile, tamper, verify } = trail

describe('a checkpoint', () => {
  test('covers what came since, is kept twice, and an export verifies against either', async () => {
    expect(await checkpoint()).toMatchObject({ size: 0, isNew: false })
    await append('甲', '乙')
    const first = await checkpoint()
    expect(first).toMatchObject({ size: 2, isNew: true })
    expect(await checkpoint({ remembered: first.remembered })).toMatchObject({ size: 2, isNew: false })
    await append('丙', '丁', '戊')
    expect(await checkpoint({ remembered: first.remembered })).toMatchObject({ size: 5, isNew: true })
    const { checkpoints, entries, firstTampered, log } = await exported()
    expect({ entries, firstTampered }).toEqual({ entries: 5, firstTampered: null })
    expect(await keptFile()).toBe(checkpoints)
    expect(await verify(log, checkpoints)).toMatchObject({ ok: true, entries: 5, checkpoints: 2, provenThrough: 5 })
  })

  test('is the same whether the process remembers or reads everything again', async () => {
    await append('甲', '乙', '丙')
    const { remembered } = await checkpoint()
    await append('丁', '戊')
    const again = await checkpoint()
    await tamper('delete from audit_checkpoint where size = 5')
    await rm(join(trail.folder, 'audit-checkpoints.txt'))
    expect((await checkpoint({ remembered })).remembered).toEqual(again.remembered)
  })

  test('is written to a folder that lacks earlier ones, or was torn in the middle of one', async () => {
    await append('甲')
    await checkpoint({ checkpointDir: null })
    await append('乙')
    await checkpoint()
    const whole = await keptFile()
    expect(whole).toBe((await exported()).checkpoints)
    await writeFile(join(trail.folder, 'audit-checkpoints.txt'), whole.slice(0, -70))
    await checkpoint()
    expect(await keptFile()).toBe(whole)
  })

  test('bears a second signature once there is an SM2 key, and either key verifies it', async () => {
    await append('甲')
    const both = await openAuditKey(join(trail.folder, 'audit-key'), { withSm2: true })
    await checkpoint({ signers: both.signers })
    const { checkpoints, log } = await exported()
    expect(checkpoints.match(/^— /gm)).toHaveLength(2)
    const [ed25519 = '', sm2 = ''] = both.verifierKeys.trim().split('\n')
    for (const one of [ed25519, sm2]) {
      async function* bytes() {
        yield await Promise.resolve(log)
      }
      expect((await verifyAuditLog({ entries: splitLines(bytes()), checkpoints, key: one })).ok).toBe(true)
    }
  })

  test('is not signed when the kept ones go further, or are others: older data were put in place', async () => {
    await append('甲')
    const { remembered } = await checkpoint()
    await append('乙')
    await checkpoint()
    await tamper('delete from audit_entry where seq = 2', 'delete from audit_checkpoint where size = 2')
    await append('丙')
    await expect(checkpoint()).rejects.toMatchObject({ reason: 'audit_checkpoints_ahead' })
    await writeFile(join(trail.folder, 'audit-checkpoints.txt'), 'something else\n')
    await expect(checkpoint()).rejects.toMatchObject({ reason: 'audit_checkpoints_differ' })
    expect(await checkpoint({ checkpointDir: null, remembered })).toMatchObject({ size: 2, isNew: true })
  })

  test('is not signed over what this process signed otherwise, though its row is gone', async () => {
    await append('甲', '乙')
    const { remembered } = await checkpoint({ checkpointDir: null })
    await tamper('delete from audit_entry where seq = 2', 'delete from audit_checkpoint')
    const refusal = { reason: 'audit_chain_broken', params: { seq: '2' } }
    await expect(checkpoint({ checkpointDir: null, remembered })).rejects.toMatchObject(refusal)
    await append('丙', '丁')
    await expect(checkpoint({ checkpointDir: null, remembered })).rejects.toMatchObject(refusal)
  })
})

describe('the timer', () => {
  test('makes a checkpoint now and at each interval, goes on after a failure, and stops', async () => {
    const waits: number[] = []
    const errors: unknown[] = []
    let run: (() => void) | undefined
    let arrived: () => void = () => undefined
    const next = () => new Promise<void>((resolve) => (arrived = resolve))
    let scheduled = next()
    await append('甲')
    const timer = createCheckpointTimer(trail.ctx, {
      signers: trail.key.signers,
      checkpointDir: trail.folder,
      onError: (error) => errors.push(error),
      schedule: (again, ms) => {
        waits.push(ms)
        run = again
        arrived()
        return () => (run = undefined)
      },
    })
    const tick = async () => {
      scheduled = next()
      run?.()
      await scheduled
    }
    await scheduled
    await append('乙')
    await tick()
    await tick()
    await writeFile(join(trail.folder, 'audit-checkpoints.txt'), 'damaged')
    await append('丙')
    await tick()
    expect(errors).toMatchObject([{ reason: 'audit_checkpoints_differ' }])
    await rm(join(trail.folder, 'audit-checkpoints.txt'))
    await tick()
    await timer.stop()
    expect(run).toBeUndefined()
    expect(waits).toEqual(Array.from({ length: 5 }, () => 60 * MINUTE))
    const { items } = await listAuditCheckpoints(trail.ctx)
    expect(items.map(({ reason, size }) => [size, reason])).toEqual([
      [3, 'timed'],
      [2, 'timed'],
      [1, 'start'],
    ])
  })

  test('knows no interval beyond an hour', () => {
    const options = { signers: trail.key.signers, checkpointDir: null, onError: () => undefined }
    for (const everyMs of [60 * MINUTE + 1, 0, NaN]) {
      expect(() => createCheckpointTimer(trail.ctx, { ...options, everyMs })).toThrow(RangeError)
    }
  })

  test('is missed: an entry without a checkpoint for more than seventy minutes', async () => {
    await append('甲')
    await checkpoint()
    trail.present += 5 * 60 * MINUTE
    const covered = AuditCheckpointList.parse(await listAuditCheckpoints(trail.ctx))
    expect(covered).toMatchObject({ total: 1, entryCount: 1, coveredCount: 1, isOverdue: false })
    expect(covered.items[0]).toMatchObject({ size: 1, reason: 'manual', createdAt: '2026-11-20T09:00:00+08:00' })
    await append('乙')
    trail.present += 70 * MINUTE
    expect((await listAuditCheckpoints(trail.ctx)).isOverdue).toBe(false)
    trail.present += 1
    expect(await listAuditCheckpoints(trail.ctx)).toMatchObject({ isOverdue: true, entryCount: 2, coveredCount: 1 })
  })
})

describe('the key', () => {
  test('is made once, for its owner alone', async () => {
    const path = join(trail.folder, 'other-key')
    const made = await Promise.all([openAuditKey(path), openAuditKey(path), openAuditKey(path)])
    const names = new Set(made.map(({ signers }) => signers[0]?.key.name))
    expect([...names]).toEqual([expect.stringMatching(/^zhidu-audit\/[0-9a-f]{12}$/)])
    expect((await stat(path)).mode & 0o777).toBe(0o600)
    expect(await readFile(`${path}.pub`, 'utf8')).toBe(made[0].verifierKeys)
  })

  test('is not used when others may read it, or when it is none', async () => {
    const path = join(trail.folder, 'audit-key')
    await chmod(path, 0o640)
    await expect(openAuditKey(path)).rejects.toMatchObject({ reason: 'audit_key_open', params: { path } })
    await chmod(path, 0o600)
    await writeFile(path, 'not a key')
    await expect(openAuditKey(path)).rejects.toMatchObject({ reason: 'audit_key_unreadable' })
  })

  test('may be changed: the log keeps its name, and its old checkpoints their signatures', async () => {
    const path = join(trail.folder, 'audit-key')
    await append('甲')
    await checkpoint()
    await rm(path)
    const fresh = await openAuditKey(path)
    expect(fresh.verifierKeys.trim().split('\n')).toHaveLength(2)
    await append('乙')
    await checkpoint({ signers: fresh.signers })
    trail.key = fresh
    const { checkpoints, log } = await exported()
    expect(await verify(log, checkpoints)).toMatchObject({ ok: true, checkpoints: 2 })
  })
})
