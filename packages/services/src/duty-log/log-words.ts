import type { HandoverState, LogKind, LogOutcome, LogSource } from '@zhidu/domain'
import type { ExportLanguage } from '../export/exported-file.ts'

interface LogWords {
  readonly title: string
  readonly header: readonly string[]
  readonly source: Readonly<Record<LogSource, string>>
  readonly kind: Readonly<Record<LogKind, string>>
  readonly outcome: Readonly<Record<LogOutcome, string>>
  readonly handover: Readonly<Record<HandoverState, string>>
  readonly open: string
  readonly head: (asOf: string) => string
}

/** Words of logs in files. */
export const LOG_WORDS: Readonly<Record<ExportLanguage, LogWords>> = {
  'zh-CN': {
    title: '值班日志',
    header: [
      '单位',
      '编号',
      '来源',
      '类别',
      '来电单位',
      '来电人',
      '电话',
      '发生时间',
      '写入时间',
      '补记（小时）',
      '内容',
      '记录人',
      '状态',
      '办理说明',
      '办结时间',
      '未办结（小时）',
      '移交次数',
    ],
    source: { call: '来电', document: '来文', network: '网络', oral: '口头', system: '系统', other: '其他' },
    kind: { matter: '接办事项', emergency: '突发事件', instruction: '上级指令', situation: '掌握动态', memo: '备忘' },
    outcome: {
      done: '已办结',
      reported: '已上报',
      answered: '已答复',
      accepted_elsewhere: '已移交并接收',
      noted: '知悉存档',
      declined: '不予受理并已说明',
    },
    handover: { pending: '待交接', offered: '交接中', done: '已交接', left_over: '有遗留' },
    open: '未办结',
    head: (asOf) => `数据截至 ${asOf}；姓名、电话已隐去`,
  },
  en: {
    title: 'Duty log',
    header: [
      'Unit',
      'Code',
      'Source',
      'Kind',
      'Caller’s unit',
      'Caller',
      'Phone',
      'Happened',
      'Written',
      'Late (hours)',
      'Content',
      'Written by',
      'State',
      'What was done',
      'Closed',
      'Open (hours)',
      'Handed over',
    ],
    source: { call: 'call', document: 'document', network: 'network', oral: 'oral', system: 'system', other: 'other' },
    kind: {
      matter: 'matter',
      emergency: 'emergency',
      instruction: 'instruction',
      situation: 'situation',
      memo: 'memo',
    },
    outcome: {
      done: 'done',
      reported: 'reported',
      answered: 'answered',
      accepted_elsewhere: 'taken over elsewhere',
      noted: 'noted and filed',
      declined: 'declined with a reason',
    },
    handover: {
      pending: 'to be handed over',
      offered: 'being handed over',
      done: 'handed over',
      left_over: 'with items left',
    },
    open: 'open',
    head: (asOf) => `As of ${asOf}; names and numbers are hidden`,
  },
}
