import type { DeductionCode, Tier } from '@zhidu/domain'

/** How an office of each tier speaks of its territory and to whom it writes. */
export const TERRITORY_WORDS: Readonly<Record<Tier, { readonly whole: string; readonly to: string }>> = {
  province: { whole: '全省', to: '各市人民政府，省直各有关单位：' },
  city: { whole: '全市', to: '各县（市、区）人民政府，市直各有关单位：' },
  county: { whole: '全县（市、区）', to: '各乡镇人民政府、街道办事处，县直各有关单位：' },
  township: { whole: '全镇（街道）', to: '各村（社区），镇直各单位：' },
}

/** Faults of reports that the second part counts, each with its unit of measure. */
export const REPORT_FAULTS: readonly (readonly [code: DeductionCode, words: string])[] = [
  ['phone_late', '电话报告迟报{}件'],
  ['phone_missing', '未电话报告{}件'],
  ['written_late', '书面首报迟报{}件'],
  ['written_missing', '书面首报未报{}件'],
  ['follow_up_missed', '未按时续报{}次'],
  ['final_late', '终报迟报{}件'],
  ['final_missing', '终报未报{}件'],
]

export const CHECK_FAULTS: readonly (readonly [code: DeductionCode, words: string])[] = [
  ['absent', '脱岗{}次'],
  ['call_forwarded', '呼叫转移{}次'],
  ['no_answer', '无人接听{}次'],
  ['invalid_number', '号码无效{}次'],
  ['leader_unreachable', '带班领导联系不上{}次'],
  ['not_as_rostered', '换班未报备{}次'],
  ['unfamiliar', '业务不熟{}次'],
  ['log_missing', '未按规定记录{}次'],
  ['equipment_missing', '设备不全{}次'],
]

export const MISREPORT_FAULTS: readonly (readonly [code: DeductionCode, words: string])[] = [
  ['omitted', '漏报{}件'],
  ['understated', '轻报{}件'],
  ['false', '谎报{}件'],
  ['concealed', '瞒报{}件'],
]

/** What every bulletin asks for in the end; the office writes it as it means it. */
export const DEMANDS: readonly string[] = [
  '严格信息报送。突发事件发生后，要按规定时限先电话、后书面报告，要素不全的先报后补，坚决防止迟报、漏报、谎报、瞒报。',
  '严肃值班纪律。要严格执行领导带班和二十四小时专人值班制度，值班电话不得呼叫转移，换班要提前报备，值班日志和交接班记录要完整。',
  '认真整改落实。被点名的单位要查明原因、明确责任人和完成时限，按期书面报告整改情况；整改情况纳入下一季度抽查。',
]

export const DRAFT_WORDS = {
  title: (quarter: string, whole: string) => `关于${quarter}${whole}政府系统值班工作情况的通报`,
  correctionTitle: (title: string) => `关于更正《${title}》有关数据的通报`,
  mark: (office: string) => `${office}文件`,
  number: (year: string) => `〔${year}〕　号`,
  intro: (rules: string, office: string, from: string, to: string, whole: string) =>
    `根据《${rules}》，${office}对${from}至${to}${whole}政府系统值班工作进行了考核，现将有关情况通报如下：`,
  headings: ['总体情况', '信息报送', '值班抽查', '节假日材料', '存在问题', '下一步要求'],
  annexTitle: (group: string) => `${group}值班工作考核排名表`,
  deductionsTitle: '扣分明细表',
  correctionAnnex: '更正前后对照表',
  noFilings: '本季度没有应报的节假日材料。',
  noChecks: '本季度没有抽查记录。',
  praised: (names: string) => `对${names}予以表扬。`,
  criticised: (group: string, names: string) => `${group}：对${names}予以通报批评。`,
  noFaults: '本季度没有需要点名的问题。',
  notice: (notice: string) => `（${notice}）`,
} as const

/** 2026年10月12日 */
export function writeDay(day: string): string {
  const [year, month, date] = day.split('-').map(Number)
  return `${year}年${month}月${date}日`
}
