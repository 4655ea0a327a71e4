import type { Language } from './language.ts'

/** Exit status of the command; interchange contract §6. */
export const EXIT = { done: 0, refused: 1, usage: 2, unexpected: 3 } as const

/** The call's words are off; the command ends with status 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
  readonly words: Readonly<Record<Language, string>>

  constructor(words: Readonly<Record<Language, string>>) {
    super(words.en)
    this.words = words
  }
}

/** An expected refusal of a command; nothing changed, the command ends with status 1. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly words: Readonly<Record<Language, string>>

  constructor(words: Readonly<Record<Language, string>>, options?: ErrorOptions) {
    super(words.en, options)
    this.words = words
  }
}
