import type { Kind } from './imports.ts'
import {
  ADOPTION_USE_WORDS,
  BONUS_KIND_WORDS,
  CATEGORY_WORDS,
  CHECK_METHOD_WORDS,
  DUTY_LINE_WORDS,
  DUTY_MODE_WORDS,
  ELEMENT_WORDS,
  type EnumWords,
  FILING_FORM_WORDS,
  FINDING_WORDS,
  LEAD_SOURCE_WORDS,
  LEVEL_WORDS,
  MISREPORT_KIND_WORDS,
  ROSTER_ROLE_WORDS,
  STAGE_WORDS,
  TIER_WORDS,
  type Wording,
  YES_NO_WORDS,
} from './kinds-words.ts'

/** What a cell of a column holds; interchange contract §1 and §2. */
export type ColumnType =
  /** An identifier: kept as typed, at most `max` characters. */
  | { readonly type: 'code' | 'text'; readonly max: number }
  | { readonly type: 'enum'; readonly words: EnumWords }
  /** A set of keys, separated by `;` or `；`. */
  | { readonly type: 'keys'; readonly words: EnumWords }
  /** A set of free words, separated by `;` or `；`. */
  | { readonly type: 'names'; readonly max: number }
  /** A telephone number, kept as `toPhoneNumber` gives it. */
  | { readonly type: 'phone' }
  /** `isPlan`: something that is arranged beforehand, so that the future is nothing to be warned of. */
  | { readonly type: 'instant'; readonly isPlan?: true }
  /** `fact`: when something was decided. `validity`: an end of a half-open interval of days. */
  | { readonly type: 'date'; readonly use: 'fact' | 'validity' }
  | { readonly type: 'count'; readonly max: number }
  | { readonly type: 'holiday' }

export interface KindColumn {
  readonly key: string
  readonly name: Wording
  readonly isRequired: boolean
  readonly value: ColumnType
  /** A cell as someone would type it, for templates. */
  readonly example: Wording
  /** One sentence for the instruction sheet; empty = nothing to add to the type. */
  readonly note: Wording
  /** Came later: a file in which no row has it goes without it, as files did before. */
  readonly isLate?: true
}

export interface KindSheet {
  readonly kind: Kind
  readonly name: Wording
  /** Keys of the columns that tell rows apart. */
  readonly identity: readonly string[]
  readonly columns: readonly KindColumn[]
}

const CODE: ColumnType = { type: 'code', max: 100 }
const INSTANT: ColumnType = { type: 'instant' }
const PLANNED: ColumnType = { type: 'instant', isPlan: true }
const PHONE: ColumnType = { type: 'phone' }
const NONE: Wording = { 'zh-CN': '', en: '' }

function text(max: number): ColumnType {
  return { type: 'text', max }
}
function enumOf(words: EnumWords): ColumnType {
  return { type: 'enum', words }
}

/** `name` ends in `?` when the cell may be empty. */
function column(
  key: string,
  zh: string,
  en: string,
  value: ColumnType,
  example: string | readonly [zh: string, en: string],
  note: readonly [zh: string, en: string] | null = null,
): KindColumn {
  const isRequired = !key.endsWith('?')
  const [exampleZh, exampleEn] = typeof example === 'string' ? [example, example] : example
  return {
    key: isRequired ? key : key.slice(0, -1),
    name: { 'zh-CN': zh, en },
    isRequired,
    value,
    example: { 'zh-CN': exampleZh, en: exampleEn },
    note: note === null ? NONE : { 'zh-CN': note[0], en: note[1] },
  }
}

const EVENT_CODE = column('event_code?', '事件编号', 'Event code', CODE, '')

const UNITS: KindSheet = {
  kind: 'units',
  name: { 'zh-CN': '单位', en: 'Units' },
  identity: ['unit_code', 'valid_from'],
  columns: [
    column('unit_code', '单位编码', 'Unit code', CODE, 'C01'),
    column('name', '单位名称', 'Name', text(200), ['甲县', 'County A']),
    column('short_name?', '简称', 'Short name', text(100), ['甲县', 'A']),
    column('parent_code?', '上级单位编码', 'Parent code', CODE, '', [
      '为空表示本系统的最上级单位。',
      'Empty = the top unit of this installation.',
    ]),
    column('tier', '层级', 'Tier', enumOf(TIER_WORDS), ['县(市、区)', 'county']),
    column('peer_group', '考核分组', 'Peer group', text(100), '县区组', [
      '同一分组的单位在一起排名。',
      'Only units of one group are ranked together.',
    ]),
    column('duty_mode', '值班方式', 'Duty mode', enumOf(DUTY_MODE_WORDS), ['值班室', 'room']),
    column('valid_from?', '启用日期', 'Valid from', { type: 'date', use: 'validity' }, '', [
      '为空表示一直启用。同一编码可有多行，日期不得重叠。',
      'Empty = always. A code may have several rows whose dates do not overlap.',
    ]),
    column('valid_to?', '停用日期', 'Valid to', { type: 'date', use: 'validity' }, '', [
      '停用的第一天；为空表示仍在启用。',
      'First day closed; empty = still open.',
    ]),
  ],
}

const REPORTS: KindSheet = {
  kind: 'reports',
  name: { 'zh-CN': '突发事件信息报告', en: 'Reports' },
  identity: ['event_code', 'unit_code', 'stage', 'sequence'],
  columns: [
    column('event_code', '事件编号', 'Event code', CODE, 'SJ-0703-01', [
      '一个事件可有多份报告，也可由多个单位报送。',
      'One event, many reports, possibly of several units.',
    ]),
    column('unit_code', '报送单位编码', 'Unit code', CODE, 'C01'),
    column(
      'stage',
      '报告阶段',
      'Stage',
      enumOf(STAGE_WORDS),
      ['首报', 'first'],
      ['每个单位对一个事件只有一份首报和一份终报。', 'An event has one first and one final report per unit.'],
    ),
    column('sequence?', '续报序号', 'Sequence', { type: 'count', max: 9_999 }, '0', [
      '续报填 1、2、3……；首报和终报填 0 或留空。',
      'Follow-ups 1, 2, 3 …; first and final 0 or empty.',
    ]),
    column('category', '事件类别', 'Category', enumOf(CATEGORY_WORDS), ['自然灾害', 'natural_disaster']),
    column('level', '事件级别', 'Level', enumOf(LEVEL_WORDS), ['Ⅲ较大', 'III']),
    column('occurred_at', '事发时间', 'Occurred at', INSTANT, '2026-07-03 13:40', [
      '须不晚于获悉时间。',
      'Not after the time learned.',
    ]),
    column('learned_at', '获悉时间', 'Learned at', INSTANT, '2026-07-03 14:05', [
      '须不晚于电话和书面报告时间。',
      'Not after the call and the written report.',
    ]),
    column('phoned_at?', '电话报告时间', 'Phoned at', INSTANT, '2026-07-03 14:10'),
    column('written_at?', '书面报告时间', 'Written at', INSTANT, '2026-07-03 14:50:30'),
    column('elements?', '已报要素', 'Elements', { type: 'keys', words: ELEMENT_WORDS }, [
      '信息来源；接报时间；事发时间；事发地点',
      'source;learned_time;occurred_time;place',
    ]),
  ],
}

const CHECKS: KindSheet = {
  kind: 'checks',
  name: { 'zh-CN': '值班抽查', en: 'Checks' },
  identity: ['check_code'],
  columns: [
    column('check_code', '抽查编号', 'Check code', CODE, 'CC-0716-01'),
    column('unit_code', '单位编码', 'Unit code', CODE, 'C01'),
    column('method', '抽查方式', 'Method', enumOf(CHECK_METHOD_WORDS), ['电话', 'phone']),
    column('checked_at', '抽查时间', 'Checked at', INSTANT, '2026-07-16 22:06'),
    column('inspectors?', '检查人员', 'Inspectors', { type: 'names', max: 2_000 }, [
      '督查员甲；督查员乙',
      'inspector A;inspector B',
    ]),
    column(
      'findings?',
      '发现问题',
      'Findings',
      { type: 'keys', words: FINDING_WORDS },
      ['无人接听', 'no_answer'],
      ['没有问题留空。', 'Empty = passed.'],
    ),
    column('note?', '备注', 'Note', text(4_000), ''),
  ],
}

const MISREPORTS: KindSheet = {
  kind: 'misreports',
  name: { 'zh-CN': '失实漏报认定', en: 'Misreports' },
  identity: ['misreport_code'],
  columns: [
    column('misreport_code', '认定编号', 'Misreport code', CODE, 'RD-0820-01'),
    column('unit_code', '单位编码', 'Unit code', CODE, 'C01'),
    { ...EVENT_CODE, example: { 'zh-CN': 'SJ-0703-01', en: 'SJ-0703-01' } },
    column('kind', '类型', 'Kind', enumOf(MISREPORT_KIND_WORDS), ['漏报', 'omitted']),
    column('confirmed_on', '认定日期', 'Confirmed on', { type: 'date', use: 'fact' }, '2026-08-20'),
    column('basis', '认定依据', 'Basis', text(4_000), ['核查报告〔2026〕3号', 'Inquiry 2026-3']),
    {
      ...column('share_percent?', '计扣比例', 'Share that counts', { type: 'count', max: 99 }, '', [
        '主动更正后按百分之几扣分，0 表示不扣；为空全额扣。',
        'What percent of the points counts after an honest correction, 0 = nothing; empty = all.',
      ]),
      isLate: true,
    },
  ],
}

const FILINGS: KindSheet = {
  kind: 'filings',
  name: { 'zh-CN': '节假日报送', en: 'Filings' },
  identity: ['unit_code', 'holiday', 'form'],
  columns: [
    column('unit_code', '单位编码', 'Unit code', CODE, 'C01'),
    column('holiday', '节日', 'Holiday', { type: 'holiday' }, '2026-中秋节', [
      '年份是节日本身的年份；几个节日连休时填放假通知排在前面的那个。',
      'The year is the holiday’s own; a merged block bears the name the notice puts first.',
    ]),
    column('form', '表格', 'Form', enumOf(FILING_FORM_WORDS), ['去向表', 'whereabouts']),
    column('received_at?', '收到时间', 'Received at', INSTANT, '2026-09-20 16:30', [
      '为空表示始终未收到。',
      'Empty = never received.',
    ]),
  ],
}

const LEADS: KindSheet = {
  kind: 'leads',
  name: { 'zh-CN': '信息线索', en: 'Leads' },
  identity: ['lead_code'],
  columns: [
    column('lead_code', '线索编号', 'Lead code', CODE, 'XS-0703-01'),
    column('source', '来源', 'Source', enumOf(LEAD_SOURCE_WORDS), ['媒体', 'media']),
    column('seen_at', '发现时间', 'Seen at', INSTANT, '2026-07-03 15:20'),
    column('occurred_at?', '事发时间', 'Occurred at', INSTANT, '2026-07-03 13:40'),
    column('place?', '地点', 'Place', text(500), ['甲县某路口', 'a crossing in County A']),
    column('unit_code?', '属地单位', 'Unit code', CODE, 'C01'),
    column('category?', '事件类别', 'Category', enumOf(CATEGORY_WORDS), ['事故灾难', 'accident']),
    column('summary', '摘要', 'Summary', text(4_000), ['货车与客车相撞', 'A lorry and a coach collided']),
    column('deaths?', '死亡人数', 'Deaths', { type: 'count', max: 1_000_000 }, '0'),
    column('injuries?', '受伤人数', 'Injuries', { type: 'count', max: 1_000_000 }, '2'),
  ],
}

const BONUSES: KindSheet = {
  kind: 'bonuses',
  name: { 'zh-CN': '加分', en: 'Bonuses' },
  identity: ['bonus_code'],
  columns: [
    column('bonus_code', '加分编号', 'Bonus code', CODE, 'JF-0801-01'),
    column('unit_code', '单位编码', 'Unit code', CODE, 'C01'),
    column('kind', '类型', 'Kind', enumOf(BONUS_KIND_WORDS), ['市领导批示', 'instruction_city']),
    column('awarded_on', '加分日期', 'Awarded on', { type: 'date', use: 'fact' }, '2026-08-01'),
    { ...EVENT_CODE, example: { 'zh-CN': 'SJ-0703-01', en: 'SJ-0703-01' } },
  ],
}

/** Word sent before the limit that a report takes longer; counts where the rules know it. */
const PRE_REPORTS: KindSheet = {
  kind: 'pre_reports',
  name: { 'zh-CN': '预报', en: 'Pre-reports' },
  identity: ['event_code', 'unit_code'],
  columns: [
    column('event_code', '事件编号', 'Event code', CODE, 'SJ-0703-01'),
    column('unit_code', '单位编码', 'Unit code', CODE, 'C01'),
    column('pre_reported_at', '预报时间', 'Pre-reported at', INSTANT, '2026-07-03 14:20', [
      '书面首报时限内说明暂不能成文的时间。',
      'When the unit said, within the limit, that the written report would take longer.',
    ]),
    column('reason', '预报理由', 'Reason', text(500), ['现场通信中断', 'no line to the scene']),
  ],
}

/** What the office made of a unit's information; counts where the rules score by use. */
const ADOPTIONS: KindSheet = {
  kind: 'adoptions',
  name: { 'zh-CN': '信息采用', en: 'Adoptions' },
  identity: ['event_code', 'unit_code'],
  columns: [
    column('event_code', '事件编号', 'Event code', CODE, 'SJ-0703-01'),
    column('unit_code', '单位编码', 'Unit code', CODE, 'C01'),
    column('use', '采用方式', 'Use', enumOf(ADOPTION_USE_WORDS), ['专报', 'special_report']),
    column('used_on', '采用日期', 'Used on', { type: 'date', use: 'fact' }, '2026-07-04'),
  ],
}

/** By which telephones a unit keeps its duty. On record beside the facts of quarters; scored by nothing. */
const DUTY_LINES: KindSheet = {
  kind: 'duty_lines',
  name: { 'zh-CN': '值班电话', en: 'Duty lines' },
  identity: ['unit_code', 'line'],
  columns: [
    column('unit_code', '单位编码', 'Unit code', CODE, 'C01'),
    column('line', '线路', 'Line', enumOf(DUTY_LINE_WORDS), ['值班室座机', 'duty_room']),
    column('number', '号码', 'Number', PHONE, '0199-0123456'),
    column('forwarding_until?', '呼转备案至', 'Forwarding until', { type: 'date', use: 'validity' }, '', [
      '备案允许呼叫转移的最后一天（如线路故障）；为空表示不得呼叫转移。',
      'Last day on which calls may be forwarded, as registered (a broken line, say); empty = they may not be.',
    ]),
    column('forwarding_reason?', '备案原因', 'Reason for forwarding', text(500), '', [
      '有“呼转备案至”时必填。',
      'Required with a last day of forwarding.',
    ]),
    column(
      'withdrawn?',
      '停用',
      'Withdrawn',
      enumOf(YES_NO_WORDS),
      ['否', 'no'],
      ['填“是”表示这条线路不再使用；为空即“否”。', '“yes” = the line is used no more; empty = no.'],
    ),
  ],
}

/** Who is on duty when. On record beside the facts of quarters; scored by nothing. */
const ROSTERS: KindSheet = {
  kind: 'rosters',
  name: { 'zh-CN': '值班表', en: 'Rosters' },
  identity: ['unit_code', 'role', 'starts_at', 'person'],
  columns: [
    column('unit_code', '单位编码', 'Unit code', CODE, 'C01'),
    column('role', '岗位', 'Role', enumOf(ROSTER_ROLE_WORDS), ['带班领导', 'leader']),
    column('starts_at', '起始时间', 'Starts at', PLANNED, '2026-07-03 08:00'),
    column('ends_at', '结束时间', 'Ends at', PLANNED, '2026-07-04 08:00', [
      '不含这一刻；一班最长 7 天。改起始时间须先把原来的一行撤销。',
      'This instant is not part of the shift, which lasts seven days at most. To move its start, withdraw the former row.',
    ]),
    column(
      'person',
      '姓名',
      'Person',
      text(100),
      ['值班领导甲', 'leader A'],
      ['同一岗位同时有两人的，各填一行。', 'Two people in one role at one time take a row each.'],
    ),
    column('post?', '职务', 'Post', text(100), ['分管副县长', 'deputy head']),
    column('phone?', '电话', 'Phone', PHONE, '0199-0123456'),
    column(
      'withdrawn?',
      '撤销',
      'Withdrawn',
      enumOf(YES_NO_WORDS),
      ['否', 'no'],
      ['填“是”表示此人不再值这一班；为空即“否”。', '“yes” = this person is not on duty then after all; empty = no.'],
    ),
  ],
}

/** Interchange contract §2 as data, four kinds added, column by column in the order templates and exports write them. */
export const KIND_SHEETS: Readonly<Record<Kind, KindSheet>> = {
  units: UNITS,
  reports: REPORTS,
  checks: CHECKS,
  misreports: MISREPORTS,
  filings: FILINGS,
  leads: LEADS,
  bonuses: BONUSES,
  pre_reports: PRE_REPORTS,
  adoptions: ADOPTIONS,
  duty_lines: DUTY_LINES,
  rosters: ROSTERS,
}
