import type { Message } from './messages.ts'

/** Why a whole file is refused. */
export const FILE_MESSAGES = {
  file_empty: {
    'zh-CN': ['文件是空的', '请选择含表头和数据的 CSV 或 XLSX 文件'],
    en: ['The file is empty', 'A CSV or XLSX file with a header row and data'],
  },
  file_missing: {
    'zh-CN': ['找不到文件 {path}', '请检查路径和文件名'],
    en: ['There is no file {path}', 'A path to an existing CSV or XLSX file'],
  },
  file_unreadable: {
    'zh-CN': ['文件打不开：{path}', '请检查是否有读取权限，是否为文件夹'],
    en: ['The file cannot be opened: {path}', 'A file (not a folder) that you may read'],
  },
  file_is_html: {
    'zh-CN': [
      '内容是网页（HTML 或 XML），不是表格，尽管文件名像表格',
      '请用 Excel 或 WPS 打开后另存为“Excel 工作簿 (*.xlsx)”或 CSV，再导入',
    ],
    en: [
      'The content is a web page (HTML or XML), not a spreadsheet, whatever its name',
      'Open it in Excel or WPS, save as “Excel Workbook (*.xlsx)” or CSV, then import',
    ],
  },
  file_is_xls: {
    'zh-CN': ['内容是旧版 Excel（.xls）格式', '请用 Excel 或 WPS 另存为“Excel 工作簿 (*.xlsx)”或 CSV，再导入'],
    en: [
      'The content is in the old Excel format (.xls)',
      'Save it as “Excel Workbook (*.xlsx)” or CSV in Excel or WPS, then import',
    ],
  },
  file_is_doc: {
    'zh-CN': ['内容是旧版 Word（.doc）或 WPS 文字格式', '请用 Word 或 WPS 另存为“Word 文档 (*.docx)”'],
    en: ['The content is in the old Word format (.doc)', 'Save it as “Word Document (*.docx)” in Word or WPS'],
  },
  file_is_encrypted: {
    'zh-CN': ['文件有打开密码', '请在 Excel 或 WPS 中去掉密码后再导入'],
    en: ['The file is protected by a password', 'Remove the password in Excel or WPS, then import'],
  },
  file_is_ods: {
    'zh-CN': ['内容是 ODS 格式', '请另存为“Excel 工作簿 (*.xlsx)”或 CSV，再导入'],
    en: ['The content is in ODS format', 'Save it as “Excel Workbook (*.xlsx)” or CSV, then import'],
  },
  file_is_xlsb: {
    'zh-CN': ['内容是二进制工作簿（.xlsb）格式', '请另存为“Excel 工作簿 (*.xlsx)”或 CSV，再导入'],
    en: ['The content is a binary workbook (.xlsb)', 'Save it as “Excel Workbook (*.xlsx)” or CSV, then import'],
  },
  file_is_binary: {
    'zh-CN': ['内容既不是表格，也不是文字', '请选择 CSV 或 XLSX 文件'],
    en: ['The content is neither a table nor text', 'A CSV or XLSX file'],
  },
  file_is_other: {
    'zh-CN': ['内容不是表格（看起来是{what}）', '请选择 CSV 或 XLSX 文件'],
    en: ['The content is not a table (it looks like {what})', 'A CSV or XLSX file'],
  },
  file_too_large: {
    'zh-CN': ['文件有 {size}，超过上限 {limit}', '请分成几个文件，或另存为 CSV 用命令导入'],
    en: ['The file has {size}, more than the limit of {limit}', 'Split it, or save it as CSV and import it by command'],
  },
  file_is_zeros: {
    'zh-CN': ['文件里全是空字节，没有内容（可能没有复制或下载完整）', '请重新取得这个文件再导入'],
    en: ['The file holds nothing but zero bytes (copying or downloading it may have failed)', 'Get the file again'],
  },
  file_is_archive: {
    'zh-CN': ['内容是压缩包，里面有 {part}', '请先解压，再导入里面的 CSV 或 XLSX 文件'],
    en: ['The content is an archive with {part} in it', 'Unpack it, then import the CSV or XLSX file inside'],
  },
  file_reader_memory: {
    'zh-CN': ['读取文件占用的内存超过 {limit}，已停止', '请另存为 CSV，或分成几个文件'],
    en: ['Reading the file took more than {limit} of memory and was stopped', 'Save it as CSV, or split it'],
  },
  file_reader_ended: {
    'zh-CN': ['读取文件的进程意外结束，没有导入任何数据', '请重试；仍不行请用 Excel 或 WPS 重新保存后再导入'],
    en: [
      'The process that read the file ended unexpectedly; nothing was imported',
      'Try again; if it stays, save the file again in Excel or WPS',
    ],
  },
  file_stalled: {
    'zh-CN': ['读取文件 {limit} 秒没有进展，已停止', '请重试，或用 Excel、WPS 重新保存后再导入'],
    en: ['Reading the file made no progress for {limit} seconds and was stopped', 'Try again, or save the file again'],
  },
  file_too_slow: {
    'zh-CN': ['读取文件超过 {limit} 秒，已停止', '请另存为 CSV，或分成几个文件'],
    en: ['Reading the file took more than {limit} seconds and was stopped', 'Save it as CSV, or split it'],
  },
  xlsx_truncated: {
    'zh-CN': ['工作簿不完整，后面缺了一段（可能没有下载或上传完整）', '请重新取得完整的文件再导入'],
    en: ['The workbook is cut off (downloading or copying it may have failed)', 'Get the whole file again'],
  },
  xlsx_checksum: {
    'zh-CN': ['工作簿的部件 {part} 与校验和不符，内容在传送或保存中改变了', '请重新取得文件，或用 Excel、WPS 重新保存'],
    en: ['Part {part} of the workbook does not match its checksum', 'Get the file again, or save it again'],
  },
  xlsx_sizes: {
    'zh-CN': ['工作簿的部件 {part} 的大小与目录所写不符', '请用 Excel 或 WPS 打开并重新保存后再导入'],
    en: [
      'Part {part} of the workbook has not the size its directory says',
      'Open it in Excel or WPS and save it again',
    ],
  },
  xlsx_overlap: {
    'zh-CN': ['工作簿的部件 {part} 与另一部件重叠，按压缩炸弹拒绝', '请用 Excel 或 WPS 打开并重新保存后再导入'],
    en: [
      'Part {part} of the workbook overlaps another one and is refused as a zip bomb',
      'Open it in Excel or WPS and save it again',
    ],
  },
  xlsx_part_name: {
    'zh-CN': ['工作簿里有不允许的部件名：{part}', '请用 Excel 或 WPS 打开并重新保存后再导入'],
    en: [
      'The workbook has a part with a name that is not allowed: {part}',
      'Open it in Excel or WPS and save it again',
    ],
  },
  xlsx_part_repeated: {
    'zh-CN': ['工作簿里有两个同名的部件：{part}', '请用 Excel 或 WPS 打开并重新保存后再导入'],
    en: ['The workbook has two parts named {part}', 'Open it in Excel or WPS and save it again'],
  },
  xlsx_too_many_parts: {
    'zh-CN': ['工作簿的部件超过 {limit} 个', '请把数据复制到新的工作簿再导入'],
    en: ['The workbook has more than {limit} parts', 'Copy the data into a new workbook'],
  },
  xlsx_entities: {
    'zh-CN': ['工作簿里含有文档类型定义（DTD），可能引用外部文件', '请用 Excel 或 WPS 打开并重新保存后再导入'],
    en: [
      'The workbook declares a document type (DTD), which may refer to other files',
      'Open it in Excel or WPS and save it again',
    ],
  },
  xlsx_far_cell: {
    'zh-CN': ['{cell} 不在表格范围内（{rows} 行、{columns} 列）', '请删去数据以外的单元格，重新保存后再导入'],
    en: [
      '{cell} is outside the table ({rows} rows, {columns} columns)',
      'Remove the cells outside the data, save again',
    ],
  },
  xlsx_too_many_strings: {
    'zh-CN': ['工作簿里的文字超过 {limit} 条', '请另存为 CSV，或分成几个文件'],
    en: ['The workbook has more than {limit} texts', 'Save it as CSV, or split it'],
  },
  xlsx_damaged: {
    'zh-CN': ['工作簿已损坏，读不出来（{detail}）', '请用 Excel 或 WPS 打开并重新保存后再导入'],
    en: [
      'The workbook is damaged and cannot be read ({detail})',
      'Open it in Excel or WPS and save it again, then import',
    ],
  },
  xlsx_no_sheet: {
    'zh-CN': ['工作簿里没有工作表', '请把数据放在第一个工作表'],
    en: ['The workbook has no worksheet', 'Put the data on the first worksheet'],
  },
  xlsx_expands: {
    'zh-CN': ['工作簿解压后过大（超过 {limit}），按压缩炸弹拒绝', '请另存为 CSV，或只保留要导入的数据后重新保存'],
    en: [
      'The workbook inflates to more than {limit} and is refused as a zip bomb',
      'Save it as CSV, or keep only the data to import and save again',
    ],
  },
  xlsx_too_many_rows: {
    'zh-CN': ['工作表的数据超过 {limit} 行', 'XLSX 每个文件最多 {limit} 行；更多请另存为“CSV UTF-8”，CSV 没有这个限制'],
    en: [
      'The worksheet has more than {limit} rows of data',
      'At most {limit} rows in an XLSX file; save more as “CSV UTF-8”, which has no such limit',
    ],
  },
  xlsx_too_many_cells: {
    'zh-CN': ['工作表的单元格超过 {limit} 个', '请删去数据以外的列和格式，或另存为 CSV'],
    en: ['The worksheet has more than {limit} cells', 'Remove columns and formats outside the data, or save as CSV'],
  },
  encoding_utf16: {
    'zh-CN': ['文件编码是 UTF-16（“Unicode 文本”）', '请另存为“CSV UTF-8（逗号分隔）”'],
    en: ['The file is encoded in UTF-16 (“Unicode Text”)', 'Save it as “CSV UTF-8 (comma delimited)”'],
  },
  encoding_unknown: {
    'zh-CN': ['文字编码既不是 UTF-8 也不是 GB 18030（第 {line} 行附近）', '请另存为“CSV UTF-8（逗号分隔）”'],
    en: ['The text is neither UTF-8 nor GB 18030 (near line {line})', 'Save it as “CSV UTF-8 (comma delimited)”'],
  },
  csv_delimiter: {
    'zh-CN': ['各列不是用逗号分隔的（看起来用的是{what}）', '请另存为“CSV UTF-8（逗号分隔）”'],
    en: ['The columns are not separated by commas (it looks like {what})', 'Save it as “CSV UTF-8 (comma delimited)”'],
  },
  csv_quote: {
    'zh-CN': ['第 {line} 行附近的引号不成对', '含逗号、引号或换行的内容须整个放在双引号里，内容中的双引号写两个'],
    en: [
      'Unpaired quotes near line {line}',
      'A value with a comma, a quote or a line end stands in double quotes; quotes inside it are doubled',
    ],
  },
  csv_too_many_columns: {
    'zh-CN': ['第 {line} 行超过 {limit} 列', '请删去数据以外的列'],
    en: ['Row {line} has more than {limit} columns', 'Remove the columns outside the data'],
  },
  csv_record_too_large: {
    'zh-CN': ['第 {line} 行附近有一行超过 {limit}，可能是引号没有成对', '请检查该行的引号和内容'],
    en: [
      'A row near line {line} is larger than {limit}; a closing quote may be missing',
      'Check the quotes and the content of that row',
    ],
  },
  header_missing: {
    'zh-CN': ['第一行是空的，没有表头', '第一行须为列名：{columns}'],
    en: ['The first row is empty: there is no header', 'The first row holds the names of the columns: {columns}'],
  },
  file_of_other_kind: {
    'zh-CN': ['表头不是“{kind}”的，像是“{other}”', '请选择“{other}”来导入这个文件，或换一个文件'],
    en: [
      'The header is not that of “{kind}”; it looks like “{other}”',
      'Import this file as “{other}”, or choose another file',
    ],
  },
  column_unknown: {
    'zh-CN': ['{place} 列“{value}”无法识别', '可用的列：{columns}；请删去该列或改用模板'],
    en: ['Column {place} “{value}” is not known', 'Columns: {columns}; remove this one or use the template'],
  },
  column_repeated: {
    'zh-CN': ['“{column}”出现了两次：{first} 列和 {place} 列', '每个列只保留一个'],
    en: ['“{column}” is there twice: columns {first} and {place}', 'Keep each column once'],
  },
  column_missing: {
    'zh-CN': ['缺少必填的列“{column}”', '请加上表头为“{column}”或 {key} 的列'],
    en: ['The required column “{column}” is missing', 'Add a column with the header {key} or “{columnZh}”'],
  },
} as const satisfies Readonly<Record<string, Message>>
