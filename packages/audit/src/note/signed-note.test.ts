import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { exampleSigner, ORIGIN } from '../testing/example-log.ts'
import { parseCheckpointNote, parseCheckpointText, splitNotes, toCheckpointText, toNoteInFile } from './checkpoint.ts'
import { listNoteSigners, parseNote, type ParsedNote, signNote } from './signed-note.ts'
import { generateEd25519Key, generateSm2Key, makeEd25519Signer, makeSm2Signer } from './signer.ts'
import {
  keyIdOf,
  parseVerifierKeyLine,
  parseVerifierKeys,
  toPublicKeyPem,
  toVerifierKeyLine,
  type VerifierKey,
} from './verifier-key.ts'

/** The example of C2SP signed-note. */
const C2SP_KEY = 'example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k'
const C2SP_NOTE = `This is an example message.

— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=
`
const TEXT = toCheckpointText({ origin: ORIGIN, size: 7, root: Buffer.alloc(32, 9) })
const sm2Signer = makeSm2Signer(generateSm2Key(), ORIGIN)

function parsed(note: string): ParsedNote {
  const found = parseNote(note)
  if (found === null) throw new Error('not a note')
  return found
}

function signersOf(note: string, keys: readonly VerifierKey[]) {
  return listNoteSigners(parsed(note), keys)?.map((key) => key.algorithm) ?? null
}

describe('a signed note', () => {
  it('is the example of the specification when it comes from there', () => {
    const key = parseVerifierKeyLine(C2SP_KEY)
    expect(keyIdOf(key).toString('hex')).toBe('530d903a')
    expect(toVerifierKeyLine(key)).toBe(C2SP_KEY)
    expect(signersOf(C2SP_NOTE, [key])).toEqual(['ed25519'])
    expect(signersOf(C2SP_NOTE.replace('message', 'massage'), [key])).toBeNull()
  })

  it('bears a line of each signer, and lines of others count for nothing', async () => {
    const note = await signNote(TEXT, [exampleSigner, sm2Signer])
    expect(signersOf(note, [exampleSigner.key, sm2Signer.key])).toEqual(['ed25519', 'sm2'])
    expect(signersOf(note, [exampleSigner.key])).toEqual(['ed25519'])
    expect(signersOf(note, [sm2Signer.key])).toEqual(['sm2'])
    const stranger = makeEd25519Signer(generateEd25519Key(), () => ORIGIN)
    expect(signersOf(note, [stranger.key])).toBeNull()
    expect(signersOf(`${note}— superior.example AAAAAAECAwQ=\n`, [exampleSigner.key])).toEqual(['ed25519'])
  })

  it.each([
    ['Ed25519', 0],
    ['SM2', 1],
  ])('is refused whole when a known %s line does not fit, though another does', async (_, line) => {
    const note = await signNote(TEXT, [exampleSigner, sm2Signer])
    const other = await signNote(TEXT.replace('\n7\n', '\n8\n'), [exampleSigner, sm2Signer])
    const lines = note.split('\n')
    lines[4 + line] = other.split('\n')[4 + line] ?? ''
    expect(signersOf(lines.join('\n'), [exampleSigner.key, sm2Signer.key])).toBeNull()
  })

  it('is nothing else', async () => {
    const note = await signNote(TEXT, [exampleSigner])
    for (const other of [
      '',
      TEXT,
      note.slice(0, -1),
      note.replace('— ', '- '),
      note.replace('\n7\n', '\n7\t\n'),
      note.replace(/=\n$/, '\n'),
      `${note}\n`,
    ]) {
      expect(parseNote(other)).toBeNull()
    }
    await expect(signNote('no end', [exampleSigner])).rejects.toThrow(RangeError)
    await expect(signNote(TEXT, [])).rejects.toThrow(RangeError)
  })
})

describe('a checkpoint', () => {
  it('is origin, size and root, one a line', () => {
    expect(parseCheckpointText(TEXT)).toEqual({ origin: ORIGIN, size: 7, root: Buffer.alloc(32, 9) })
    expect(parseCheckpointText(`${TEXT}something more\n`)?.size).toBe(7)
    for (const other of [
      TEXT.replace('\n7\n', '\n07\n'),
      TEXT.replace('\n7\n', '\n-7\n'),
      TEXT.replace('=', ''),
      TEXT.replace(ORIGIN, ''),
      `${TEXT}\nafter a blank line\n`,
    ]) {
      expect(parseCheckpointText(other)).toBeNull()
    }
  })

  it('is kept with others in one file', async () => {
    const notes = [await signNote(TEXT, [exampleSigner, sm2Signer]), await signNote(TEXT, [exampleSigner])]
    const file = notes.map(toNoteInFile).join('')
    expect(splitNotes(file)).toEqual(notes)
    expect(splitNotes(file.replaceAll('\n', '\r\n'))).toEqual(notes)
    expect(splitNotes('')).toEqual([])
    expect(splitNotes(`${file}torn\n`).map((note) => parseCheckpointNote(note)?.checkpoint.size)).toEqual([
      7,
      7,
      undefined,
    ])
  })
})

describe('a verifier key', () => {
  it('is a line that is read back', () => {
    const keys = [exampleSigner.key, sm2Signer.key]
    expect(parseVerifierKeys(`${keys.map(toVerifierKeyLine).join('\r\n')}\n\n`)).toEqual(
      keys.map((key) => ({ ...key, publicKey: Buffer.from(key.publicKey) })),
    )
    for (const other of [
      C2SP_KEY.replace('530d903a', '530d903b'),
      C2SP_KEY.replace('foo', 'fo o'),
      C2SP_KEY.slice(0, -4),
      C2SP_KEY.replace('+Aek', '+Cek'),
    ]) {
      expect(() => parseVerifierKeyLine(other)).toThrow(RangeError)
    }
  })
})

const SM3 = ['-digest', 'sm3', '-pkeyopt', 'distid:1234567812345678']
const hasOpenssl = spawnSync('openssl', ['version']).status === 0

describe.runIf(hasOpenssl)('the openssl command', () => {
  it.each([
    ['Ed25519', exampleSigner, []],
    ['SM2 with SM3', sm2Signer, SM3],
  ])('verifies the %s line, and no other text', async (_, signer, options) => {
    const folder = mkdtempSync(join(tmpdir(), 'zhidu-note-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    const [line] = parsed(await signNote(TEXT, [signer])).signatures
    writeFileSync(join(folder, 'key.pem'), toPublicKeyPem(signer.key))
    writeFileSync(join(folder, 'sig'), line?.signature ?? '')
    const verify = (text: string) => {
      writeFileSync(join(folder, 'text'), text)
      const files = ['-inkey', 'key.pem', '-in', 'text', '-sigfile', 'sig']
      const run = ['pkeyutl', '-verify', '-rawin', '-pubin', ...options, ...files]
      return spawnSync('openssl', run, { cwd: folder, encoding: 'utf8' })
    }
    expect(verify(TEXT)).toMatchObject({ status: 0, stdout: expect.stringContaining('Verified Successfully') })
    expect(verify(TEXT.replace('\n7\n', '\n8\n')).status).toBe(1)
  })
})
