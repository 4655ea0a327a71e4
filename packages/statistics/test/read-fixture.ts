import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** A file of reference figures. Safe: the files do not change, and a wrong shape fails the test that reads it. */
export function readFixture<T>(name: string): T {
  return JSON.parse(readFileSync(fileURLToPath(new URL(`fixtures/${name}.json`, import.meta.url)), 'utf8')) as T
}
