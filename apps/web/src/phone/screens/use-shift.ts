import type { RosterPerson } from '@zhidu/contract'
import { useI18n } from 'vue-i18n'
import { useFormat } from '../../ui/use-format.ts'

/** Hours of a shift: 18:00 to 08:30 of the next day. */
export function useShift() {
  const { t } = useI18n()
  const format = useFormat()

  function shiftWords({ endsAt, startsAt }: Pick<RosterPerson, 'endsAt' | 'startsAt'>): string {
    const [from, until] = [format.instant(startsAt), format.instant(endsAt)]
    const isSameDay = from.slice(0, 10) === until.slice(0, 10)
    const day = (Date.parse(`${until.slice(0, 10)}T00:00Z`) - Date.parse(`${from.slice(0, 10)}T00:00Z`)) / 86_400_000
    const key = isSameDay ? 'phone.roster.shift' : day === 1 ? 'phone.roster.shiftNextDay' : 'phone.roster.shiftLater'
    return t(key, { from: from.slice(11, 16), until: until.slice(11, 16), day: format.date(until.slice(0, 10)) })
  }

  return { shiftWords }
}
