import { FINDING_WORDS, writeQuarter } from '@zhidu/contract'
import type { AgendaDecision, AgendaTopic, Indicator, IndicatorChange, Movement, Quarter, Ratio } from '@zhidu/domain'

const INDICATOR_WORDS: Readonly<Record<Indicator, string>> = {
  timeliness: '书面首报按时率',
  completeness: '要素齐全率',
  checks: '抽查通过率',
  filings: '备案按时率',
}
const VERDICT_WORDS: Readonly<Record<IndicatorChange['verdict'], string>> = {
  better: '改善超出偶然波动',
  worse: '退步超出偶然波动',
  cannot_tell: '变化在偶然波动之内，不能说有变化',
  not_measured: '其中一个季度没有可比的数据',
}
/** Who was spoken of was mostly unusually bad. */
const REGRESSION = '被点名时往往正处于低点，下一季度即使不采取措施也会向均值靠近，不能都算作整改的效果'

function percent(share: number): string {
  return `${(Math.round(share * 1_000) / 10).toFixed(1)}%`
}

/** Nothing that was estimated is certain. */
function chanceOf(probability: number): string {
  if (probability > 0.999) return '大于99.9%'
  return probability < 0.001 ? '小于0.1%' : `为${percent(probability)}`
}

function points(share: number): string {
  const value = Math.round(share * 1_000) / 10
  return `${value > 0 ? '+' : ''}${value.toFixed(1)}`
}

function shareOf({ part, whole }: Ratio): string {
  return whole === 0 ? '无数据' : `${percent(part / whole)}（${part}/${whole}）`
}

export function writeDay(day: string): string {
  const [year, month, date] = day.split('-').map(Number)
  return `${year}年${month}月${date}日`
}

/** `书面首报按时率由71.4%（10/14）变为92.9%（13/14），相差+21.4个百分点（95%区间+1.0至+42.0）：…` */
export function writeIndicatorChange(
  indicator: Indicator,
  { after, before, difference, verdict }: IndicatorChange,
): string {
  const from = `${INDICATOR_WORDS[indicator]}由${shareOf(before)}变为${shareOf(after)}`
  if (difference === null) return `${from}，${VERDICT_WORDS[verdict]}。`
  const range = `相差${points(difference.value)}个百分点（95%区间${points(difference.low)}至${points(difference.high)}）`
  // Only what rose can have risen by itself.
  const regression = difference.value > 0 ? `${REGRESSION}。` : ''
  return `${from}，${range}：${VERDICT_WORDS[verdict]}。${regression}`
}

function writeMove({ before, interval, now }: Movement): string {
  const range = `95%区间${points(interval.low)}至${points(interval.high)}个百分点`
  return `书面首报按时率由${shareOf(before)}变为${shareOf(now)}（${range}），在全组各单位的变化中一并检验后仍超出偶然波动`
}

const DECISION_STATE: Readonly<Record<AgendaDecision['state'], string>> = {
  open: '尚未办结',
  reported: '已报告，待核验',
  closed: '已办结',
}

function writeFollowUp(decision: AgendaDecision, nameOf: (unitCode: string) => string): string {
  const { change, decidedOn, indicator, lastDay, returns, state, text, unitCode } = decision
  const back = returns === 0 ? '' : `，退回${returns}次`
  const head = `${writeDay(decidedOn)}议定事项：${nameOf(unitCode)}${text}。时限${writeDay(lastDay)}，${DECISION_STATE[state]}${back}。`
  return indicator === null || change === null ? head : `${head}${writeIndicatorChange(indicator, change)}`
}

export interface AgendaWriting {
  readonly quarter: Quarter
  readonly nameOf: (unitCode: string) => string
}

/** A drafted item as the agenda has it. */
export function writeTopic(topic: AgendaTopic, { nameOf, quarter }: AgendaWriting): string {
  const words = (finding: keyof typeof FINDING_WORDS): string => FINDING_WORDS[finding]['zh-CN']
  switch (topic.kind) {
    case 'follow_up':
      return writeFollowUp(topic.decision, nameOf)
    case 'mover_up':
      return `${nameOf(topic.move.unitCode)}进步明显：${writeMove(topic.move.movement)}。`
    case 'mover_down':
      return `${nameOf(topic.move.unitCode)}退步明显：${writeMove(topic.move.movement)}。请说明原因和打算。`
    case 'practice':
      return `经验做法：${nameOf(topic.move.unitCode)}介绍做法（由该单位提供文字）。依据：${writeMove(topic.move.movement)}。`
    case 'repeated':
      return `${nameOf(topic.unitCode)}“${words(topic.finding)}”办结后180日内再次发现，共${topic.caseIds.length}件。`
    case 'overdue':
      return `${nameOf(topic.unitCode)}整改超期${topic.caseIds.length}件，最早应于${writeDay(topic.since)}前完成。`
    case 'typical':
      return `典型问题：${writeQuarter(quarter)}抽查认定“${words(topic.finding)}”${topic.count}件，请各单位对照检查。`
    case 'speaker':
      if (topic.why === 'progress')
        return `建议发言（进步）：${nameOf(topic.move.unitCode)}。${writeMove(topic.move.movement)}。`
      if (topic.why === 'last') {
        const { group, probability, rank, unitCode } = topic.place
        const chance = `真正处于末四分之一的概率${chanceOf(probability)}`
        return `建议发言（末位）：${nameOf(unitCode)}，${group}第${rank}名，${chance}。`
      }
      return `建议发言（典型）：${nameOf(topic.unitCode)}，同一问题办结后再次发现${topic.caseIds.length}件。`
  }
}

/** Room for the number of minutes, written by hand. */
export const SEAL_ROOM = '〔　　　　〕　　号'
