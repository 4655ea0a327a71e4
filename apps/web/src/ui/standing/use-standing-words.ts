import type { LeagueStanding, StandingRow } from '@zhidu/contract'
import { CERTAINTY_WORDS, RANKABILITY_WORDS, writeOrdinal, writeStandingHeadline } from '@zhidu/contract/ranking-words'
import { buildStandingHeadline, type Certainty } from '@zhidu/domain'
import { computed } from 'vue'
import { useI18n } from 'vue-i18n'

/** EN DASH: a range of places. */
const RANGE = '\u2013'

/** 8–28; one number where both ends are the same. */
export function rangeText({ low, high }: { readonly low: number; readonly high: number }): string {
  return low === high ? String(low) : `${low}${RANGE}${high}`
}

/** 87%; never 0 or 100 %, which no number of draws can show. */
export function probabilityText(probability: number): string {
  const percent = Math.round(probability * 100)
  if (percent === 100) return '>99%'
  return percent === 0 ? '<1%' : `${percent}%`
}

/** Certainty in words: the same on every page, on paper and in files. */
export function useStandingWords() {
  const { t, locale } = useI18n({ useScope: 'global' })
  const language = computed(() => (locale.value === 'en' ? ('en' as const) : ('zh-CN' as const)))

  /** The sentence that says who may be told apart; '' where nothing may be said. */
  function headlineOf(standing: LeagueStanding, nameOf: (unitCode: string) => string): string {
    if (standing.isHidden || standing.measuredCount < 2) return ''
    const headline = buildStandingHeadline(standing)
    const names = {
      first: headline.firstCode === null ? null : nameOf(headline.firstCode),
      last: headline.lastCode === null ? null : nameOf(headline.lastCode),
    }
    return writeStandingHeadline(headline, standing.measuredCount, names, language.value)
  }

  function rankabilityWords(word: NonNullable<LeagueStanding['rankability']>['word']) {
    return RANKABILITY_WORDS[language.value][word]
  }

  function certaintyWord(certainty: Certainty): string {
    return CERTAINTY_WORDS[language.value][certainty]
  }

  function bandName(band: number): string {
    return t('ui.standing.band', { n: writeOrdinal(band, language.value) })
  }

  /** 可能 8–28 名, '' until it is known. */
  function possible(row: Pick<StandingRow, 'rankInterval'> | null | undefined): string {
    return row == null ? '' : t('ui.standing.possible', { range: rangeText(row.rankInterval) })
  }

  return { headlineOf, rankabilityWords, certaintyWord, bandName, possible }
}
