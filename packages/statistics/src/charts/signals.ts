/** Runs and trends that long are a signal. */
const RUN = 7

/** Marks every stretch of at least RUN points that `continues` from one to the next. */
function markStretches(count: number, continues: (index: number) => boolean): boolean[] {
  const marks = Array.from({ length: count }, () => false)
  for (let from = 0; from < count;) {
    let to = from + 1
    while (to < count && continues(to)) to += 1
    if (to - from >= RUN) marks.fill(true, from, to)
    from = to
  }
  return marks
}

/** Seven or more in a row strictly on one side of the mean; a point on the mean breaks the run. */
export function markShifts(sides: readonly number[]): boolean[] {
  const marks = markStretches(sides.length, (index) => sides[index] === sides[index - 1])
  return marks.map((isMarked, index) => isMarked && sides[index] !== 0)
}

/** Of each point 1 or −1 while it is part of seven or more that each rise above (fall below) the one before, else 0. */
export function markTrends(values: readonly number[]): number[] {
  const steps = values.map((value, index) => Math.sign(value - (values[index - 1] ?? value)))
  const marks = values.map(() => 0)
  for (let from = 0; from + 1 < values.length;) {
    const step = steps[from + 1] ?? 0
    let to = from + 1
    while (to + 1 < values.length && steps[to + 1] === step) to += 1
    if (step !== 0 && to - from + 1 >= RUN) marks.fill(step, from, to + 1)
    from = to
  }
  return marks
}

/** The points beyond the near limit that have another such among three in a row, all three on one side of the mean. */
export function markTwoOfThree(isClose: readonly boolean[], sides: readonly number[]): boolean[] {
  const marks = isClose.map(() => false)
  for (let from = 0; from + 2 < isClose.length; from += 1) {
    const three = [from, from + 1, from + 2]
    const side = sides[from]
    if (side === 0 || three.some((index) => sides[index] !== side)) continue
    if (three.filter((index) => isClose[index] === true).length < 2) continue
    for (const index of three) if (isClose[index] === true) marks[index] = true
  }
  return marks
}
