import { expect, it } from 'vitest'
import { RevealDrawInput, VoidDrawInput } from './draw.ts'

const drawId = '0190a000-0000-7000-8000-0000000000bb'

it('half of a surrogate pair, which no certificate can spell, is refused; whole ones are taken', () => {
  expect(VoidDrawInput.safeParse({ drawId, reason: `丢\ud800` }).success).toBe(false)
  expect(VoidDrawInput.safeParse({ drawId, reason: '𠮷日改期' }).success).toBe(true)
  const reveal = { drawId, nonce: '0'.repeat(32) }
  expect(RevealDrawInput.safeParse({ ...reveal, text: '\udfff' }).success).toBe(false)
})
