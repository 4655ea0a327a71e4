import {
  CATEGORY_WORDS,
  ELEMENT_WORDS,
  type EventPage,
  LEVEL_WORDS,
  type ReportContent,
  toStageWord,
} from '@zhidu/contract'
import type { WordDocument } from '@zhidu/documents'
import { ELEMENTS, type Element } from '@zhidu/domain'
import { BLANK, paragraph, toForm, writeMinute } from './form-parts.ts'

type Judgement = EventPage['judgements'][number]

const LANGUAGE = 'zh-CN'
/** What the system has a record of; the rest of the elements is written by who knows it. */
const KNOWN: Readonly<Partial<Record<Element, (judgement: Judgement) => string>>> = {
  learned_time: ({ learnedAt }) => writeMinute(learnedAt),
  occurred_time: ({ occurredAt }) => writeMinute(occurredAt),
  nature: ({ category, level }) => `${CATEGORY_WORDS[category][LANGUAGE]}，${LEVEL_WORDS[level][LANGUAGE]}`,
}
const NOT_YET = '待核实，续报'

/** By what of the event is on record. */
function stageOf({ reports }: Judgement): string {
  const last = reports.at(-1)
  return last === undefined ? toStageWord({ stage: 'first', sequence: 0 }) : toStageWord(last)
}

function figuresOf({ deaths, injuries, missing }: ReportContent['document']): string {
  const parts = [
    [deaths, '死亡'],
    [injuries, '受伤'],
    [missing, '失联'],
  ] as const
  return parts.flatMap(([count, word]) => (count === null ? [] : [`${word} ${count} 人`])).join('，')
}

function dateOf(instant: string): string {
  const [year, month, day] = instant.slice(0, 10).split('-').map(Number)
  return `${year}年${month}月${day}日`
}

/** What a report says of each element: its fields, then its words; nothing yet is said as that. */
function wordsOf(element: Element, { areaName, document }: ReportContent): string {
  const said = {
    learned_time: writeMinute(document.learnedAt),
    occurred_time: writeMinute(document.occurredAt),
    nature: `${CATEGORY_WORDS[document.category][LANGUAGE]}，${LEVEL_WORDS[document.level][LANGUAGE]}`,
    place: [areaName ?? '', document.place].filter((part) => part.trim() !== '').join('　'),
    casualties: figuresOf(document),
  }
  const field = element in said ? said[element as keyof typeof said] : ''
  const text = [field, (document.texts[element] ?? '').trim()].filter((part) => part !== '').join('。')
  return text === '' ? NOT_YET : text
}

/** All elements of a first report; of those after it what they say: they do not repeat the first. */
function listedOf({ elements, receipt }: ReportContent): readonly Element[] {
  return receipt.stage === 'first' ? ELEMENTS : elements
}

/**
 * 突发事件信息专报 of a report that was sent: number, recipients, who signed, every element as written, with the receipt that binds it.
 */
export function toSentReport(content: ReportContent): WordDocument {
  const { document, receipt } = content
  const { contact, recipients, signer } = document
  const stage = toStageWord(receipt)
  const corrected = receipt.version > 1 ? '，更正稿' : ''
  const where = content.areaName ?? receipt.unitName
  return toForm('突发事件信息专报', receipt.unitName, Date.parse(receipt.receivedAt), [
    paragraph('mark', '突发事件信息专报'),
    paragraph('number', `〔${receipt.year}〕第${receipt.number}期`),
    {
      ...paragraph('plain', `${receipt.unitName}　　　　　签发人：`, { text: signer, font: 'kai' }),
      hasRedRule: true,
    },
    paragraph('plain', `编号：${receipt.eventCode}`),
    paragraph('title', `关于${where}${CATEGORY_WORDS[document.category][LANGUAGE]}情况的报告（${stage}${corrected}）`),
    paragraph('plain'),
    paragraph('recipients', `${recipients.trim() === '' ? BLANK : recipients}：`),
    ...listedOf(content).map((element, at) =>
      paragraph(
        'indented',
        { text: `${at + 1}. ${ELEMENT_WORDS[element][LANGUAGE]}：`, font: 'kai' },
        wordsOf(element, content),
      ),
    ),
    ...(content.reason === null ? [] : [paragraph('indented', { text: '更正原因：', font: 'kai' }, content.reason)]),
    paragraph('plain'),
    paragraph('signature', receipt.unitName),
    paragraph('date', dateOf(receipt.receivedAt)),
    paragraph('copies', `经办：${receipt.by}　联系：${contact.trim() === '' ? BLANK : contact}`),
    paragraph('copies', `回执 ${receipt.receiptCode}　服务器收到 ${writeMinute(receipt.receivedAt)}`),
    paragraph('copies', `内容校验 SHA-256 ${receipt.sha256}`),
  ])
}

/**
 * 突发事件信息专报: upward, so with 签发人. Heads, times and kind are filled in from the record; what was not recorded is left to be
 * written. `to`: whom it is reported to; null = written by hand.
 */
export function toEventReport(judgement: Judgement, to: string | null): WordDocument {
  const { category, eventCode, learnedAt, unitName } = judgement
  const title = `关于${BLANK}${CATEGORY_WORDS[category][LANGUAGE]}情况的报告（${stageOf(judgement)}）`
  return toForm('突发事件信息专报', unitName, Date.parse(learnedAt), [
    paragraph('mark', '突发事件信息专报'),
    paragraph('number', `〔${learnedAt.slice(0, 4)}〕第　期`),
    {
      ...paragraph('plain', `${unitName}　　　　　签发人：`, { text: BLANK, font: 'kai' }),
      hasRedRule: true,
    },
    paragraph('plain', `编号：${eventCode}`),
    paragraph('title', title),
    paragraph('plain'),
    paragraph('recipients', `${to ?? BLANK}：`),
    ...ELEMENTS.map((element, at) =>
      paragraph(
        'indented',
        { text: `${at + 1}. ${ELEMENT_WORDS[element][LANGUAGE]}：`, font: 'kai' },
        KNOWN[element]?.(judgement) ?? BLANK,
      ),
    ),
    paragraph('plain'),
    paragraph('signature', unitName),
    paragraph('date', '　　年　月　日'),
    paragraph('copies', `编辑：${BLANK}核稿：${BLANK}联系电话：${BLANK}`),
  ])
}
