import { readFileSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import type { ConfigProblem } from './config-problem.ts'

export type Env = Readonly<Record<string, string | undefined>>

/** Reads settings one by one and gathers everything that is wrong, so that it can be said at once. */
export class SettingReader {
  readonly problems: ConfigProblem[] = []
  readonly #env: Env
  readonly #cwd: string

  constructor(env: Env, cwd: string) {
    this.#env = env
    this.#cwd = cwd
  }

  /** undefined = not set; what is set to nothing counts as not set. */
  text(variable: string): string | undefined {
    const value = this.#env[variable]
    return value === undefined || value.trim() === '' ? undefined : value.trim()
  }

  path(variable: string): string | undefined {
    const value = this.text(variable)
    return value === undefined ? undefined : resolve(this.#cwd, value)
  }

  refuse(
    variable: string,
    code: ConfigProblem['code'],
    params: Readonly<Record<string, string>> = {},
    isShown = true,
  ): void {
    this.problems.push({ variable, value: isShown ? (this.text(variable) ?? null) : null, code, params })
  }

  choice<T extends string>(variable: string, choices: readonly T[], usual: T): T {
    const text = this.text(variable)
    if (text === undefined) return usual
    const found = choices.find((choice) => choice === text)
    if (found === undefined) this.refuse(variable, 'choice', { choices: choices.join(' | '), usual })
    return found ?? usual
  }

  number(variable: string, range: { readonly least: number; readonly most: number; readonly usual: number }): number {
    const text = this.text(variable)
    if (text === undefined) return range.usual
    const value = /^\d{1,6}$/.test(text) ? Number(text) : Number.NaN
    if (value >= range.least && value <= range.most) return value
    const { least, most, usual } = range
    this.refuse(variable, 'number', { least: String(least), most: String(most), usual: String(usual) })
    return usual
  }

  /** Content of the file a setting names; `isPrivate`: of no concern to other users of this machine. */
  file(variable: string, options: { readonly isPrivate: boolean }): Buffer | undefined {
    const path = this.path(variable)
    if (path === undefined) return undefined
    try {
      const mode = statSync(path).mode & 0o777
      if (options.isPrivate && process.platform !== 'win32' && (mode & 0o007) !== 0) {
        this.refuse(variable, 'file_exposed', { mode: mode.toString(8) })
      }
      return readFileSync(path)
    } catch (error) {
      const detail = error instanceof Error && 'code' in error ? String(error.code) : String(error)
      this.refuse(variable, 'file', { detail })
      return undefined
    }
  }

  /** True when all of them are set; one alone is refused by the names of the others. */
  together(variables: readonly string[]): boolean {
    const set = variables.filter((variable) => this.text(variable) !== undefined)
    const [partner] = set
    if (partner === undefined) return false
    for (const variable of variables) if (!set.includes(variable)) this.refuse(variable, 'missing_partner', { partner })
    return set.length === variables.length
  }
}
