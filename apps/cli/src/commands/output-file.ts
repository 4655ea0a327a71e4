import { createWriteStream } from 'node:fs'
import { rename, rm, writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { Refusal } from '../exit.ts'
import type { Program } from '../program.ts'

const FILE_PROBLEMS = new Set(['EACCES', 'EISDIR', 'ENOENT', 'ENOSPC', 'ENOTDIR', 'EPERM', 'EROFS'])

/** A file that cannot be written, worded; anything else as it is. */
export function toFileRefusal(error: unknown, path: string): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (!FILE_PROBLEMS.has(code)) return error
  const words = {
    'zh-CN': `写不了文件 ${path}（${code}）。请检查文件夹是否存在、能否写入、是否被别的程序打开。`,
    en: `Cannot write ${path} (${code}). Check that its folder exists, may be written to, and that no program holds the file.`,
  }
  return new Refusal(words, { cause: error })
}

/** Writes a file beside its place and moves it there when it is whole: no half file ever bears the name. */
export async function writeOutput(
  program: Program,
  name: string,
  write: (sink: NodeJS.WritableStream) => Promise<void>,
): Promise<void> {
  const path = resolve(program.cwd, name)
  const draft = `${path}.${process.pid}.part`
  const sink = createWriteStream(draft)
  try {
    await new Promise<void>((opened, failed) => {
      sink.once('open', () => opened())
      sink.once('error', failed)
    })
    await write(sink)
    await rename(draft, path)
  } catch (error) {
    sink.destroy()
    await rm(draft, { force: true }).catch(() => undefined)
    throw toFileRefusal(error, path)
  }
}

/** Throws Refusal when a file could not be written to this place. */
export async function checkWritable(program: Program, name: string): Promise<void> {
  const path = resolve(program.cwd, name)
  const probe = `${path}.${process.pid}.part`
  try {
    await writeFile(probe, '')
    await rm(probe, { force: true })
  } catch (error) {
    throw toFileRefusal(error, path)
  }
}
