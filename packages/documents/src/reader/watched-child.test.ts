import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { TableError } from '../table/table.ts'
import { startChild, type WatchLimits } from './watched-child.ts'

const UNRULY = fileURLToPath(new URL('../testing/unruly-child.ts', import.meta.url))
const LIMITS: WatchLimits = { memoryBytes: 400_000_000, stallSeconds: 20, totalSeconds: 20 }

/** How a child that does `deed` ends. */
async function endOf(deed: string, limits: Partial<WatchLimits> = {}, onPeak?: (bytes: number) => void) {
  const child = await startChild(UNRULY, [deed], { limits: { ...LIMITS, ...limits }, onPeak })
  try {
    await child.next()
  } catch (error) {
    if (error instanceof TableError) return error
    throw error
  } finally {
    await child.stop()
  }
  throw new Error('it went on')
}

describe('a child that reads', () => {
  // Where there is no /proc the child looks at itself.
  it.runIf(process.platform === 'linux')(
    'is killed for buffers before it holds 512 MB',
    async () => {
      let peak = 0
      const { code } = await endOf('hoard', {}, (bytes) => (peak = Math.max(peak, bytes)))
      expect(code).toBe('file_reader_memory')
      expect(peak).toBeGreaterThan(300_000_000)
      expect(peak).toBeLessThan(512_000_000)
    },
    30_000,
  )

  it('ends when its objects fill the heap it was given', async () => {
    expect((await endOf('fillHeap')).code).toBe('file_reader_memory')
  }, 30_000)

  it('is killed when it makes no progress, and when it makes progress for too long', async () => {
    expect(await endOf('hang', { stallSeconds: 1 })).toMatchObject({ code: 'file_stalled', params: { limit: '1' } })
    const slow = { stallSeconds: 1, totalSeconds: 1 }
    expect(await endOf('dawdle', slow)).toMatchObject({ code: 'file_too_slow', params: { limit: '1' } })
  }, 30_000)

  it('that crashes, leaves without a word or talks without an end is one refusal', async () => {
    for (const deed of ['crash', 'leave', 'flood']) expect((await endOf(deed)).code).toBe('file_reader_ended')
  }, 30_000)

  it('has no environment, a folder of its own, and may neither write nor start anything', async () => {
    const { params } = await endOf('tell')
    expect(params).toEqual({
      environment: '',
      folder: expect.stringContaining(join(tmpdir(), 'zhidu-reader-')),
      write: 'ERR_ACCESS_DENIED',
      spawn: 'ERR_ACCESS_DENIED',
    })
    expect(existsSync(params['folder'] ?? '')).toBe(false)
  }, 30_000)
})
