// Every path that the documents name must exist: a map with a wrong turn is worse than none.
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { missingPaths } from './check/doc-paths.mjs'
import { repositoryFiles } from './check/repository-files.mjs'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const files = repositoryFiles(root)
const documents = files.filter((file) => /^((README|ARCHITECTURE|CONTRIBUTING)\.md|docs\/.*\.md)$/.test(file))
const missing = documents.flatMap((file) =>
  missingPaths(readFileSync(join(root, file), 'utf8'), file, new Set(files)).map((path) => `${file}: ${path}`),
)

process.stdout.write(
  missing.length === 0 ? `${documents.length} documents\n` : `no such path:\n${missing.join('\n')}\n`,
)
process.exitCode = missing.length === 0 ? 0 : 1
