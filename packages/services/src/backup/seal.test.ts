import { randomBytes } from 'node:crypto'
import { expect, it } from 'vitest'
import { seal, unseal } from './seal.ts'

const SEGMENT = 65_536
const TAG = 16
const ARGS = { key: randomBytes(32), salt: randomBytes(32), firstLine: 'zhidu-backup 1 …\n' }

async function* inPieces(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

async function join(source: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of source) chunks.push(chunk)
  return Buffer.concat(chunks)
}

it.each([0, 1, SEGMENT - 1, SEGMENT, SEGMENT + 1, 3 * SEGMENT])(
  'gives %i bytes back, however they come',
  async (length) => {
    const bytes = randomBytes(length)
    const sealed = await join(seal(inPieces(bytes, 10_007), ARGS))
    expect(sealed.length).toBe(length + TAG * Math.max(1, Math.ceil(length / SEGMENT)))
    expect((await join(unseal(inPieces(sealed, 70_001), ARGS))).equals(bytes)).toBe(true)
  },
)

it('opens nothing that was cut at the end of a segment, goes on after its end, or stands elsewhere', async () => {
  const bytes = randomBytes(3 * SEGMENT)
  const sealed = await join(seal(inPieces(bytes, SEGMENT), ARGS))
  const whole = SEGMENT + TAG
  const part = (index: number): Buffer => sealed.subarray(index * whole, (index + 1) * whole)
  for (const parts of [[0, 1], [0], [1, 0, 2], [0, 2], [0, 1, 2, 2]]) {
    const changed = Buffer.concat(parts.map(part))
    await expect(join(unseal(inPieces(changed, SEGMENT), ARGS))).rejects.toThrow('does not open')
  }
  await expect(join(unseal(inPieces(sealed, SEGMENT), { ...ARGS, firstLine: 'other\n' }))).rejects.toThrow('segment 0')
  await expect(join(unseal(inPieces(sealed, SEGMENT), { ...ARGS, key: randomBytes(32) }))).rejects.toThrow('segment 0')
})
