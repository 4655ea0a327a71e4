import { type AccountItem, CreateAccountInput } from '@zhidu/contract'
import { type Role, ROLES } from '@zhidu/domain'
import { PASSWORD_POLICIES, PASSWORD_PROFILES } from '@zhidu/identity'
import {
  addUser,
  getAccountId,
  listAccounts,
  type PasswordContext,
  recordRefusal,
  resetPassword,
  ServiceError,
  unlockAccount,
} from '@zhidu/services'
import type { Command } from 'commander'
import { Refusal, UsageError } from '../exit.ts'
import { type Program, withData } from '../program.ts'
import { printTable } from '../table.ts'
import { PASSWORD_REASONS, ROLE_NAMES } from './user-words.ts'

interface AddOptions {
  readonly name: string
  readonly role: string
  readonly unit?: string
  readonly staffNumber?: string
  readonly phone?: string
  readonly passwordStdin?: boolean
  readonly json?: boolean
}

interface PasswordOptions {
  readonly passwordStdin?: boolean
  readonly json?: boolean
}

const MAX_INPUT_CHARACTERS = 10_000

/** The first line of what comes in, without its end. Throws UsageError for nothing. */
async function readPassword(program: Program): Promise<string> {
  let text = ''
  for await (const chunk of program.input ?? []) {
    text += String(chunk)
    if (text.includes('\n') || text.length > MAX_INPUT_CHARACTERS) break
  }
  const [line = ''] = text.split(/\r?\n/)
  if (line !== '') return line
  throw new UsageError({ 'zh-CN': '标准输入里没有密码。', en: 'There is no password on standard input.' })
}

function isRole(text: string): text is Role {
  return ROLES.some((role) => role === text)
}

function toRoles(text: string): Role[] {
  const roles = text
    .split(/[,，]/)
    .map((role) => role.trim())
    .filter((role) => role !== '')
  const unknown = roles.filter((role) => !isRole(role))
  if (unknown.length > 0 || roles.length === 0) {
    const list = (language: 'zh-CN' | 'en'): string =>
      ROLES.map((role) => (language === 'en' ? role : `${role}（${ROLE_NAMES[language][role]}）`)).join(
        language === 'en' ? ', ' : '、',
      )
    throw new UsageError({
      'zh-CN': `没有角色“${unknown.join('，')}”；可填：${list('zh-CN')}。`,
      en: `There is no role “${unknown.join(', ')}”; there are ${list('en')}.`,
    })
  }
  return [...new Set(roles.filter(isRole))]
}

const FIELDS = {
  loginName: {
    'zh-CN': '用户名要 2 到 64 个字符：小写字母、数字、点、横线、下划线，以字母或数字开头。',
    en: 'A user name has 2 to 64 characters: lower case letters, digits, dots, dashes, underscores, a letter or digit first.',
  },
  displayName: { 'zh-CN': '--name 要 1 到 100 个字符。', en: '--name takes 1 to 100 characters.' },
  staffNumber: { 'zh-CN': '--staff-number 要 1 到 50 个字符。', en: '--staff-number takes 1 to 50 characters.' },
  phone: { 'zh-CN': '--phone 不是电话号码。', en: '--phone is no telephone number.' },
  unitCode: { 'zh-CN': '--unit 要 1 到 100 个字符。', en: '--unit takes 1 to 100 characters.' },
} as const

function parseAccount(loginName: string, options: AddOptions) {
  const parsed = CreateAccountInput.safeParse({
    loginName,
    displayName: options.name,
    staffNumber: options.staffNumber ?? null,
    phone: options.phone ?? null,
    unitCode: options.unit ?? null,
    isSsoOnly: false,
  })
  if (parsed.success) return parsed.data
  const field = Object.keys(FIELDS).find((name) => parsed.error.issues[0]?.path[0] === name)
  throw new UsageError(FIELDS[(field ?? 'loginName') as keyof typeof FIELDS])
}

function toPasswordRefusal(error: ServiceError): Refusal {
  const codes = (error.params['reasons'] ?? '').split(',')
  const words = (language: 'zh-CN' | 'en'): string[] => codes.map((code) => PASSWORD_REASONS[code]?.[language] ?? code)
  return new Refusal({
    'zh-CN': `这个密码不能用：${words('zh-CN').join('；')}。`,
    en: `This password is refused: ${words('en').join('; ')}.`,
  })
}

/** Runs a change of accounts; what is refused goes into the audit trail, too. */
function withAccounts<T>(program: Program, action: string, work: (ctx: PasswordContext) => Promise<T>): Promise<T> {
  const profile = PASSWORD_PROFILES.find((name) => name === program.env['ZHIDU_PASSWORD_PROFILE']) ?? 'mlps'
  return withData(program, async (service) => {
    const passwords = { policy: PASSWORD_POLICIES[profile], contextWords: [] }
    try {
      return await work({ ...service, identity: { passwords } })
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error
      await recordRefusal(service, { action }, error)
      throw error.reason === 'password_refused' ? toPasswordRefusal(error) : error
    }
  })
}

function sayPassword(program: Program, loginName: string, initialPassword: string): void {
  const english = program.language === 'en'
  program.print(
    english ? `Initial password of ${loginName}: ${initialPassword}` : `${loginName} 的初始密码：${initialPassword}`,
  )
}

function sayNextStep(program: Program): void {
  program.say(
    program.language === 'en'
      ? 'It has to be changed at the first sign-in and is good for 72 hours.'
      : '首次登录须修改密码；初始密码 72 小时内有效。',
  )
}

/** `zhidu user add`: an account with its roles. */
async function runUserAdd(program: Program, login: string, options: AddOptions): Promise<void> {
  const roles = toRoles(options.role)
  const account = parseAccount(login, options)
  const password = options.passwordStdin === true ? await readPassword(program) : undefined
  const made = await withAccounts(program, 'account.create', (ctx) => addUser(ctx, { ...account, roles, password }))
  const initialPassword = password === undefined ? made.initialPassword : null
  const { accountId, loginName, unitCode } = made.account
  if (options.json === true) {
    program.print(JSON.stringify({ accountId, loginName, roles, unitCode, initialPassword }))
    return
  }
  const names = roles.map((role) => ROLE_NAMES[program.language][role])
  program.say(
    program.language === 'en'
      ? `Made the account ${loginName} (${names.join(', ')}).`
      : `已建立账号 ${loginName}（${names.join('、')}）。`,
  )
  if (initialPassword !== null) sayPassword(program, loginName, initialPassword)
  sayNextStep(program)
}

/** `zhidu user reset-password`: a new initial password. */
async function runUserResetPassword(program: Program, login: string, options: PasswordOptions): Promise<void> {
  const password = options.passwordStdin === true ? await readPassword(program) : undefined
  const { initialPassword } = await withAccounts(program, 'account.resetPassword', async (ctx) =>
    resetPassword(ctx, { accountId: await getAccountId(ctx, login), password }),
  )
  if (options.json === true) {
    program.print(
      JSON.stringify({ loginName: login, initialPassword: password === undefined ? initialPassword : null }),
    )
    return
  }
  if (password === undefined) sayPassword(program, login, initialPassword)
  sayNextStep(program)
}

/** `zhidu user unlock`. */
async function runUserUnlock(program: Program, login: string): Promise<void> {
  await withAccounts(program, 'access.unlock', async (ctx) =>
    unlockAccount(ctx, { accountId: await getAccountId(ctx, login) }),
  )
  program.say(program.language === 'en' ? `${login} may sign in again.` : `${login} 可以登录了。`)
}

const HEADER = {
  'zh-CN': ['用户名', '姓名', '角色', '单位', '状态', '最近使用'],
  en: ['User', 'Name', 'Roles', 'Unit', 'State', 'Last seen'],
} as const

function stateOf(account: AccountItem, language: Program['language']): string {
  const english = language === 'en'
  if (account.isDisabled) return english ? 'disabled' : '停用'
  if (account.lockedUntil !== null) return english ? 'locked' : '锁定'
  if (account.isDemonstration) return english ? 'demonstration' : '演示'
  if (account.mustChangePassword) return english ? 'initial password' : '待改密码'
  return english ? 'in use' : '启用'
}

/** `zhidu user list`: everybody, by user name. */
async function runUserList(program: Program, options: { readonly json?: boolean }): Promise<void> {
  const accounts = await withData(program, async (ctx) => {
    const all: AccountItem[] = []
    for (;;) {
      const last = all.at(-1)?.loginName
      const page = await listAccounts(ctx, last === undefined ? {} : { after: last })
      all.push(...page.items)
      if (!page.hasMore) return all
    }
  })
  if (options.json === true) {
    program.print(JSON.stringify(accounts))
    return
  }
  if (accounts.length === 0) {
    program.say(
      program.language === 'en'
        ? 'There is no account yet: zhidu user add --help'
        : '还没有账号：zhidu user add --help',
    )
    return
  }
  printTable(
    program,
    HEADER[program.language],
    accounts.map((account) => [
      account.loginName,
      account.displayName,
      account.roles.map((role) => ROLE_NAMES[program.language][role]).join(program.language === 'en' ? ', ' : '、') ||
        '—',
      account.unitName ?? account.unitCode ?? '—',
      stateOf(account, program.language),
      account.lastSeenAt?.slice(0, 16).replace('T', ' ') ?? '—',
    ]),
  )
}

/** `zhidu user …`: accounts from the machine itself; the first ones come from here. */
export function addUserCommands(
  root: Command,
  program: Program,
  say: (chinese: string, english: string) => string,
): void {
  const json = say('只输出一个 JSON 文档', 'print one JSON document and nothing else')
  const fromInput = say('从标准输入读初始密码，不自动生成', 'read the initial password from standard input')
  const user = root.command('user').description(say('账号', 'accounts')).helpCommand(false)
  user
    .command('add')
    .description(say('建立账号并授予角色，显示初始密码', 'make an account with roles and show its initial password'))
    .argument('<login>', say('用户名', 'user name'))
    .requiredOption('--name <name>', say('姓名', 'name of the person'))
    .requiredOption(
      '--role <roles>',
      say(`角色，多个用逗号隔开：${ROLES.join('、')}`, `roles, separated by commas: ${ROLES.join(', ')}`),
    )
    .option('--unit <code>', say('所属单位编码；业务角色必填', 'code of the unit; business roles need one'))
    .option('--staff-number <number>', say('工号，也可用来登录', 'staff number, signs in as well'))
    .option('--phone <phone>', say('电话', 'telephone'))
    .option('--password-stdin', fromInput)
    .option('--json', json)
    .action((login: string, options: AddOptions) => runUserAdd(program, login, options))
  user
    .command('list')
    .description(say('列出全部账号', 'list every account'))
    .option('--json', json)
    .action((options: { json?: boolean }) => runUserList(program, options))
  user
    .command('unlock')
    .description(say('解除登录锁定', 'let somebody who is locked out try again'))
    .argument('<login>', say('用户名或工号', 'user name or staff number'))
    .action((login: string) => runUserUnlock(program, login))
  user
    .command('reset-password')
    .description(
      say('重设为新的初始密码，并取消动态口令', 'give a new initial password and take the second factor away'),
    )
    .argument('<login>', say('用户名或工号', 'user name or staff number'))
    .option('--password-stdin', fromInput)
    .option('--json', json)
    .action((login: string, options: PasswordOptions) => runUserResetPassword(program, login, options))
}
