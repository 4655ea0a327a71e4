import {
  type AppliesTo,
  type DeductionCode,
  type DeductionShape,
  type Dimension,
  type DimensionTitles,
  type Grade,
  type Level,
  type Regulation,
  type RegulationPart,
} from '@zhidu/domain'
import { DEDUCTION_WORDS } from './deduction-words.ts'
import { CATEGORY_WORDS, type EnumWords, type Language, LEVEL_WORDS, TIER_WORDS, type Wording } from './kinds-words.ts'

function word(chinese: string, english: string): Wording {
  return { 'zh-CN': chinese, en: english }
}

export const REGULATION_PART_WORDS: Readonly<Record<RegulationPart, Wording>> = {
  basics: word('基本信息', 'Basics'),
  clauses: word('条款', 'Clauses'),
  clocks: word('时限起点', 'Start of the clock'),
  deadlines: word('报送时限', 'Time limits'),
  preReport: word('预报', 'Pre-report'),
  followUps: word('续报', 'Follow-ups'),
  completeness: word('报告要素', 'Elements of reports'),
  dimensions: word('分项与权重', 'Dimensions and weights'),
  workload: word('工作量分', 'Points for workload'),
  items: word('采用计分', 'Points by use'),
  deductions: word('扣分', 'Deductions'),
  absorbingMisreports: word('不重复扣分', 'Not deducted twice'),
  understatement: word('轻报的容差', 'What is not yet understated'),
  honestCorrection: word('主动更正', 'Honest correction'),
  lists: word('表扬批评名单', 'Commendation and criticism lists'),
  dutyLog: word('值班日志', 'Duty log'),
  bonus: word('加分', 'Bonuses'),
  total: word('总分上下限', 'Bounds of the score'),
  grades: word('等次', 'Grades'),
  vetoes: word('一票否决', 'Vetoes'),
  commendation: word('评优条件', 'Commendation'),
  groups: word('参加排名的分组', 'Groups that are ranked'),
  filing: word('节假日材料', 'Holiday filings'),
  phoneCheck: word('抽查电话', 'Check calls'),
  dueProcess: word('说明与申诉', 'Explanation and appeal'),
}

export const SHAPE_WORDS: EnumWords<DeductionShape['kind']> = {
  fixed: word('每次固定扣分', 'fixed'),
  per_item: word('按项扣分', 'per item'),
  per_started_hour: word('每逾一小时扣分', 'per started hour'),
  percent_of_item: word('扣本条信息得分的百分比', 'a share of the item'),
  zero_month: word('当月计零分', 'the month scores nothing'),
}

export const GRADE_WORDS: EnumWords<Grade> = {
  excellent: word('优秀', 'excellent'),
  good: word('良好', 'good'),
  fair: word('一般', 'fair'),
  poor: word('较差', 'poor'),
}

/** The usual names, and one letter more in full for lines of text. */
export const DIMENSION_WORDS: EnumWords<Dimension> = {
  timeliness: word('及时', 'Timeliness'),
  completeness: word('完整', 'Completeness'),
  truthfulness: word('真实', 'Truthfulness'),
  discipline: word('纪律', 'Discipline'),
  filing: word('节假日', 'Holiday filing'),
}

/** What a dimension is called: by the method's own name where it has one. */
export function dimensionName(dimension: Dimension, titles: DimensionTitles | undefined, language: Language): string {
  return titles?.[dimension] ?? DIMENSION_WORDS[dimension][language]
}

export function deductionName(code: DeductionCode, language: Language): string {
  return DEDUCTION_WORDS[language][code]
}

export function joinWords(words: readonly string[], language: Language): string {
  return words.join(language === 'zh-CN' ? '、' : ', ')
}

export function listOf<Key extends string>(keys: readonly Key[], words: EnumWords<Key>, language: Language): string {
  return joinWords(
    keys.map((key) => words[key][language]),
    language,
  )
}

/** 87.5 of 8750. */
export function pointsText(hundredths: number): string {
  return String(hundredths / 100).replace('-', '−')
}

/** 2 小时 30 分 of 9000. */
export function spanText(seconds: number, language: Language): string {
  const parts: readonly (readonly [size: number, chinese: string, english: string])[] = [
    [86_400, '天', 'd'],
    [3_600, '小时', 'h'],
    [60, '分钟', 'min'],
    [1, '秒', 's'],
  ]
  if (seconds === 0) return language === 'zh-CN' ? '0 分钟' : '0 min'
  let rest = seconds
  const texts: string[] = []
  for (const [size, chinese, english] of parts) {
    // Limits are given in hours and minutes up to two days.
    const count = size === 86_400 && seconds < 3 * 86_400 ? 0 : Math.floor(rest / size)
    rest -= count * size
    if (count > 0) texts.push(`${count} ${language === 'zh-CN' ? chinese : english}`)
  }
  return texts.join(' ')
}

/** 08:00 of 480; 24:00 of 1440. */
export function timeOfDayText(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
}

const LEVEL_SHORT: Readonly<Record<Level, string>> = { I: 'Ⅰ', II: 'Ⅱ', III: 'Ⅲ', IV: 'Ⅳ' }

function levelNames(levels: readonly Level[], language: Language): string {
  if (language === 'en') return joinWords(levels, language)
  return joinWords(
    levels.length === 1
      ? levels.map((level) => LEVEL_WORDS[level]['zh-CN'])
      : levels.map((level) => `${LEVEL_SHORT[level]}级`),
    language,
  )
}

/** Whom a rule is for; empty = everybody and everything. */
export function scopeText(scope: AppliesTo, language: Language): string {
  const { categories, levels, tiers } = scope
  return [
    ...(levels === null ? [] : [levelNames(levels, language)]),
    ...(categories === null ? [] : [listOf(categories, CATEGORY_WORDS, language)]),
    ...(tiers === null ? [] : [listOf(tiers, TIER_WORDS, language)]),
  ].join(language === 'zh-CN' ? '，' : '; ')
}

/** Label of a clause, `§5-A`; its id when the document has no such clause. */
export function clauseLabel(regulation: Pick<Regulation, 'clauses'>, id: string): string {
  return regulation.clauses.find((one) => one.id === id)?.label ?? id
}
