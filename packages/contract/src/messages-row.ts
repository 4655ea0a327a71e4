import type { Message } from './messages.ts'

/** Why a cell or a row is refused, or accepted with a warning. */
export const ROW_MESSAGES = {
  required: {
    'zh-CN': ['缺{column}', '必填。{format}'],
    en: ['{column} is missing', 'Required. {format}'],
  },
  cell_without_column: {
    'zh-CN': ['{place} 列有内容“{value}”，但该列没有表头', '请删去该内容，或检查这一行是否错位'],
    en: ['There is “{value}” in column {place}, which has no header', 'Remove it, or check whether the row is shifted'],
  },
  word: {
    'zh-CN': ['{column} {value} 无法识别', '{format}'],
    en: ['{column} {value} is not known', '{format}'],
  },
  list_word: {
    'zh-CN': ['{column}中的“{item}”无法识别', '{format}'],
    en: ['“{item}” in {column} is not known', '{format}'],
  },
  too_long: {
    'zh-CN': ['{column}有 {length} 个字符，太长', '最多 {max} 个字符'],
    en: ['{column} has {length} characters, too many', 'At most {max} characters'],
  },
  control_character: {
    'zh-CN': ['{column}含有不可见的控制字符', '请重新手工输入该内容'],
    en: ['{column} holds an invisible control character', 'Type the text again'],
  },
  formula: {
    'zh-CN': ['{column}是公式，不能导入', '请填公式的结果：复制该列后“选择性粘贴—数值”。{format}'],
    en: [
      '{column} is a formula, which is not imported',
      'Its result: copy the column, then “Paste Special – Values”. {format}',
    ],
  },
  error_value: {
    'zh-CN': ['{column}是表格程序的错误值 {value}', '{format}'],
    en: ['{column} is the spreadsheet error {value}', '{format}'],
  },
  number_for_date: {
    'zh-CN': ['{column} {value} 是数字，不是时间', '{format}'],
    en: ['{column} {value} is a number, not a date', '{format}'],
  },
  number_inexact: {
    'zh-CN': ['{column} {value} 是超过 15 位的数字，表格程序已丢失末尾几位', '请把该列设为“文本”格式后重新输入'],
    en: [
      '{column} {value} is a number of more than 15 digits; the spreadsheet program has dropped the last ones',
      'Set the column to “Text” and type it again',
    ],
  },
  date_for_text: {
    'zh-CN': ['{column}被表格程序改成了日期 {value}', '请把该列设为“文本”格式后重新输入。{format}'],
    en: [
      '{column} was turned into the date {value} by the spreadsheet program',
      'Set the column to “Text” and type it again. {format}',
    ],
  },
  instant_format: {
    'zh-CN': ['{column} {value} 不是时间', '{format}'],
    en: ['{column} {value} is not a time', '{format}'],
  },
  instant_without_time: {
    'zh-CN': ['{column} {value} 只有日期，没有时刻', '{format}'],
    en: ['{column} {value} is a date without a time', '{format}'],
  },
  instant_unreal: {
    'zh-CN': ['{column} {value} 不是真实的时间', '{format}'],
    en: ['{column} {value} is not a real time', '{format}'],
  },
  date_format: {
    'zh-CN': ['{column} {value} 不是日期', '{format}'],
    en: ['{column} {value} is not a date', '{format}'],
  },
  date_with_time: {
    'zh-CN': ['{column} {value} 带有时刻', '只填日期。{format}'],
    en: ['{column} {value} has a time of day', 'A date alone. {format}'],
  },
  date_unreal: {
    'zh-CN': ['{column} {value} 不是真实的日期', '{format}'],
    en: ['{column} {value} is not a real date', '{format}'],
  },
  date_too_early: {
    'zh-CN': [
      '{column} {value} 太早，应是填错',
      '不早于 {earliest}（1970-01-01 是程序的空日期，不能填）；不知道请留空（如可空）',
    ],
    en: [
      '{column} {value} is too early to be right',
      'Not before {earliest} (1970-01-01 is what programs write for no date); leave it empty where that is allowed',
    ],
  },
  date_too_late: {
    'zh-CN': ['{column} {value} 太晚，应是填错', '不晚于 {latest}；没有期限请留空（如可空）'],
    en: ['{column} {value} is too late to be right', 'Not after {latest}; leave it empty where that is allowed'],
  },
  count: {
    'zh-CN': ['{column} {value} 不是合理的数', '0 至 {max} 的整数'],
    en: ['{column} {value} is not a sensible number', 'A whole number from 0 to {max}'],
  },
  phone: {
    'zh-CN': ['{column} {value} 不是电话号码', '{format}；一格只填一个号码'],
    en: ['{column} {value} is no telephone number', '{format}; one number in a cell'],
  },
  holiday: {
    'zh-CN': ['{column} {value} 无法识别', '{format}'],
    en: ['{column} {value} is not known', '{format}'],
  },
  holiday_year: {
    'zh-CN': ['{column} {value} 的年份不合理', '2000 至 {latest} 年'],
    en: ['The year of {column} {value} cannot be right', 'A year from 2000 to {latest}'],
  },
  before_occurred: {
    'zh-CN': ['{column}早于事发时间', '须不早于 {earliest}'],
    en: ['{column} is before the time it occurred', 'Not before {earliest}'],
  },
  before_learned: {
    'zh-CN': ['{column}早于获悉时间', '须不早于 {earliest}'],
    en: ['{column} is before the time learned', 'Not before {earliest}'],
  },
  sequence_missing: {
    'zh-CN': ['续报没有序号', '续报填 1、2、3……'],
    en: ['A follow-up without its number', '1, 2, 3 … for a follow-up'],
  },
  sequence_not_zero: {
    'zh-CN': ['首报或终报的序号是 {value}', '首报和终报填 0 或留空'],
    en: ['The sequence of a first or final report is {value}', '0 or empty for a first or final report'],
  },
  parent_self: {
    'zh-CN': ['上级单位编码是它自己', '填上一级单位的编码；最上级留空'],
    en: ['The unit is its own parent', 'The code of the unit above; empty for the top'],
  },
  parent_cycle: {
    'zh-CN': ['上级单位成了环：{path}', '逐级向上须到达没有上级的单位'],
    en: ['The parents form a circle: {path}', 'Going up must reach a unit without a parent'],
  },
  interval_empty: {
    'zh-CN': ['停用日期 {value} 不晚于启用日期', '须晚于 {from}（停用日期是停用的第一天）'],
    en: ['Valid to {value} is not after valid from', 'After {from} (it is the first day closed)'],
  },
  forwarding_unreasoned: {
    'zh-CN': ['填了呼转备案至，没有备案原因', '写明为何准许呼叫转移，如“值班座机线路抢修”'],
    en: [
      'There is a last day of forwarding and no reason',
      'Why calls may be forwarded, such as “the line is under repair”',
    ],
  },
  forwarding_endless: {
    'zh-CN': ['填了备案原因，没有呼转备案至', '填准许呼叫转移的最后一天；没有备案的两格都留空'],
    en: ['There is a reason for forwarding and no last day', 'The last day of forwarding, or neither of the two'],
  },
  shift_empty: {
    'zh-CN': ['结束时间 {value} 不晚于起始时间', '须晚于 {start}'],
    en: ['The shift ends at {value}, not after it starts', 'After {start}'],
  },
  shift_too_long: {
    'zh-CN': ['这一班到 {value} 才结束，超过 {days} 天', '不晚于 {latest}；更长的分行填写'],
    en: [
      'The shift lasts until {value}, more than {days} days',
      'Not after {latest}; write a longer one in several rows',
    ],
  },
  person_elsewhere: {
    'zh-CN': ['{value} 在这一班的时间里也列在 {units} 的值班表上', '可以导入；请核对是否同名或排重'],
    en: [
      '{value} is also on the roster of {units} during this shift',
      'Accepted; check whether it is somebody of the same name or a clash',
    ],
  },
  duplicate: {
    'zh-CN': ['与第 {rows} 行重复：{identity}', '同一文件里每条只能出现一次，请只保留一行'],
    en: ['The same as row {rows}: {identity}', 'Each record once in a file: keep one of the rows'],
  },
  unit_unknown: {
    'zh-CN': ['{column} {value} 不存在', '请填已导入的单位编码；最接近的是 {nearest}'],
    en: ['{column} {value} does not exist', 'The code of an imported unit; the nearest is {nearest}'],
  },
  unit_not_below: {
    'zh-CN': ['{column} {value} 不是您单位的下一级，不能由您认定', '只能填直接下级单位；越级可看，不可评'],
    en: [
      '{column} {value} is not one level below your unit, so you cannot judge it',
      'A unit directly below yours; further down you may look, not judge',
    ],
  },
  unit_needed: {
    'zh-CN': ['{column}为空，只有本系统最上级单位可以不填', '填您管辖范围内的单位编码'],
    en: [
      '{column} is empty; only the top unit of this installation may leave it so',
      'The code of a unit in your reach',
    ],
  },
  code_taken: {
    'zh-CN': ['{column} {value} 不能使用', '换一个编号；这个编号属于您不能更改的记录'],
    en: ['{column} {value} cannot be used', 'Another code; this one belongs to a record you may not change'],
  },
  unit_none: {
    'zh-CN': ['{column} {value} 不存在，系统里还没有单位', '请先导入单位：zhidu import units 文件'],
    en: ['{column} {value} does not exist; there are no units yet', 'Import the units first: zhidu import units FILE'],
  },
  interval_overlap_row: {
    'zh-CN': [
      '启用期间与第 {other} 行重叠（{interval}）',
      '同一编码各行的启用期间不得重叠；停用日期等于下一行的启用日期即可',
    ],
    en: [
      'The interval overlaps that of row {other} ({interval})',
      'Rows of one code do not overlap; valid to may equal the next valid from',
    ],
  },
  interval_overlap_stored: {
    'zh-CN': [
      '启用期间与已有的记录重叠（{interval}）',
      '须与已有期间错开；要改已有期间，请在同一文件里再给出那一行（同编码、同启用日期）',
    ],
    en: [
      'The interval overlaps one on record ({interval})',
      'An interval beside it; to change that one, give its row again in this file (same code and valid from)',
    ],
  },
  parent_unknown: {
    'zh-CN': ['上级单位编码 {value} 不存在', '填本文件或系统里有的单位编码；最接近的是 {nearest}'],
    en: ['The parent {value} does not exist', 'The code of a unit in this file or on record; the nearest is {nearest}'],
  },
  parent_refused: {
    'zh-CN': ['上级单位 {value} 在本文件中的行有误，未能导入', '请先改正上级单位那一行'],
    en: ['The row of the parent {value} is refused', 'Correct the row of the parent first'],
  },
  in_future: {
    'zh-CN': ['{column} {value} 在将来', '可以导入；请核对是否填错'],
    en: ['{column} {value} is in the future', 'Accepted; check whether it is right'],
  },
  unit_closed: {
    'zh-CN': ['{column} {value} 那天该单位未启用', '可以导入；该日不计入考核'],
    en: ['The unit is closed on the day of {column} {value}', 'Accepted; it counts nothing on that day'],
  },
  unit_merged: {
    'zh-CN': [
      '该单位已在 {day} 并入 {successor}，这一行会让它重新启用',
      '可以导入；不是恢复原单位的，请先把停用日期写成 {day}',
    ],
    en: [
      'The unit was merged into {successor} on {day}; this row would open it again',
      'Accepted; unless it is meant to be open, write {day} as the day it was closed',
    ],
  },
  before_first: {
    'zh-CN': ['报告时间早于首报（{first}）', '可以导入；请核对阶段和时间'],
    en: ['The report is before the first one ({first})', 'Accepted; check its stage and time'],
  },
  first_missing: {
    'zh-CN': ['该单位没有这个事件的首报', '可以导入；首报补上前按无首报计算'],
    en: ['The unit has no first report of this event', 'Accepted; judged as without a first report until it comes'],
  },
  quarter_frozen: {
    'zh-CN': [
      '本季已冻结：文件中有 {rows} 行、涉及 {units} 家单位的内容属于 {quarter}，导入后只作记录，不改变已冻结的结果',
      '可以导入。更正请建补充版（季度冻结页）',
    ],
    en: [
      '{quarter} is frozen: {rows} rows about {units} units belong to it; they are put on record and leave the frozen results as they are',
      'They may be imported. Make a supplement instead (page “Freeze quarters”)',
    ],
  },
  demonstration_replaced: {
    'zh-CN': ['现在的演示城市（虚构数据）将被这份单位文件取代', '可以导入；演示数据全部清除'],
    en: [
      'The demonstration city (invented data) is replaced by this file of units',
      'Accepted; all demonstration data are removed',
    ],
  },
} as const satisfies Readonly<Record<string, Message>>
