import { CHECK_METHOD_WORDS, type CheckRecord, FINDING_WORDS } from '@zhidu/contract'
import type { WordCell, WordDocument } from '@zhidu/documents'
import { FINDINGS } from '@zhidu/domain'
import { BLANK, factTable, paragraph, toForm, writeMinute } from './form-parts.ts'

const LANGUAGE = 'zh-CN'

/** 整改通知书 about what a check found. `officeName`: who sends it. Throws RangeError for a check without a finding. */
export function toRectificationNotice(check: CheckRecord, officeName: string, rulesTitle: string): WordDocument {
  if (check.findings.length === 0) throw new RangeError('nothing to put right')
  const method = CHECK_METHOD_WORDS[check.method][LANGUAGE]
  const found = check.findings.map(({ finding }) => FINDING_WORDS[finding][LANGUAGE]).join('、')
  return toForm('整改通知书', officeName, Date.parse(check.checkedAt), [
    { ...paragraph('number', `〔${check.checkedAt.slice(0, 4)}〕　号`), hasRedRule: true },
    paragraph('plain'),
    paragraph('title', '值班工作整改通知书'),
    paragraph('plain'),
    paragraph('recipients', `${check.unitName}：`),
    paragraph(
      'indented',
      `${writeMinute(check.checkedAt)}，${officeName}以${method}方式对你单位值班工作进行了抽查（抽查编号：${check.checkCode}），发现存在以下问题：${found}。`,
    ),
    paragraph('indented', `依据《${rulesTitle}》，现通知如下：`),
    ...check.findings.map(({ finding }, at) =>
      paragraph('indented', `${at + 1}. ${FINDING_WORDS[finding][LANGUAGE]}：请查明原因，立即整改，明确责任人。`),
    ),
    paragraph(
      'indented',
      `请自收到本通知之日起${BLANK}个工作日内，将整改情况及佐证材料书面报送${officeName}。对认定有异议的，可在同一时限内书面说明。`,
    ),
    paragraph('indented', `联系人：${BLANK}　联系电话：${BLANK}`),
    paragraph('plain'),
    paragraph('signature', officeName),
    paragraph('date', '　　年　月　日'),
    paragraph('plain'),
    paragraph('plain', `签收人：${BLANK}　签收时间：　　年　月　日　时　分`),
  ])
}

/** 抽查记录表: a check as it was recorded, or, with null, the empty sheet to take along. */
export function toCheckSheet(check: CheckRecord | null, officeName: string, createdAt: number): WordDocument {
  const found = new Set(check?.findings.map(({ finding }) => finding))
  const markOf = (isSo: boolean): string => (check === null ? '□' : isSo ? '☑' : '□')
  const findings = FINDINGS.map((finding): WordCell[] => [
    { text: FINDING_WORDS[finding][LANGUAGE], align: 'left' },
    { text: markOf(check !== null && !found.has(finding)) },
    { text: markOf(found.has(finding)) },
    { text: '' },
  ])
  return toForm('值班抽查记录表', officeName, createdAt, [
    paragraph('title', '值班抽查记录表'),
    paragraph('plain'),
    factTable([
      ['抽查编号', check?.checkCode ?? null],
      ['被查单位', check?.unitName ?? null],
      ['抽查方式', check === null ? '□电话　□视频　□实地' : CHECK_METHOD_WORDS[check.method][LANGUAGE]],
      ['抽查时间', check === null ? null : writeMinute(check.checkedAt)],
      ['应答人、职务', null],
      ['带班领导', null],
      ['检查人', check?.inspectors.join('、') ?? null],
    ]),
    paragraph('small'),
    {
      kind: 'table',
      widths: [60, 24, 24, 48],
      header: [['项目', '符合', '有问题', '说明'].map((text) => ({ text }))],
      rows: findings,
      size: 12,
      rowHeight: 9,
    },
    paragraph('small'),
    factTable([
      ['情况记录', check?.note ?? null],
      ['结论', check === null ? '□合格　□不合格' : check.passed ? '合格' : '不合格'],
    ]),
    paragraph('plain'),
    paragraph('plain', `检查人签名：${BLANK}　被查单位签名：${BLANK}`),
  ])
}
