/** A level, strictly between 0 and 1. */
export function requireLevel(level: number, name = 'level'): void {
  if (!(level > 0 && level < 1)) throw new RangeError(`${name} must lie between 0 and 1, both excluded: ${level}`)
}

/** 0 and 1 included. */
export function requireProbability(value: number, name: string): void {
  if (!(value >= 0 && value <= 1)) throw new RangeError(`${name} must lie between 0 and 1: ${value}`)
}

export function requireFinite(value: number, name: string): void {
  if (!Number.isFinite(value)) throw new RangeError(`${name} must be a finite number: ${value}`)
}

export function requirePositive(value: number, name: string): void {
  if (!(value > 0 && value < Infinity)) throw new RangeError(`${name} must be a finite number > 0: ${value}`)
}
