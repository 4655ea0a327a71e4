import type { Random } from '@zhidu/statistics'

/** The drawn values of a group: a row per draw, a column per unit. */
export interface Draws {
  readonly count: number
  readonly units: number
  readonly values: Float64Array
}

/**
 * The place of every unit in every draw, 1 = the largest value. Equal values take their places in an order drawn anew each time: what
 * cannot be told apart may stand anywhere among its equals. A row per draw, a column per unit.
 */
export function rankDraws({ count, units, values }: Draws, random: Random): Uint16Array {
  const places = new Uint16Array(count * units)
  const order = Uint16Array.from({ length: units }, (_, unit) => unit)
  const lots = new Float64Array(units)
  for (let draw = 0; draw < count; draw += 1) {
    const row = draw * units
    for (let unit = 0; unit < units; unit += 1) lots[unit] = random.unit()
    order.sort(
      (a, b) => (values[row + b] as number) - (values[row + a] as number) || (lots[a] as number) - (lots[b] as number),
    )
    for (let place = 0; place < units; place += 1) places[row + (order[place] as number)] = place + 1
  }
  return places
}

/** Works out once for all units that are alike in everything, each with its list of them, what `compute` makes of the list. */
export function oncePerList<T>(
  lists: readonly (readonly number[])[],
  compute: (list: readonly number[]) => T,
): readonly T[] {
  const known = new Map<readonly number[], T>()
  return lists.map((list) => {
    const made = known.get(list) ?? compute(list)
    known.set(list, made)
    return made
  })
}

/** What some units, alike in everything, came to over all draws, ascending. */
export function gather(rows: Float64Array | Uint16Array, units: number, some: readonly number[]): Float64Array {
  const count = rows.length / units
  const gathered = new Float64Array(count * some.length)
  let next = 0
  for (const unit of some) {
    for (let place = unit; place < rows.length; place += units) gathered[next++] = rows[place] as number
  }
  return gathered.sort()
}

export function meanOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

/** The smallest value with at least this share of all at or below it. `sorted` ascending, not empty. */
export function quantileOf(sorted: Float64Array, share: number): number {
  // A share that is whole but for rounding must not take the next value.
  const place = Math.ceil(share * sorted.length - 1e-9) - 1
  return sorted[Math.max(0, place)] as number
}

/** Share of the values that pass. */
export function shareOf(values: Float64Array, passes: (value: number) => boolean): number {
  let count = 0
  for (const value of values) if (passes(value)) count += 1
  return count / values.length
}

/** Of each unit the variance of its value about the draw's mean. */
export function variancesOf({ count, units, values }: Draws): Float64Array {
  const sums = new Float64Array(units)
  const squares = new Float64Array(units)
  for (let draw = 0; draw < count; draw += 1) {
    const row = values.subarray(draw * units, (draw + 1) * units)
    const middle = meanOf(row)
    for (let unit = 0; unit < units; unit += 1) {
      const off = (row[unit] as number) - middle
      sums[unit] = (sums[unit] as number) + off
      squares[unit] = (squares[unit] as number) + off * off
    }
  }
  return squares.map((square, unit) => Math.max(0, square / count - ((sums[unit] as number) / count) ** 2))
}
