import { toLocalIso } from '@zhidu/domain'

/** What the date picker holds (`2026-10-08 23:59:59`, local time of the offices) as an instant for the URL, and back. */
export function toAsOfInstant(text: string): string {
  return `${text.replace(' ', 'T')}+08:00`
}

export function fromAsOfInstant(instant: string): string {
  return toLocalIso(Date.parse(instant)).slice(0, 19).replace('T', ' ')
}
