import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestDatabase } from '@zhidu/db/testing'
import { importFile } from '@zhidu/services'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { actorOf, userOf } from './testing/scope/accounts.ts'
import { digestFacts } from './testing/scope/fact-digest.ts'
import { type Answer, openWorld, type World } from './testing/scope/harness.ts'
import { listFields } from './testing/scope/input-fields.ts'
import { listProcedures } from './testing/scope/procedures.ts'
import { pairsOf, PROCEDURES } from './testing/scope/questions.ts'
import { NOW, parentOf, TODAY, UNIT_CODES } from './testing/scope/tree.ts'
import { findingRows } from './testing/scope/uploads.ts'
import { createWorldA } from './testing/scope/worlds.ts'

const FILES_AT_ONCE = 2

let database: TestDatabase
let world: World
let jobs: string[]

beforeAll(async () => {
  database = await createWorldA()
  world = await openWorld(database)
  const { importId } = await world.upload(userOf('clerk', 'A3'), 'checks', findingRows('checks', 'JOB'))
  jobs = [importId]
})
afterAll(async () => {
  await world?.close()
  await database?.close()
})

/** Names of fields that hold ids, wherever in an input. */
const ID_FIELD = /^(id|.*(Code|Id))$/

describe('an id out of reach', () => {
  it('is tried in every field that takes one', () => {
    const missing = listProcedures().flatMap(({ input, path }) => {
      const fields = input === undefined ? [] : listFields(input).map(({ name }) => name.split('.').at(-1) ?? '')
      const known = new Set(PROCEDURES[path]?.ids?.map(({ field }) => field))
      const exempt = new Set(PROCEDURES[path]?.ofInstallation ?? [])
      return fields
        .filter((key) => ID_FIELD.test(key) && !known.has(key) && !exempt.has(key))
        .map((key) => `${path}.${key}`)
    })
    expect(missing).toEqual([])
  })

  it.each([
    ['clerk', 'A1'],
    ['leader', 'A11'],
    ['clerk', 'A11'],
    ['inspector', 'A111'],
    ['unit_officer', 'A111'],
  ] as const)('is answered to the %s of %s as one that nothing bears, and changes nothing', async (role, unitCode) => {
    const user = userOf(role, unitCode)
    const before = await digestFacts(database)
    const pairs = pairsOf(user, jobs)
    expect(pairs.length).toBeGreaterThan(16)
    for (const { about, foreignId, nothing, nothingId } of pairs) {
      const [one, other] = [await world.ask(user, about), await world.ask(user, nothing)]
      const plain = ({ status, text }: Answer, id: string): string => `${status} ${text.replaceAll(id, '…')}`
      expect(plain(one, foreignId), `${about.url} ${about.body ?? ''}`).toBe(plain(other, nothingId))
    }
    expect(await digestFacts(database)).toBe(before)
  })
})

describe('findings', () => {
  it.each(['checks', 'misreports'] as const)(
    '%s: of 1,600 pairs of units exactly the 39 one level below',
    async (kind) => {
      const column = kind === 'checks' ? 'check_code' : 'misreport_code'
      const table = kind === 'checks' ? 'check_record' : 'misreport'
      const count = async (): Promise<number> => {
        const { rows } = await database.pool.query<{ n: number }>(`select count(*)::int as n from ${table}`)
        return rows[0]?.n ?? 0
      }
      const before = await count()
      const services = { db: database.app, report: database.report, clock: () => NOW }
      const folder = await mkdtemp(join(tmpdir(), 'zhidu-findings-'))
      const send = async (unitCode: string): Promise<void> => {
        const path = join(folder, `${unitCode}.csv`)
        await writeFile(path, findingRows(kind, `P-${unitCode}`))
        const file = { kind, path, fileName: 'x.csv', dryRun: false, acceptValid: true, language: 'en' } as const
        await importFile({ ...services, actor: actorOf(userOf('clerk', unitCode)) }, file)
      }
      for (let start = 0; start < UNIT_CODES.length; start += FILES_AT_ONCE) {
        await Promise.all(UNIT_CODES.slice(start, start + FILES_AT_ONCE).map(send))
      }
      await rm(folder, { recursive: true, force: true })
      const { rows } = await database.pool.query<{ pair: string }>(
        `select replace(${column}, 'P-', '') || '>' || unit_code as pair from ${table} where ${column} like 'P-%'`,
      )
      expect(await count()).toBe(before + 39)
      const expected = UNIT_CODES.flatMap((code) => {
        const parent = parentOf(code, TODAY)
        return parent === null ? [] : [`${parent}-${code}>${code}`]
      })
      expect(rows.map(({ pair }) => pair).sort()).toEqual(expected.sort())
    },
  )
})
