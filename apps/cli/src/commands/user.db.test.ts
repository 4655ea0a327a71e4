import { createTestDatabase, type TestDatabase } from '@zhidu/db/testing'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { runCommandLine } from '../run-command-line.ts'

let database: TestDatabase
let out: string[]
let err: string[]
beforeAll(async () => {
  database = await createTestDatabase()
  await database.pool.query(`insert into unit values ('C01', 1)`)
})
afterAll(() => database.close())
beforeEach(() => {
  out = []
  err = []
})

/** Runs `zhidu user …` as the shell would; gives its exit status. */
function user(args: readonly string[], options: { language?: 'en'; input?: readonly string[] } = {}): Promise<number> {
  async function* input(): AsyncGenerator<string> {
    yield* options.input ?? []
  }
  return runCommandLine(['user', ...args], {
    env: { DATABASE_URL: database.connectionString },
    language: options.language ?? 'zh-CN',
    cwd: '/',
    input: input(),
    print: (text) => out.push(text),
    say: (line) => err.push(line),
    signal: new AbortController().signal,
  })
}

it('begins with no account at all', async () => {
  expect(await user(['list', '--json'])).toBe(0)
  expect(JSON.parse(out.join('\n'))).toEqual([])
  expect(await user(['list'])).toBe(0)
  expect(err.at(-1)).toContain('还没有账号')
})

it('makes an account with its roles and shows its initial password', async () => {
  expect(await user(['add', 'Admin', '--name', '管理员', '--role', 'system_admin', '--json'])).toBe(0)
  const made = JSON.parse(out.join('\n'))
  expect(made).toMatchObject({ loginName: 'admin', roles: ['system_admin'], unitCode: null })
  expect(made.initialPassword).toMatch(/^\w{4}(-\w{4}){3}$/)

  const words = ['add', 'clerk', '--name', '专责', '--role', 'clerk,leader', '--unit', 'C01', '--staff-number', 'S-7']
  expect(await user(words)).toBe(0)
  expect(err.join('\n')).toContain('已建立账号 clerk（考核专责、领导）。')
  expect(out.at(-1)).toMatch(/^clerk 的初始密码：\w{4}(-\w{4}){3}$/)
  expect(await user(['list'], { language: 'en' })).toBe(0)
  expect(out.join('\n')).toMatch(/admin +管理员 +system administrator +— +initial password/)
})

it('takes the initial password from standard input, keeps it to itself and holds it against the policy', async () => {
  const add = (login: string, password: string) =>
    user(['add', login, '--name', '读入', '--role', 'audit_admin', '--password-stdin'], {
      input: [password.slice(0, 4), `${password.slice(4)}\n`, 'more\n'],
    })
  expect(await add('reader', 'Velvet-Trout-47')).toBe(0)
  expect([...out, ...err].join('\n')).not.toContain('Velvet')
  expect(await add('other', 'other123')).toBe(1)
  expect(err.at(-1)).toBe(
    '这个密码不能用：太短；大写字母、小写字母、数字、符号的种类不够；含有用户名、工号或姓名中连续三个字符；是常见密码。',
  )
  expect(await user(['add', 'none', '--name', '读入', '--role', 'audit_admin', '--password-stdin'])).toBe(2)
})

it('refuses in words, and every refusal stands in the audit trail', async () => {
  const refused: readonly (readonly [readonly string[], number, string, string])[] = [
    [['add', 'admin', '--name', 'x', '--role', 'audit_admin'], 1, '已被占用', 'taken'],
    [['add', 'two', '--name', 'x', '--role', 'system_admin,audit_admin'], 1, '不同的人', 'different people'],
    [['add', 'two', '--name', 'x', '--role', 'leader'], 1, '--unit', '--unit CODE'],
    [['add', 'two', '--name', 'x', '--role', 'leader', '--unit', 'C99'], 1, 'C99', 'C99'],
    [['unlock', 'nobody'], 1, '没有用户 nobody', 'no user nobody'],
    [['unlock', 'admin'], 1, '没有被锁定', 'not locked'],
    [['add', 'two', '--name', 'x', '--role', 'king'], 2, 'security_admin（安全管理员）', 'no role “king”'],
    [['add', 'Ä', '--name', 'x', '--role', 'audit_admin'], 2, '用户名要', 'A user name has'],
    [['add', 'two', '--name', '', '--role', 'audit_admin'], 2, '--name', '--name'],
  ]
  for (const [args, status, chinese, english] of refused) {
    expect([args, await user(args)]).toEqual([args, status])
    expect(err.at(-1)).toContain(chinese)
    expect([args, await user(args, { language: 'en' })]).toEqual([args, status])
    expect(err.at(-1)).toContain(english)
  }
  const { rows } = await database.pool.query(
    `select actor_kind, count(*)::int as count from audit_entry where outcome = 'refused' group by 1`,
  )
  // Each of the six in both languages, and the password before.
  expect(rows).toEqual([{ actor_kind: 'local', count: 13 }])
})

it('lets somebody in again: unlocked, or with a new initial password', async () => {
  const lock = `insert into sign_in_guard select sha256(convert_to('clerk', 'UTF8')), 5, now(), now() + interval '15 min'`
  await database.pool.query(lock)
  expect(await user(['list', '--json'])).toBe(0)
  expect(JSON.parse(out.at(-1) ?? '').find((one: { loginName: string }) => one.loginName === 'clerk')).toMatchObject({
    roles: ['clerk', 'leader'],
    lockedUntil: expect.stringMatching(/\+08:00$/),
  })
  expect(await user(['unlock', 'S-7'])).toBe(0)
  expect((await database.pool.query('select 1 from sign_in_guard')).rows).toEqual([])
  const before = await database.pool.query(`select password_hash from account where login_name = 'clerk'`)
  expect(await user(['reset-password', 'clerk'], { language: 'en' })).toBe(0)
  expect(out.at(-1)).toMatch(/^Initial password of clerk: \w{4}/)
  const after = await database.pool.query(`select password_hash from account where login_name = 'clerk'`)
  expect(after.rows).not.toEqual(before.rows)
})
