import { expect, it } from 'vitest'
import { makeKit } from '../testing/make-kit.ts'
import { addFile } from '../sheet/acts.ts'
import { beginCheck } from '../sheet/begin.ts'
import type { SheetCourse } from '../sheet/sheet.ts'
import { sniffType } from './sniff.ts'
import { takeFile } from './take-file.ts'

const JPEG = [0xff, 0xd8, 0xff, 0xe0]
const EXE = [0x4d, 0x5a, 0x90, 0x00]

function emptyCourse(): SheetCourse {
  const sheet = beginCheck({
    inspectionId: 'i',
    kit: makeKit(),
    method: 'onsite',
    unitCode: 'D01',
    visit: null,
    reason: '举报',
  })
  if (sheet === null) throw new Error('the kit has it')
  return sheet.course
}

function blobOf(head: readonly number[], size: number): Blob {
  const bytes = new Uint8Array(size)
  bytes.set(head)
  return new Blob([bytes])
}

const context = {
  kind: 'photo' as const,
  course: emptyCourse(),
  takenMs: 7,
  hashBytes: async (bytes: Uint8Array) => bytes.length.toString(16).padStart(64, '0'),
  shrink: async (photo: Blob) => photo,
}

it('refuses a photo of 80 MB without reading it', async () => {
  const huge = blobOf(JPEG, 80_000_000)
  huge.arrayBuffer = () => Promise.reject(new Error('it was read'))
  huge.slice = () => {
    throw new Error('it was read')
  }
  expect(await takeFile(huge, '照片.jpg', context)).toBe('too_large')
})

it('knows a renamed executable by its first bytes, and a photo whatever its name', async () => {
  expect(await takeFile(blobOf(EXE, 900), '照片.jpg', context)).toBe('not_taken')
  expect(await takeFile(blobOf(JPEG, 900), 'setup.exe', context)).toMatchObject({
    file: { type: 'image/jpeg', bytes: 900, takenMs: 7, name: 'setup.exe', kind: 'photo' },
  })
  expect(await takeFile(blobOf(JPEG, 900), 'a', { ...context, kind: 'recording' })).toBe('not_taken')
  expect(await takeFile(blobOf([], 0), 'a', context)).toBe('empty')
})

it('takes a large photo that was made small enough, and not one that was not', async () => {
  expect(await takeFile(blobOf(JPEG, 12_000_000), 'a', context)).toBe('too_large')
  const shrink = async () => blobOf(JPEG, 3_000_000)
  expect(await takeFile(blobOf(JPEG, 12_000_000), 'a', { ...context, shrink })).toMatchObject({
    file: { bytes: 3_000_000 },
  })
})

it('takes no file twice, no more than twenty, and no more than 100 MB together', async () => {
  const file = (n: number, bytes: number) => ({
    sha256: n.toString(16).padStart(64, '0'),
    kind: 'photo' as const,
    type: 'image/jpeg' as const,
    bytes,
    takenMs: 0,
    name: '',
  })
  const one = addFile(emptyCourse(), file(900, 900), null)
  expect(await takeFile(blobOf(JPEG, 900), 'a', { ...context, course: one })).toBe('known')
  const many = Array.from({ length: 20 }, (_, n) => file(n, 1)).reduce(
    (course, each) => addFile(course, each, null),
    emptyCourse(),
  )
  expect(await takeFile(blobOf(JPEG, 900), 'a', { ...context, course: many })).toBe('too_many')
  const full = addFile(emptyCourse(), file(1, 99_999_500), null)
  expect(await takeFile(blobOf(JPEG, 501), 'a', { ...context, course: full })).toBe('too_much')
  expect(await takeFile(blobOf(JPEG, 500), 'a', { ...context, course: full })).toMatchObject({ file: { bytes: 500 } })
})

it('tells the types of the contract apart', () => {
  const text = (words: string) => Uint8Array.from(words.padEnd(16, ' '), (letter) => letter.charCodeAt(0))
  const png = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  const found = [
    Uint8Array.from(JPEG),
    png,
    text('RIFF....WEBP'),
    text('....ftypM4A '),
    text('OggS'),
    Uint8Array.from([0x1a, 0x45, 0xdf, 0xa3]),
    text('ID3'),
    Uint8Array.from([0xff, 0xfb, 0x90]),
    text('RIFF....WAVE'),
    Uint8Array.from(EXE),
    Uint8Array.from([0xff, 0xf1]),
  ].map(sniffType)
  expect(found).toEqual([
    'image/jpeg',
    'image/png',
    'image/webp',
    'audio/mp4',
    'audio/ogg',
    'audio/webm',
    'audio/mpeg',
    'audio/mpeg',
    null,
    null,
    null,
  ])
})
