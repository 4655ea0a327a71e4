import type { UnitChangeKind } from '@zhidu/domain'
import type { Language } from '../language.ts'

type Words = Readonly<Record<Language, string>>

export const CHANGE_WORDS: Readonly<Record<UnitChangeKind, Words>> = {
  opened: { 'zh-CN': '启用', en: 'opened' },
  reopened: { 'zh-CN': '恢复', en: 're-opened' },
  closed: { 'zh-CN': '停用', en: 'closed' },
  renamed: { 'zh-CN': '更名', en: 'renamed' },
  moved: { 'zh-CN': '改隶', en: 'moved' },
  regrouped: { 'zh-CN': '换组', en: 'other group' },
  merged_into: { 'zh-CN': '并入', en: 'merged into' },
  took_in: { 'zh-CN': '接收并入', en: 'took in' },
  split_into: { 'zh-CN': '分出', en: 'split into' },
  split_from: { 'zh-CN': '由此分出', en: 'split from' },
}

const FILE: Words = {
  'zh-CN': '请先用单位文件改好再记录；没有改动任何数据。',
  en: 'Put it right by the units file first; nothing was changed.',
}

function withFile(chinese: string, english: string): Words {
  return { 'zh-CN': `${chinese}${FILE['zh-CN']}`, en: `${english} ${FILE.en}` }
}

/** Refusals of mergers, splits and notices. */
export const UNIT_REFUSALS: Readonly<Record<string, Words>> = {
  unit_unknown: { 'zh-CN': '没有单位 {unitCode}。', en: 'There is no unit {unitCode}.' },
  succession_unit_unknown: withFile('没有单位 {unitCode}。', 'There is no unit {unitCode}.'),
  succession_wrong_count: {
    'zh-CN': '合并要并入一个单位，拆分要从一个单位分出。没有改动任何数据。',
    en: 'A merger has one successor, a split one predecessor. Nothing was changed.',
  },
  succession_named_twice: {
    'zh-CN': '{unitCode} 写了两次。没有改动任何数据。',
    en: '{unitCode} is named twice. Nothing was changed.',
  },
  succession_still_open: withFile(
    '{name}（{unitCode}）在 {onDate} 仍然启用，不能算已并入。',
    '{name} ({unitCode}) is still open on {onDate}.',
  ),
  succession_never_open: withFile(
    '{name}（{unitCode}）在 {onDate} 之前没有启用过。',
    '{name} ({unitCode}) was not open before {onDate}.',
  ),
  succession_not_open: withFile(
    '{name}（{unitCode}）在 {onDate} 没有启用，不能承接。',
    '{name} ({unitCode}) is not open on {onDate}.',
  ),
  succession_recorded_already: {
    'zh-CN': '{name}（{unitCode}）在 {onDate} 的这项变动已经记录过。没有改动任何数据。',
    en: 'This change of {name} ({unitCode}) on {onDate} is on record already. Nothing was changed.',
  },
}
