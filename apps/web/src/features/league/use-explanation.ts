import type { LeagueStanding, MoveExplanation, StandingRow } from '@zhidu/contract'
import { checksRatio, onTimeRatio, type PartPoints, roundPoints, sumPoints } from '@zhidu/domain'
import { computed, type MaybeRefOrGetter, toValue } from 'vue'
import { useI18n } from 'vue-i18n'
import { useFormat } from '../../ui/use-format.ts'
import { buildOutcomeSum, buildScoreSum, type ExplainTarget, type Topic } from './explanation.ts'
import type { LinkContext } from './league-links.ts'
import { countedLost, type GroupView, roundMean, type Row, type Total } from './league-row.ts'
import { useSureExplanation } from './use-sure-explanation.ts'

export interface ExplanationLine {
  readonly name: string
  readonly values: readonly string[]
  readonly isLoss?: boolean
  readonly isSum?: boolean
}

export interface Explanation {
  readonly title: string
  readonly text?: string
  readonly heads?: readonly string[]
  readonly lines: readonly ExplanationLine[]
  /** A sentence under the lines. */
  readonly after?: string
  readonly note?: string
  readonly links?: readonly { readonly label: string; readonly to: string }[]
}

/** What of the standing a pop-over may say. */
export interface SureSource {
  readonly standing: LeagueStanding | null
  readonly own: StandingRow | null
  readonly moved: MoveExplanation | null
  readonly context: LinkContext
}

/** Topics whose figures of the group are counts; the others are means. */
const COUNTED: ReadonlySet<Topic> = new Set(['onTime', 'elements', 'checks'])
const AVERAGED: ReadonlySet<Topic> = new Set(['score', 'part', 'trend'])

/** The explanation of the number pointed at, in words; null when nothing is. */
export function useExplanation(
  target: MaybeRefOrGetter<ExplainTarget | null>,
  row: MaybeRefOrGetter<Row | null>,
  total: MaybeRefOrGetter<Total>,
  base: MaybeRefOrGetter<PartPoints>,
  groupView: MaybeRefOrGetter<GroupView>,
  sureSource: MaybeRefOrGetter<SureSource>,
) {
  const { t } = useI18n({ useScope: 'global' })
  const format = useFormat()
  const sure = useSureExplanation()
  const heads = () => [t('league.why.own'), t('league.why.group')]

  function explainScore(unit: Row): Explanation | null {
    if (unit.score === null) return null
    const lines = buildScoreSum(unit, toValue(total), toValue(base)).map(({ kind, own, mean }): ExplanationLine => {
      const isEnd = kind === 'start' || kind === 'score'
      const write = isEnd ? format.score : format.signed
      const name =
        kind === 'start' || kind === 'bonus' || kind === 'score'
          ? t(`league.why.line.${kind}`)
          : t(`words.dimension.${kind}`)
      return {
        name,
        values: [write(own), mean === null ? '' : write(roundMean(mean))],
        isLoss: own < 0,
        isSum: kind === 'score',
      }
    })
    return {
      title: t('league.why.score', { name: unit.name, score: format.score(unit.score) }),
      heads: heads(),
      lines: lines.filter((line) => line.values[0] !== '0' || line.values[1] !== ''),
      note: t('league.why.scoreNote'),
    }
  }

  function explainPart(unit: Row, dimension: NonNullable<ExplainTarget['dimension']>): Explanation | null {
    if (unit.score === null && unit.lost[dimension] === 0) return null
    const full = toValue(base)[dimension]
    const counted = countedLost(unit, toValue(base), dimension)
    const mean = toValue(total).meanLost?.[dimension]
    const name = t(`words.dimension.${dimension}`)
    return {
      title: t('league.why.part', { name, kept: format.score(unit.dimensions[dimension]), base: full }),
      heads: heads(),
      lines: [
        {
          name: t('league.why.line.lost'),
          values: [format.lost(unit.lost[dimension]), mean === undefined ? '' : format.lost(roundMean(mean))],
          isLoss: unit.lost[dimension] > 0,
        },
      ],
      ...(counted < unit.lost[dimension]
        ? {
            text: t('league.why.capped', {
              listed: format.score(unit.lost[dimension]),
              counted: format.score(counted),
            }),
          }
        : {}),
      note: t('league.why.partNote'),
    }
  }

  function explainOnTime(unit: Row): Explanation {
    const sum = buildOutcomeSum(unit, toValue(total))
    const group = toValue(total).timeliness
    const line = (key: 'onTime' | 'late' | 'missing' | 'notYetDue', isLoss = false): ExplanationLine => ({
      name: t(`league.why.line.${key}`),
      values: [String(unit.timeliness[key]), String(group[key])],
      isLoss: isLoss && unit.timeliness[key] > 0,
    })
    return {
      title: t('league.why.onTime', { rate: format.rate(sum.own) }),
      heads: heads(),
      lines: [
        line('onTime'),
        line('late', true),
        line('missing', true),
        line('notYetDue'),
        { name: t('league.why.line.owed'), values: [String(sum.owed), String(group.owed)], isSum: true },
        { name: t('league.why.line.rate'), values: [format.percent(sum.own), format.percent(sum.group)] },
      ],
      note: sum.own.whole > 0 && sum.own.whole < 5 ? t('league.fewTitle') : t('league.why.onTimeNote'),
    }
  }

  function explainRatio(unit: Row, topic: 'elements' | 'checks'): Explanation {
    const own = topic === 'elements' ? unit.completeness : checksRatio(unit.checks)
    const group = topic === 'elements' ? toValue(total).completeness : checksRatio(toValue(total).checks)
    return {
      title: t(`league.why.${topic}`, {
        rate: `${format.counts(own)} ${format.percent(own)}`,
        failed: own.whole - own.part,
      }),
      heads: heads(),
      lines: [
        { name: t(`league.why.line.${topic}`), values: [format.counts(own), format.counts(group)] },
        { name: t('league.why.line.share'), values: [format.percent(own), format.percent(group)] },
      ],
      note: t(`league.why.${topic}Note`),
    }
  }

  function explainDeductions(unit: Row): Explanation {
    const listed = sumPoints(unit.lost)
    const counted = roundPoints(sumPoints(toValue(base)) - sumPoints(unit.dimensions))
    return {
      title: t('league.why.deductions', { n: unit.deductionCount, sum: format.lost(listed) }),
      lines: (['timeliness', 'completeness', 'truthfulness', 'discipline', 'filing'] as const).map((dimension) => ({
        name: t(`words.dimension.${dimension}`),
        values: [format.lost(unit.lost[dimension])],
        isLoss: unit.lost[dimension] > 0,
      })),
      ...(counted < listed
        ? { text: t('league.why.capped', { listed: format.score(listed), counted: format.score(counted) }) }
        : {}),
      note: t('league.why.deductionsNote'),
    }
  }

  function explainTrend(unit: Row): Explanation {
    const mean = toValue(total).trend
    const last = unit.trend.length - 1
    const write = (score: number | null | undefined): string => (score == null ? '—' : format.score(roundMean(score)))
    return {
      title: t('league.why.trend'),
      heads: heads(),
      lines: unit.trend.map((score, index) => ({
        name: index === last ? t('league.why.now') : t('league.why.quartersAgo', { n: last - index }),
        values: [write(score), write(mean[index])],
      })),
    }
  }

  /** Without the column of the group where it is not to be seen, and with the reason. */
  function narrow(explanation: Explanation | null, topic: Topic): Explanation | null {
    const view = toValue(groupView)
    const isHidden = COUNTED.has(topic) ? view !== 'whole' : AVERAGED.has(topic) && view === 'nothing'
    if (explanation === null || !isHidden) return explanation
    const { heads: _, ...rest } = explanation
    return {
      ...rest,
      lines: rest.lines.map((line) => ({ ...line, values: line.values.slice(0, 1) })),
      note: t(COUNTED.has(topic) ? 'league.why.countsHidden' : 'league.why.meanHidden'),
    }
  }

  function explain(unit: Row, asked: ExplainTarget): Explanation | null {
    const source = toValue(sureSource)
    switch (asked.topic) {
      case 'score':
        return explainScore(unit)
      case 'part':
        return asked.dimension === null ? null : explainPart(unit, asked.dimension)
      case 'onTime':
        return onTimeRatio(unit.timeliness).whole + unit.timeliness.notYetDue === 0 ? null : explainOnTime(unit)
      case 'elements':
      case 'checks':
        return explainRatio(unit, asked.topic)
      case 'deductions':
        return explainDeductions(unit)
      case 'previous':
        return sure.explainMove(unit, source.own, source.standing, source.moved, source.context)
      case 'trend':
        return explainTrend(unit)
      case 'rate':
        return sure.explainRate(unit)
      case 'range':
        return source.own === null || source.standing === null
          ? null
          : sure.explainRange(unit, source.own, source.standing, source.context)
      case 'fair':
        return source.own === null ? null : sure.explainFair(unit, source.own, source.context)
    }
  }

  return computed<Explanation | null>(() => {
    const asked = toValue(target)
    const unit = toValue(row)
    return asked === null || unit === null ? null : narrow(explain(unit, asked), asked.topic)
  })
}
