import { expect, it } from 'vitest'
import { limitConcurrency } from './limit-concurrency.ts'
import { hashPassword, isStaleHash, verifyPassword } from './password-hash.ts'

const PASSWORD = 'Kestrel-47-mop'

it('is argon2id with 19 MiB, two passes and a salt of its own', async () => {
  const [one, two] = await Promise.all([hashPassword(PASSWORD), hashPassword(PASSWORD)])
  expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[\w+/]{22}\$[\w+/]{43}$/)
  expect(one).not.toBe(two)
  expect(isStaleHash(one)).toBe(false)
  expect(isStaleHash(one.replace('m=19456', 'm=12288'))).toBe(true)
})

it('tells the right password from others, to its last character, whatever width it was typed in', async () => {
  const long = `${'x'.repeat(127)}1`
  const hashed = await hashPassword(long)
  expect(await verifyPassword(hashed, long)).toBe(true)
  expect(await verifyPassword(hashed, `${'x'.repeat(127)}2`)).toBe(false)
  expect(await verifyPassword(await hashPassword(PASSWORD), 'Ｋestrel－47-mop')).toBe(true)
  expect(await verifyPassword(null, PASSWORD)).toBe(false)
})

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN
}

/**
 * Short form of a measurement: 25 tries each, taken in turn. On a busy machine medians of a few tries differ by some ten
 * percent; without the comparison with a dummy the ratio is below a hundredth.
 */
it('takes as long for nobody as for somebody', async () => {
  const hashed = await hashPassword(PASSWORD)
  const timeOf = async (hash: string | null): Promise<number> => {
    const startedAt = performance.now()
    await verifyPassword(hash, 'Kestrel-48-mop')
    return performance.now() - startedAt
  }
  const somebody: number[] = []
  const nobody: number[] = []
  for (let round = 0; round < 25; round += 1) {
    somebody.push(await timeOf(hashed))
    nobody.push(await timeOf(null))
  }
  const ratio = median(nobody) / median(somebody)
  expect(ratio).toBeGreaterThan(0.6)
  expect(ratio).toBeLessThan(1.6)
})

it('works on four at once, in the order they came, also after one has failed', async () => {
  const limited = limitConcurrency(4)
  let running = 0
  let most = 0
  const ended: number[] = []
  const results = await Promise.allSettled(
    Array.from({ length: 20 }, (_, index) =>
      limited(async () => {
        running += 1
        most = Math.max(most, running)
        await new Promise((resolve) => setTimeout(resolve, 2))
        running -= 1
        ended.push(index)
        if (index % 3 === 0) throw new Error('no')
      }),
    ),
  )
  expect([most, running, results.filter(({ status }) => status === 'rejected').length]).toEqual([4, 0, 7])
  expect(ended).toEqual(ended.toSorted((a, b) => a - b))
})
