import { createServer, get } from 'node:http'
import type { AddressInfo } from 'node:net'
import { existsSync, readFileSync, truncateSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { matchHeader, wordIssue } from '@zhidu/contract'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeWorkbook, makeZip, packRepeated, type WorkbookParts } from '../testing/make-zip.ts'
import { codeOf, createFiles, readInChild, refusalOf } from '../testing/temporary-file.ts'

/**
 * A refusal takes no longer, starting the process included. Told of the processor where the system tells it: the process gives
 * way to other work, and what it waits says nothing of the file.
 */
const REFUSAL_MS = 1_000
/** Of a tick of the processor's time as the system tells it. */
const TICK_MS = 10
/** What a reading process may ever hold. */
const PEAK_BYTES = 512_000_000
/** 99 of 100 requests to this process are answered within this, whatever is read meanwhile. */
const ANSWER_P99_MS = 100
const ASK_EVERY_MS = 5

const files = createFiles()
afterAll(() => files.remove())

const MB = 1_000_000
const GOOD_ROW = '<row r="1"><c r="A1" t="inlineStr"><is><t>编码</t></is></c><c r="B1"><v>1</v></c></row>'
const SHEET = '<worksheet><sheetData>'
const SHEET_END = '</sheetData></worksheet>'
const DTD = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'

function workbook(parts: Partial<WorkbookParts>): Buffer {
  return makeWorkbook({ sheetData: GOOD_ROW, ...parts })
}

function other(name: string, content: string, rest: Partial<NonNullable<WorkbookParts['others']>[number]> = {}) {
  return workbook({ others: [{ name, content, ...rest }] })
}

function cells(row: string): Buffer {
  return workbook({ sheetData: row })
}

function zip64(size: bigint): Buffer {
  const extra = Buffer.alloc(12)
  extra.writeUInt16LE(1, 0)
  extra.writeUInt16LE(8, 2)
  extra.writeBigUInt64LE(size, 4)
  return extra
}

/** A gigabyte that takes no room on the disk: text, then a hole. */
function putSparse(name: string, text: string): string {
  const path = files.put(name, text)
  truncateSync(path, 1_000 * MB)
  return path
}

const XML = '<row r="1"><c r="A1"><v>1</v></c></row>'

/** Name, file, and how reading it ends. */
const CORPUS: readonly (readonly [name: string, make: () => string | Uint8Array, code: string])[] = [
  ['a workbook cut off in the middle', () => workbook({}).subarray(0, 900), 'xlsx_truncated'],
  ['a workbook without its last byte', () => workbook({}).subarray(0, -1), 'xlsx_truncated'],
  ['a wrong checksum of the sheet', () => cells(XML), 'xlsx_checksum'],
  ['a wrong checksum of the styles', () => other('xl/styles.xml', '<a/>', { claimedChecksum: 1 }), 'xlsx_checksum'],
  ['a sheet larger than it says', () => workbook({ claimedSize: 10 }), 'xlsx_sizes'],
  ['a sheet smaller than it says', () => workbook({ claimedSize: 10_000 }), 'xlsx_sizes'],
  [
    'a size in zip64 of eight exabytes',
    () => other('xl/styles.xml', '<a/>', { claimedSize: 0xffffffff, extra: zip64(8_000_000_000_000_000n) }),
    'xlsx_expands',
  ],
  [
    'a size in zip64 beyond whole numbers',
    () => other('xl/styles.xml', '<a/>', { claimedSize: 0xffffffff, extra: zip64(0xffffffffffffffffn) }),
    'xlsx_expands',
  ],
  [
    'a size in zip64 that is not there',
    () => other('xl/styles.xml', '<a/>', { claimedSize: 0xffffffff }),
    'xlsx_expands',
  ],
  ['a part outside the file', () => other('a.xml', '<a/>', { claimedOffset: 90_000_000 }), 'xlsx_sizes'],
  ['parts that overlap', () => other('a.xml', '<a/>', { claimedOffset: 0 }), 'xlsx_overlap'],
  ['two parts of one name', () => other('XL/Workbook.xml', '<a/>'), 'xlsx_part_repeated'],
  ['a part that climbs out', () => other('../../etc/cron.d/x', '<a/>'), 'xlsx_part_name'],
  ['a part with a drive', () => other('C:\\x', '<a/>'), 'xlsx_part_name'],
  ['an absolute part', () => other('/etc/x', '<a/>'), 'xlsx_part_name'],
  ['an encrypted part', () => other('a.xml', '<a/>', { flags: 1 }), 'file_is_encrypted'],
  ['a strongly encrypted part', () => other('a.xml', '<a/>', { flags: 0x41 }), 'file_is_encrypted'],
  [
    'eleven thousand parts',
    () => workbook({ others: Array.from({ length: 11_000 }, (_, index) => ({ name: `${index}`, content: '' })) }),
    'xlsx_too_many_parts',
  ],
  ['a workbook in an archive', () => makeZip([{ name: 'a/b.xlsx', content: workbook({}) }]), 'file_is_archive'],
  [
    'an archive in an archive',
    () => makeZip([{ name: '1.zip', content: makeZip([{ name: '2.zip', content: '' }]) }]),
    'file_is_archive',
  ],
  ['an archive for a sheet', () => workbook({ sheet: makeZip([{ name: '1.zip', content: '' }]) }), 'xlsx_damaged'],
  ...['_rels/.rels', 'xl/workbook.xml', 'xl/_rels/workbook.xml.rels', 'xl/styles.xml', 'xl/sharedStrings.xml'].map(
    (name) => [`a DTD in ${name}`, () => other(name, `${DTD}<x>&a;</x>`), 'xlsx_entities'] as const,
  ),
  ['a DTD in the sheet', () => workbook({ sheet: `${DTD}${SHEET}&a;${SHEET_END}` }), 'xlsx_entities'],
  [
    'two gigabytes of white space',
    () => workbook({ sheet: packRepeated(SHEET, ' '.repeat(MB), 2_000, SHEET_END) }),
    'xlsx_expands',
  ],
  [
    'white space that says it is small',
    () => workbook({ sheet: packRepeated(SHEET, ' '.repeat(MB), 2_000, SHEET_END), claimedSize: 19 * MB }),
    'xlsx_expands',
  ],
  ['a text of megabytes', () => cells(`<row><c t="str"><v>${'x'.repeat(3 * MB)}</v></c></row>`), 'xlsx_expands'],
  [
    'one long string a million times',
    () =>
      workbook({
        sharedStrings: `<sst><si><t>${'x'.repeat(30_000)}</t></si></sst>`,
        sheetData: '<row><c t="s"><v>0</v></c></row>'.repeat(90_000),
      }),
    'xlsx_expands',
  ],
  [
    'more than a million strings',
    () => workbook({ sharedStrings: packRepeated('<sst>', '<si/>'.repeat(1_000), 1_001, '</sst>') }),
    'xlsx_too_many_strings',
  ],
  [
    'a million strings by its own word',
    () => workbook({ sharedStrings: '<sst uniqueCount="9000000"/>' }),
    'xlsx_too_many_strings',
  ],
  ['tags within tags', () => cells('<a>'.repeat(100_000)), 'xlsx_damaged'],
  ['a string that is not there', () => cells('<row><c t="s"><v>__proto__</v></c></row>'), 'xlsx_damaged'],
  ['the farthest cell', () => cells('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'), 'xlsx_far_cell'],
  ['a cell in row 1e999', () => cells('<row><c r="A1e999"><v>1</v></c></row>'), 'xlsx_far_cell'],
  ['a cell in a negative row', () => cells('<row><c r="A-1"><v>1</v></c></row>'), 'xlsx_far_cell'],
  ['a cell in column AAAAAAAA', () => cells('<row><c r="AAAAAAAA1"><v>1</v></c></row>'), 'xlsx_far_cell'],
  ['row 1e999', () => cells('<row r="1e999"><c><v>1</v></c></row>'), 'xlsx_far_cell'],
  ['row -1', () => cells('<row r="-1"><c><v>1</v></c></row>'), 'xlsx_far_cell'],
  ['row 99999999', () => cells('<row r="99999999"><c><v>1</v></c></row>'), 'xlsx_far_cell'],
  ['one cell twice', () => cells('<row><c r="B1"><v>1</v></c><c r="A1"><v>1</v></c></row>'), 'xlsx_damaged'],
  ['one row twice', () => cells(`${XML}${XML}`), 'xlsx_damaged'],
  ['a million columns', () => cells(`<row>${'<c><v>1</v></c>'.repeat(MB)}</row>`), 'xlsx_far_cell'],
  ['a million columns of CSV', () => `a,b\n${','.repeat(900_000)}\n`, 'csv_too_many_columns'],
  ['a quote that never ends', () => `a,b\n"${'x\n'.repeat(MB)}`, 'csv_record_too_large'],
  ['zero bytes alone', () => Buffer.alloc(MB), 'file_is_zeros'],
  ['UTF-16', () => Buffer.from('\uFEFFa,b\n1,2\n', 'utf16le'), 'encoding_utf16'],
  ['gzip', () => gzipSync('a,b\n1,2\n'), 'file_is_other'],
  ['an old workbook', () => Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600)]), 'file_is_xls'],
]

/** Processor time in ms of all processes that this one started and that have ended; null where there is no /proc. */
function timeOfChildren(): number | null {
  if (!existsSync('/proc/self/stat')) return null
  const stat = readFileSync('/proc/self/stat', 'latin1')
  // Behind the name in brackets the third field; the 16th and 17th are the children's, as user and for them.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[13]) + Number(fields[14])) * TICK_MS
}

/** How the process that reads may end by itself; `watched-child.test.ts`. */
const ENDS = ['file_reader_memory', 'file_reader_ended', 'file_stalled', 'file_too_slow']

/** Files that take as long as reading up to their limit. */
const SLOW: readonly (readonly [name: string, make: (path: string) => string, code: string])[] = [
  ['a gigabyte in one line', (path) => putSparse(path, `a,b\n1,${'x'.repeat(70_000)}`), 'csv_record_too_large'],
  ['a gigabyte in one row', (path) => putSparse(path, `a,b\n${'1,2\n'.repeat(20_000)}"`), 'csv_record_too_large'],
]

interface Probe {
  stop(): Promise<readonly number[]>
}

/** Asks a server of this process for a few bytes again and again; gives how long each answer took, in ms, sorted. */
async function startProbe(): Promise<Probe> {
  const server = createServer((_, response) => response.end('ok'))
  await new Promise<void>((done) => {
    server.listen(0, '127.0.0.1', done)
  })
  const { port } = server.address() as AddressInfo
  const times: number[] = []
  const ask = (): void => {
    const since = performance.now()
    get({ host: '127.0.0.1', port, agent: false }, (response) => {
      response.resume().once('end', () => times.push(performance.now() - since))
    })
  }
  const timer = setInterval(ask, ASK_EVERY_MS)
  return {
    stop: async () => {
      clearInterval(timer)
      await new Promise((done) => {
        server.close(done)
      })
      return times.toSorted((a, b) => a - b)
    },
  }
}

describe('a file made to hurt', () => {
  const paths = new Map<string, string>()
  let probe: Probe
  let peak = 0
  const onPeak = (bytes: number): void => {
    peak = Math.max(peak, bytes)
  }

  beforeAll(async () => {
    for (const [index, [name, make]] of CORPUS.entries()) {
      const content = make()
      if (name.startsWith('a wrong checksum of the sheet')) {
        const bytes = Buffer.from(content)
        paths.set(name, files.put(`${index}`, spoilChecksum(bytes)))
      } else paths.set(name, files.put(`${index}`, content))
    }
    for (const [index, [name, make]] of SLOW.entries()) paths.set(name, make(`slow-${index}`))
    probe = await startProbe()
  }, 60_000)

  it.each(CORPUS)(
    '%s is refused by its own name, within a second',
    async (name, _, expected) => {
      const [since, usedBefore] = [performance.now(), timeOfChildren()]
      expect(await codeOf(readInChild(paths.get(name) ?? '', { onPeak }))).toBe(expected)
      const usedAfter = timeOfChildren()
      const isTold = usedBefore !== null && usedAfter !== null
      const took = isTold ? usedAfter - usedBefore : performance.now() - since
      if (isTold) expect(took).toBeGreaterThan(0)
      expect(took).toBeLessThan(REFUSAL_MS)
    },
    20_000,
  )

  it.each(SLOW)(
    '%s is refused by its own name',
    async (name, _, expected) => {
      expect(await codeOf(readInChild(paths.get(name) ?? '', { onPeak }))).toBe(expected)
    },
    30_000,
  )

  it('names that are properties of every object are text like any other, and no header of ours', async () => {
    const names = ['__proto__', 'constructor', 'prototype', 'toString']
    const before = Object.getOwnPropertyNames(Object.prototype)
    const strings = names.map((name) => `<si><t>${name}</t></si>`).join('')
    const row = names.map((_, index) => `<c t="s"><v>${index}</v></c>`).join('')
    const xlsx = files.put(
      'p.xlsx',
      workbook({ sharedStrings: `<sst>${strings}</sst>`, sheetData: `<row>${row}</row>` }),
    )
    const csv = files.put('p.csv', `${names.join(',')}\n`)
    for (const path of [xlsx, csv]) {
      const [header] = await readInChild(path, { onPeak })
      expect(header?.cells).toEqual(names)
      const { errors, plan } = matchHeader('units', header?.cells ?? [])
      expect(plan).toEqual([null, null, null, null])
      expect(errors.length).toBeGreaterThanOrEqual(names.length)
    }
    expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(before)
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
  }, 20_000)

  it('leaves the process that answers as it was, and the next good file is read', async () => {
    const times = await probe.stop()
    expect(times.length).toBeGreaterThan(200)
    expect(times[Math.floor(times.length * 0.99)]).toBeLessThan(ANSWER_P99_MS)
    if (process.platform === 'linux') expect(peak).toBeGreaterThan(40 * MB)
    expect(peak).toBeLessThan(PEAK_BYTES)
    expect(await readInChild(files.put('good.xlsx', workbook({})))).toEqual([{ row: 1, cells: ['编码', 1] }])
    expect(await readInChild(files.put('good.csv', 'a,b\n1,2\n'))).toHaveLength(2)
  }, 20_000)

  const words = [...new Set([...CORPUS, ...SLOW].map(([, , code]) => code)), ...ENDS]
  it.each(words)('%s is worded in both languages', (code) => {
    const params = { part: 'p', limit: '1', cell: 'A1', rows: '1', columns: '1', line: '1', what: 'w', detail: 'd' }
    for (const language of ['zh-CN', 'en'] as const) {
      const { accepted, reason } = wordIssue(
        'units',
        { code: code as never, column: null, value: null, params },
        language,
      )
      expect(`${reason}${accepted}`).not.toMatch(/[{}]/)
      expect(/[\u4e00-\u9fff]/.test(reason)).toBe(language === 'zh-CN')
    }
  })
})

/** A workbook whose directory states another checksum of its sheet. */
function spoilChecksum(bytes: Buffer): Buffer {
  const name = bytes.lastIndexOf('xl/worksheets/sheet1.xml')
  bytes.writeUInt32LE(bytes.readUInt32LE(name - 46 + 16) ^ 1, name - 46 + 16)
  return bytes
}

const KNOWN = new Set([
  'accepted',
  'csv_delimiter',
  'csv_quote',
  'encoding_unknown',
  'encoding_utf16',
  'file_is_archive',
  'file_is_binary',
  'file_is_encrypted',
  'file_is_html',
  'file_is_other',
  'file_is_xls',
  'file_is_xlsb',
  'xlsx_checksum',
  'xlsx_damaged',
  'xlsx_entities',
  'xlsx_expands',
  'xlsx_far_cell',
  'xlsx_no_sheet',
  'xlsx_overlap',
  'xlsx_part_name',
  'xlsx_part_repeated',
  'xlsx_sizes',
  'xlsx_too_many_parts',
  'xlsx_truncated',
])

describe('a good file with some bytes changed, cut or doubled', () => {
  const mutation = fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    how: fc.constantFrom('set', 'flip', 'cut', 'double', 'zero'),
    byte: fc.nat(255),
    length: fc.integer({ min: 1, max: 64 }),
  })

  function mutate(good: Buffer, mutations: readonly (typeof mutation extends fc.Arbitrary<infer T> ? T : never)[]) {
    let bytes = Buffer.from(good)
    for (const { at, byte, how, length } of mutations) {
      const start = Math.min(Math.floor(at * bytes.length), bytes.length - 1)
      const piece = bytes.subarray(start, start + length)
      if (how === 'set') bytes[start] = byte
      else if (how === 'flip') bytes[start] = (bytes[start] ?? 0) ^ (1 << (byte % 8))
      else if (how === 'zero') piece.fill(0)
      else if (how === 'cut') bytes = Buffer.concat([bytes.subarray(0, start), bytes.subarray(start + length)])
      else bytes = Buffer.concat([bytes.subarray(0, start), piece, bytes.subarray(start)])
    }
    return bytes
  }

  const goodCsv = Buffer.from(`编码,名称,备注\r\n${'C01,甲县,"a, ""b""\n"\r\nC02,乙县,\r\n'.repeat(20)}`)
  const goodXlsx = workbook({
    sharedStrings: '<sst><si><t>甲</t></si><si><r><t>乙</t></r></si></sst>',
    sheetData: `${GOOD_ROW}<row r="2"><c r="A2" t="s"><v>0</v></c><c r="C2" s="1"><v>46206.5</v></c></row>`,
    styles: '<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="22"/></cellXfs></styleSheet>',
  })

  it.each([
    ['CSV', goodCsv],
    ['XLSX', goodXlsx],
  ])(
    '%s is read or refused by a known name',
    async (name, good) => {
      const codes = new Set<string>()
      await fc.assert(
        fc.asyncProperty(fc.array(mutation, { minLength: 1, maxLength: 4 }), async (mutations) => {
          const code = await refusalOf(files.put(`fuzz-${name}`, mutate(good, mutations)))
          codes.add(code)
          expect(KNOWN).toContain(code)
        }),
        { numRuns: 400 },
      )
      expect(codes.size).toBeGreaterThan(2)
    },
    60_000,
  )
})
