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

const NOTHING: Words = { 'zh-CN': '没有改动任何数据。', en: 'Nothing was changed.' }

function refusal(chinese: string, english: string): Words {
  return { 'zh-CN': `${chinese}${NOTHING['zh-CN']}`, en: `${english} ${NOTHING.en}` }
}

/** Refusals of what is recorded of units. */
export const UNIT_REFUSALS: Readonly<Record<string, Words>> = {
  unit_unknown: { 'zh-CN': '没有单位 {unitCode}。', en: 'There is no unit {unitCode}.' },
  unit_act_unit_unknown: refusal(
    '没有单位 {unitCode}。请先用单位文件或网页新设。',
    'There is no unit {unitCode}. Open it first.',
  ),
  unit_act_wrong_count: refusal(
    '合并要并入一个单位，拆分要从一个单位分出。',
    'A merger has one successor, a split one predecessor.',
  ),
  unit_act_named_twice: refusal('{unitCode} 写了两次。', '{unitCode} is named twice.'),
  unit_act_never_open: refusal(
    '{name}（{unitCode}）在 {onDate} 之前没有启用过。',
    '{name} ({unitCode}) was not open before {onDate}.',
  ),
  unit_act_not_open: refusal(
    '{name}（{unitCode}）在 {onDate} 没有启用，请先恢复。',
    '{name} ({unitCode}) is not open on {onDate}. Re-open it first.',
  ),
  unit_act_recorded_already: refusal(
    '{name}（{unitCode}）在 {onDate} 的这项变动已经记录过。',
    'This change of {name} ({unitCode}) on {onDate} is on record already.',
  ),
  unit_act_top_stays: refusal(
    '{name}（{unitCode}）是最上级单位，不能停用。',
    '{name} ({unitCode}) is the top unit and is not closed.',
  ),
  unit_act_children_left: refusal(
    '{name}（{unitCode}）下面还有在用的单位，请先把它们改隶。',
    'Units still stand under {name} ({unitCode}). Move them first.',
  ),
  unit_act_closed_already: refusal(
    '{name}（{unitCode}）在 {onDate} 已经停用。',
    '{name} ({unitCode}) is closed on {onDate} already.',
  ),
}
