import type { HandoverPage, LogDayPage, LogItem } from '@zhidu/contract'
import type { WordCell, WordDocument } from '@zhidu/documents'
import { startOfLocalDay, toPlainDate } from '@zhidu/domain'
import { BLANK, factTable, paragraph, toForm, writeMinute } from '../forms/form-parts.ts'
import { LOG_WORDS } from './log-words.ts'

const WORDS = LOG_WORDS['zh-CN']

function writeDay(day: string): string {
  const [year, month, date] = day.split('-').map(Number)
  return `${year}年${month}月${date}日`
}

const clockOf = (instant: string): string => instant.slice(11, 16)

function callerOf({ callerName, callerPhone, callerUnit, source }: LogItem): string {
  return [WORDS.source[source], callerUnit, callerName, callerPhone].filter((part) => part !== null).join(' ')
}

function endOf({ lastNote, lateHours, openHours, outcome }: LogItem): string {
  const late = lateHours === null ? '' : `（补记${lateHours}小时）`
  const state = outcome === null ? `未办结，已${openHours ?? 0}小时` : WORDS.outcome[outcome]
  return [`${state}${late}`, lastNote].filter((part) => part !== null).join('：')
}

function toRow(item: LogItem): WordCell[] {
  return [
    { text: String(item.number) },
    { text: `${clockOf(item.receivedAt)}\n记${clockOf(item.writtenAt)}` },
    { text: callerOf(item), align: 'left' },
    { text: item.content, align: 'left' },
    { text: endOf(item), align: 'left' },
    { text: item.writtenBy },
  ]
}

/** 值班日志: the page of a day as its unit wrote it. */
export function toLogForm(page: LogDayPage): WordDocument {
  const { day, items, leader, officers, unitName, weather } = page
  const facts = `带班领导：${leader ?? BLANK}　　值班人员：${officers.length === 0 ? BLANK : officers.join('、')}　　天气：${weather ?? BLANK}`
  const empty = [{ text: '当日无记录', colSpan: 6 }]
  return toForm(
    '值班日志',
    unitName,
    startOfLocalDay(toPlainDate(day)),
    [
      paragraph('title', '值班日志'),
      paragraph('plain'),
      paragraph('plain', `单位：${unitName}　　　日期：${writeDay(day)}`),
      paragraph('plain', facts),
      {
        kind: 'table',
        widths: [14, 22, 46, 82, 58, 24],
        header: [['序号', '时间', '来源', '内容', '办理结果', '记录人'].map((text) => ({ text }))],
        rows: items.length === 0 ? [empty] : items.map(toRow),
        size: 12,
        rowHeight: 9,
      },
      paragraph('small', '注：时间栏上为事项发生时间，下为系统写入时间；未办结事项列入交接班。'),
    ],
    'a4Landscape',
  )
}

function confirmation(step: HandoverPage['steps'][number] | undefined): string | null {
  if (step === undefined) return null
  const off = step.offRosterReason === null ? '' : `（不在值班表：${step.offRosterReason}）`
  const where = step.enteredBy === null ? '' : `，当面在${step.enteredBy}的屏幕上确认`
  return `${step.by}${off}　${writeMinute(step.at)}${where}`
}

/** 交接班记录: what was handed over, by whom to whom. */
export function toHandoverForm(page: HandoverPage): WordDocument {
  const { entries, equipment, item, note, steps, toPerson } = page
  const offered = item.state === 'pending' ? undefined : steps.findLast(({ kind }) => kind === 'offered')
  const taken = steps.find(({ kind }) => kind === 'taken')
  const rows = entries.map((one, index): WordCell[] => [
    { text: String(index + 1) },
    { text: one.item.entryCode },
    { text: one.item.content, align: 'left' },
    { text: one.item.openHours === null ? '已办结' : `${one.item.openHours}小时` },
    { text: one.note, align: 'left' },
  ])
  return toForm('交接班记录', item.unitName, Date.parse(item.changeAt), [
    paragraph('title', '交接班记录'),
    paragraph('plain'),
    factTable([
      ['单位', item.unitName],
      ['交接时间', writeMinute(item.changeAt)],
      ['交班人员', item.outgoing.join('、')],
      ['接班人员', item.incoming.length === 0 ? toPerson : item.incoming.join('、')],
      ['状态', WORDS.handover[item.state]],
      ['钥匙、设备', equipment],
      ['其他事项', note],
      ['交班确认', confirmation(offered)],
      ['接班确认', confirmation(taken)],
    ]),
    paragraph('heading', '移交的未办结事项'),
    ...(rows.length === 0
      ? [paragraph('indented', '没有未办结事项。')]
      : [
          {
            kind: 'table' as const,
            widths: [12, 38, 62, 20, 30],
            header: [['序号', '编号', '内容', '已历时', '交代'].map((text) => ({ text }))],
            rows,
            size: 12,
            rowHeight: 9,
          },
        ]),
    paragraph('plain'),
    paragraph('plain', `交班人签名：${BLANK}　　接班人签名：${BLANK}`),
  ])
}
