import type {
  AdoptionUse,
  BonusKind,
  Category,
  CheckMethod,
  DutyLine,
  DutyMode,
  Element,
  FilingForm,
  Finding,
  LeadSource,
  Level,
  MisreportKind,
  RosterRole,
  Stage,
  Tier,
} from '@zhidu/domain'

export const LANGUAGES = ['zh-CN', 'en'] as const
/** Languages of messages, templates and screens; the first is the default. */
export type Language = (typeof LANGUAGES)[number]

export interface Wording {
  readonly 'zh-CN': string
  readonly en: string
}

/** One word of an enumeration. `alsoRead`: other forms that `import` accepts; templates and exports never write them. */
export interface EnumWord extends Wording {
  readonly alsoRead?: readonly string[]
}
export type EnumWords<Key extends string = string> = Readonly<Record<Key, EnumWord>>

function words<Key extends string>(
  table: Record<Key, readonly [zh: string, en: string, ...alsoRead: string[]]>,
): EnumWords<Key> {
  const entries = Object.entries<readonly [string, string, ...string[]]>(table)
  const out = entries.map(([key, [zh, en, ...alsoRead]]) => [
    key,
    { 'zh-CN': zh, en, ...(alsoRead.length > 0 && { alsoRead }) },
  ])
  // Safe: the entries are those of `table`, key by key.
  return Object.fromEntries(out) as EnumWords<Key>
}

export const TIER_WORDS: EnumWords<Tier> = words({
  province: ['省', 'Province'],
  city: ['市', 'City'],
  county: ['县(市、区)', 'County', '县', '区'],
  township: ['镇(街道)', 'Township', '镇', '乡', '街道'],
})
export const DUTY_MODE_WORDS: EnumWords<DutyMode> = words({
  room: ['值班室', 'Duty room'],
  phone: ['电话值班', 'Duty by phone'],
})
export const STAGE_WORDS: EnumWords<Stage> = words({
  first: ['首报', 'First report'],
  follow_up: ['续报', 'Follow-up'],
  final: ['终报', 'Final report'],
})
export const CATEGORY_WORDS: EnumWords<Category> = words({
  natural_disaster: ['自然灾害', 'Natural disaster'],
  accident: ['事故灾难', 'Accident'],
  public_health: ['公共卫生事件', 'Public health'],
  social_security: ['社会安全事件', 'Social security'],
})
export const LEVEL_WORDS: EnumWords<Level> = words({
  I: ['Ⅰ特别重大', 'I', '特别重大', 'I级', 'I级特别重大', 'I级(特别重大)', 'I(特别重大)'],
  II: ['Ⅱ重大', 'II', '重大', 'II级', 'II级重大', 'II级(重大)', 'II(重大)'],
  III: ['Ⅲ较大', 'III', '较大', 'III级', 'III级较大', 'III级(较大)', 'III(较大)'],
  IV: ['Ⅳ一般', 'IV', '一般', 'IV级', 'IV级一般', 'IV级(一般)', 'IV(一般)'],
})
export const ELEMENT_WORDS: EnumWords<Element> = words({
  source: ['信息来源', 'Source'],
  learned_time: ['接报时间', 'Time learned'],
  occurred_time: ['事发时间', 'Time occurred'],
  place: ['事发地点', 'Place'],
  cause: ['起因', 'Cause'],
  nature: ['性质', 'Nature'],
  process: ['基本过程', 'Course of events'],
  casualties: ['伤亡与损失', 'Casualties and losses'],
  scope: ['影响范围', 'Scope'],
  trend: ['发展趋势', 'Trend'],
  response: ['处置情况', 'Response'],
  next_steps: ['拟采取措施', 'Next steps'],
})
export const CHECK_METHOD_WORDS: EnumWords<CheckMethod> = words({
  phone: ['电话', 'Phone'],
  video: ['视频', 'Video'],
  onsite: ['实地', 'On site'],
})
export const FINDING_WORDS: EnumWords<Finding> = words({
  absent: ['脱岗', 'Absent'],
  call_forwarded: ['呼叫转移', 'Call forwarded'],
  no_answer: ['无人接听', 'No answer'],
  invalid_number: ['号码无效', 'Invalid number'],
  leader_unreachable: ['带班领导联系不上', 'Leader unreachable'],
  not_as_rostered: ['换班未报备', 'Not as rostered'],
  unfamiliar: ['业务不熟', 'Unfamiliar with duties'],
  log_missing: ['未按规定记录', 'Log missing'],
  equipment_missing: ['设备不全', 'Equipment missing'],
})
export const MISREPORT_KIND_WORDS: EnumWords<MisreportKind> = words({
  understated: ['轻报', 'Understated'],
  false: ['谎报', 'False'],
  omitted: ['漏报', 'Omitted'],
  concealed: ['瞒报', 'Concealed'],
})
export const FILING_FORM_WORDS: EnumWords<FilingForm> = words({
  whereabouts: ['去向表', 'Whereabouts form'],
  roster: ['值班安排表', 'Duty roster form'],
})
export const LEAD_SOURCE_WORDS: EnumWords<LeadSource> = words({
  media: ['媒体', 'Media'],
  website: ['网站', 'Website'],
  informant: ['信息员', 'Informant'],
  hotline: ['热线', 'Hotline'],
  department: ['部门', 'Department'],
  superior: ['上级', 'Superior'],
})
export const ADOPTION_USE_WORDS: EnumWords<AdoptionUse> = words({
  special_report: ['专报', 'Special report'],
  circulated: ['送阅', 'Circulated'],
  commissioned: ['约稿', 'Commissioned'],
  digest: ['综合', 'Digest'],
  on_file: ['备查', 'On file'],
})
export const BONUS_KIND_WORDS: EnumWords<BonusKind> = words({
  instruction_national: ['国家领导批示', 'National instruction'],
  instruction_province: ['省领导批示', 'Provincial instruction'],
  instruction_city: ['市领导批示', 'City instruction'],
  media: ['媒体采用', 'Taken up by media'],
})
export const DUTY_LINE_WORDS: EnumWords<DutyLine> = words({
  duty_room: ['值班室座机', 'Duty room', '值班室', '座机'],
  alternate: ['备用号', 'Alternate number', '备用', '备用号码'],
  duty_mobile: ['值班手机', 'Duty mobile', '手机'],
})
export const ROSTER_ROLE_WORDS: EnumWords<RosterRole> = words({
  leader: ['带班领导', 'Leader on duty', '带班', '领导'],
  officer: ['值班员', 'Duty officer', '值班', '值班人员'],
})
export const YES_NO_WORDS: EnumWords<'yes' | 'no'> = words({
  yes: ['是', 'Yes', 'true', 'Y', '√'],
  no: ['否', 'No', 'false', 'N'],
})
