import { useI18n } from 'vue-i18n'
import type { Problem } from './problem.ts'

/** `firstEn` stands for `first` on an English screen: words that the server has of a document itself. */
function inLanguage(params: Problem['params'], locale: string): Problem['params'] {
  if (locale !== 'en') return params
  const english = Object.entries(params).flatMap(([key, text]) =>
    key.endsWith('En') ? [[key.slice(0, -2), text]] : [],
  )
  return { ...params, ...Object.fromEntries(english) }
}

/** Why something was not done, in one or two sentences for the place where it was asked. */
export function useProblemWords(): (problem: Problem) => string {
  const { locale, t, te } = useI18n({ useScope: 'global' })
  return ({ kind, reason, params, errorNumber }) => {
    // What was sent and not answered may have been done all the same.
    if (kind === 'network') return t('problem.network.unanswered')
    const key = `problem.reason.${reason}`
    const text = te(key) ? t(key, inLanguage(params, locale.value)) : t(`problem.${kind}.text`)
    return errorNumber === null ? text : `${text} ${t('problem.number', { number: errorNumber })}`
  }
}
