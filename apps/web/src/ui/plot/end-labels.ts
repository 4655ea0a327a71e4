/** px of a line of names. */
export const LINE = 14
/** From the middle of a line of text to its foot. */
const FOOT = 4

export interface EndLabel {
  readonly text: string
  /** px from the top. */
  readonly at: number
}

/** Words at the right end of lines, in the order given from above, each at its line and a line apart at least. */
export function spreadLabels(wanted: readonly EndLabel[]): EndLabel[] {
  let before = -Infinity
  return wanted.map(({ at, text }) => {
    before = Math.max(at + FOOT, before + LINE)
    return { text, at: before }
  })
}
