import type { Role } from '@zhidu/domain'
import type { Language } from '../language.ts'

export const ROLE_NAMES: Readonly<Record<Language, Readonly<Record<Role, string>>>> = {
  'zh-CN': {
    leader: '领导',
    inspector: '督查员',
    clerk: '考核专责',
    approver: '审定人',
    unit_officer: '单位值班员',
    system_admin: '系统管理员',
    security_admin: '安全管理员',
    audit_admin: '审计管理员',
  },
  en: {
    leader: 'leader',
    inspector: 'inspector',
    clerk: 'assessment clerk',
    approver: 'approver',
    unit_officer: 'unit duty officer',
    system_admin: 'system administrator',
    security_admin: 'security administrator',
    audit_admin: 'audit administrator',
  },
}

/** What the services refuse about accounts, in words. */
export const USER_REFUSALS: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  login_name_taken: {
    'zh-CN': '用户名 {loginName} 已被占用（用户名也不能与别人的工号相同）。',
    en: 'The user name {loginName} is taken (it may not be somebody’s staff number either).',
  },
  staff_number_taken: {
    'zh-CN': '工号 {staffNumber} 已被占用（工号也不能与别人的用户名相同）。',
    en: 'The staff number {staffNumber} is taken (it may not be somebody’s user name either).',
  },
  unit_unknown: {
    'zh-CN': '没有编码为 {unitCode} 的单位。先导入单位表，或核对编码。',
    en: 'There is no unit with code {unitCode}. Import the units first, or check the code.',
  },
  role_family_conflict: {
    'zh-CN': '系统、安全、审计三种管理员必须是不同的人，管理员也不能兼业务角色。请分开建账号。',
    en: 'The system, security and audit administrators must be different people, and none of them also has a business role. Make separate accounts.',
  },
  role_needs_unit: {
    'zh-CN': '业务角色要有所属单位：加上 --unit 单位编码。',
    en: 'A business role needs a unit: add --unit CODE.',
  },
  user_unknown: { 'zh-CN': '没有用户 {loginName}。', en: 'There is no user {loginName}.' },
  account_not_locked: { 'zh-CN': '这个账号没有被锁定。', en: 'This account is not locked.' },
  sso_only: {
    'zh-CN': '这个账号只用单点登录，没有密码。',
    en: 'This account signs in by single sign-on alone and has no password.',
  },
}

/** Why a password is refused, by the codes of the password policy. */
export const PASSWORD_REASONS: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  too_short: { 'zh-CN': '太短', en: 'too short' },
  too_long: { 'zh-CN': '太长', en: 'too long' },
  too_few_classes: {
    'zh-CN': '大写字母、小写字母、数字、符号的种类不够',
    en: 'too few of lower case, upper case, digits and signs',
  },
  contains_name: {
    'zh-CN': '含有用户名、工号或姓名中连续三个字符',
    en: 'has three characters in a row of the user name, staff number or name',
  },
  context_word: { 'zh-CN': '含有本系统或本单位的名称', en: 'has the name of this system or installation' },
  common: { 'zh-CN': '是常见密码', en: 'is a common password' },
  used_before: { 'zh-CN': '最近用过', en: 'was used before' },
}
