import { type LeagueFilter, ONLY_CHOICES, type OnlyChoice } from '@zhidu/domain'

export function isFiltered(filter: LeagueFilter): boolean {
  return filter.text.trim() !== '' || filter.grade !== null || filter.only !== null
}

export function parseOnly(text: string | null): OnlyChoice | null {
  return ONLY_CHOICES.find((choice) => choice === text) ?? null
}
