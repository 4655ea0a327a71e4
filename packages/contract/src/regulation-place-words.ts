import { DIMENSIONS, LEVELS, REGULATION_PARTS } from '@zhidu/domain'
import { type Language, LEVEL_WORDS, type Wording } from './kinds-words.ts'
import { findFieldWords } from './regulation-field-words.ts'
import { DIMENSION_WORDS, REGULATION_PART_WORDS } from './regulation-words.ts'

const word = (chinese: string, english: string): Wording => ({ 'zh-CN': chinese, en: english })

/** Keys of the document that are neither a part of it nor a figure. */
const KEYS: Readonly<Record<string, Wording>> = {
  format: word('文件格式', 'format of the file'),
  id: word('编号', 'identifier'),
  version: word('版本号', 'version'),
  title: word('名称', 'title'),
  effectiveFrom: word('施行日', 'day it takes effect'),
  notice: word('说明', 'notice'),
  source: word('出处', 'source'),
  issuer: word('发文机关', 'issuer'),
  document: word('文号', 'number of the document'),
  url: word('网址', 'address'),
  note: word('备注', 'note'),
  period: word('计分周期', 'period'),
  clause: word('依据条款', 'clause'),
  label: word('条款号', 'label'),
  citation: word('条款原文', 'citation'),
  startsAt: word('起算时间', 'start'),
  stage: word('报告阶段', 'stage'),
  channel: word('报告方式', 'channel'),
  categories: word('事件类别', 'categories'),
  levels: word('事件级别', 'levels'),
  tiers: word('层级', 'tiers'),
  schedule: word('续报安排', 'schedule'),
  kind: word('类型', 'kind'),
  until: word('截止', 'end'),
  required: word('须报要素', 'elements'),
  code: word('扣分事项', 'fault'),
  dimension: word('所属分项', 'dimension'),
  dutyModes: word('值班方式', 'duty modes'),
  shape: word('扣法', 'how it is deducted'),
  counts: word('计件', 'what is counted'),
  perEvent: word('同一事件', 'bonuses of one event'),
  by: word('口径', 'which score'),
  misreports: word('失实种类', 'misreports'),
  understatement: word('轻报的容差', 'what is not yet understated'),
  honestCorrection: word('主动更正', 'honest correction'),
  lists: word('表扬批评名单', 'commendation and criticism lists'),
  dutyLog: word('值班日志', 'duty log'),
  lateEntry: word('补记', 'late entries'),
  gradeCap: word('等次上限', 'best grade'),
  barsCommendation: word('取消评优', 'no commendation'),
  forms: word('表格', 'forms'),
  moveTo: word('遇休息日', 'on a day off'),
}

function wordOf(key: string): Wording {
  const part = REGULATION_PARTS.find((one) => one === key)
  const dimension = DIMENSIONS.find((one) => one === key)
  const level = LEVELS.find((one) => one === key)
  if (dimension !== undefined) return DIMENSION_WORDS[dimension]
  if (level !== undefined) return LEVEL_WORDS[level]
  return KEYS[key] ?? findFieldWords(key) ?? (part === undefined ? word(key, key) : REGULATION_PART_WORDS[part])
}

/** Where in a document something stands, in the words of whoever fills it in: `扣分第 4 项·扣法·扣分`. */
export function placeWords(path: readonly PropertyKey[], language: Language): string {
  const isChinese = language === 'zh-CN'
  return path.reduce<string>((text, key, index) => {
    if (typeof key === 'number') return isChinese ? `${text}第 ${key + 1} 项` : `${text} no. ${key + 1}`
    const name = String(key)
    const part = REGULATION_PARTS.find((one) => one === name)
    const said = (index === 0 && part !== undefined ? REGULATION_PART_WORDS[part] : wordOf(name))[language]
    return text === '' ? said : `${text}${isChinese ? '·' : ', '}${said}`
  }, '')
}
