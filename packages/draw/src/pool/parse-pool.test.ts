import { describe, expect, it } from 'vitest'
import { toUtf8 } from '../bytes/text.ts'
import { exampleInspector, examplePool, exampleUnit, OFFICERS_SEED } from '../testing/example-draw.ts'
import { hashText, parsePool, parsePoolFile, toPoolText } from './parse-pool.ts'

function problemsOf(value: unknown): string[] {
  const parsed = parsePool(value)
  return parsed.kind === 'bad' ? parsed.problems.map(({ path, reason }) => `${path} ${reason}`) : []
}

const pool = examplePool()
const public_ = pool.seed

describe('a pool', () => {
  it('has one spelling and one hash', () => {
    expect(hashText('abc')).toBe('sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
    expect(hashText(toPoolText(pool))).toBe('sha256:ee37408f5fdbb17b08ad06d861b63109e08635bd21dd10cc39634c4fa9c01505')
    expect(parsePoolFile(toUtf8(toPoolText(pool)))).toEqual({ kind: 'read', value: pool })
  })

  it.each([
    ['a space more', toPoolText(pool).replace(':', ': '), ' not_canonical'],
    ['no newline', toPoolText(pool).trimEnd(), ' not_canonical'],
    ['a byte order mark', `\ufeff${toPoolText(pool)}`, ' not_json'],
    ['a member twice', toPoolText(pool).replace('{', '{"format":"zhidu-draw-pool",'), ' not_canonical'],
    ['units in another order', `${JSON.stringify({ ...pool, units: pool.units.toReversed() })}\n`, ' not_canonical'],
    ['half a character', toPoolText(pool).replace('Unit U01', '\\ud800'), ' not_canonical'],
    ['half a file', toPoolText(pool).slice(0, 300), ' not_json'],
  ])('is refused with %s', (_, text, problem) => {
    const parsed = parsePoolFile(toUtf8(text))
    expect(parsed.kind === 'bad' && parsed.problems.map(({ path, reason }) => `${path} ${reason}`)).toEqual([problem])
  })

  it('is refused when it is no text', () => {
    expect(parsePoolFile(Uint8Array.of(0x7b, 0xff, 0x7d))).toEqual({
      kind: 'bad',
      problems: [{ path: '', reason: 'not_utf8' }],
    })
  })

  it.each([
    [null, [' not_object']],
    [{ ...pool, units: {} }, ['units not_list']],
    [{ ...pool, more: 1 }, ['more unknown_member']],
    [{ ...pool, quarter: '2026-Q4' }, ['quarter not_quarter']],
    [{ ...pool, frozenAt: '2026-11-28 02:00' }, ['frozenAt not_instant']],
    [{ ...pool, method: 'zhidu-draw-2' }, ['method not_choice']],
    [{ ...pool, rules: { ...pool.rules, isNight: 1 } }, ['rules.isNight not_true_or_false']],
    [{ ...pool, rules: { ...pool.rules, mostPerMonth: 0 } }, ['rules.mostPerMonth out_of_range']],
    [{ ...pool, units: [] }, ['units too_few']],
    [{ ...pool, units: [exampleUnit('U1', { weight: 0.5 })], inspectors: [] }, ['units[0].weight not_whole']],
    [{ ...pool, units: [exampleUnit('U1', { weight: 0 })], inspectors: [] }, ['units[0].weight out_of_range']],
    [{ ...pool, units: [{ id: 'U1' }], inspectors: [] }, expect.arrayContaining(['units[0].weight missing'])],
    [{ ...pool, units: [exampleUnit('U1'), exampleUnit('U1')], inspectors: [] }, ['units[1].id duplicate']],
    [
      { ...pool, units: [exampleUnit('U1', { stratum: 'sea' })], inspectors: [] },
      ['units[0].stratum unknown_reference'],
    ],
    [
      { ...pool, units: [exampleUnit('U1', { lastCheckedIn: '2027Q1', supervisedSince: '2027Q1' })], inspectors: [] },
      ['units[0].supervisedSince later_than_allowed', 'units[0].lastCheckedIn later_than_allowed'],
    ],
    [{ ...pool, inspectors: [exampleInspector('I1')] }, ['inspectors too_few']],
    [
      { ...pool, inspectors: [exampleInspector('I1', 'U77'), exampleInspector('I2')] },
      ['inspectors[0].recusals[0].unit unknown_reference'],
    ],
    [{ ...pool, seed: { ...public_, declaredAt: '2026-11-28T02:00:01Z' } }, ['seed.declaredAt later_than_allowed']],
    [{ ...pool, seed: { ...public_, publishedAt: pool.frozenAt } }, ['seed.publishedAt earlier_than_allowed']],
    [
      { ...pool, seed: { ...OFFICERS_SEED, commitments: [{ officer: 'A', commitment: 'sha256:12' }] } },
      ['seed.commitments too_few', 'seed.commitments[0].commitment not_hash'],
    ],
  ])('is refused with the place and the reason: %#', (value, problems) => {
    expect(problemsOf(value)).toEqual(problems)
  })

  it('is refused when one officer, or one secret, stands for both', () => {
    const [first] = OFFICERS_SEED.kind === 'officers' ? OFFICERS_SEED.commitments : []
    expect(problemsOf({ ...pool, seed: { ...OFFICERS_SEED, commitments: [first, first] } })).toEqual([
      'seed.commitments[1].officer duplicate',
      'seed.commitments[1].commitment duplicate',
    ])
  })
})
