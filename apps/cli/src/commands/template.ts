import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { makeTemplateXlsx } from '@zhidu/services'
import { type Program, withData } from '../program.ts'
import { IMPORT_WORDS } from './import-messages.ts'
import { toKind } from './kind-argument.ts'
import { writeOutput } from './output-file.ts'

/** `zhidu template KIND FILE.xlsx`: the workbook to fill in, in the program's language. */
export async function runTemplate(
  program: Program,
  kindText: string,
  file: string,
  options: { readonly json?: boolean },
): Promise<void> {
  const kind = toKind(kindText)
  const template = await withData(program, (ctx) => makeTemplateXlsx(ctx, { kind, language: program.language }))
  const { body } = template
  await writeOutput(program, file, (sink) => pipeline(body instanceof Uint8Array ? Readable.from([body]) : body, sink))
  if (options.json === true) program.print(JSON.stringify({ kind, file }))
  else program.say(IMPORT_WORDS[program.language].templateWritten(file))
}
