import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type LogEntry, toLogHeader, toLogLine, splitLines } from '../log/log-lines.ts'
import { NO_ENTRY } from '../entry/entry-hash.ts'
import { toVerifierKeyLine } from '../note/verifier-key.ts'
import {
  chain,
  exampleSigner,
  exampleText,
  inPieces,
  ORIGIN,
  toCheckpointFile,
  toLogFile,
} from '../testing/example-log.ts'
import type { AuditLogReport, BadKind } from './report.ts'
import { verifyAuditLog } from './verify-audit-log.ts'

const KEY = toVerifierKeyLine(exampleSigner.key)

function verify(file: Buffer, checkpoints: string, pieceBytes = 1_000): Promise<AuditLogReport> {
  return verifyAuditLog({ entries: splitLines(inPieces(file, pieceBytes)), checkpoints, key: KEY })
}

interface Example {
  readonly entries: readonly LogEntry[]
  /** Sizes of the kept checkpoints, at least one. */
  readonly sizes: readonly number[]
}

const examples: fc.Arbitrary<Example> = fc.integer({ min: 4, max: 24 }).chain((count) =>
  fc
    .record({
      texts: fc.array(fc.string({ unit: 'grapheme', maxLength: 12 }), { minLength: count, maxLength: count }),
      sizes: fc.uniqueArray(fc.integer({ min: 1, max: count }), { minLength: 1, maxLength: 5 }),
    })
    .map(({ sizes, texts }) => ({
      entries: chain(texts.map((text, index) => exampleText(`${index} ${text}`))),
      sizes: sizes.toSorted((a, b) => a - b),
    })),
)

interface Finding {
  readonly seq: number
  readonly kinds: readonly BadKind[]
}

interface Tampering {
  readonly entries: readonly LogEntry[]
  readonly finding: Finding
}

/** A place in the log for each random number: 1 to `max`. */
function place(random: number, max: number): number {
  return 1 + (random % max)
}

/** What a checkpoint within a stretch that was written anew must say: the first entry nobody has vouched for. */
function findRewritten(sizes: readonly number[], from: number, through: number): Finding | null {
  if (!sizes.some((size) => size >= from && size <= through)) return null
  return { seq: (sizes.findLast((size) => size < from) ?? 0) + 1, kinds: ['rewritten'] }
}

function withFound(seq: number, ...kinds: BadKind[]): Finding {
  return { seq, kinds }
}

function forge(entries: readonly LogEntry[], from: number, through: number): LogEntry[] {
  const texts = entries.slice(from - 1, through).map((_, index) => exampleText(`forged ${from + index}`))
  return chain(texts, entries[from - 2]?.hash ?? NO_ENTRY, from)
}

/**
 * One way each to change a log, with what must be said of it. `a` and `b` are random. Every number is that of the first line
 * that is not what it was, but where a change was hashed anew: then it is where the chain breaks, or the first entry
 * behind the last checkpoint that fits.
 */
const TAMPERINGS: Readonly<Record<string, (example: Example, a: number, b: number) => Tampering>> = {
  'an entry taken out': ({ entries, sizes }, a, b) => {
    const last = sizes.at(-1) ?? 0
    const from = place(a, last)
    const to = from + (b % 3)
    const rest = [...entries.slice(0, from - 1), ...entries.slice(to)]
    return { entries: rest, finding: withFound(from, to < entries.length ? 'missing' : 'truncated') }
  },
  'an entry put in a second time': ({ entries }, a, b) => {
    const copied = place(a, entries.length)
    const at = place(b, entries.length + 1)
    const copy = entries.slice(copied - 1, copied)
    const finding = copied > at ? withFound(at, 'reordered') : withFound(copied === at ? at + 1 : at, 'inserted')
    return { entries: [...entries.slice(0, at - 1), ...copy, ...entries.slice(at - 1)], finding }
  },
  'forged entries put in, linked to those before them': ({ entries, sizes }, a, b) => {
    const at = place(a, entries.length)
    const through = Math.min(at + (b % 3), entries.length)
    return {
      entries: [...entries.slice(0, at - 1), ...forge(entries, at, through), ...entries.slice(at - 1)],
      finding: findRewritten(sizes, at, through) ?? withFound(at, 'inserted'),
    }
  },
  'two entries exchanged': ({ entries }, a, b) => {
    const [first = 0, second = 0] = [place(a, entries.length), place(b, entries.length)].toSorted((x, y) => x - y)
    const later = first === second ? (first % entries.length) + 1 : second
    const [i, j] = [Math.min(first, later), Math.max(first, later)]
    const changed = entries.map(
      (entry, index) => entries[index === i - 1 ? j - 1 : index === j - 1 ? i - 1 : index] ?? entry,
    )
    return { entries: changed, finding: withFound(i, 'reordered') }
  },
  'entries of another log in their places': ({ entries }, a, b) => {
    const from = 1 + place(a, entries.length - 1)
    const to = Math.min(from + (b % 3), entries.length)
    const other = chain(entries.map((_, index) => exampleText(`other ${index}`)))
    const changed = [...entries.slice(0, from - 1), ...other.slice(from - 1, to), ...entries.slice(to)]
    return { entries: changed, finding: withFound(from, 'unlinked') }
  },
  'an entry changed and hashed anew': ({ entries, sizes }, a) => {
    const at = place(a, Math.max(sizes.at(-1) ?? 0, entries.length - 1))
    const [forged] = forge(entries, at, at)
    const changed = entries.map((entry, index) => (index === at - 1 ? (forged ?? entry) : entry))
    const isCheckedLater = sizes.some((size) => size > at)
    const broken = isCheckedLater ? withFound(at, 'edited') : withFound(at + 1, 'unlinked')
    return { entries: changed, finding: findRewritten(sizes, at, at) ?? broken }
  },
  'everything from an entry on written anew': ({ entries, sizes }, a) => {
    const last = sizes.at(-1) ?? 0
    const from = place(a, last)
    const changed = [...entries.slice(0, from - 1), ...forge(entries, from, entries.length)]
    return { entries: changed, finding: findRewritten(sizes, from, entries.length) ?? withFound(from) }
  },
  'the end cut off below a checkpoint': ({ entries, sizes }, a) => {
    const kept = a % (sizes.at(-1) ?? 1)
    return { entries: entries.slice(0, kept), finding: withFound(kept + 1, 'truncated') }
  },
  'a gap, and the entries behind it numbered anew': ({ entries }, a) => {
    const at = place(a, entries.length - 1)
    const rest = entries.slice(at).map((entry) => ({ ...entry, seq: entry.seq - 1 }))
    return { entries: [...entries.slice(0, at - 1), ...rest], finding: withFound(at, 'unlinked') }
  },
}

function firstDifference(entries: readonly LogEntry[], changed: readonly LogEntry[]): number {
  const index = entries.findIndex((entry, at) => {
    const other = changed[at]
    return other === undefined || toLogLine(other) !== toLogLine(entry)
  })
  return (index < 0 ? entries.length : index) + 1
}

const RANDOM = fc.nat({ max: 1_000_000 })

describe('verifyAuditLog', () => {
  it('finds nothing in 1,000 whole logs, and the root that a checkpoint of all entries has', async () => {
    await fc.assert(
      fc.asyncProperty(examples, fc.integer({ min: 1, max: 300 }), async ({ entries, sizes }, pieceBytes) => {
        const all = [...new Set([...sizes, entries.length])]
        const checkpoints = await toCheckpointFile(entries, all)
        expect(await verify(toLogFile(entries), checkpoints, pieceBytes)).toEqual({
          ok: true,
          entries: entries.length,
          root: checkpoints.split('\n').at(-5),
          checkpoints: all.length,
          provenThrough: entries.length,
          firstBad: null,
        })
      }),
      { numRuns: 1_000 },
    )
  }, 60_000)

  it.each(Object.entries(TAMPERINGS))('names the first bad entry: %s', async (_, tamper) => {
    await fc.assert(
      fc.asyncProperty(examples, RANDOM, RANDOM, async (example, a, b) => {
        const { entries, finding } = tamper(example, a, b)
        const report = await verify(toLogFile(entries), await toCheckpointFile(example.entries, example.sizes))
        expect(report.firstBad?.seq).toBe(finding.seq)
        expect(finding.kinds).toContain(report.firstBad?.kind)
        expect(report.ok).toBe(false)
        expect(report.provenThrough).toBeLessThan(firstDifference(example.entries, entries))
      }),
      { numRuns: 115 },
    )
  })

  it('finds each bit that was turned, in the line it stands in', async () => {
    await fc.assert(
      fc.asyncProperty(examples, RANDOM, fc.nat({ max: 7 }), async ({ entries, sizes }, random, bit) => {
        const file = toLogFile(entries)
        const at = random % (file.length - 1)
        const line = file.subarray(0, at).filter((byte) => byte === 0x0a).length
        file[at] = (file[at] ?? 0) ^ (1 << bit)
        const report = await verify(file, await toCheckpointFile(entries, sizes))
        expect(report.ok).toBe(false)
        if (report.firstBad?.kind === 'foreign') expect(line).toBe(0)
        else expect(report.firstBad).toEqual({ seq: line, kind: expect.stringMatching(/^(malformed|edited)$/) })
      }),
      { numRuns: 300 },
    )
  })

  it('finds each bit that was turned in the checkpoints', async () => {
    await fc.assert(
      fc.asyncProperty(examples, RANDOM, fc.nat({ max: 7 }), async ({ entries, sizes }, random, bit) => {
        const checkpoints = Buffer.from(await toCheckpointFile(entries, sizes))
        const at = random % (checkpoints.length - 1)
        checkpoints[at] = (checkpoints[at] ?? 0) ^ (1 << bit)
        const report = await verify(toLogFile(entries), checkpoints.toString('utf8'))
        expect(report.firstBad?.kind).toMatch(/^(signature_bad|checkpoint_malformed)$/)
      }),
      { numRuns: 300 },
    )
  })

  it.each([
    ['a number', '"seq":2,', '"seq":7,', 'edited'],
    ['white space', '"seq":2,', '"seq":2, ', 'malformed'],
    ['an escape', 'check', '\\u0063heck', 'malformed'],
    ['a second member', '"seq":2,', '"seq":1,"seq":2,', 'malformed'],
    ['bytes that are read as the same sign', '\ufffd', '\xff', 'malformed'],
  ])('holds a line to its spelling: %s', async (_, from, to, kind) => {
    const entries = chain([exampleText('1'), exampleText('\ufffd'), exampleText('3')])
    const lines = toLogFile(entries).toString('latin1').split('\n')
    lines[2] = lines[2]?.replace(Buffer.from(from).toString('latin1'), to) ?? ''
    const report = await verify(Buffer.from(lines.join('\n'), 'latin1'), '')
    expect(report.firstBad).toEqual({ seq: 2, kind })
  })

  it('tells an empty log, another log’s checkpoint, and no key at all', async () => {
    const entries = chain([exampleText('1')])
    const checkpoints = await toCheckpointFile(entries, [1])
    expect(await verify(toLogFile([]), '')).toMatchObject({ ok: true, entries: 0, checkpoints: 0, provenThrough: 0 })
    expect((await verify(Buffer.alloc(0), '')).firstBad).toEqual({ seq: 0, kind: 'malformed' })
    expect((await verify(toLogFile([]), await toCheckpointFile([], [0]))).checkpoints).toBe(1)
    const elsewhere = Buffer.from(toLogFile(entries).toString().replace(ORIGIN, 'example.org/other'))
    expect((await verify(elsewhere, checkpoints)).firstBad).toEqual({ seq: 1, kind: 'foreign' })
    const withoutKey = { entries: splitLines(inPieces(toLogFile(entries), 99)), checkpoints, key: '' }
    expect((await verifyAuditLog(withoutKey)).firstBad).toEqual({ seq: 1, kind: 'signature_bad' })
  })

  it('reads 20,000 entries line by line', async () => {
    const entries = chain(Array.from({ length: 20_000 }, (_, index) => exampleText(String(index))))
    const checkpoints = await toCheckpointFile(entries, [1_000, 20_000])
    async function* lines() {
      yield toLogHeader(ORIGIN)
      for (const line of entries.map(toLogLine)) {
        await Promise.resolve()
        yield line
      }
    }
    const report = await verifyAuditLog({ entries: lines(), checkpoints, key: KEY })
    expect(report).toMatchObject({ ok: true, entries: 20_000, checkpoints: 2, provenThrough: 20_000 })
  })
})
