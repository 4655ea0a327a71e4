import { describe, expect, it } from 'vitest'
import { toUtf8 } from '../bytes/text.ts'
import { appendSubstitution, parseCertificateFile, signCertificate } from '../certificate/certificate.ts'
import { signText, toKeyLine } from '../certificate/note.ts'
import { toHeadHash, toQrText, toShortId } from '../certificate/qr-text.ts'
import { computeSubstitution, listVisits } from '../certificate/substitution.ts'
import { parsePoolFile, toPoolText } from '../pool/parse-pool.ts'
import { drawFromPool } from '../selection/draw-pool.ts'
import {
  exampleFiles,
  examplePool,
  exampleSigner,
  OFFICERS_SEED,
  OFFICERS_VALUE,
  PUBLIC_VALUE,
} from '../testing/example-draw.ts'
import { verifyDraw } from './verify-draw.ts'
import { listSentences, VERIFY_WORDS } from './verify-words.ts'

const KEYS = `${toKeyLine(exampleSigner().key)}\n`
const files = await exampleFiles()

function verify(pool: string, certificate: string, keys: string | null = KEYS) {
  return verifyDraw({ pool: toUtf8(pool), certificate: toUtf8(certificate), keys })
}

function failuresOf(pool: string, certificate: string, keys: string | null = KEYS): string[] {
  return verify(pool, certificate, keys).steps.flatMap(({ outcome, step }) => (outcome === 'failed' ? [step] : []))
}

/** A certificate with other content, signed all the same: the office itself cheats. */
async function cheat(change: (text: string) => string): Promise<string[]> {
  const text = parseCertificateFile(files.certificate)?.notes[0]?.text ?? ''
  expect(change(text)).not.toBe(text)
  return failuresOf(files.pool, await signText(change(text), exampleSigner()))
}

async function substitute(certificate: string, out: string, at = '2026-11-29T01:00:00Z'): Promise<string> {
  const [parsed, file] = [parsePoolFile(toUtf8(files.pool)), parseCertificateFile(certificate)]
  if (parsed.kind === 'bad' || file === null) throw new Error('not read')
  const entry = computeSubstitution({ pool: parsed.value, file, out, at, by: 'Officer A', reason: 'road washed away' })
  if (entry === null) throw new Error(`${out} is not on the list`)
  return await appendSubstitution(certificate, entry, exampleSigner())
}

describe('a draw that was made', () => {
  it('comes out again, step by step, from its two files', async () => {
    const report = verify(files.pool, files.certificate)
    expect(report.steps.filter((one) => one.outcome !== 'passed')).toEqual([])
    expect(report.isGenuine).toBe(true)
    const officers = await exampleFiles(examplePool({ seed: OFFICERS_SEED }), OFFICERS_VALUE)
    expect(failuresOf(officers.pool, officers.certificate)).toEqual([])
  })

  it('is the one of the golden vector', () => {
    const [county, township] = parseCertificateFile(files.certificate)?.certificate.strata ?? []
    expect([county, township].map((one) => one?.chosen.map(({ pair, slips, unit }) => [unit, slips, pair]))).toEqual([
      [
        ['U03', null, ['I3', 'I4']],
        ['U08', [2, 10], ['I1', 'I2']],
        ['U07', [1, 8], ['I3', 'I1']],
        ['U04', [1, 7], ['I2', 'I4']],
      ],
      [
        ['U11', [2, 9], ['I3', 'I2']],
        ['U10', [1, 7], ['I4', 'I1']],
      ],
    ])
    expect([county, township].map((one) => one?.substitutes.map(({ slips, unit }) => [unit, slips]))).toEqual([
      [
        ['U02', [2, 6]],
        ['U01', [1, 4]],
      ],
      [['U12', [3, 6]]],
    ])
  })

  it('says that a key is missing, and refuses another', () => {
    const open = verify(files.pool, files.certificate, null)
    expect(open.isGenuine).toBe(true)
    expect(listSentences(open, VERIFY_WORDS.en)).toEqual([
      VERIFY_WORDS.en.genuine,
      VERIFY_WORDS.en.noKey,
      expect.stringContaining('07111923303108'),
    ])
    const other = toKeyLine({ name: 'example.org/zhidu', publicKey: new Uint8Array(32).fill(3) })
    expect(failuresOf(files.pool, files.certificate, other)).toEqual(['key_trusted'])
  })

  it('fails with a byte of the pool changed, and says that it is the pool', () => {
    for (let at = 0; at < files.pool.length; at += 23) {
      const bytes = toUtf8(files.pool)
      bytes[at] = (bytes[at] ?? 0) ^ 1
      const { isGenuine, steps } = verifyDraw({ pool: bytes, certificate: toUtf8(files.certificate), keys: null })
      expect([isGenuine, steps.find((one) => one.step === 'pool_hash')?.outcome], `byte ${at}`).toEqual([
        false,
        'failed',
      ])
    }
  }, 60_000)

  it('fails with a byte of the certificate changed', () => {
    for (let at = 0; at < files.certificate.length; at += 5) {
      const bytes = toUtf8(files.certificate)
      bytes[at] = (bytes[at] ?? 0) ^ 2
      expect(verifyDraw({ pool: toUtf8(files.pool), certificate: bytes, keys: null }).isGenuine, `byte ${at}`).toBe(
        false,
      )
    }
  }, 60_000)
})

describe('a certificate that the office signed and that is false', () => {
  it('fails at the step that is false', async () => {
    expect(await cheat((text) => text.replace('"program":"0.1.0"', '"program": "0.1.0"'))).toEqual(['certificate_read'])
    expect(await cheat((text) => text.replace('07111923303108', '17111923303108'))).toContain('selection')
    expect(await cheat((text) => text.replace('"title":"Phone checks', '"title":"Site checks'))).toEqual(['facts'])
    expect(await cheat((text) => text.replace('T14:00:00Z', 'T13:29:59Z'))).toEqual(['seed'])
    expect(await cheat((text) => text.replace('"may":6', '"may":7'))).toEqual(['rules'])
    expect(await cheat((text) => text.replace(/"pair":\["(I\d)","(I\d)"\]/, '"pair":["$2","$1"]'))).toEqual(['pairs'])
    expect(await cheat((text) => text.replace('of 28 November 2026', 'of 29 November 2026'))).toEqual(['facts'])
  })

  it('fails when it was drawn from a pool that cannot be drawn from', async () => {
    const parsed = parsePoolFile(toUtf8(files.pool))
    if (parsed.kind === 'bad') throw new Error('not read')
    const outcome = drawFromPool(parsed.value, PUBLIC_VALUE)
    if (outcome.kind === 'refused') throw new Error('not drawn')
    const pool = { ...parsed.value, units: parsed.value.units.map((one) => ({ ...one, exclusion: 'flood' })) }
    const { strata } = outcome
    const more = { drawnAt: '2026-11-28T14:00:00Z', program: '0.1.0', signer: exampleSigner() }
    const certificate = await signCertificate({ pool, value: PUBLIC_VALUE, strata, ...more })
    expect(failuresOf(toPoolText(pool), certificate)).toEqual(['rules'])
  })
})

describe('substitutions', () => {
  it('name the next substitute, are linked, and say when none is left', async () => {
    const drawnFile = parseCertificateFile(files.certificate)
    const township = drawnFile?.certificate.strata[1]
    const [first, second] = township?.chosen.map((one) => one.unit) ?? []
    const next = township?.substitutes[0]?.unit
    const once = await substitute(files.certificate, first ?? '')
    const twice = await substitute(once, second ?? '', '2026-11-29T02:00:00Z')
    expect(failuresOf(files.pool, twice)).toEqual([])
    const file = parseCertificateFile(twice)
    if (file === null) throw new Error('not read')
    expect(file.substitutions.map((one) => [one.seq, one.out, one.in])).toEqual([
      [1, first, next],
      [2, second, null],
    ])
    expect([...listVisits(examplePool(), file).keys()]).toHaveLength(5)
    await expect(substitute(twice, first ?? '')).rejects.toThrow('not on the list')
    expect(toShortId(file)).toBe(toShortId(drawnFile ?? file))
    expect(toHeadHash(file)).not.toBe(toHeadHash(drawnFile ?? file))
    expect(toQrText(file)).toContain('substitutions 2')
    expect(toUtf8(toQrText(file)).length).toBeLessThanOrEqual(300)
  })

  it('fail when one is left out, reworded later, chosen by hand, or dated back', async () => {
    const unit = parseCertificateFile(files.certificate)?.certificate.strata[0]?.chosen[1]?.unit ?? ''
    const once = await substitute(files.certificate, unit)
    const other = parseCertificateFile(once)?.substitutions[0]?.in ?? ''
    const twice = await substitute(once, other, '2026-11-29T02:00:00Z')
    const notes = parseCertificateFile(twice)?.notes.map((one) => one.note) ?? []
    expect(failuresOf(files.pool, [notes[0], notes[2]].join('\n'))).toEqual(['substitutions'])
    expect(failuresOf(files.pool, await substitute(files.certificate, unit, '2026-11-28T13:59:59Z'))).toEqual([
      'substitutions',
    ])
    const text = parseCertificateFile(once)?.notes[1]?.text ?? ''
    const reworded = await signText(text.replace('road washed away', 'nobody had time'), exampleSigner())
    expect(failuresOf(files.pool, [notes[0], reworded, notes[2]].join('\n'))).toEqual(['substitutions'])
    const forged = await signText(text.replace(`"in":"${other}"`, '"in":"U05"'), exampleSigner())
    expect(failuresOf(files.pool, [notes[0], forged].join('\n'))).toEqual(['substitutions'])
  })
})
