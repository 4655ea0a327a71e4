import { type Dimension, ONLY_CHOICES, type OnlyChoice, type SortKey } from '@zhidu/domain'
import type { ExportLanguage } from './exported-file.ts'

/** Words of the league table as a file. */
export interface LeagueSheetWords {
  readonly language: ExportLanguage
  readonly title: (group: string, quarter: string) => string
  readonly sheet: string
  readonly header: Readonly<Record<HeaderKey, string>>
  readonly dimension: Readonly<Record<Dimension, string>>
  readonly kept: (dimension: string) => string
  readonly workload: string
  readonly items: { readonly count: string; readonly points: string }
  readonly lost: (dimension: string) => string
  readonly filter: (parts: readonly string[], shown: number, total: number) => string
  /** The same where part of the group is out of reach. */
  readonly filterSeen: (parts: readonly string[], shown: number, seen: number, total: number) => string
  readonly search: (text: string) => string
  readonly grade: (grade: string) => string
  readonly only: Readonly<Record<OnlyChoice, string>>
  readonly sortedBy: (key: SortKey, isDescending: boolean) => string
  readonly provenance: (asOf: string, rules: string, method: string) => string
  readonly synthetic: string
  readonly notMeasured: string
  readonly tied: string
  /** A unit of whose row a deduction is appealed and not decided. */
  readonly underAppeal: (name: string) => string
  readonly total: (units: number, measured: number) => string
  readonly legend: string
  readonly meanOnly: (measured: number) => string
  readonly meanHidden: (measured: number) => string
  readonly peers: {
    readonly sheet: string
    readonly limits: (others: number) => string
    readonly points: string
    readonly units: string
    readonly own: string
    readonly band: (from: number, to: number, isTop: boolean) => string
    readonly top: string
  }
}

export type HeaderKey =
  | 'rank'
  | 'rankLow'
  | 'rankHigh'
  | 'tied'
  | 'unitCode'
  | 'unit'
  | 'score'
  | 'bonus'
  | 'owed'
  | 'onTime'
  | 'late'
  | 'missing'
  | 'notYetDue'
  | 'rate'
  | 'elementsGiven'
  | 'elementsOwed'
  | 'checksPassed'
  | 'checksTotal'
  | 'deductionCount'
  | 'deductionSum'
  | 'previous'
  | 'grade'

const CHINESE_SORT: Readonly<Record<SortKey, string>> = {
  rank: '名次',
  unit: '单位编码',
  score: '得分',
  parts: '分项得分',
  timeliness: '及时扣分',
  completeness: '完整扣分',
  truthfulness: '真实扣分',
  discipline: '纪律扣分',
  filing: '节假日扣分',
  onTime: '按时率',
  elements: '要素完整率',
  checks: '抽查合格率',
  deductions: '扣分合计',
  previous: '较上季名次',
  trend: '得分变化',
  expected: '期望名次',
  fair: '同量可比名次',
}

const ENGLISH_SORT: Readonly<Record<SortKey, string>> = {
  rank: 'rank',
  unit: 'unit code',
  score: 'score',
  parts: 'dimensions',
  timeliness: 'timeliness lost',
  completeness: 'completeness lost',
  truthfulness: 'truthfulness lost',
  discipline: 'discipline lost',
  filing: 'holiday filing lost',
  onTime: 'on-time rate',
  elements: 'elements given',
  checks: 'checks passed',
  deductions: 'sum of deductions',
  previous: 'places gained',
  trend: 'change of score',
  expected: 'expected rank',
  fair: 'rank of the fair comparison',
}

function onlyWords(words: readonly [string, string, string, string, string, string]): Record<OnlyChoice, string> {
  return Object.fromEntries(ONLY_CHOICES.map((choice, index) => [choice, words[index] ?? ''])) as Record<
    OnlyChoice,
    string
  >
}

export const LEAGUE_SHEET_WORDS: Readonly<Record<ExportLanguage, LeagueSheetWords>> = {
  'zh-CN': {
    language: 'zh-CN',
    title: (group, quarter) => `${group}值班工作考核排名表（${quarter}）`,
    sheet: '排名表',
    header: {
      rank: '名次',
      rankLow: '可能名次 自',
      rankHigh: '可能名次 至',
      tied: '并列',
      unitCode: '单位编码',
      unit: '单位',
      score: '得分',
      bonus: '加分',
      owed: '应报',
      onTime: '按时',
      late: '迟报',
      missing: '未报',
      notYetDue: '未到期',
      rate: '按时率（%）',
      elementsGiven: '已报要素',
      elementsOwed: '应报要素',
      checksPassed: '抽查合格',
      checksTotal: '抽查次数',
      deductionCount: '扣分条数',
      deductionSum: '扣分合计',
      previous: '上季名次',
      grade: '等次',
    },
    dimension: { timeliness: '及时', completeness: '完整', truthfulness: '真实', discipline: '纪律', filing: '节假日' },
    kept: (dimension) => `${dimension}得分`,
    workload: '工作量分',
    items: { count: '信息条数', points: '采用得分' },
    lost: (dimension) => `${dimension}扣分`,
    filter: (parts, shown, total) =>
      `筛选：${parts.length === 0 ? '无' : parts.join('；')}。共 ${shown} 行，全组 ${total} 家。`,
    filterSeen: (parts, shown, seen, total) =>
      `筛选：${parts.length === 0 ? '无' : parts.join('；')}。共 ${shown} 行，本辖区在本组 ${seen} 家，全组 ${total} 家。`,
    search: (text) => `单位含“${text}”`,
    grade: (grade) => `等次 ${grade}`,
    only: onlyWords(['只看有扣分', '只看有迟报、未报', '只看抽查有不合格', '只看有加分', '只看样本少', '只看未测量']),
    sortedBy: (key, isDescending) => `按${CHINESE_SORT[key]}${isDescending ? '从高到低' : '从低到高'}`,
    provenance: (asOf, rules, method) => `数据截至 ${asOf}，规则版本 ${rules}，方法 ${method}`,
    synthetic: '演示数据，纯属虚构',
    notMeasured: '未测量',
    tied: '并列',
    underAppeal: (name) => `${name}（申诉中）`,
    total: (units, measured) => `全组 ${units} 家，参加排名 ${measured} 家（分数为平均，件数为合计）`,
    legend: '“0”确为零；空格为无应报或未测量，不参加比率和排名。并列者按单位法定顺序排列。',
    meanOnly: (measured) => `组均（${measured} 家）；其他单位的件数、次数不显示`,
    meanHidden: (measured) => `参加排名的只有 ${measured} 家，不足 3 家，不显示组均`,
    peers: {
      sheet: '全组得分分布',
      limits: (others) => `其他 ${others} 家只显示得分的分布，除前三名外不显示名称，也不显示名次和证据。`,
      points: '分数段',
      units: '家数',
      own: '表中单位',
      band: (from, to, isTop) => (isTop ? `${from} 至 ${to} 分` : `${from} 至不足 ${to} 分`),
      top: '全组前三名',
    },
  },
  en: {
    language: 'en',
    title: (group, quarter) => `Duty work league table, ${group}, ${quarter}`,
    sheet: 'League table',
    header: {
      rank: 'Rank',
      rankLow: 'Possible rank from',
      rankHigh: 'Possible rank to',
      tied: 'Tied',
      unitCode: 'Unit code',
      unit: 'Unit',
      score: 'Score',
      bonus: 'Bonus',
      owed: 'Owed',
      onTime: 'On time',
      late: 'Late',
      missing: 'Missing',
      notYetDue: 'Not yet due',
      rate: 'On time (%)',
      elementsGiven: 'Elements given',
      elementsOwed: 'Elements owed',
      checksPassed: 'Checks passed',
      checksTotal: 'Checks',
      deductionCount: 'Deductions',
      deductionSum: 'Points deducted',
      previous: 'Previous rank',
      grade: 'Grade',
    },
    dimension: {
      timeliness: 'Timeliness',
      completeness: 'Completeness',
      truthfulness: 'Truthfulness',
      discipline: 'Discipline',
      filing: 'Holiday filing',
    },
    kept: (dimension) => dimension,
    workload: 'Workload',
    items: { count: 'Items', points: 'Points by use' },
    lost: (dimension) => `${dimension} lost`,
    filter: (parts, shown, total) =>
      `Filter: ${parts.length === 0 ? 'none' : parts.join('; ')}. ${shown} rows of ${total} units.`,
    filterSeen: (parts, shown, seen, total) =>
      `Filter: ${parts.length === 0 ? 'none' : parts.join('; ')}. ${shown} rows of your ${seen} units; ${total} units in the group.`,
    search: (text) => `unit contains “${text}”`,
    grade: (grade) => `grade ${grade}`,
    only: onlyWords([
      'only with deductions',
      'only with late or missing reports',
      'only with failed checks',
      'only with a bonus',
      'only with few reports',
      'only not measured',
    ]),
    sortedBy: (key, isDescending) => `by ${ENGLISH_SORT[key]}, ${isDescending ? 'high' : 'low'} first`,
    provenance: (asOf, rules, method) => `Data as of ${asOf}, rules ${rules}, method ${method}`,
    synthetic: 'Demonstration data, wholly invented',
    notMeasured: 'not measured',
    tied: 'tied',
    underAppeal: (name) => `${name} (under appeal)`,
    total: (units, measured) => `${units} units, ${measured} ranked (means of points, sums of counts)`,
    legend:
      '“0” is zero; an empty cell means nothing owed or not measured, outside every rate and rank. Tied units stand in the official order.',
    meanOnly: (measured) => `Group mean (${measured} units); counts of other units are not shown`,
    meanHidden: (measured) => `Only ${measured} units are ranked, fewer than 3: their mean is not shown`,
    peers: {
      sheet: 'Scores of the group',
      limits: (others) =>
        `Of the ${others} other units only their scores are shown, without names except the first three, without ranks and without evidence.`,
      points: 'Points',
      units: 'Units',
      own: 'Units shown',
      band: (from, to, isTop) => (isTop ? `${from} to ${to}` : `${from} to less than ${to}`),
      top: 'First three of the group',
    },
  },
}

/** `2026年第三季度`, or the code in English. */
export function quarterWords(quarter: string, language: ExportLanguage): string {
  const number = ['一', '二', '三', '四'][Number(quarter.slice(5)) - 1] ?? ''
  return language === 'en' ? quarter : `${quarter.slice(0, 4)}年第${number}季度`
}
