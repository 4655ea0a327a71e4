import { rulesName } from '../../ui/rules/rules-name.ts'
import type { LeagueStanding, MoveExplanation, StandingRow } from '@zhidu/contract'
import { isQuarter, MOVE_FACTORS, onTimeInterval, onTimeRatio, shiftQuarter } from '@zhidu/domain'
import { useI18n } from 'vue-i18n'
import { probabilityText, rangeText, useStandingWords } from '../../ui/standing/use-standing-words.ts'
import { moveLink } from '../../ui/unit-link.ts'
import { useFormat } from '../../ui/use-format.ts'
import type { Explanation, ExplanationLine } from './use-explanation.ts'
import { cellLink, type LinkContext } from './league-links.ts'
import type { Row } from './league-row.ts'
import { mainReason, moveMarkOf } from './standing-view.ts'

/** Enough of a seed to compare by eye. */
const SEED_SHOWN = 16

/** The pop-overs about certainty: a place and its range, a movement, a share's interval, the fair comparison. */
export function useSureExplanation() {
  const { t } = useI18n({ useScope: 'global' })
  const format = useFormat()
  const { certaintyWord, possible } = useStandingWords()

  const line = (key: string, value: string): ExplanationLine => ({ name: t(`league.sure.${key}`), values: [value] })
  const orNothing = (text: string | null): string => text ?? '—'

  function endWords({ certain }: StandingRow): string {
    if (certain.isFirst) return t('league.sure.isFirst')
    return certain.isLast ? t('league.sure.isLast') : certaintyWord('cannot_tell')
  }

  function explainRange(unit: Row, own: StandingRow, standing: LeagueStanding, context: LinkContext): Explanation {
    const { first, last, trueScore } = own
    const { level } = own.rankInterval
    const at = standing.rows.findIndex(({ unitCode }) => unitCode === unit.unitCode)
    const next = standing.rows[at + 1] ?? null
    const pair = next === null ? null : { a: unit.unitCode, b: next.unitCode }
    const query = { quarter: context.quarter, group: standing.group }
    const moment = {
      ...(context.asOf === null ? {} : { asOf: context.asOf }),
      ...(context.tree === 'now' ? { tree: 'now' } : {}),
    }
    const places = rangeText(own.rankInterval)
    return {
      title: t('league.sure.rangeTitle', { name: unit.name, rank: own.rank, possible: possible(own) }),
      lines: [
        line('official', t('league.sure.place', { rank: own.rank })),
        line('expected', own.expectedRank.toFixed(1)),
        { name: t('league.sure.range', { level: Math.round(level * 100) }), values: [places] },
        line('topQuarter', probabilityText(own.topQuarter)),
        line('bottomQuarter', probabilityText(own.bottomQuarter)),
        line('ends', `${probabilityText(first)} / ${probabilityText(last)}`),
        line('endWords', endWords(own)),
        line(
          'trueScore',
          t('league.sure.scoreRange', {
            mean: format.score(Math.round(trueScore.mean * 10) / 10),
            low: format.score(Math.round(trueScore.low * 10) / 10),
            high: format.score(Math.round(trueScore.high * 10) / 10),
          }),
        ),
        line('aboveNext', orNothing(own.aboveNext === null ? null : probabilityText(own.aboveNext))),
      ],
      note: [
        t('league.sure.draws', { n: format.count(standing.draws) }),
        ...(standing.seed === null ? [] : [t('league.sure.seed', { seed: standing.seed.slice(-SEED_SHOWN) })]),
        t('league.sure.basis', {
          asOf: format.minute(standing.provenance.asOf),
          rules: rulesName(standing.provenance.regulation),
        }),
      ].join(t('league.sure.join')),
      links: [
        { label: t('league.sure.toUnit'), to: cellLink(unit.unitCode, context, 'deductions') },
        ...(pair === null
          ? []
          : [
              {
                label: t('league.sure.toPair'),
                to: `/compare?${new URLSearchParams({ ...query, ...pair, ...moment }).toString()}`,
              },
            ]),
        {
          label: t('league.sure.toFair'),
          to: `/league?${new URLSearchParams({ ...query, basis: 'fair', ...moment }).toString()}`,
        },
        { label: t('league.sure.toHow'), to: '/how-to-read#rank' },
      ],
    }
  }

  function explainRate(unit: Row): Explanation | null {
    const ratio = onTimeRatio(unit.timeliness)
    const interval = onTimeInterval(unit.timeliness)
    if (interval === null) return null
    const { high, low } = interval
    return {
      title: t('league.sure.rateTitle', { name: unit.name, rate: format.rate(ratio) }),
      lines: [line('wilson', t('league.sure.span', { low: (low * 100).toFixed(1), high: (high * 100).toFixed(1) }))],
      note: t('league.sure.rateNote'),
    }
  }

  /** −14.0 至 +9.7, in points of the percentage. */
  function differenceText({ low, high }: { readonly low: number; readonly high: number }): string {
    return t('league.sure.from', { low: format.signed(round(low * 100)), high: format.signed(round(high * 100)) })
  }

  function round(value: number): number {
    return Math.round(value * 10) / 10
  }

  function sumText(told: MoveExplanation | null): string | undefined {
    if (told?.move == null) return undefined
    const { gain, places } = told.move
    const signed = (value: number): string => (value === 0 ? '0' : `${value < 0 ? '\u2212' : '+'}${Math.abs(value)}`)
    const parts = MOVE_FACTORS.map((factor) => `${t(`league.sure.factor.${factor}`)} ${signed(places[factor])}`)
    return t('league.sure.sum', { gain: signed(gain), parts: parts.join(t('league.sure.comma')) })
  }

  function explainMove(
    unit: Row,
    own: StandingRow | null,
    standing: LeagueStanding | null,
    told: MoveExplanation | null,
    context: LinkContext,
  ): Explanation {
    const movement = own?.movement ?? null
    const mark = moveMarkOf(unit, movement)
    const links = [
      { label: t('league.sure.toMove'), to: moveLink(unit.unitCode, context) },
      { label: t('league.sure.toHow'), to: '/how-to-read#difference' },
    ]
    if (mark.kind === 'break') {
      const reason = t(`ui.tree.break.${unit.breaks.at(-1) ?? 'moved'}`)
      return { title: t('league.why.break', { name: unit.name, reason }), lines: [], note: t('league.why.breakNote') }
    }
    if (!('places' in mark) && mark.kind !== 'same') {
      return {
        title: t(`league.sure.${mark.kind}Title`, { name: unit.name }),
        lines: [],
        note: t('league.why.noPreviousNote'),
      }
    }
    const compared = standing?.rows.filter((row) => row.movement !== null).length ?? 0
    const isSame = mark.kind === 'same'
    const [places, step, verdict] = isSame
      ? ([0, 'same', 'grey'] as const)
      : ([mark.places, mark.direction, mark.kind] as const)
    const isOpposite = verdict === 'grey' && movement !== null && movement.kind !== 'grey'
    const sum = sumText(told)
    return {
      title: t(`league.sure.moveTitle.${step}`, {
        name: unit.name,
        n: places,
        verdict: t(`league.sure.verdict.${verdict}`),
      }),
      text: t(movement === null ? 'league.sure.notCompared' : `league.sure.because.${movement.kind}`, {
        direction: movement === null ? '' : t(`league.sure.direction.${movement.direction}`),
      }),
      lines:
        movement === null
          ? []
          : [
              {
                name: format.quarter(context.quarter),
                values: [format.counts(movement.now), format.percent(movement.now)],
              },
              {
                name: isQuarter(context.quarter)
                  ? format.quarter(shiftQuarter(context.quarter, -1))
                  : t('league.why.before'),
                values: [format.counts(movement.before), format.percent(movement.before)],
              },
              { name: t('league.sure.newcombe'), values: ['', differenceText(movement.interval)] },
            ],
      ...(sum === undefined ? {} : { after: sum }),
      note: t(`league.sure.markNote.${isOpposite ? 'opposite' : verdict}`, { m: compared }),
      links,
    }
  }

  function explainFair(unit: Row, own: StandingRow, context: LinkContext): Explanation | null {
    const { fair } = own
    if (fair === null) return null
    const reason = mainReason(own)
    const why = reason === null ? '' : t(`league.fair.reason.${reason.kind}.${reason.points > 0 ? 'cost' : 'saved'}`)
    return {
      title: t('league.fair.title', { name: unit.name, official: own.rank, fair: fair.rank, range: rangeText(fair) }),
      text:
        fair.rank === own.rank
          ? t('league.fair.same')
          : reason === null
            ? t('league.fair.unexplained')
            : t('league.fair.because', { why, points: format.score(Math.abs(reason.points)) }),
      lines: [
        { name: t('league.fair.lost'), values: [format.score(fair.lost)] },
        { name: t('league.fair.expected'), values: [format.score(fair.expectedLoss)] },
        { name: t('league.fair.ratio'), values: [fair.ratio.toFixed(2)] },
        { name: t('league.fair.shrunk'), values: [fair.shrunkRatio.toFixed(2)] },
        { name: t('league.columns.onTime'), values: [format.rate(onTimeRatio(unit.timeliness))] },
        ...fair.reasons.map(({ kind, points }) => ({
          name: t(`league.fair.reason.${kind}.${points > 0 ? 'cost' : 'saved'}`),
          values: [format.signed(-points)],
        })),
      ],
      note: t('league.fair.note'),
      links: [{ label: t('league.sure.toUnit'), to: cellLink(unit.unitCode, context, 'deductions') }],
    }
  }

  return { explainRange, explainRate, explainMove, explainFair, sumText }
}
