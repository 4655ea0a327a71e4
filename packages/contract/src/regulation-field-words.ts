import { ADOPTION_USES, BONUS_KINDS, DIMENSIONS } from '@zhidu/domain'
import { ADOPTION_USE_WORDS, BONUS_KIND_WORDS, type Wording } from './kinds-words.ts'
import { DIMENSION_WORDS } from './regulation-words.ts'

interface FieldWords {
  readonly name: Wording
  readonly unit: Wording
}

const word = (chinese: string, english: string): Wording => ({ 'zh-CN': chinese, en: english })

const POINTS = word(' 分', ' points')
const SECONDS = word(' 秒', ' seconds')
const DAYS = word(' 天', ' days')
const NONE = word('', '')

const FIELDS: Readonly<Record<string, FieldWords>> = {
  limitSeconds: { name: word('时限', 'the limit'), unit: SECONDS },
  extendsSeconds: { name: word('延长', 'the extension'), unit: SECONDS },
  hours: { name: word('间隔小时', 'the hours between'), unit: word(' 小时', ' hours') },
  graceSeconds: { name: word('首报后多久开始', 'the time before the first slot'), unit: SECONDS },
  minutes: { name: word('续报时刻', 'a time of day'), unit: word(' 分（从零点起）', ' minutes after midnight') },
  supplementSeconds: { name: word('补报期限', 'the time to supplement'), unit: SECONDS },
  base: { name: word('基准分', 'the base'), unit: POINTS },
  floor: { name: word('最低分', 'the floor'), unit: POINTS },
  cap: { name: word('最高分', 'the cap'), unit: POINTS },
  weight: { name: word('权重', 'the weight'), unit: word('%', '%') },
  percent: { name: word('百分比', 'the percentage'), unit: word('%', '%') },
  points: { name: word('扣分', 'the points'), unit: POINTS },
  max: { name: word('最多', 'the most'), unit: POINTS },
  whenMissing: { name: word('整件未报扣分', 'the points of an event never reported'), unit: POINTS },
  persons: { name: word('允许少报人数', 'the persons short'), unit: word(' 人', ' persons') },
  shortPercent: { name: word('允许少报比例', 'the share short'), unit: word('%', '%') },
  correctedWithinHours: { name: word('首报后更正时限', 'the time to correct'), unit: word(' 小时', ' hours') },
  withinHours: { name: word('主动更正时限', 'the time to correct'), unit: word(' 小时', ' hours') },
  sharePercent: { name: word('按比例计扣', 'the share that counts'), unit: word('%', '%') },
  minimumActivity: { name: word('最少应报和抽查数', 'the least reports owed and checks'), unit: NONE },
  closeWithinHours: { name: word('办结时限', 'the time to close'), unit: word(' 小时', ' hours') },
  afterHours: { name: word('补记时限', 'the time to write it down'), unit: word(' 小时', ' hours') },
  leadDays: { name: word('提前天数', 'the days before'), unit: DAYS },
  fullAt: { name: word('满分件数', 'the number for full points'), unit: NONE },
  maxPerPeriod: { name: word('每期最多', 'the most a period'), unit: POINTS },
  excellent: { name: word('优秀线', 'the line of excellent'), unit: POINTS },
  good: { name: word('良好线', 'the line of good'), unit: POINTS },
  fair: { name: word('一般线', 'the line of fair'), unit: POINTS },
  atLeast: { name: word('次数', 'the number'), unit: NONE },
  minEventsOwed: { name: word('最少应报件数', 'the events owed'), unit: NONE },
  maxRings: { name: word('响铃声数', 'the rings'), unit: NONE },
  maxSeconds: { name: word('响铃秒数', 'the seconds'), unit: SECONDS },
  attempts: { name: word('拨打次数', 'the calls'), unit: NONE },
  spacingSeconds: { name: word('拨打间隔', 'the time between calls'), unit: SECONDS },
  callBackSeconds: { name: word('回电期限', 'the time to call back'), unit: SECONDS },
  giveUpRings: { name: word('可挂断声数', 'the rings before hanging up'), unit: NONE },
  explanationWorkingDays: { name: word('说明期限', 'the days to explain'), unit: word(' 个工作日', ' working days') },
  appealWorkingDays: { name: word('申诉期限', 'the days to appeal'), unit: word(' 个工作日', ' working days') },
  ...Object.fromEntries(ADOPTION_USES.map((use) => [use, { name: ADOPTION_USE_WORDS[use], unit: POINTS }])),
  ...Object.fromEntries(BONUS_KINDS.map((kind) => [kind, { name: BONUS_KIND_WORDS[kind], unit: POINTS }])),
}

/** Name of a figure of a regulation by its key; undefined = no figure. */
export function findFieldWords(key: string): Wording | undefined {
  return FIELDS[key]?.name
}

/** Name and unit of a field that a problem names: `limitSeconds`, `timeliness.base`. */
export function fieldWords(field: string): FieldWords {
  const [first = '', second] = field.split('.')
  if (second === undefined) return FIELDS[first] ?? { name: word(field, field), unit: NONE }
  const inner = FIELDS[second] ?? { name: word(second, second), unit: NONE }
  const dimension = DIMENSIONS.find((one) => one === first)
  if (dimension === undefined) return inner
  const { en, 'zh-CN': chinese } = DIMENSION_WORDS[dimension]
  return { ...inner, name: word(`${chinese}·${inner.name['zh-CN']}`, `${en}: ${inner.name.en}`) }
}

/** Kept in hundredths: points, and weights in percent. */
export function isPointsField(field: string): boolean {
  const { unit } = fieldWords(field)
  return (
    unit === POINTS ||
    (unit['zh-CN'] === '%' && field !== 'percent' && field !== 'sharePercent' && field !== 'shortPercent')
  )
}
