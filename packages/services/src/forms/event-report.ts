import { CATEGORY_WORDS, ELEMENT_WORDS, type EventPage, LEVEL_WORDS } from '@zhidu/contract'
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

/** 首报, 续报一 … 终报, by what of the event is on record. */
function stageOf({ reports }: Judgement): string {
  const last = reports.at(-1)
  if (last === undefined || last.stage === 'first') return '首报'
  return last.stage === 'final' ? '终报' : `续报${last.sequence}`
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
