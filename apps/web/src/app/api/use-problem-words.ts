import { useI18n } from 'vue-i18n'
import type { Problem } from './problem.ts'

/** Why something was not done, in one or two sentences for the place where it was asked. */
export function useProblemWords(): (problem: Problem) => string {
  const { t, te } = useI18n({ useScope: 'global' })
  return ({ kind, reason, params, errorNumber }) => {
    const key = `problem.reason.${reason}`
    const text = te(key) ? t(key, params) : t(`problem.${kind}.text`)
    return errorNumber === null ? text : `${text} ${t('problem.number', { number: errorNumber })}`
  }
}
