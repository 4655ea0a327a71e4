import { createHash } from 'node:crypto'
import type { TestDatabase } from '@zhidu/db/testing'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { userOf } from '../testing/scope/accounts.ts'
import { askProcedure, openWorld, type World } from '../testing/scope/harness.ts'
import { DOCUMENT } from '../testing/scope/inspection-questions.ts'
import { createWorldA } from '../testing/scope/worlds.ts'

const CLERK = userOf('clerk', 'A1')
const INSPECTION = '00000000-0000-4000-8000-0000000000c2'
const JPEG = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(1_200_000, 7)])
const SHA256 = createHash('sha256').update(JPEG).digest('hex')
const URL_OF = `/files/inspections/${INSPECTION}/${SHA256}`
const BYTES = { 'content-type': 'application/octet-stream' }
const MIB = 1_048_576

let database: TestDatabase
let world: World
beforeAll(async () => {
  database = await createWorldA()
  world = await openWorld(database)
  const photo = { kind: 'photo', type: 'image/jpeg', bytes: JPEG.length, takenMs: 0, name: '=cmd.exe' } as const
  const document = {
    ...DOCUMENT,
    inspectionId: INSPECTION,
    unitCode: 'A11',
    method: 'video',
    answers: [{ item: 'log', answer: 'yes', note: null, files: [SHA256] }],
    files: [{ sha256: SHA256, ...photo }],
  }
  const answer = await world.ask(CLERK, askProcedure('inspection.submit', 'mutation', document))
  if (answer.status !== 200) throw new Error(answer.text)
})
afterAll(async () => {
  await world?.close()
  await database?.close()
})

function put(offset: number, body: Buffer, headers: Readonly<Record<string, string>> = BYTES): Promise<Response> {
  return world.request(CLERK, `${URL_OF}?offset=${offset}`, { method: 'PUT', body: new Uint8Array(body), headers })
}

it('a part comes from our own pages, as bytes, and not too many at once', async () => {
  expect((await put(0, JPEG.subarray(0, MIB + 1))).status).toBe(413)
  expect((await put(0, JPEG.subarray(0, 99), { 'content-type': 'text/plain' })).status).toBe(415)
  const foreign = { ...BYTES, origin: 'https://elsewhere.example', 'sec-fetch-site': 'cross-site' }
  expect((await put(0, JPEG.subarray(0, 99), foreign)).status).toBe(403)
  for (const offset of ['-1', '1e3', '50000001', 'x']) {
    const init = { method: 'PUT', body: 'x', headers: BYTES }
    expect((await world.request(CLERK, `${URL_OF}?offset=${offset}`, init)).status).toBe(422)
  }
  const status = await world.request(CLERK, `${URL_OF}/status`)
  expect(await status.json()).toMatchObject({ receivedBytes: 0, receivedSha256: null })
})

it('a photo that is there whole is shown as what it is, and as nothing else', async () => {
  expect(await (await put(0, JPEG.subarray(0, MIB))).json()).toMatchObject({ receivedBytes: MIB })
  expect(await (await put(MIB, JPEG.subarray(MIB))).json()).toMatchObject({ receivedSha256: SHA256 })
  const shown = await world.request(userOf('leader', 'A11'), URL_OF)
  expect(Buffer.from(await shown.arrayBuffer()).equals(JPEG)).toBe(true)
  expect(Object.fromEntries(shown.headers)).toMatchObject({
    'content-type': 'image/jpeg',
    'content-disposition': `inline; filename="${SHA256.slice(0, 16)}.jpeg"`,
    'content-security-policy': `default-src 'none'; img-src 'self'; media-src 'self'; sandbox`,
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
  })
  expect((await world.request(userOf('leader', 'A12'), URL_OF)).status).toBe(404)
  expect((await world.request(null, URL_OF)).status).toBe(401)
})
