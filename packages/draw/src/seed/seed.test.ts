import { createHash } from 'node:crypto'
import { expect, it } from 'vitest'
import { toHex } from '../bytes/text.ts'
import { examplePool, OFFICERS_SEED, OFFICERS_VALUE, PUBLIC_VALUE } from '../testing/example-draw.ts'
import { computeCommitment, computeKey, listSeedProblems, type Reveal, type SeedValue } from './seed.ts'

const pool = examplePool({ seed: OFFICERS_SEED })
const [first, second] = OFFICERS_VALUE.kind === 'officers' ? (OFFICERS_VALUE.reveals as readonly [Reveal, Reveal]) : []

function problemsOf(...reveals: readonly (Reveal | undefined)[]): string[] {
  const value: SeedValue = { kind: 'officers', reveals: reveals.filter((one) => one !== undefined) }
  return listSeedProblems(pool, value).map(({ kind, officer }) => `${kind} ${officer}`)
}

it('commits to officer, nonce and text by a hash that anybody can compute', () => {
  const text = '["zhidu-draw-commitment-1","A","00112233445566778899aabbccddeeff","secret"]'
  const reveal = { officer: 'A', nonce: '00112233445566778899aabbccddeeff', text: 'secret' }
  expect(computeCommitment(reveal)).toBe(`sha256:${createHash('sha256').update(text).digest('hex')}`)
  expect(() => computeCommitment({ ...reveal, nonce: '1234' })).toThrow(RangeError)
})

it('takes both secrets as they were committed, and nothing else', () => {
  if (first === undefined || second === undefined) throw new Error('no reveals')
  expect(problemsOf(first, second)).toEqual([])
  expect(problemsOf({ ...first, text: 'another' }, second)).toEqual(['reveal_wrong Officer A'])
  expect(problemsOf(first, { ...second, nonce: '12' })).toEqual(['nonce_guessable Officer B'])
  expect(problemsOf(first, { ...second, officer: 'Officer C' })).toEqual(['officer_unknown Officer B'])
  expect(listSeedProblems(pool, PUBLIC_VALUE)).toEqual([{ kind: 'other_kind', officer: null }])
  expect(listSeedProblems(examplePool(), { kind: 'public', value: '0711192330310' })).toEqual([
    { kind: 'wrong_length', officer: null },
  ])
  expect(listSeedProblems(examplePool(), OFFICERS_VALUE)).toEqual([{ kind: 'other_kind', officer: null }])
})

it('gives a key that depends on the pool, and not on who lays open first', () => {
  const keyOf = (hash: string, value: SeedValue) => toHex(computeKey(pool, hash, value))
  const turned: SeedValue = { kind: 'officers', reveals: [second, first].filter((one) => one !== undefined) }
  expect(keyOf('sha256:1', turned)).toBe(keyOf('sha256:1', OFFICERS_VALUE))
  expect(keyOf('sha256:2', OFFICERS_VALUE)).not.toBe(keyOf('sha256:1', OFFICERS_VALUE))
})
