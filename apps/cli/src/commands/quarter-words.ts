import type { QuarterReport } from '@zhidu/contract'
import type { Language } from '../language.ts'

type Words = Readonly<Record<Language, string>>

/** Refusals of quarters, by their reason. */
export const QUARTER_REFUSALS: Readonly<Record<string, Words>> = {
  quarter_running: {
    'zh-CN': '{quarter} 还没有结束（最后一天 {lastOn}），不能冻结。没有改动任何数据；请在结束后再冻结。',
    en: '{quarter} has not ended (its last day is {lastOn}) and cannot be frozen. Nothing was changed; freeze it after its end.',
  },
  freeze_before_end: {
    'zh-CN': '数据截至时刻早于 {quarter} 的结束（{lastOn} 24 时），不能冻结。没有改动任何数据。',
    en: 'The instant given is before the end of {quarter} ({lastOn}, midnight). Nothing was changed.',
  },
  freeze_in_future: {
    'zh-CN': '数据截至时刻还没有到，不能冻结 {quarter}。没有改动任何数据。',
    en: 'The instant given has not come yet; {quarter} was not frozen. Nothing was changed.',
  },
  freeze_without_units: {
    'zh-CN': '{quarter} 最后一天没有启用的单位，没有可冻结的结果。请先导入单位表。',
    en: 'No unit is open on the last day of {quarter}: there is nothing to freeze. Import the units first.',
  },
  freeze_without_rules: {
    'zh-CN': '{quarter} 没有生效的考核办法，冻结后无法复算。请先发布在 {lastOn} 前生效的办法。没有改动任何数据。',
    en: 'No regulation is in force in {quarter}; it could not be recomputed. Publish one that takes effect by {lastOn}. Nothing was changed.',
  },
  freeze_rules_broken: {
    'zh-CN':
      '考核办法 {id} {version} 自相矛盾（{part}：{problem}），冻结后无法复算。请发布改正的版本。没有改动任何数据。',
    en: 'Regulation {id} {version} contradicts itself ({part}: {problem}); the quarter could not be recomputed. Publish a mended version. Nothing was changed.',
  },
  freeze_calendar_missing: {
    'zh-CN':
      '{year} 年放假安排还没有录入，{quarter} 的节假日报送算不出来，不能冻结。请先在节假日历中录入。没有改动任何数据。',
    en: 'The holidays of {year} are not on record, so what is due in {quarter} is not known. Enter them in the calendar first. Nothing was changed.',
  },
  freeze_not_approved: {
    'zh-CN': '{quarter} 的考核已出草案，还没有经两人审定（{office}），不能冻结。没有改动任何数据。',
    en: 'The assessment of {quarter} was opened and is not approved by two people ({office}). Nothing was changed.',
  },
  freeze_appeals_open: {
    'zh-CN':
      '{quarter} 还有 {n} 件申诉没有作出决定（{office}），不能冻结。请先办结，或在审定时注明这些行标为“申诉中”。没有改动任何数据。',
    en: '{n} appeals against {quarter} are not decided ({office}). Decide them, or mark their rows when approving. Nothing was changed.',
  },
  freeze_needs_whole: {
    'zh-CN': '只有能看到全部单位的账号才能冻结、核验和下载整个季度。',
    en: 'Only who reaches every unit may freeze, verify or download a quarter.',
  },
  quarter_frozen: {
    'zh-CN': '{quarter} 已冻结（第 {version} 版），不能改。更正请建补充版：--supplement --reason 缘由。',
    en: '{quarter} is frozen (version {version}). Make a supplement instead: --supplement --reason TEXT.',
  },
  quarter_not_frozen: { 'zh-CN': '{quarter} 还没有冻结。', en: '{quarter} is not frozen.' },
  quarter_version_unknown: {
    'zh-CN': '{quarter} 没有符合条件的版本（{version}）。',
    en: '{quarter} has no such version ({version}).',
  },
  supplement_too_early: {
    'zh-CN': '补充版的数据截至时刻不能早于上一版（{asOf}）。没有改动任何数据。',
    en: 'A supplement cannot be as of an instant before the last version ({asOf}). Nothing was changed.',
  },
  supplement_without_change: {
    'zh-CN': '与 {quarter} 第 {version} 版相比，事实和结果都没有变化，不用建补充版。没有改动任何数据。',
    en: 'Neither facts nor results differ from version {version} of {quarter}: no supplement is needed. Nothing was changed.',
  },
  quarter_manifest_unreadable: {
    'zh-CN': '{folder} 不是导出的季度：其中没有可读的 manifest.json。',
    en: '{folder} is no exported quarter: it has no readable manifest.json.',
  },
  quarter_manifest_other: {
    'zh-CN': '这个文件夹是 {found} 的，不是 {quarter} 的。',
    en: 'This folder holds {found}, not {quarter}.',
  },
  quarter_folder_taken: {
    'zh-CN': '文件夹 {folder} 已存在，没有写入。请换一个名字。',
    en: 'The folder {folder} is there already; nothing was written. Take another name.',
  },
}

/** What is not as it should be, by its reason. */
export const QUARTER_PROBLEMS: Readonly<Record<string, Words>> = {
  manifest_differs: { 'zh-CN': '清单被改动过', en: 'the manifest was changed' },
  audit_missing: { 'zh-CN': '审计记录中没有这次冻结', en: 'the audit trail knows of no such freeze' },
  audit_differs: { 'zh-CN': '审计记录中的清单哈希与此不同', en: 'the audit trail names another manifest' },
  head_differs: { 'zh-CN': '登记内容与清单不一致', en: 'the record is not that of the manifest' },
  file_missing: { 'zh-CN': '文件缺失', en: 'is missing' },
  file_differs: { 'zh-CN': '文件被改动过', en: 'was changed' },
  file_unknown: { 'zh-CN': '清单中没有这个文件', en: 'is not in the manifest' },
  file_unreadable: { 'zh-CN': '文件读不出来', en: 'cannot be read' },
  seed_differs: { 'zh-CN': '事实的总哈希与清单不一致', en: 'the hash of the facts is not that of the manifest' },
  result_differs: { 'zh-CN': '复算结果不同', en: 'comes to something else' },
  method_differs: {
    'zh-CN': '由另一种计算方法版本冻结，请用当时的程序复算',
    en: 'was frozen by another version of the method; recompute it with the program of that time',
  },
  not_computable: { 'zh-CN': '按其中的规则算不出来', en: 'cannot be computed by its rules' },
}

interface QuarterWords {
  readonly frozen: (report: QuarterReport) => string
  readonly supplemented: (report: QuarterReport) => string
  readonly whole: (report: QuarterReport) => string
  readonly recomputed: (report: QuarterReport) => string
  readonly bad: (report: QuarterReport) => string
  readonly exported: (folder: string, report: QuarterReport) => string
  readonly step: (phase: string, done: number, total: number) => string
}

const PHASES: Readonly<Record<Language, Readonly<Record<string, string>>>> = {
  'zh-CN': {
    waiting: '正在等其他写入完成',
    judging: '正在写入事实并计算',
    comparing: '正在与上一版比较',
    writing: '正在写入结果',
    reading: '正在核对文件',
    recomputing: '正在复算',
  },
  en: {
    waiting: 'Waiting for other writers',
    judging: 'Writing facts and judging',
    comparing: 'Comparing with the version before',
    writing: 'Writing the results',
    reading: 'Checking files',
    recomputing: 'Recomputing',
  },
}

function listProblems(report: QuarterReport, language: Language): string {
  return report.problems
    .map(({ file, reason }) => {
      const words = QUARTER_PROBLEMS[reason]?.[language] ?? reason
      return file === null ? words : language === 'en' ? `${file} ${words}` : `${file}：${words}`
    })
    .join('\n')
}

export const QUARTER_WORDS: Readonly<Record<Language, QuarterWords>> = {
  'zh-CN': {
    frozen: ({ asOf, manifestSha256, quarter }) =>
      `${quarter} 已冻结，数据截至 ${asOf}。清单 SHA-256：${manifestSha256}`,
    supplemented: ({ asOf, manifestSha256, quarter, version }) =>
      `${quarter} 已建补充版（第 ${version} 版），数据截至 ${asOf}。清单 SHA-256：${manifestSha256}`,
    whole: ({ files, manifestSha256, quarter, version }) =>
      `${quarter} 第 ${version} 版完好：${files.length} 个文件与清单一致。清单 SHA-256：${manifestSha256}`,
    recomputed: ({ files, manifestSha256, quarter, version }) =>
      `${quarter} 第 ${version} 版复算一致：${files.length} 个文件逐字节相同。清单 SHA-256：${manifestSha256}`,
    bad: (report) => `${report.quarter} 第 ${report.version} 版不一致：\n${listProblems(report, 'zh-CN')}`,
    exported: (folder, { files, quarter, version }) =>
      `已把 ${quarter} 第 ${version} 版的 ${files.length} 个文件写入 ${folder}。复算：zhidu quarter recompute ${quarter} --from ${folder}`,
    step: (phase, done, total) => `${PHASES['zh-CN'][phase] ?? phase}${total === 0 ? '' : `，${done} / ${total}`}`,
  },
  en: {
    frozen: ({ asOf, manifestSha256, quarter }) =>
      `${quarter} is frozen as of ${asOf}. SHA-256 of the manifest: ${manifestSha256}`,
    supplemented: ({ asOf, manifestSha256, quarter, version }) =>
      `${quarter} has a supplement (version ${version}) as of ${asOf}. SHA-256 of the manifest: ${manifestSha256}`,
    whole: ({ files, manifestSha256, quarter, version }) =>
      `Version ${version} of ${quarter} is whole: ${files.length} files are as the manifest says. SHA-256 of the manifest: ${manifestSha256}`,
    recomputed: ({ files, manifestSha256, quarter, version }) =>
      `Version ${version} of ${quarter} comes to the same, byte for byte: ${files.length} files. SHA-256 of the manifest: ${manifestSha256}`,
    bad: (report) => `Version ${report.version} of ${report.quarter} is not as it was:\n${listProblems(report, 'en')}`,
    exported: (folder, { files, quarter, version }) =>
      `Wrote ${files.length} files of version ${version} of ${quarter} to ${folder}. To recompute: zhidu quarter recompute ${quarter} --from ${folder}`,
    step: (phase, done, total) => `${PHASES.en[phase] ?? phase}${total === 0 ? '' : `, ${done} / ${total}`}`,
  },
}
