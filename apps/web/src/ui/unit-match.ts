import type { InitialsOf } from '@zhidu/domain'

/** The dictionary of pinyin is large: it is fetched only when somebody types letters. */
export function loadInitials(): Promise<InitialsOf> {
  return import('./initials.ts').then((module) => module.initialsOf)
}
