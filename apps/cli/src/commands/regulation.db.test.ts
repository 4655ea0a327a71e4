import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { toRegulationJson } from '@zhidu/contract'
import { createTestDatabase, type TestDatabase } from '@zhidu/db/testing'
import { BAOJI, SAMPLE_REGULATION } from '@zhidu/domain'
import { installSampleRules } from '@zhidu/services'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { runCommandLine } from '../run-command-line.ts'

const OFFICE = { ...BAOJI, id: 'office', version: '2027-1', title: '本办法', notice: null }

let database: TestDatabase
let folder: string
let out: string[]
let err: string[]
beforeAll(async () => {
  database = await createTestDatabase()
  await installSampleRules(database.db)
  folder = mkdtempSync(join(tmpdir(), 'zhidu-regulation-'))
})
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true })
  await database.close()
})
beforeEach(() => {
  out = []
  err = []
})

/** Runs `zhidu regulation …` as the shell would; gives its exit status. */
function regulation(args: readonly string[], language: 'en' | 'zh-CN' = 'zh-CN', url = database.connectionString) {
  return runCommandLine(['regulation', ...args], {
    env: { DATABASE_URL: url },
    language,
    cwd: folder,
    input: (async function* () {})(),
    print: (text) => out.push(text),
    say: (line) => err.push(line),
    signal: new AbortController().signal,
  })
}

function write(name: string, text: string): string {
  writeFileSync(join(folder, name), text)
  return name
}

it('checks a file without any data, and names clause, place and what would be accepted', async () => {
  const nowhere = 'postgres://nobody@127.0.0.1:1/nothing'
  const sound = write('sound.json', toRegulationJson(OFFICE))
  expect(await regulation(['check', sound], 'zh-CN', nowhere)).toBe(0)
  expect(err).toEqual(['规则没有矛盾和缺漏，可以使用。'])
  expect(await regulation(['check', sound, '--json'], 'en', nowhere)).toBe(0)
  expect(JSON.parse(out.join(''))).toEqual({ regulation: { id: 'office', version: '2027-1' }, problems: [] })

  const misshapen = write('misshapen.json', toRegulationJson(OFFICE).replace('"absent"', '"sleepy"'))
  expect(await regulation(['check', misshapen], 'zh-CN', nowhere)).toBe(1)
  expect(err.slice(-2)).toEqual([expect.stringContaining('deductions[0].code'), '共 1 处不对，什么都没有改。'])
  out = []
  expect(await regulation(['check', misshapen, '--json'], 'en', nowhere)).toBe(1)
  expect(JSON.parse(out.join(''))).toMatchObject({ regulation: null, problems: [{ path: 'deductions[0].code' }] })

  // In shape, but it contradicts itself.
  const unsound = write('unsound.json', toRegulationJson({ ...OFFICE, deadlines: [] }))
  expect(await regulation(['check', unsound, '--json'], 'en', nowhere)).toBe(1)
  expect(await regulation(['check', 'absent.json'], 'en', nowhere)).toBe(1)
  expect(err.at(-1)).toBe(`Cannot read ${join(folder, 'absent.json')}.`)
})

it('imports a draft once, with what is still wrong in it, and nothing of a file that is none', async () => {
  const misshapen = write('broken.json', '{"format": 2}')
  expect(await regulation(['import', misshapen])).toBe(1)
  const unsound = write('draft.json', toRegulationJson({ ...OFFICE, version: 'draft', deadlines: [] }))
  expect(await regulation(['import', unsound, '--json'])).toBe(0)
  const told = JSON.parse(out.join(''))
  expect(told).toMatchObject({ id: 'office', version: 'draft', revision: 1 })
  expect(told.problems.length).toBeGreaterThan(0)

  const sound = write('sound.json', toRegulationJson(OFFICE))
  expect(await regulation(['import', sound])).toBe(0)
  expect(err.at(-1)).toBe('已导入为草稿 office 2027-1，请在网页“规则”里核对、发布。')
  expect(await regulation(['import', sound])).toBe(1)
  expect(err.at(-1)).toBe('已有规则 office 的版本 2027-1。请在文件里换一个 version 再导入。')
  const { rows } = await database.pool.query(
    `select version, state from regulation where regulation_id = 'office' order by version`,
  )
  expect(rows).toEqual([
    { version: '2027-1', state: 'draft' },
    { version: 'draft', state: 'draft' },
  ])
})

it('exports a version in the form that import reads', async () => {
  const { id, version } = SAMPLE_REGULATION
  expect(await regulation(['export', id, version, 'out.json', '--json'])).toBe(0)
  expect(JSON.parse(out.join(''))).toEqual({ id, version, file: 'out.json' })
  const text = readFileSync(join(folder, 'out.json'), 'utf8')
  expect(JSON.parse(text)).toEqual(JSON.parse(toRegulationJson(SAMPLE_REGULATION)))
  expect(await regulation(['check', 'out.json'])).toBe(0)
  expect(await regulation(['export', id, 'none', 'none.json'], 'en')).toBe(1)
  expect(err.at(-1)).toBe('There is no version none of regulation sample.')
})
