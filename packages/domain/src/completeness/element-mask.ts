import { type Element, ELEMENTS } from '../facts/facts.ts'

/** A set of elements: bit i = ELEMENTS[i]. */
export type ElementMask = number

const ELEMENT_BITS = Object.fromEntries(ELEMENTS.map((element, index) => [element, 1 << index])) as Readonly<
  Record<Element, ElementMask>
>

export function toElementMask(elements: readonly Element[]): ElementMask {
  let mask = 0
  for (const element of elements) mask |= ELEMENT_BITS[element]
  return mask
}

/** In the order of `ELEMENTS`. */
export function fromElementMask(mask: ElementMask): Element[] {
  return ELEMENTS.filter((element) => (mask & ELEMENT_BITS[element]) !== 0)
}

export function countElements(mask: ElementMask): number {
  let count = 0
  for (let rest = mask; rest !== 0; rest &= rest - 1) count += 1
  return count
}
