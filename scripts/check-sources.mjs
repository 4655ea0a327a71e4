// What no linter looks at: what a file must never hold, whatever its kind.
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { repositoryFiles } from './check/repository-files.mjs'
import { faultsOf } from './check/source-rules.mjs'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const BINARY = /\.(png|jpe?g|gif|ico|xlsx|docx|zip|woff2?|gz|br)$/i
const files = repositoryFiles(root).filter((file) => !BINARY.test(file))
const faults = files.flatMap((file) => faultsOf(file, readFileSync(join(root, file), 'utf8')))

process.stdout.write(faults.length === 0 ? `${files.length} files\n` : `${faults.join('\n')}\n`)
process.exitCode = faults.length === 0 ? 0 : 1
