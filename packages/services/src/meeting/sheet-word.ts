import { DIMENSION_WORDS, type MeetingSheet, writeQuarter } from '@zhidu/contract'
import type { WordBlock, WordDocument } from '@zhidu/documents'
import type { Quarter } from '@zhidu/domain'
import { factTable, paragraph, toForm, writeMinute } from '../forms/form-parts.ts'
import { writeDay } from './agenda-words.ts'

function percent({ part, whole }: MeetingSheet['timeliness']): string {
  return whole === 0 ? '—（没有应报）' : `${(Math.round((part * 1_000) / whole) / 10).toFixed(1)}%（${part}/${whole}）`
}

function points(share: number): string {
  return `${share > 0 ? '+' : ''}${(Math.round(share * 1_000) / 10).toFixed(1)}`
}

function writePlace({ previousRank, rank, rankRange, unitCount }: MeetingSheet): string {
  if (rank === null) return '未测量，不排名'
  const before = previousRank === null ? '' : `，上季度第${previousRank}名`
  const range =
    rankRange === null
      ? ''
      : `；按${rankRange.level * 100}%的把握，真实名次在第${rankRange.low}名至第${rankRange.high}名之间`
  return `共${unitCount}个单位，第${rank}名${before}${range}`
}

function writeLost({ dimension, points: lost, title }: MeetingSheet['lost'][number]): string {
  return `${title ?? DIMENSION_WORDS[dimension]['zh-CN']}${lost}分`
}

const MOVES = {
  solid: '超出偶然波动',
  hollow: '单独看超出偶然波动，全组一并检验后不能确定',
  grey: '在偶然波动之内',
} as const

function writeMovement({ movement }: MeetingSheet): string {
  if (movement === null) return '没有可比的上一季度'
  const { before, interval, kind } = movement
  return `上季度${percent(before)}，变化的95%区间${points(interval.low)}至${points(interval.high)}个百分点：${MOVES[kind]}`
}

const STATES = { open: '尚未办结', reported: '已报告，待核验', closed: '已办结' } as const

function decisionBlocks({ decisions }: MeetingSheet): WordBlock[] {
  if (decisions.length === 0) return [paragraph('indented', '没有对本单位的议定事项。')]
  return decisions.map(({ lastDay, state, what }, at) =>
    paragraph('indented', `${at + 1}. ${what}（时限${writeDay(lastDay)}，${STATES[state]}）`),
  )
}

/** One page of one unit, as its screen has it. */
export function toSheetWord(sheet: MeetingSheet, quarter: Quarter): WordDocument {
  const { asOf, findings, group, lost, rules, score, timeliness, title, unitName, version } = sheet
  const from = version === null ? '季度进行中' : `第${version}版快照`
  return toForm(`${unitName}值班工作情况`, unitName, Date.parse(asOf), [
    paragraph('title', `${unitName}值班工作情况`),
    paragraph('small', `${title}　${writeQuarter(quarter)}`),
    factTable([
      ['比较组', group],
      ['得分', score === null ? '—（未测量）' : String(score)],
      ['名次', writePlace(sheet)],
      ['书面首报按时率', percent(timeliness)],
      ['与上季度相比', writeMovement(sheet)],
      ['扣分', lost.length === 0 ? '没有扣分' : lost.map(writeLost).join('；')],
      ['抽查问题', `整改中${findings.open}件，已办结${findings.closed}件，办结后再次发现${findings.repeated}件`],
    ]),
    paragraph('heading', '议定事项办理情况'),
    ...decisionBlocks(sheet),
    paragraph('small', `注：数据截至${writeMinute(asOf)}，${from}；规则：${rules}。`),
  ])
}
