import type { EventJudgement } from '@zhidu/contract'
import { DAY_MS, localDateOf, MINUTE_MS, SECOND_MS } from '@zhidu/domain'
import { type MaybeRefOrGetter, toValue } from 'vue'
import { useI18n } from 'vue-i18n'
import { useFormat } from '../use-format.ts'
import { estimateTextWidth } from './label-lanes.ts'
import type { MarkText } from './timeline-layout.ts'
import type { LaterMark, MarkSource, Stage, TimelineBar, TimelineMark } from './timeline-model.ts'
import { type TimelineWords, wholeMinutes } from './timeline-sentences.ts'

export interface TimelineTexts extends TimelineWords {
  markText(mark: TimelineMark): MarkText
  tickText(at: number): string
  /** Text inside a bar, the longest that fits into `room` px; empty when none does. */
  barText(bar: TimelineBar, room: number): string
  overrunText(bar: TimelineBar, room: number): string
  laterName(mark: LaterMark): string
  laterSource(mark: LaterMark, judgement: EventJudgement): string
  laterLabel(mark: LaterMark): { readonly time: string; readonly name: string }
  /** Name and time, for a mark without a label. */
  laterText(mark: LaterMark): string
  /** Date, time and seconds where there are any. */
  exact(at: number): string
  /** Time since the clock started, with its sign. */
  offset(at: number): string
}

const BAR_TEXT_SIZE = 13
const BAR_PADDING = 12

/** The timeline's texts in the reader's language. */
export function useTimelineWords(judgement: MaybeRefOrGetter<EventJudgement>): TimelineTexts {
  const { t } = useI18n({ useScope: 'global' })
  const f = useFormat()

  function withSeconds(text: string, at: number): string {
    return at % MINUTE_MS === 0 ? `${text}:00` : text
  }

  function instant(at: number, { hasDate, hasSeconds }: { hasDate: boolean; hasSeconds: boolean }): string {
    const text = hasDate ? f.dayClock(at) : f.clock(at)
    return hasSeconds ? withSeconds(text, at) : text
  }

  function report(stage: Stage, sequence: number): string {
    return t(`words.stage.${stage}`, { n: sequence })
  }

  function sourceText(source: MarkSource): string {
    return source.kind === 'report'
      ? t('timeline.source.report', { report: report(source.stage, source.sequence) })
      : t(`timeline.source.${source.kind}`)
  }

  function fitting(texts: readonly string[], room: number): string {
    return texts.find((text) => estimateTextWidth(text, BAR_TEXT_SIZE) + BAR_PADDING <= room) ?? ''
  }

  function markText(mark: TimelineMark): MarkText {
    const isOtherDay = localDateOf(mark.at) !== localDateOf(Date.parse(toValue(judgement).clock.at))
    return {
      time: isOtherDay ? f.dayClock(mark.at) : f.clock(mark.at),
      name: f.list(mark.kinds.map((kind) => t(`timeline.mark.${kind}`))),
      source: f.list(mark.sources.map(sourceText)),
    }
  }

  function barText(bar: TimelineBar, room: number): string {
    const { clock, level, phone, written } = toValue(judgement)
    const limit = f.duration((bar.kind === 'phone' ? (phone?.limitMinutes ?? 0) : written.limitMinutes) * 60)
    if (bar.kind === 'phone') return fitting([t('timeline.phoneWindow', { limit }), limit], room)
    const start = t(clock.startsAt === 'occurred_at' ? 'timeline.mark.occurred' : 'timeline.mark.learned')
    return fitting(
      [
        t('timeline.window', { limit, level: t(`words.level.${level}`), start }),
        t('timeline.windowShort', { limit }),
        limit,
      ],
      room,
    )
  }

  function overrunText(bar: TimelineBar, room: number): string {
    if (bar.overrunTo === null) return ''
    const over = bar.overrunTo - bar.dueAt
    if (bar.isOpen) {
      // Inside the bar a span of days is cut to days; the sentence below has it whole.
      const span = f.duration(over < 2 * DAY_MS ? wholeMinutes(over) : (over - (over % DAY_MS)) / SECOND_MS)
      return fitting([t('timeline.overdue', { span }), span], room)
    }
    const span = f.duration(over / SECOND_MS)
    return fitting([t(bar.kind === 'phone' ? 'timeline.phoneLate' : 'timeline.late', { span }), span], room)
  }

  function laterName(mark: LaterMark): string {
    return mark.kind === 'report' && mark.stage !== null
      ? report(mark.stage, mark.sequence)
      : t(`timeline.later.${mark.kind}`)
  }

  function laterSource(mark: LaterMark, { slots }: EventJudgement): string {
    if (mark.kind !== 'slot_met') return mark.kind === 'report' ? '' : t('timeline.source.rule')
    const metBy = slots.find((slot) => Date.parse(slot.at) === mark.at)?.metBy ?? null
    return metBy === null ? '' : t('timeline.later.metBy', { at: f.dayClock(metBy) })
  }

  return {
    t: (key, params) => t(key, params ?? {}),
    instant,
    span: f.duration,
    points: f.score,
    level: (level) => t(`words.level.${level}`),
    elements: (elements) => f.list(elements.map((element) => t(`words.element.${element}`))),
    list: f.list,
    markText,
    tickText: (at) => (f.clock(at) === '00:00' ? f.date(localDateOf(at)) : f.clock(at)),
    barText,
    overrunText,
    laterName,
    laterSource,
    laterText: (mark) => `${f.dayClock(mark.at)} ${laterName(mark)}`,
    laterLabel: (mark) => ({
      time: f.dayClock(mark.at),
      name: mark.kind === 'slot_missed' ? t('timeline.later.missed') : laterName(mark),
    }),
    exact: f.instant,
    offset: (at) => {
      const from = Date.parse(toValue(judgement).clock.at)
      const seconds = Math.abs(at - from) / SECOND_MS
      return at === from ? '0' : `${at < from ? '\u2212' : '+'}${f.duration(seconds)}`
    },
  }
}
