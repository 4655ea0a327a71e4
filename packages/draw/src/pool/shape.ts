export const REASONS = [
  'not_utf8',
  'not_json',
  'not_canonical',
  'not_object',
  'not_list',
  'missing',
  'unknown_member',
  'not_text',
  'not_whole',
  'not_true_or_false',
  'not_choice',
  'not_quarter',
  'not_instant',
  'not_hash',
  'not_digits',
  'out_of_range',
  'too_few',
  'duplicate',
  'not_sorted',
  'unknown_reference',
  'later_than_allowed',
  'earlier_than_allowed',
] as const
export type Reason = (typeof REASONS)[number]

/** What is wrong where; `path` such as `units[3].weight`, empty for the whole. */
export interface Problem {
  readonly path: string
  readonly reason: Reason
}

/** Reads one value; what does not fit is added to `problems`, and a stand-in comes back that nobody may use. */
export type Read<T> = (value: unknown, path: string, problems: Problem[]) => T

export function text(most: number, least = 1): Read<string> {
  return (value, path, problems) => {
    const fits = typeof value === 'string' && value.length <= most && value.trim().length >= least
    if (!fits) problems.push({ path, reason: value === undefined ? 'missing' : 'not_text' })
    return fits ? value : ''
  }
}

function pattern(form: RegExp, reason: Reason): Read<string> {
  return (value, path, problems) => {
    const fits = typeof value === 'string' && form.test(value)
    if (!fits) problems.push({ path, reason: value === undefined ? 'missing' : reason })
    return fits ? value : ''
  }
}

/** `2026Q4` */
export const quarter = pattern(/^\d{4}Q[1-4]$/, 'not_quarter')
/** UTC to the second, so that text compares as time: `2026-11-28T12:00:00Z`. */
export const instant = pattern(
  /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\dZ$/,
  'not_instant',
)
/** Decimal digits and nothing else. */
export const digits = pattern(/^\d{1,200}$/, 'not_digits')
export const sha256Hex = pattern(/^sha256:[0-9a-f]{64}$/, 'not_hash')

export function whole(least: number, most: number): Read<number> {
  return (value, path, problems) => {
    const isWhole = typeof value === 'number' && Number.isSafeInteger(value)
    if (!isWhole) problems.push({ path, reason: value === undefined ? 'missing' : 'not_whole' })
    else if (value < least || value > most) problems.push({ path, reason: 'out_of_range' })
    return isWhole ? value : least
  }
}

export const flag: Read<boolean> = (value, path, problems) => {
  if (typeof value !== 'boolean') problems.push({ path, reason: value === undefined ? 'missing' : 'not_true_or_false' })
  return value === true
}

export function choice<const T extends string>(...choices: readonly [T, ...T[]]): Read<T> {
  return (value, path, problems) => {
    const found = choices.find((one) => one === value)
    if (found === undefined) problems.push({ path, reason: value === undefined ? 'missing' : 'not_choice' })
    return found ?? choices[0]
  }
}

export function nullable<T>(read: Read<T>): Read<T | null> {
  return (value, path, problems) => (value === null ? null : read(value, path, problems))
}

export function list<T>(read: Read<T>, least: number, most: number): Read<readonly T[]> {
  return (value, path, problems) => {
    if (!Array.isArray(value)) {
      problems.push({ path, reason: value === undefined ? 'missing' : 'not_list' })
      return []
    }
    if (value.length < least) problems.push({ path, reason: 'too_few' })
    if (value.length > most) problems.push({ path, reason: 'out_of_range' })
    return value.slice(0, most).map((item: unknown, at) => {
      // Places are spelled out only where something is wrong: forty thousand units are mostly in order.
      const found: Problem[] = []
      const good = read(item, '', found)
      return found.length === 0 ? good : read(item, `${path}[${at}]`, problems)
    })
  }
}

type Members = Readonly<Record<string, Read<unknown>>>
export type Shape<M extends Members> = { readonly [K in keyof M]: M[K] extends Read<infer T> ? T : never }

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Exactly these members, no more and no fewer. */
export function record<const M extends Members>(members: M): Read<Shape<M>> {
  const names = Object.keys(members)
  return (value, path, problems) => {
    if (!isObject(value)) problems.push({ path, reason: value === undefined ? 'missing' : 'not_object' })
    const given = isObject(value) ? value : {}
    const at = (key: string): string => (path === '' ? key : `${path}.${key}`)
    for (const key of Object.keys(given)) {
      if (!Object.prototype.hasOwnProperty.call(members, key))
        problems.push({ path: at(key), reason: 'unknown_member' })
    }
    const told = isObject(value) ? problems : []
    const read: Record<string, unknown> = {}
    for (const key of names) read[key] = members[key]?.(given[key], at(key), told)
    // Safe: every member was read by its own reader, under its own name.
    return read as Shape<M>
  }
}

/** Reads a member that says by `kind` which of several shapes it has. */
export function oneOf<A extends { readonly kind: string }, B extends { readonly kind: string }>(
  kind: A['kind'],
  first: Read<A>,
  second: Read<B>,
): Read<A | B> {
  return (value, path, problems) =>
    isObject(value) && value['kind'] === kind ? first(value, path, problems) : second(value, path, problems)
}

/** Marks every key that is told twice. */
export function checkUnique(keys: readonly string[], toPath: (at: number) => string, problems: Problem[]): void {
  const seen = new Set<string>()
  for (const [at, key] of keys.entries()) {
    if (seen.has(key)) problems.push({ path: toPath(at), reason: 'duplicate' })
    seen.add(key)
  }
}
