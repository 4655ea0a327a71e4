import type { AccessTable } from '@zhidu/contract'
import { buildWorkbook } from '@zhidu/documents'
import type { Permission, Role } from '@zhidu/domain'
import type { ServiceContext } from '../context.ts'
import type { ExportedFile, ExportLanguage } from '../export/exported-file.ts'
import { getAccessTable } from './get-access-table.ts'

interface Words {
  readonly title: string
  readonly asOf: (instant: string) => string
  readonly header: readonly string[]
  readonly role: Readonly<Record<Role, string>>
  readonly permission: Readonly<Record<Permission, string>>
  readonly isDisabled: readonly [yes: string, no: string]
  readonly wholeInstallation: string
  readonly noFacts: string
  readonly noRole: string
}

const WORDS: Readonly<Record<ExportLanguage, Words>> = {
  'zh-CN': {
    title: '谁能看什么',
    asOf: (instant) => `截至 ${instant}`,
    header: ['用户名', '姓名', '状态', '角色', '单位编码', '单位', '可见单位数', '权限'],
    role: {
      leader: '领导',
      inspector: '督查员',
      clerk: '考核专责',
      approver: '审定人',
      unit_officer: '单位值班员',
      system_admin: '系统管理员',
      security_admin: '安全管理员',
      audit_admin: '审计管理员',
    },
    permission: {
      'session.own': '自己的账号',
      'facts.read': '查看本级及下级情况',
      comparison: '同组名次',
      'units.read': '查看单位',
      'units.write': '导入单位',
      'facts.import': '导入数据',
      'findings.record': '认定问题',
      'rules.write': '起草考核办法',
      'rules.publish': '发布考核办法',
      'calendar.write': '维护节假日历',
      'obligations.reopen': '重新开放应报时限',
      'quarters.freeze': '冻结季度',
      'bulletins.read': '看本级通报',
      'bulletins.write': '起草通报',
      'bulletins.publish': '签发通报',
      'meetings.read': '看本级座谈会',
      'meetings.write': '筹备座谈会',
      'meetings.sign': '签发座谈会纪要',
      'draws.read': '看本级抽取',
      'draws.plan': '拟方案、抽取',
      'draws.approve': '批准抽取方案',
      'inspections.record': '记录现场抽查',
      'inspections.decide': '认定抽查问题',
      'assessments.prepare': '考核出草案',
      'assessments.approve': '考核审定',
      'cases.handle': '办理整改',
      'cases.answer': '本单位说明与整改',
      'reports.file': '替本单位报送信息',
      'reports.take': '记录下级电话报告',
      'duty.keep': '填报本单位值班资料',
      'duty.oversee': '督促下一级值班资料',
      'leads.read': '看本级信息线索',
      'leads.handle': '登记、核查信息线索',
      'facts.export': '导出',
      'personal_data.view': '凭理由查看个人信息',
      'accounts.manage': '账号管理',
      'roles.manage': '授权',
      'tokens.manage': '系统接口密钥',
      'access.inspect': '核对权限',
      'audit.read': '审计',
    },
    isDisabled: ['停用', '启用'],
    wholeInstallation: '全部',
    noFacts: '不看业务数据',
    noRole: '未授权',
  },
  en: {
    title: 'Who can see what',
    asOf: (instant) => `As of ${instant}`,
    header: ['User name', 'Name', 'State', 'Role', 'Unit code', 'Unit', 'Units in reach', 'May'],
    role: {
      leader: 'leader',
      inspector: 'inspector',
      clerk: 'assessment clerk',
      approver: 'approver',
      unit_officer: 'unit duty officer',
      system_admin: 'system administrator',
      security_admin: 'security administrator',
      audit_admin: 'audit administrator',
    },
    permission: {
      'session.own': 'own account',
      'facts.read': 'see the own unit and those below',
      comparison: 'place among peers',
      'units.read': 'see units',
      'units.write': 'import units',
      'facts.import': 'import facts',
      'findings.record': 'record findings',
      'rules.write': 'draft regulations',
      'rules.publish': 'publish regulations',
      'calendar.write': 'keep the calendar',
      'obligations.reopen': 're-open what was due',
      'quarters.freeze': 'freeze quarters',
      'bulletins.read': 'see the office’s bulletins',
      'bulletins.write': 'draft bulletins',
      'bulletins.publish': 'publish bulletins',
      'meetings.read': 'read own exchange meetings',
      'meetings.write': 'prepare exchange meetings',
      'meetings.sign': 'sign minutes of meetings',
      'draws.read': 'see the office’s draws',
      'draws.plan': 'plan and draw',
      'draws.approve': 'approve plans of draws',
      'inspections.record': 'record checks on the spot',
      'inspections.decide': 'decide on findings of checks',
      'assessments.prepare': 'put out draft assessments',
      'assessments.approve': 'approve assessments',
      'cases.handle': 'handle cases',
      'cases.answer': 'answer for the own unit',
      'reports.file': 'file reports for the own unit',
      'reports.take': 'record reports by telephone',
      'duty.keep': 'keep the own unit’s duty papers',
      'duty.oversee': 'remind units below of their duty papers',
      'leads.read': 'see the office’s leads',
      'leads.handle': 'record leads and inquire',
      'facts.export': 'export',
      'personal_data.view': 'see personal data for a reason',
      'accounts.manage': 'accounts',
      'roles.manage': 'roles',
      'tokens.manage': 'keys of other systems',
      'access.inspect': 'inspect access',
      'audit.read': 'audit trail',
    },
    isDisabled: ['disabled', 'in use'],
    wholeInstallation: 'all',
    noFacts: 'sees no facts',
    noRole: 'no role',
  },
}

function isPermission(text: string, words: Words): text is Permission {
  return text in words.permission
}

function toRow(line: AccessTable['lines'][number], words: Words, language: ExportLanguage): (string | number)[] {
  const permissions = line.permissions.flatMap((one) => (isPermission(one, words) ? words.permission[one] : []))
  return [
    line.loginName,
    line.displayName,
    words.isDisabled[line.isDisabled ? 0 : 1],
    line.role === null ? words.noRole : words.role[line.role],
    line.unitCode ?? '',
    line.unitName ?? (line.unitCode === null ? words.wholeInstallation : ''),
    line.unitCount ?? words.noFacts,
    permissions.join(language === 'en' ? ', ' : '、'),
  ]
}

/** The table of who can see what, as an Excel file for the file of records. */
export async function exportAccessXlsx(ctx: ServiceContext, language: ExportLanguage): Promise<ExportedFile> {
  const table = await getAccessTable(ctx)
  const words = WORDS[language]
  const workbook = await buildWorkbook({
    title: words.title,
    createdAt: ctx.clock(),
    sheets: [
      {
        name: words.title,
        columns: [
          { width: 18, format: 'text' },
          { width: 14, format: 'text' },
          { width: 8, format: 'general' },
          { width: 14, format: 'general' },
          { width: 12, format: 'text' },
          { width: 26, format: 'text' },
          { width: 14, format: 'general' },
          { width: 70, format: 'general', isWrapped: true },
        ],
        headerRow: 2,
        isLandscape: true,
        rows: [
          [words.title],
          [words.asOf(table.asOf.slice(0, 19).replace('T', ' '))],
          words.header,
          ...table.lines.map((line) => toRow(line, words, language)),
        ],
      },
    ],
  })
  return { fileName: `${words.title}.xlsx`, body: new Uint8Array(workbook) }
}
