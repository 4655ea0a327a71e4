import { personOf } from './facts.ts'
import { UNIT_CODES } from './tree.ts'

/** Eleven digits of a mobile phone, eighteen of an identity card. */
const NUMBER = /(?<!\d)(1[3-9]\d{9}|\d{17}[\dXx])(?!\d)/
const NAMES = UNIT_CODES.flatMap((unitCode) => {
  const { name } = personOf(unitCode)
  return [name, `督${name.slice(1)}`]
})

/** True for a text that holds a name or a number of somebody of both worlds. */
export function tellsOfPeople(text: string): boolean {
  // Digits of a hash are nobody's.
  const plain = text.replace(/\b[\da-f]{64}\b/g, '')
  return NUMBER.test(plain) || NAMES.some((name) => plain.includes(name))
}
