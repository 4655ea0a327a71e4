import {
  type Regulation,
  type RegulationProblem,
  type RegulationProblemReason,
  shapesFor,
  titlesOf,
} from '@zhidu/domain'
import { CATEGORY_WORDS, DUTY_MODE_WORDS, type Language, LEVEL_WORDS, TIER_WORDS, type Wording } from './kinds-words.ts'
import { fieldWords, isPointsField } from './regulation-field-words.ts'
import {
  clauseLabel,
  deductionName,
  dimensionName,
  listOf,
  pointsText,
  REGULATION_PART_WORDS,
  SHAPE_WORDS,
} from './regulation-words.ts'

/** `{name}`s are filled in; each says what would be accepted. */
const MESSAGES: Readonly<Record<RegulationProblemReason, Wording>> = {
  clause_twice: { 'zh-CN': '条款编号重复；每条一个编号', en: 'the clause is there twice; one number each' },
  clause_unknown: {
    'zh-CN': '所依据的条款“{clauseId}”不在条款表中；可选 {clauses}',
    en: 'it names clause {clauseId}, which is not in the list; one of {clauses}',
  },
  level_without_limit: {
    'zh-CN': '{kind} 没有书面首报时限；每个级别、类别、层级都要有一个时限',
    en: '{kind} has no limit for the written first report; every level, category and tier needs one',
  },
  rules_overlap: {
    'zh-CN': '与“{other}”管的是同一种情况；同一种情况只能有一条规定',
    en: 'it rules the same as {other}; one rule for one thing',
  },
  phone_after_written: {
    'zh-CN': '{kind} 的电话时限比书面时限（“{other}”）长；电话时限应不长于书面时限',
    en: '{kind}: the call may come later than the written report ({other}); its limit must be no longer',
  },
  final_by_phone: {
    'zh-CN': '终报没有电话时限；请改为书面',
    en: 'a final report has no limit by phone; choose in writing',
  },
  schedule_empty: {
    'zh-CN': '没有续报时刻；至少填一个，如 08:00',
    en: 'no time of day; give one at least, such as 08:00',
  },
  schedule_disorder: {
    'zh-CN': '续报时刻要从早到晚、不重复，如 08:00、17:00',
    en: 'times of day must ascend and differ, such as 08:00, 17:00',
  },
  elements_empty: { 'zh-CN': '没有选要素；至少选一项', en: 'no element is chosen; choose one at least' },
  not_by_level: {
    'zh-CN': '“{code}”与事件无关，不能按级别、类别区分；请改为全部',
    en: '{code} is not about an event and cannot differ by level or category; choose all',
  },
  not_by_duty_mode: {
    'zh-CN': '“{code}”不能按值班方式区分；请改为全部',
    en: '{code} cannot differ by duty mode; choose all',
  },
  shape_does_not_fit: {
    'zh-CN': '“{code}”不能用“{shape}”；可选 {shapes}',
    en: '{code} cannot be “{shape}”; one of {shapes}',
  },
  needs_items: {
    'zh-CN': '“{code}”按本条得分的百分比扣，要先设“采用计分”；或改用固定扣分',
    en: '{code} takes a share of an item, which needs points by use; or choose fixed points',
  },
  needs_months: {
    'zh-CN': '“{code}”使当月计零分，要按月计分；请在基本信息里改为按月，或改用固定扣分',
    en: '{code} makes a month nothing, which needs scoring by month; or choose fixed points',
  },
  dimension_without_points: {
    'zh-CN': '“{code}”记在没有分值的分项“{dimension}”下；请给分项设基准分，或改记别的分项',
    en: '{code} stands under {dimension}, which has no points; give it a base or choose another dimension',
  },
  cap_below_floor: {
    'zh-CN': '{where}最高分低于最低分；最高分应不低于最低分',
    en: '{where}the cap lies below the floor; it must not',
  },
  base_outside_bounds: {
    'zh-CN': '“{dimension}”的基准分不在最低分与最高分之间',
    en: 'the base of {dimension} lies outside its floor and cap',
  },
  weights_do_not_sum: {
    'zh-CN': '权重合计 {value}%，应为 {max}%；要么各分项都有权重且合计 100%，要么都不设（按采用计分的办法不设）',
    en: 'the weights sum to {value}% instead of {max}%; all dimensions have weights that sum to 100%, or none has (none in a method by items)',
  },
  grades_disorder: {
    'zh-CN': '等次分数线应为 优秀 > 良好 > 一般',
    en: 'the lines of the grades must be excellent > good > fair',
  },
  grade_out_of_reach: {
    'zh-CN': '优秀线 {value} 分高于满分 {max} 分，没有单位够得着；应不高于 {max}',
    en: 'excellent begins at {value}, above the full {max}; no more than {max}',
  },
  items_by_month: {
    'zh-CN': '按采用计分不能再按月计分；请改为按季度',
    en: 'points by use cannot go by month; choose by quarter',
  },
  items_with_workload: {
    'zh-CN': '按采用计分（“{other}”）不能再设工作量分；请去掉一项',
    en: 'points by use ({other}) exclude points for workload; remove one of them',
  },
  misreports_empty: {
    'zh-CN': '没有选失实漏报的类型；至少选一种',
    en: 'no kind of misreport is chosen; choose one at least',
  },
  value_out_of_range: {
    'zh-CN': '{of}“{field}”不能是 {value}；可填 {min} 至 {max}{unit}',
    en: '{of}{field} may not be {value}; {min} to {max}{unit}',
  },
  max_below_points: {
    'zh-CN': '“{code}”最多扣 {value} 分，比扣一次的 {min} 分还少；应不少于 {min}，或不设',
    en: 'the most of {code}, {value}, is less than one deduction of {min}; no less than {min}, or none',
  },
  nothing_owed: {
    'zh-CN': '“{code}”没有对应的要求，永远不会扣；请先设时限、续报或要素，或删去这一条',
    en: '{code} can never arise, for nothing of the kind is owed; set the limit, follow-up or elements, or remove it',
  },
  veto_without_effect: {
    'zh-CN': '这条否决既不降等次也不取消评优；请把等次上限改低，或取消评优',
    en: 'the veto neither caps the grade nor bars commendation; choose a lower grade, or bar it',
  },
  absorbs_for_free: {
    'zh-CN': '“{code}”代替该事件的其他扣分，本身对{kind}却不扣分；请给“{code}”设扣分，或不再代替',
    en: '{code} takes the place of what its event costs, but costs nothing itself ({kind}); give it points, or leave it out',
  },
  applies_to_nothing: {
    'zh-CN': '适用范围是空的，这一条永远用不上；请选适用的级别、类别、层级，或选全部',
    en: 'it applies to nothing; choose levels, categories and tiers, or all',
  },
  effective_mid_quarter: {
    'zh-CN': '施行日不是季度的第一天；请填 1 月 1 日、4 月 1 日、7 月 1 日或 10 月 1 日',
    en: 'it does not begin with a quarter; 1 January, 1 April, 1 July or 1 October',
  },
  version_twice: {
    'zh-CN': '已有同名的版本“{other}”；请换一个版本号',
    en: 'there is a version {other} already; choose another',
  },
  versions_overlap: {
    'zh-CN': '版本“{other}”也从这一天起施行；请换一天',
    en: 'version {other} is in force from that day, too; choose another day',
  },
  listed_twice: { 'zh-CN': '同一项列了两次；请去掉一个', en: 'an entry is listed twice; remove one' },
}

function fill(template: string, params: Readonly<Record<string, string>>): string {
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => params[name] ?? whole)
}

/** Numbers of a range problem in the unit in which they are typed: points, percent, minutes. */
function numbersOf({ params, reason }: RegulationProblem, l: Language): Record<string, string> {
  const { field, max, min, value } = params
  const number = (one: number | undefined): string => {
    if (one === undefined) return ''
    if (reason !== 'value_out_of_range') return pointsText(one)
    return isPointsField(field ?? '') ? pointsText(one) : String(one).replace('-', '−')
  }
  const words = fieldWords(field ?? '')
  return { value: number(value), min: number(min), max: number(max), field: words.name[l], unit: words.unit[l] }
}

/** What is wrong, at which clause, and what would be accepted. */
export function wordRegulationProblem(problem: RegulationProblem, regulation: Regulation, l: Language): string {
  const { clause, params, part, reason } = problem
  const { category, code, dimension, dutyMode, level, other, shape, tier } = params
  const kind = [
    ...(level === undefined ? [] : [LEVEL_WORDS[level][l]]),
    ...(category === undefined ? [] : [CATEGORY_WORDS[category][l]]),
    ...(tier === undefined ? [] : [TIER_WORDS[tier][l]]),
    ...(dutyMode === undefined ? [] : [DUTY_MODE_WORDS[dutyMode][l]]),
  ].join(l === 'zh-CN' ? '·' : ', ')
  const name = dimension === undefined ? '' : dimensionName(dimension, titlesOf(regulation.dimensions), l)
  const text = fill(MESSAGES[reason][l], {
    clauseId: clause ?? '',
    clauses: [...new Set(regulation.clauses.map(({ label }) => label))].join(l === 'zh-CN' ? '、' : ', '),
    kind,
    other: other === undefined ? '' : clauseLabel(regulation, other),
    code: code === undefined ? '' : deductionName(code, l),
    shape: shape === undefined ? '' : SHAPE_WORDS[shape][l],
    shapes: code === undefined ? '' : listOf(shapesFor(code), SHAPE_WORDS, l),
    dimension: name,
    of: code === undefined ? '' : l === 'zh-CN' ? `“${deductionName(code, l)}”的` : `${deductionName(code, l)}: `,
    where: name === '' ? '' : l === 'zh-CN' ? `“${name}”的` : `${name}: `,
    ...numbersOf(problem, l),
  })
  // Parts of a document may be ones this program has no word for yet.
  const words: Wording | undefined = new Map<string, Wording>(Object.entries(REGULATION_PART_WORDS)).get(part)
  const place = words?.[l] ?? part
  if (clause === null) return l === 'zh-CN' ? `${place}：${text}。` : `${place}: ${text}.`
  const label = clauseLabel(regulation, clause)
  return l === 'zh-CN' ? `${place}，条款“${label}”：${text}。` : `${place}, clause ${label}: ${text}.`
}
